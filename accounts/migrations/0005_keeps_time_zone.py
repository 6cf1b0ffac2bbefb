"""Who was asked for their time zone and keeps the installation's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_time_zone")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="keeps_time_zone",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
