"""One thing that happened to somebody's account, or that an admin did beside tickets."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.db.append_only import AppendOnlyModel, AppendOnlyQuerySet
from helpdesk.db.hash_chain import digest

from .chain_head import ChainHead

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User
    from django_stubs_ext import StrOrPromise

CHAIN = "accounts"


class AuditEventKind(models.TextChoices):
    """What the kit itself writes down. Rooms have kinds of their own: see register_kinds."""

    TASK_RETRIED = "task_retried", _("Failed task tried again")
    TASK_DISCARDED = "task_discarded", _("Failed task discarded")


_registered: list[type[models.TextChoices]] = []


def register_kinds(kinds: type[models.TextChoices]) -> None:
    """Let these be written down as well. Called when the applications start.

    kinds: codes of at most 20 characters with what pages call them; a code stays when its label changes.
    """
    if kinds not in _registered:
        _registered.append(kinds)


def audit_kinds() -> "list[tuple[str, StrOrPromise]]":
    """Answer every kind's code and label, the kit's own last."""
    every: list[type[models.TextChoices]] = [*_registered, AuditEventKind]
    return [choice for kinds in every for choice in kinds.choices]


class AuditEvent(AppendOnlyModel):
    """person: whom it concerns; empty where it is nobody. actor: who did it; empty for the system and for
    operators. data: ids, codes and counts; never a name, an address or another text.

    All rows are one chain: each hash covers the row and the hash of the one before it.
    """

    kind = models.CharField(max_length=20)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="audit_events"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    number = models.PositiveBigIntegerField(unique=True, help_text="Its place in the chain, from 1.")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        ordering = ["number"]
        indexes = [
            # Audit: newest first; also of one person, of one actor
            models.Index(fields=["-at", "-id"], name="audit_event_newest"),
            models.Index(fields=["person", "-at", "-id"], name="audit_event_of_person"),
            models.Index(fields=["actor", "-at", "-id"], name="audit_event_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d %H:%M})"

    def get_kind_display(self) -> str:
        # As Django's own for choices; these are not the column's, so that a new kind needs no migration.
        return str(dict(audit_kinds()).get(self.kind, self.kind))

    @classmethod
    @transaction.atomic
    def log(cls, kind: models.TextChoices, *, person: "User | None", by: "User | None", **data: Any) -> Self:
        """Write down what was done, in the transaction that did it.

        by: None for the system and for operators. data: as the class says.
        """
        head = ChainHead.held(CHAIN)
        event = cls(
            kind=kind,
            person=person,
            actor=by,
            at=timezone.now(),
            data=data,
            number=head.length + 1,
            previous_hash=head.hash,
        )
        event.hash = event.computed_hash()
        event.save()
        head.move_to(event.hash)
        return event

    def computed_hash(self) -> str:
        """What the hash has to be, from the row's other columns."""
        return digest(
            self.previous_hash,
            self.number,
            str(self.kind),
            self.person_id,
            self.actor_id,
            self.at.isoformat(),
            self.data,
        )
