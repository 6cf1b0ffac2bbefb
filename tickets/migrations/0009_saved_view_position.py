"""People put their saved views, and the shared ones, in an order of their own.

The version before makes views without a position: the database has one for them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0008_more_thanks")]

    operations = [
        migrations.AlterModelOptions(
            name="savedview",
            options={"default_permissions": (), "ordering": ["position", "name", "pk"]},
        ),
        migrations.AddField(
            model_name="savedview",
            name="position",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
