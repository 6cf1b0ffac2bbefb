"""One thing that happened to a ticket: the single source of timeline, audit, notifications and reports."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.db.append_only import AppendOnlyModel, AppendOnlyQuerySet
from helpdesk.db.hash_chain import digest

from ..events import CODE_LENGTH, event_kinds, kind_choices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

    from .attachment import Attachment
    from .message import Message

# The head of the chain of openings: each ticket's first event carries the hash of the first event of
# the ticket opened before it, so that a ticket removed with its whole history is missed.
OPENINGS = "tickets"


class TicketEventQuerySet(AppendOnlyQuerySet):
    def said_at_hold(self, tickets: "Iterable[models.Model]", reason: str) -> dict[int, str]:
        """What was said when each of these tickets was last put On Hold, by number; "" for nothing. Two queries.

        reason: of HoldReason; other holds do not count.
        """
        asking = self.filter(ticket__in=tickets, data__hold_reason__1=reason)
        return {
            event.ticket_id: event.text for event in asking.order_by("version").prefetch_related("messages")
        }

    def visible_to(self, viewer: "User") -> Self:
        """Without what only those who see every ticket hear of."""
        return self if viewer.can_see_every_ticket else self.exclude(kind__in=event_kinds.internal())


class TicketEvent(AppendOnlyModel):
    """data: column -> [old, new], as ids, codes and ISO 8601 moments; never text, never translated.
    Sentences are made when it is read; a person's words are in `messages`, files in `attachments`.
    previous_hash: of the event before it, of its ticket; a ticket's first event carries the one of the
    ticket opened before.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="events")
    version = models.PositiveIntegerField(help_text=_("The ticket's version after this event."))
    kind = models.CharField(max_length=CODE_LENGTH, choices=kind_choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty for the system."),
    )
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = TicketEventQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        ordering = ["ticket", "version"]
        constraints = [
            # Timeline of one ticket in order; and each version has exactly one event.
            models.UniqueConstraint(fields=["ticket", "version"], name="one_event_per_version"),
        ]
        indexes = [
            # Audit: newest first; also of one actor
            models.Index(fields=["-at", "-id"], name="ticket_event_newest"),
            models.Index(fields=["actor", "-at", "-id"], name="ticket_event_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d %H:%M})"

    @property
    def text(self) -> str:
        """What the actor said along with it: a resolution, a reason, a question, a comment."""
        return self._words("text")

    @property
    def has_removed_words(self) -> bool:
        return any(message.is_redacted for message in self.messages.all())

    @property
    def title(self) -> str:
        return self._words("title")

    @property
    def description(self) -> str:
        return self._words("description")

    @property
    def status_change(self) -> list[str] | None:
        """The old and the new status, if this event changed it."""
        change: list[str] | None = self.data.get("status")
        return change

    @property
    def score(self) -> int | None:
        score: int | None = self.data.get("score", [None, None])[1]
        return score

    def computed_hash(self, messages: "Iterable[Message]", attachments: "Iterable[Attachment]") -> str:
        """What the hash has to be, from the row's other columns and the digests of its words and files."""
        return digest(
            self.previous_hash,
            self.ticket_id,
            self.version,
            str(self.kind),
            self.actor_id,
            self.at.isoformat(),
            self.data,
            sorted([str(message.part), message.digest] for message in messages),
            sorted([attachment.position, attachment.digest] for attachment in attachments),
        )

    def _words(self, part: str) -> str:
        return next((message.body for message in self.messages.all() if message.part == part), "")
