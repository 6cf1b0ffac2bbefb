"""How somebody wants to hear: of what, by mail or in the bell alone, and when not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..events import NotificationKind

if TYPE_CHECKING:
    from accounts.models import User


class Mail(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("No")


class Way(NamedTuple):
    """How one kind of notification reaches somebody."""

    in_app: bool
    mail: Mail


# What concerns one directly comes by mail; what only goes on is in the bell.
DEFAULTS: dict[NotificationKind, Way] = {
    NotificationKind.MENTIONED: Way(True, Mail.AT_ONCE),
    NotificationKind.ASSIGNED: Way(True, Mail.AT_ONCE),
    NotificationKind.RESOLVED: Way(True, Mail.AT_ONCE),
    NotificationKind.REPLIED: Way(True, Mail.AT_ONCE),
    NotificationKind.NEW_TICKET: Way(True, Mail.AT_ONCE),
    NotificationKind.OPENED: Way(True, Mail.AT_ONCE),
    NotificationKind.RATED: Way(True, Mail.NEVER),
    NotificationKind.NOTED: Way(True, Mail.NEVER),
    NotificationKind.STATUS: Way(True, Mail.NEVER),
    NotificationKind.CHANGED: Way(True, Mail.NEVER),
}


class NotificationPreferenceQuerySet(models.QuerySet["NotificationPreference"]):
    def of(self, person: "User") -> "NotificationPreference":
        """This person's, or the usual ones, not saved. One query."""
        preference = self.filter(person=person).first() or NotificationPreference()
        preference.person = person
        return preference

    def of_all(self, people: Iterable[int]) -> "dict[int, NotificationPreference]":
        """Those of several, by key of the person. One query."""
        found = get_user_model().objects.filter(pk__in=people).select_related("preference")
        return {
            person.pk: person.preference
            if hasattr(person, "preference")
            else NotificationPreference(person=person)
            for person in found
        }


class NotificationPreference(models.Model):
    """ways: notification kind -> [in the bell?, mail], of the kinds this person has chosen for.
    quiet_from, quiet_until: no mail between them; both or none. digest_hour: when the daily mail comes. All of
    them in the person's own time.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preference"
    )
    ways: Any = models.JSONField(default=dict)
    digest_hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    objects = NotificationPreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from=None, quiet_until=None)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"How {self.person_id} wants to hear"

    @property
    def zone(self) -> ZoneInfo:
        return self.person.zone

    def way(self, kind: str) -> Way:
        """How this person wants to hear of this kind."""
        if kind in self.ways:
            in_app, mail = self.ways[kind]
            return Way(in_app, Mail(mail))
        return DEFAULTS[NotificationKind(kind)]

    def choose(self, kind: str, *, in_app: bool, mail: str) -> None:
        """Set how this person wants to hear of this kind; to be saved after."""
        self.ways[NotificationKind(kind).value] = [in_app, Mail(mail).value]
