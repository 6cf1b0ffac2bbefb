"""Drawings for the kinds of help an installation starts with; admins who renamed one choose its own."""

from django.db import migrations

# As 0001_initial names them.
ICONS = {
    "Access Request": "key",
    "Hardware Issue": "laptop",
    "Software Issue": "window",
    "Network Issue": "wifi",
    "Security Incident": "shield",
    "Service Request": "gear",
    "Onboarding Request": "user-plus",
    "Offboarding Request": "user-minus",
    "Other": "help",
}


def fill(apps, schema_editor):
    types = apps.get_model("tickets", "RequestType").objects
    for name, icon in ICONS.items():
        types.filter(name=name).update(icon=icon)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0015_request_type_icon")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
