"""The time zone people chose for their mail is theirs everywhere: it moves to the person.

The column stays for the version before, which may still run: it has a default now, and nobody reads it.
"""

from django.db import migrations, models


def to_people(apps, schema_editor):
    people = apps.get_model("accounts", "User").objects
    chosen = apps.get_model("tickets", "NotificationPreference").objects.exclude(time_zone="")
    for person, zone in chosen.values_list("person_id", "time_zone"):
        people.filter(pk=person).update(time_zone=zone)


def back_to_preferences(apps, schema_editor):
    preferences = apps.get_model("tickets", "NotificationPreference").objects
    for person in apps.get_model("accounts", "User").objects.exclude(time_zone=""):
        preferences.update_or_create(person=person, defaults={"time_zone": person.time_zone})


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_time_zone"),
        ("tickets", "0005_index_tickets"),
    ]

    operations = [
        migrations.RunPython(to_people, back_to_preferences, elidable=True),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterField(
                    model_name="notificationpreference",
                    name="time_zone",
                    field=models.CharField(blank=True, db_default="", max_length=64),
                ),
            ],
            state_operations=[
                migrations.RemoveField(model_name="notificationpreference", name="time_zone"),
            ],
        ),
    ]
