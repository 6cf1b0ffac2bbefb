"""Tickets of any other help desk, one row each, as a spreadsheet saves them.

Comma, semicolon or tab; UTF-8; the first line names the columns, in any order and letter case. A cell may
hold several lines in quotes. Columns nobody here knows are not read, and named at the end.

Needed:
  number            what the other help desk calls the ticket; the same number is brought in once
  title             up to 200 characters
  requester_email   whose ticket it is
  created_at        ISO 8601: 2026-03-01 09:30, with a zone (2026-03-01T09:30:00Z) or in local time
Not needed, or empty:
  request_type      its name here, such as Hardware Issue; --request-type where it is empty
  description       up to 20,000 characters; the title once more where it is empty
  requester_first_name, requester_surname
                    for an account that has to be made; else what the address says
  status            Open (if empty), In Progress, On Hold, Resolved, Closed
  hold_reason       On Hold only: Waiting for requester (if empty), Waiting for third party, Scheduled
  assignee_email    who works or worked on it; where any status but Open lacks it, the inactive account
                    "Unknown Assignee" has it
  updated_at        when an unsolved ticket was assigned, started or put on hold; created_at if empty
  resolved_at       Resolved and Closed; closed_at if empty, and one of the two is needed
  closed_at         Closed; resolved_at if empty
  resolution        how it was solved, up to 20,000 characters
  rating            Closed only: 1 to 5
  rating_comment    up to 20,000 characters

People without an account get one that is active, with the role User and without a password: "Forgotten
password" gives them one, nobody is written to. Who is to work tickets is made an Admin afterwards.
A row that is broken or contradicts itself is refused whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User

from ..models import HoldReason, RequestType, Status, Ticket
from ..models.feedback import SCORES
from ..models.ticket.status import UNSOLVED
from .csv_table import Row, RowError, Table
from .local_time import parse_iso
from .people import People

REQUIRED = ("number", "title", "requester_email", "created_at")
OPTIONAL = (
    "request_type",
    "description",
    "requester_first_name",
    "requester_surname",
    "status",
    "hold_reason",
    "assignee_email",
    "updated_at",
    "resolved_at",
    "closed_at",
    "resolution",
    "rating",
    "rating_comment",
)
NUMBER_LENGTH = 80


@dataclass(frozen=True)
class TicketRow:
    """One row, checked."""

    row: Row
    request_type: RequestType
    status: Status
    hold_reason: str
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    score: int | None

    @property
    def line(self) -> int:
        return self.row.line

    @property
    def key(self) -> str:
        return f"csv:{self.row['number']}"

    def replay(self, people: People) -> Ticket:
        row = self.row
        requester = people.by_email(
            row["requester_email"], row["requester_first_name"], row["requester_surname"]
        )
        ticket = Ticket.submit(
            title=" ".join(row["title"].splitlines()),
            request_type=self.request_type,
            description=row["description"] or row["title"],
            requester=requester,
            by=requester,
            key=self.key,
            at=self.created_at,
        )
        assignee = self._assignee(people)
        if assignee is not None:
            ticket.assign(assignee, by=None, at=self.updated_at)
        if self.status == Status.IN_PROGRESS:
            ticket.start(by=assignee, at=self.updated_at)
        elif self.status == Status.ON_HOLD:
            ticket.hold(self.hold_reason, by=assignee, at=self.updated_at)
        elif self.resolved_at is not None:
            ticket.resolve(by=assignee, text=row["resolution"], at=self.resolved_at)
            self._finish(ticket, requester)
        return ticket

    # -- inside ------------------------------------------------------------------------------
    def _finish(self, ticket: Ticket, requester: User) -> None:
        if self.score is not None:
            ticket.rate(self.score, by=requester, comment=self.row["rating_comment"], at=self.closed_at)
        elif self.status == Status.CLOSED:
            ticket.close(by=None, at=self.closed_at)

    def _assignee(self, people: People) -> User | None:
        if self.row["assignee_email"]:
            return people.by_email(self.row["assignee_email"])
        return None if self.status == Status.OPEN else people.by_code("Unknown Assignee", "Assignee")


class TicketTable:
    """The tickets of one file: iterating gives a TicketRow or, for a row that cannot be one, a RowError.

    request_type: for rows that name none. zone: of moments that name none.
    Raises TableError for a file that is no such table.
    """

    noun = "rows"

    def __init__(self, path: Path, request_type: RequestType, zone: ZoneInfo) -> None:
        self.table = Table(path, required=REQUIRED, optional=OPTIONAL)
        self.request_type, self.zone = request_type, zone
        self._request_types = {kind.name.lower(): kind for kind in RequestType.objects.all()}

    def __iter__(self) -> Iterator[TicketRow | RowError]:
        lines_of: dict[str, int] = {}
        for entry in self.table:
            if isinstance(entry, RowError):
                yield entry
                continue
            try:
                ticket = self._ticket_of(entry)
                if (line := lines_of.setdefault(entry["number"], entry.line)) != entry.line:
                    raise RowError(entry.line, f"number {entry['number']} is on line {line} already.")
            except RowError as error:
                yield error
            else:
                yield ticket

    # -- inside ------------------------------------------------------------------------------
    def _ticket_of(self, row: Row) -> TicketRow:
        if not 0 < len(row["number"]) <= NUMBER_LENGTH:
            raise RowError(row.line, f"number is empty or longer than {NUMBER_LENGTH} characters.")
        status = Status(_choice(row, "status", Status, Status.OPEN))
        created_at = self._moment(row, "created_at")
        if created_at is None:
            raise RowError(row.line, "created_at is empty.")
        updated_at = self._moment(row, "updated_at") if status in UNSOLVED else None
        resolved_at, closed_at = self._ends(row, status)
        _check_order(
            row, created_at=created_at, updated_at=updated_at, resolved_at=resolved_at, closed_at=closed_at
        )
        return TicketRow(
            row=row,
            request_type=self._request_type_of(row),
            status=status,
            hold_reason=_choice(row, "hold_reason", HoldReason, HoldReason.REQUESTER),
            created_at=created_at,
            updated_at=updated_at or created_at,
            resolved_at=resolved_at,
            closed_at=closed_at,
            score=_score(row, status),
        )

    def _ends(self, row: Row, status: Status) -> tuple[datetime | None, datetime | None]:
        """Answer when the ticket was resolved and closed, as far as its status says that it was."""
        if status in UNSOLVED:
            return None, None
        closed_at = self._moment(row, "closed_at") if status == Status.CLOSED else None
        resolved_at = self._moment(row, "resolved_at") or closed_at
        if resolved_at is None:
            raise RowError(row.line, f"resolved_at is empty, and the ticket is {status.label}.")
        return resolved_at, (closed_at or resolved_at) if status == Status.CLOSED else None

    def _request_type_of(self, row: Row) -> RequestType:
        if not (name := row["request_type"]):
            return self.request_type
        if name.lower() not in self._request_types:
            raise RowError(row.line, f"There is no request type {name!r:.80}.")
        return self._request_types[name.lower()]

    def _moment(self, row: Row, column: str) -> datetime | None:
        if not (text := row[column]):
            return None
        try:
            return parse_iso(text, self.zone)
        except (ValueError, OverflowError) as error:
            raise RowError(row.line, f"{column} is no moment like 2026-03-01 09:30: {text!r:.80}.") from error


def _choice(row: Row, column: str, choices: type[Status] | type[HoldReason], default: str) -> str:
    """Read a code or a label, in any letter case."""
    text = row[column].lower()
    for value, label in choices.choices:
        if text in (value, value.replace("_", " "), label.lower()):
            return value
    if text:
        known = ", ".join(map(str, choices.labels))
        raise RowError(row.line, f"{column} is unknown: {row[column]!r:.80}. Known: {known}.")
    return default


def _score(row: Row, status: Status) -> int | None:
    if not (text := row["rating"]):
        return None
    if text not in map(str, SCORES):
        raise RowError(row.line, f"rating is not a number from 1 to 5: {text!r:.80}.")
    if status != Status.CLOSED:
        raise RowError(row.line, f"A rated ticket is Closed, but status says {status.label}.")
    return int(text)


def _check_order(row: Row, **moments: datetime | None) -> None:
    before, latest, now = "", None, timezone.now()
    for column, moment in moments.items():
        if moment is None:
            continue
        if moment > now:
            raise RowError(row.line, f"{column} is in the future.")
        if latest is not None and moment < latest:
            raise RowError(row.line, f"{column} is before {before}.")
        before, latest = column, moment
