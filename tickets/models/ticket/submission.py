"""A ticket comes into being."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from helpdesk.models import ChainHead
from helpdesk.text.folding import composed

from ... import permissions
from ...errors import NotAllowed, WrongMoment, require
from ...events import Kind
from ...text.validators import normalize
from ..event import OPENINGS
from ..upload import Upload
from .base import TicketBase
from .change import Change

if TYPE_CHECKING:
    from ..request_type import RequestType


class Submission(TicketBase):
    class Meta:
        abstract = True

    @classmethod
    def submit(
        cls,
        *,
        title: str,
        request_type: "RequestType",
        description: str,
        requester: User,
        by: User | None,
        key: str | None = None,
        at: datetime | None = None,
        files: Iterable[Upload] = (),
    ) -> Self:
        """Open a ticket. With a `key` that has already made one, answer that one and change nothing.

        requester: whose ticket it is.
        by: who submits it, usually the requester; None for the system.
        key: up to 120 characters naming the form or the imported row; None allows twins.
        at: a moment in the past, for imports; None is now.
        files: become its attachments.
        Raises NotAllowed if `by` may not submit tickets (or not for another person), WrongMoment for a
        moment in the future, django's ValidationError for a title or description that cannot be.
        """
        if at is not None:
            require(at <= timezone.now(), WrongMoment)
        try:
            with transaction.atomic():
                if key is not None and (made := cls._base_manager.filter(submission_key=key).first()):
                    return made
                # First of all: numbers are given in the order of the chain of openings.
                openings = ChainHead.held(OPENINGS)
                if by is not None and at is None:
                    by.read_rights_anew()
                    allowed = permissions.may_submit(by) and (by == requester or by.can_work_tickets)
                    require(allowed, NotAllowed)
                moment = at.astimezone(UTC) if at else timezone.now()
                ticket = cls.unsaved(
                    title=title,
                    request_type=request_type,
                    description=description,
                    requester=requester,
                    at=moment,
                    key=key,
                )
                ticket.log_hash = openings.hash
                change = Change(ticket, Kind.SUBMITTED, by, moment, is_past=at is not None)
                change.words = {"title": ticket.title, "description": ticket.description}
                change.files = list(files)
                change.write()
                openings.move_to(ticket.log_hash)
                return ticket
        except IntegrityError:
            # The same form came twice at once and the other was first. Any other breach goes on.
            made = cls._base_manager.filter(submission_key=key).first() if key is not None else None
            if made is None:
                raise
            return made

    @classmethod
    def unsaved(
        cls,
        *,
        title: str,
        request_type: "RequestType",
        description: str,
        requester: User,
        at: datetime,
        key: str | None = None,
    ) -> Self:
        """Make the row of a ticket that is opened, without writing it: nothing has happened to it yet.

        at: when, in UTC.
        key: as `submit` takes it.
        Raises django's ValidationError for a title or description that cannot be.
        """
        ticket = cls(
            title=composed(title),
            request_type=request_type,
            description=normalize(description),
            requester=requester,
            submission_key=key,
            created_at=at,
            updated_at=at,
        )
        ticket.clean_words()
        return ticket
