"""Where somebody goes on after they have resolved or closed a ticket."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User


class AfterSolving(models.TextChoices):
    STAY = "stay", _("Stay on this ticket")
    NEXT = "next", _("Next ticket of the list")
    LIST = "list", _("Back to the list")


class AfterSolvingPreferenceQuerySet(models.QuerySet["AfterSolvingPreference"]):
    def remember(self, choice: str, *, by: "User") -> None:
        """Go on there from now on.

        choice: of AfterSolving.
        by: whose choice it is.
        """
        self.update_or_create(person=by, defaults={"choice": choice})


class AfterSolvingPreference(models.Model):
    """Who chose nothing has no row, and stays on the ticket."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="after_solving")
    choice = models.CharField(max_length=10, choices=AfterSolving)

    objects = AfterSolvingPreferenceQuerySet.as_manager()

    class Meta:
        # One's own, always; nobody is given the right to change another's.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.choice} for {self.person_id}"
