"""Which columns somebody sees in Manage Tickets, beside the ticket itself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User


class Column(models.TextChoices):
    """In the order they are shown."""

    STATUS = "status", _("Status")
    REQUEST_TYPE = "request_type", _("Type")
    CREATOR = "creator", _("Requester")
    ASSIGNEE = "assignee", _("Assignee")
    RATING = "rating", _("Rating")
    OPENED = "opened", _("Opened")
    ANSWERED = "answered", _("First answer")
    RESOLVED = "resolved", _("Resolved")
    CHANGED = "changed", _("Changed")


USUAL = (Column.STATUS, Column.REQUEST_TYPE, Column.ASSIGNEE, Column.CHANGED)


class ColumnPreferenceQuerySet(models.QuerySet["ColumnPreference"]):
    def of(self, person: "User") -> list[str]:
        """The columns this person sees; the usual ones where nothing was chosen. One query."""
        chosen = self.filter(person=person).values_list("columns", flat=True).first()
        return in_order(USUAL if chosen is None else chosen)

    def choose(self, columns: Iterable[str], *, by: "User") -> None:
        """Show `by` these columns from now on. What is none of them is left out."""
        self.update_or_create(person=by, defaults={"columns": in_order(columns)})

    def forget(self, *, by: "User") -> None:
        """Show `by` the usual columns again."""
        self.filter(person=by).delete()


class ColumnPreference(models.Model):
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="chosen_columns")
    columns = models.JSONField(default=list)

    objects = ColumnPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("chosen columns")
        # One's own, always; nobody is given the right to change another's.
        default_permissions = ()

    def __str__(self) -> str:
        return f"Columns of {self.person_id}"


def in_order(columns: Iterable[str]) -> list[str]:
    """Keep the columns there are, each once. Those of an older or a newer version do no harm."""
    wanted = set(columns)
    return [column.value for column in Column if column in wanted]
