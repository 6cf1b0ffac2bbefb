"""The request types a new installation starts with. An admin may rename, add and switch them off."""

from django.db import migrations

REQUEST_TYPES = [
    ("Access Request", "Accounts, folders, permissions"),
    ("Hardware Issue", "Laptop, dock, screen, printer"),
    ("Software Issue", "Crash, error, licence"),
    ("Network Issue", "Wi-Fi, VPN, slow connection"),
    ("Security Incident", "Phishing, loss, suspicion"),
    ("Service Request", "Something new, an installation"),
    ("Onboarding Request", "A colleague starts"),
    ("Offboarding Request", "A colleague leaves"),
    ("Other", "We will sort it"),
]


def add(apps, schema_editor):
    model = apps.get_model("tickets", "RequestType")
    model.objects.bulk_create(
        model(name=name, hint=hint, position=10 * place)
        for place, (name, hint) in enumerate(REQUEST_TYPES, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
