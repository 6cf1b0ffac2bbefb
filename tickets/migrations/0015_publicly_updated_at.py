from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0014_columns_and_saved_views")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="publicly_updated_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last public change"),
        ),
    ]
