"""Previews are made later, by the worker: a table of their own, beside files that nobody changes."""

from django.db import migrations, models

import tickets.files.names


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_told_event")]

    operations = [
        migrations.CreateModel(
            name="Preview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=100, unique=True)),
                ("file", models.FileField(blank=True, upload_to=tickets.files.names.random_path)),
                ("refusal", models.CharField(blank=True, max_length=20)),
            ],
        ),
    ]
