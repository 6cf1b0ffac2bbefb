"""What everybody should know for a while: shown at the head of the portal, from one moment to another."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.web.query_params import FIRST_DAY, LAST_DAY

from ..text.validators import normalize, validate_visible

TEXT_LENGTH = 1000
# More at once nobody reads.
MOST_SHOWN = 3


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def shown_at(self, moment: datetime) -> Self:
        """Those whose time it is, the newest first."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment).order_by("-starts_at", "-pk")


class Announcement(models.Model):
    """starts_at, ends_at: it is shown from the first and no more at the second."""

    text = models.TextField(
        _("text"),
        validators=[validate_visible, ProhibitNullCharactersValidator(), MaxLengthValidator(TEXT_LENGTH)],
        help_text=_("Shown as you type it. Addresses that begin with https:// become links."),
    )
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"))

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="announcement_shown")]

    def __str__(self) -> str:
        return self.text.splitlines()[0][:80] if self.text else ""

    def clean(self) -> None:
        self.text = normalize(self.text).strip()
        for name in ("starts_at", "ends_at"):
            day = getattr(self, name) and getattr(self, name).date()
            if day and not FIRST_DAY <= day <= LAST_DAY:
                raise ValidationError({name: _("Choose a nearer day.")})
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end has to be after the beginning.")})
