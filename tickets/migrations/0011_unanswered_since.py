"""Tickets say since when their requester waits for an answer. The version before leaves it empty."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0011_after_solving")]

    operations = [
        migrations.AddField(
            "ticket",
            "unanswered_since",
            models.DateTimeField(
                blank=True,
                help_text="When the requester wrote what nobody has answered yet: the oldest of it.",
                null=True,
                verbose_name="waiting for an answer since",
            ),
        ),
        migrations.AddIndex(
            "ticket",
            models.Index(
                condition=models.Q(("unanswered_since__isnull", False)),
                fields=["unanswered_since", "id"],
                name="ticket_unanswered",
            ),
        ),
    ]
