"""The index behind the search."""

from django.db import migrations

from tickets.search import index


def create(apps, schema_editor):
    index.create(schema_editor.connection)


def drop(apps, schema_editor):
    index.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_request_types")]

    operations = [migrations.RunPython(create, drop)]
