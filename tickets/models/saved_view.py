"""A way to look at Manage Tickets that was given a name: for its owner alone, or for everybody."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from helpdesk.text.folding import composed

from ..text.validators import validate_one_line, validate_visible

if TYPE_CHECKING:
    from accounts.models import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def usable_by(self, person: "User") -> Self:
        """This person's own and then the shared ones, each in their order."""
        usable = self.filter(models.Q(owner=None) | models.Q(owner=person))
        return usable.order_by(models.F("owner").asc(nulls_last=True), "position", "name", "pk")


class SavedView(models.Model):
    """query: filters and order as the list's address has them, "status=open&sort=number". The columns are
    not in it: they are each reader's own. owner: None for one that all share. position: among those of the
    same owner; those that were never moved share one.
    """

    name = models.CharField(_("name"), max_length=60, validators=[validate_visible, validate_one_line])
    query = models.CharField(max_length=6000, blank=True, validators=[ProhibitNullCharactersValidator()])
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="saved_views"
    )

    position = models.PositiveIntegerField(default=0, db_default=0)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name", "pk"]
        # Whose it is decides, see permissions.may_keep_view.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        named = f"&view={self.pk}" if self.pk else ""
        return f"{reverse('admin:tickets_ticket_changelist')}?{self.list_query}{named}"

    def clean(self) -> None:
        self.name = composed(self.name)

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None

    @property
    def list_query(self) -> str:
        """The list's parameters. Without a status a list leaves out what is resolved; a view never did."""
        if "status" in QueryDict(self.query):
            return self.query
        return f"status=all&{self.query}" if self.query else "status=all"

    @transaction.atomic
    def move(self, steps: int) -> None:
        """Move it among those of the same owner. steps: down; up if negative. It stops at either end."""
        views = list(SavedView.objects.filter(owner=self.owner_id).select_for_update())
        place = views.index(self)
        views.insert(min(max(place + steps, 0), len(views) - 1), views.pop(place))
        for position, view in enumerate(views, 1):
            SavedView.objects.filter(pk=view.pk).exclude(position=position).update(position=position)
        self.refresh_from_db()

    def place_last(self) -> None:
        """Put one that is not saved yet behind those of the same owner, once somebody has moved any."""
        last = SavedView.objects.filter(owner=self.owner_id).aggregate(last=models.Max("position"))["last"]
        self.position = last + 1 if last else 0
