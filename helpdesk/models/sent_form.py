"""Which forms were sent and done, so that one sent twice is done once."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=30)


class SentForm(models.Model):
    """name: of this one copy of a form and all that was typed into it, as a hash. answer: where it led."""

    name = models.CharField(max_length=64, primary_key=True)
    answer = models.CharField(max_length=2000)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            # The daily removal: oldest first
            models.Index(fields=["sent_at"], name="sent_form_oldest"),
        ]

    def __str__(self) -> str:
        return self.name


def forget_sent_forms() -> None:
    """Remove those that no browser sends again."""
    SentForm.objects.filter(sent_at__lt=timezone.now() - KEPT_FOR).delete()
