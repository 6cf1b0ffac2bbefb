"""One decision about many tickets: planned, looked at, confirmed, then carried out ticket by ticket."""

import hashlib
import json
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.tasks.task import enqueue_unless_waiting, task

from ..errors import RepeatsNote, TicketError, Unseen, WrongWords
from ..events import Kind
from ..text.note_leaks import repeated_sentences
from .message import Message
from .request_type import RequestType
from .ticket.queryset import TicketQuerySet
from .ticket.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator


MOST_TICKETS = 5000
# So many are done before the page answers; more are left to the worker, a slice at a time.
IN_ONE_REQUEST = 50
SLICE_SECONDS = 3
# A worker that is there has taken its first slice by then.
TIME_TO_BEGIN = timedelta(minutes=1)
AT_A_TIME = 100
KEPT_FOR = timedelta(days=7)
# What is kept of a refusal: no words, which may be somebody's.
UNSEEN, REPEATS, WRONG_WORDS = Unseen.__name__, RepeatsNote.__name__, WrongWords.__name__


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def stale(self) -> Self:
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)

    @staticmethod
    def chosen(tickets: TicketQuerySet[Ticket]) -> list[tuple[int, int]]:
        """Read the tickets a decision is about, with their versions: the first of those given, and one more than
        may be. Outside of a transaction: a search may take its time, and on SQLite nobody can write meanwhile.
        """
        return list(tickets.values_list("pk", "version")[: MOST_TICKETS + 1])

    def plan(
        self,
        tickets: TicketQuerySet[Ticket] | list[tuple[int, int]],
        *,
        by: User,
        action: str,
        list_query: str = "",
    ) -> "BulkChange":
        """Put down which tickets a decision is about, and forget the decisions of more than a week ago.

        tickets: of those `by` sees, the first MOST_TICKETS; or what `chosen` has read of them before the caller's
            transaction.
        list_query: the parameters of the list they were chosen in.
        """
        self.stale().delete()
        chosen = tickets if isinstance(tickets, list) else self.chosen(tickets)
        with transaction.atomic():
            change = self.create(
                by=by,
                action=action,
                list_query=list_query,
                is_cut=len(chosen) > MOST_TICKETS,
                created_at=timezone.now(),
            )
            steps = [BulkStep(change=change, ticket_id=pk, version=version) for pk, version in chosen]
            BulkStep.objects.bulk_create(steps[:MOST_TICKETS], batch_size=500)
        return change


