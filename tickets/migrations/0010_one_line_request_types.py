from django.db import migrations, models

from tickets.text.validators import validate_one_line, validate_visible


class Migration(migrations.Migration):
    dependencies = [("tickets", "0009_saved_view_position")]

    operations = [
        migrations.AlterField(
            "requesttype",
            "hint",
            models.CharField(
                blank=True,
                help_text="A few examples, shown under the name.",
                max_length=80,
                validators=[validate_one_line],
            ),
        ),
        migrations.AlterField(
            "requesttype",
            "name",
            models.CharField(max_length=60, unique=True, validators=[validate_visible, validate_one_line]),
        ),
    ]
