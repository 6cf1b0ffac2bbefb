"""A way to look at Manage Tickets that was given a name: for its owner alone, or for everybody."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.urls import reverse

from helpdesk.text.folding import composed

from ..text.validators import validate_one_line, validate_visible

if TYPE_CHECKING:
    from accounts.models import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def usable_by(self, person: "User") -> Self:
        """The shared ones and this person's own."""
        return self.filter(models.Q(owner=None) | models.Q(owner=person))


class SavedView(models.Model):
    """query: filters and order as the list's address has them, "status=open&sort=number". The columns are
    not in it: they are each reader's own. owner: None for one that all share.
    """

    name = models.CharField(max_length=60, validators=[validate_visible, validate_one_line])
    query = models.CharField(max_length=6000, blank=True, validators=[ProhibitNullCharactersValidator()])
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="saved_views"
    )

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        # Whose it is decides, see permissions.may_keep_view.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('admin:tickets_ticket_changelist')}?{self.query}"

    def clean(self) -> None:
        self.name = composed(self.name)

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None