class BulkChange(models.Model):
    """action: what the list calls it. verb, values: of the ticket, once chosen; a person or a request
    type by its id; with "sure", the text may repeat internal notes. is_cut: more tickets would have
    matched. Only the one who started it sees it.
    """

    if TYPE_CHECKING:
        steps: "BulkStepQuerySet"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bulk_changes")
    action = models.CharField(max_length=20)
    verb = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    list_query = models.TextField(blank=True)
    is_cut = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            # The sweep: oldest first
            models.Index(fields=["created_at"], name="bulk_change_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.action} of {self.by_id}"

    # -- questions ---------------------------------------------------------------------------
    def arguments(self) -> dict[str, Any]:
        """What the verb is given, beside who acts and the version. At most one query."""
        given = {name: value for name, value in self.values.items() if name != "sure"}
        if given.get("assignee"):
            given["assignee"] = User.objects.get(pk=given["assignee"])
        if "request_type" in given:
            given["request_type"] = RequestType.objects.get(pk=given["request_type"])
        return given

    @property
    def code(self) -> str:
        """Names the choice, so that nobody confirms another one than they saw."""
        return hashlib.sha256(json.dumps([self.verb, self.values], sort_keys=True).encode()).hexdigest()

    @property
    def is_sure(self) -> bool:
        return bool(self.values.get("sure"))

    def repeated(self) -> dict[int, str]:
        """Answer which tickets' internal notes the text repeats, unless that is wanted: ticket -> sentence.
        At most one query.
        """
        if self.is_sure:
            return {}
        notes = Message.objects.filter(event__kind=Kind.NOTED, event__ticket__bulk_steps__change=self)
        listed = notes.values_list("event__ticket_id", "body")
        return repeated_sentences(self.values.get("text", ""), listed.iterator())

    @property
    def may_stand_still(self) -> bool:
        """Say whether it has had the time to begin: before, nobody has a reason to start it once more."""
        return self.confirmed_at is not None and timezone.now() - self.confirmed_at >= TIME_TO_BEGIN

    def preview(self, repeated: dict[int, str]) -> "Iterator[tuple[Ticket, Outcome, str]]":
        """Say of each ticket, as it is now, what would come of it and why, as a code of errors.py. Nothing is
        changed or locked.

        repeated: as `repeated` answers it.
        """
        given = self.arguments()
        chosen = Ticket.objects.visible_to(self.by).filter(bulk_steps__change=self)
        for ticket in chosen.defer("description"):
            try:
                changes = ticket.would_change(self.verb, by=self.by, **given)
            except TicketError as refusal:
                yield ticket, Outcome.REFUSED, type(refusal).__name__
                continue
            if changes and ticket.pk in repeated:
                yield ticket, Outcome.REFUSED, REPEATS
            else:
                yield ticket, Outcome.CHANGED if changes else Outcome.SAME, ""

    def progress(self) -> dict[str, int]:
        """How many tickets have come to which outcome; "" for those that wait. One query."""
        counted = self.steps.order_by().values_list("outcome").annotate(models.Count("pk"))
        return {outcome: number for outcome, number in counted}  # noqa: C416, for the type checker

    # -- verbs -------------------------------------------------------------------------------
    @transaction.atomic
    def choose(self, verb: str, **values: Any) -> None:
        """Say what is to be done: a decision on the tickets as they are at this moment.

        values: as `arguments` says, with ids. Does nothing once it is confirmed.
        """
        waiting = BulkChange.objects.filter(pk=self.pk, confirmed_at=None)
        if waiting.update(verb=verb, values=values):
            now = Ticket.objects.filter(pk=models.OuterRef("ticket_id")).values("version")
            self.steps.update(version=models.Subquery(now))
        self.refresh_from_db()

    @transaction.atomic
    def confirm(self) -> None:
        """Let it begin. What is too much for one request is left to the worker. A second time does nothing."""
        waiting = BulkChange.objects.filter(pk=self.pk, confirmed_at=None).exclude(verb="")
        begins = waiting.update(confirmed_at=timezone.now())
        self.refresh_from_db()
        if begins and self.steps.count() > IN_ONE_REQUEST:
            run_slice.enqueue(self.pk)

    def carry_on(self) -> None:
        """Leave to the worker what is not done, where the process that was at it has ended."""
        if self.confirmed_at and not self.finished_at:
            enqueue_unless_waiting(run_slice, self.pk)

    def work(self, seconds: float | None = None) -> bool:
        """Do ticket after ticket for so long, None for as long as it takes, and answer whether all are
        done. Harmless at any time, also beside another process that does the same.
        """
        if self.confirmed_at is None:
            return True
        # Who acts is read anew: they may have lost their rights since the last slice.
        by, given, started = User.objects.get(pk=self.by_id), self.arguments(), monotonic()
        while waiting := list(self.steps.waiting()[:AT_A_TIME]):
            for step in waiting:
                step.carry_out(self.verb, by, given, is_sure=self.is_sure)
                if seconds is not None and monotonic() - started >= seconds:
                    return self._finish()
        return self._finish()

    # -- inside ------------------------------------------------------------------------------
    def _finish(self) -> bool:
        """Note that all is done, if it is. What was written goes: the tickets have it."""
        if self.steps.waiting().exists():
            return False
        values = {name: value for name, value in self.values.items() if name != "text"}
        unfinished = BulkChange.objects.filter(pk=self.pk, finished_at=None)
        unfinished.update(finished_at=timezone.now(), values=values)
        self.refresh_from_db()
        return True


class Outcome(models.TextChoices):
    WAITING = "", _("Waiting")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Was so already")
    REFUSED = "refused", _("Refused")


class BulkStepQuerySet(models.QuerySet["BulkStep"]):
    def waiting(self) -> Self:
        return self.filter(outcome=Outcome.WAITING).order_by("pk")


class BulkStep(models.Model):
    """One ticket of a bulk change. version: the one the decision was made on. reason: why it was refused, as a code
    of errors.py, which says it; "" otherwise.
    """

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="steps")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="bulk_steps")
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(blank=True)

    objects = BulkStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "ticket"], name="ticket_once_in_bulk_change"),
        ]
        indexes = [
            # Those of a change that wait, and how many came to what
            models.Index(fields=["change", "outcome", "id"], name="bulk_step_of_change"),
        ]

    def __str__(self) -> str:
        return f"ticket {self.ticket_id} of bulk change {self.change_id}"

    def carry_out(self, verb: str, by: User, given: dict[str, Any], *, is_sure: bool = False) -> None:
        """Use the verb and note what came of it, in one transaction, so that nothing is done twice.

        is_sure: also where the text repeats an internal note, which may be newer than the preview.
        """
        # Before the transaction, as notes may be long; in it only those written since are looked at.
        seen = Ticket.objects.filter(pk=self.ticket_id).defer("description").first()
        text = "" if is_sure else given.get("text", "")
        repeated = seen.repeats_note(text) if seen is not None else ""
        with transaction.atomic():
            step = BulkStep.objects.select_for_update().get(pk=self.pk)
            if step.outcome != Outcome.WAITING:
                return
            ticket = step._locked_ticket(by)
            if ticket is None or seen is None:
                step.outcome, step.reason = Outcome.REFUSED, UNSEEN
            elif repeated := repeated or ticket.repeats_note(text, after=seen.version):
                step.outcome, step.reason = Outcome.REFUSED, REPEATS
            else:
                step.outcome, step.reason = step._come_to(ticket, verb, by, given)
            step.save(update_fields=["outcome", "reason"])

    def _locked_ticket(self, by: User) -> Ticket | None:
        seen = Ticket.objects.visible_to(by).filter(pk=self.ticket_id)
        return seen.select_for_update(of=("self",)).first()

    def _come_to(self, ticket: Ticket, verb: str, by: User, given: dict[str, Any]) -> tuple[str, str]:
        before = ticket.version
        version = {"version": self.version} if Ticket.VERBS[verb].touches else {}
        try:
            getattr(ticket, verb)(by=by, **version, **given)
        except ValidationError:
            return Outcome.REFUSED, WRONG_WORDS
        except TicketError as refusal:
            return Outcome.REFUSED, type(refusal).__name__
        return (Outcome.CHANGED if ticket.version > before else Outcome.SAME), ""


@task()
def run_slice(number: int) -> None:
    """Do a slice of a bulk change, and leave the rest to the next one. Run twice, there is still one next."""
    change = BulkChange.objects.filter(pk=number).first()
    if change is not None and not change.work(SLICE_SECONDS):
        enqueue_unless_waiting(run_slice, number)
