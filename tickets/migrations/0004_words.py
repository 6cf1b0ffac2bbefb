"""Python folds and writes the words that tickets and comments are found by."""

from django.db import migrations

import helpdesk.db.folded_field
from tickets.search import index


def create_index(apps, schema_editor):
    index.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0003_preview"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="folded",
            field=helpdesk.db.folded_field.FoldedField(of=["comment"]),
        ),
        migrations.RunPython(create_index, migrations.RunPython.noop),
    ]
