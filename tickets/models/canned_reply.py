"""A text admins send often, written once: for everybody, or for its owner alone."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.text.folding import composed

from ..text.canned_replies import fill
from ..text.validators import TEXT_LENGTH, validate_one_line, validate_visible

if TYPE_CHECKING:
    from accounts.models import User

    from .ticket.ticket import Ticket


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def usable_by(self, person: "User") -> Self:
        """The shared ones and this person's own: what they may use, and change where they may change any."""
        return self.filter(models.Q(owner=None) | models.Q(owner=person))


class CannedReply(models.Model):
    """body: with placeholders, which `fill` fills in. owner: None for one that all share."""

    title = models.CharField(_("title"), max_length=100, validators=[validate_visible, validate_one_line])
    body = models.TextField(
        _("text"),
        validators=[validate_visible, ProhibitNullCharactersValidator(), MaxLengthValidator(TEXT_LENGTH)],
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="canned_replies"
    )
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self.title, self.body = composed(self.title), composed(self.body)

    def fill(self, ticket: "Ticket", *, me: "User") -> str:
        """Answer the text with this ticket's values in it. me: who writes."""
        return fill(
            self.body,
            {
                "requester": str(ticket.requester),
                "requester_first_name": ticket.requester.first_name or str(ticket.requester),
                "number": ticket.reference,
                "title": ticket.title,
                "request_type": str(ticket.request_type),
                "assignee": str(ticket.assignee or gettext("IT support")),
                "me": str(me),
            },
        )
