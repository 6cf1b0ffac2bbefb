"""Index the tickets and comments there are, batch by batch: others read and write meanwhile."""

from django.db import migrations

from helpdesk.db.folded_field import refold
from tickets.search import index


def fill(apps, schema_editor):
    refold(apps.get_model("tickets", "Feedback"))
    index.fill(all_tickets=True)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("tickets", "0004_words"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
