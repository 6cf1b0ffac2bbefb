"""Each person's time zone, for every page and mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_one_spelling")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="time_zone",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
