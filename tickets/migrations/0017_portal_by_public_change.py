from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0016_last_public_changes")]

    operations = [
        migrations.AlterField(
            model_name="ticket",
            name="publicly_updated_at",
            field=models.DateTimeField(
                editable=False,
                help_text="Of its newest event that is not internal: what the requester is told.",
                verbose_name="last public change",
            ),
        ),
        migrations.RemoveIndex(model_name="ticket", name="ticket_of_requester"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["requester", "-publicly_updated_at", "-id"], name="ticket_of_requester"
            ),
        ),
    ]
