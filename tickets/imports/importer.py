"""Brings tickets from elsewhere in, one transaction each: a broken one loses only itself."""

from collections.abc import Callable, Iterator
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from helpdesk.db.locks import one_at_a_time

from ..errors import TicketError
from ..events import Kind
from ..models import Ticket
from .csv_table import RowError
from .people import People
from .report import Report


class Story(Protocol):
    """What a file tells of one ticket, read and checked."""

    @property
    def line(self) -> int: ...

    @property
    def key(self) -> str:
        """What Ticket.submission_key remembers, so that the same file twice changes nothing."""

    def replay(self, people: People) -> Ticket:
        """Make the ticket and everything that happened to it, by the verbs.

        Raises RowError, TicketError, django's ValidationError.
        """


def bring_in(
    stories: Iterator[Story | RowError],
    *,
    dry_run: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
    on_progress: Callable[[], None] = lambda: None,
) -> Report:
    """Replay each story through the verbs, and answer what that did.

    dry_run: do everything and roll each ticket back. PostgreSQL then leaves a gap in the ticket numbers.
    should_stop: asked before each one; what is in stays. on_progress: called after each one.
    """
    report, people = Report(), People()
    for story in stories:
        if should_stop():
            report.stopped = True
            break
        if isinstance(story, RowError):
            report.refuse(story)
            continue
        report.read += 1
        _bring_in_one(story, people, report, dry_run=dry_run)
        on_progress()
    report.people = len(people.made)
    return report


def sentence(error: ValidationError | TicketError) -> str:
    """Say in one line what a verb or a model refused."""
    if isinstance(error, TicketError):
        return str(error)
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        gettext("%(field)s: %(reason)s") % {"field": field, "reason": " ".join(texts)}
        for field, texts in error.message_dict.items()
    )


def _bring_in_one(story: Story, people: People, report: Report, *, dry_run: bool) -> None:
    reopenings = 0
    try:
        # Whoever brings the same in at once finds ticket and people there, or makes them.
        with one_at_a_time("import"):
            ticket = None
            if not Ticket.objects.filter(submission_key=story.key).exists():
                ticket = story.replay(people)
                reopenings = ticket.events.filter(kind=Kind.REOPENED).count()
            transaction.set_rollback(dry_run)
    except RowError as error:
        report.refuse(error)
    except (TicketError, ValidationError) as error:
        report.refuse(RowError(story.line, sentence(error)))
    else:
        if ticket is None:
            report.already_there += 1
        else:
            report.made += 1
            report.events += ticket.version
            report.reopenings += reopenings
        if dry_run:
            people.forget(though_counted=True)
        else:
            people.keep()
        return
    people.forget()
