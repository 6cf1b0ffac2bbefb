"""Tickets of any other help desk, one row each, as a spreadsheet saves them.

Comma, semicolon, tab or bar; UTF-8; the first line names the columns, in any order and letter case. A cell may
hold several lines in quotes. Names of columns as other help desks write them are known where they can mean only
one thing (Ticket ID, Subject, Date Created); of others --map-column says what they are. Columns nobody here knows
are not read, and named at the end.

Needed:
  number            what the other help desk calls the ticket; the same number is brought in once
  title             up to 200 characters
  requester_email   whose ticket it is; a name beside the address is not read
  created_at        ISO 8601: 2026-03-01 09:30, with a zone (2026-03-01T09:30:00Z) or in local time;
                    year first, so 2026/3/1 9:30 will do, or the month by its name: 01/Mar/26 9:30 AM
Not needed, or empty:
  request_type      its name here, such as Hardware Issue, or one that --map-type or --make-types explains;
                    --request-type where it is empty
  description       up to 20,000 characters; the title once more where it is empty
  requester_first_name, requester_surname
                    for an account that has to be made; else what the address says
  status            Open (if empty), In Progress, On Hold, Resolved, Closed, or one that --map-status explains
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
A row that is broken or contradicts itself is refused whole. Cells missing at the end of a row are empty.
An hour that clocks show twice is the one that fits what happened before.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..models import HoldReason, RequestType, Status, Ticket
from ..models.feedback import SCORES
from ..models.ticket.status import UNSOLVED
from .csv_table import Row, RowError, Table, TableError, column_name
from .local_time import from_local, read_moment
from .people import People
from .vocabulary import Vocabulary, pair, words_for

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
# What other help desks call them in their exports.
ALIASES = {
    **dict.fromkeys(("id", "ticket_id", "ticket_number", "issue_key", "ticket#"), "number"),
    **dict.fromkeys(("subject", "summary"), "title"),
    **dict.fromkeys(("from_email", "email", "requester"), "requester_email"),
    **dict.fromkeys(("created", "created_time", "date_created", "opening_date"), "created_at"),
    **dict.fromkeys(("updated", "last_updated", "last_update", "last_update_time"), "updated_at"),
    **dict.fromkeys(("resolved", "resolved_time", "solved_at", "resolution_date"), "resolved_at"),
    **dict.fromkeys(("closed", "closed_time", "closing_date", "close_at"), "closed_at"),
    **dict.fromkeys(("current_status", "state"), "status"),
}
NUMBER_LENGTH = 80
# What besides created_at says when something happened, in this order.
MOMENTS = {
    **dict.fromkeys(UNSOLVED, ("updated_at",)),
    Status.RESOLVED: ("resolved_at",),
    Status.CLOSED: ("resolved_at", "closed_at"),
}


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
            request_type=self._saved_type(),
            description=row.text("description") or row["title"],
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
            ticket.resolve(by=assignee, text=row.text("resolution"), at=self.resolved_at)
            self._finish(ticket, requester)
        return ticket

    # -- inside ------------------------------------------------------------------------------
    def _saved_type(self) -> RequestType:
        """Make the request type if it is not there. Asked for each time: a ticket that fails takes it along."""
        if self.request_type.pk:
            return self.request_type
        made = RequestType.objects.filter(name=self.request_type.name).first()
        if made is None:
            made = RequestType(name=self.request_type.name)
            made.full_clean()
            made.save()
        return made

    def _finish(self, ticket: Ticket, requester: User) -> None:
        if self.score is not None:
            ticket.rate(self.score, by=requester, comment=self.row.text("rating_comment"), at=self.closed_at)
        elif self.status == Status.CLOSED:
            ticket.close(by=None, at=self.closed_at)

    def _assignee(self, people: People) -> User | None:
        if self.row["assignee_email"]:
            return people.by_email(self.row["assignee_email"])
        return None if self.status == Status.OPEN else people.by_code("Unknown Assignee", "Assignee")


class TicketTable:
    """The tickets of one file: iterating gives a TicketRow or, for a row that cannot be one, a RowError.

    request_type: for rows that name none. zone: of moments that name none. vocabulary: of the file.
    column_names: "theirs=ours", where a column has another name in the file.
    Raises TableError for a file that is no such table.
    """

    read_label = _("rows read")

    def __init__(
        self,
        path: Path,
        request_type: RequestType,
        zone: ZoneInfo,
        vocabulary: Vocabulary | None = None,
        column_names: Iterable[str] = (),
    ) -> None:
        self._path, self._names = path, _column_names(column_names)
        self.table = self._open()
        self.request_type, self.zone = request_type, zone
        self._vocabulary = vocabulary or Vocabulary()

    def unknown_words(self) -> str:
        """Read the whole file once, and say which of its names are not known here; empty if all are."""
        with closing(self._open()) as table:
            return self._vocabulary.unknown_in(row for row in table if isinstance(row, Row))

    def __iter__(self) -> Iterator[TicketRow | RowError]:
        lines_of: dict[str, int] = {}
        for entry in self.table:
            if isinstance(entry, RowError):
                yield entry
                continue
            try:
                ticket = self._ticket_of(entry)
                if (line := lines_of.setdefault(entry["number"], entry.line)) != entry.line:
                    raise RowError(
                        entry.line,
                        gettext("number %(number)s is on line %(line)d already.")
                        % {"number": entry["number"], "line": line},
                    )
            except RowError as error:
                yield error
            else:
                yield ticket

    # -- inside ------------------------------------------------------------------------------
    def _open(self) -> Table:
        return Table(
            self._path,
            required=REQUIRED,
            optional=OPTIONAL,
            may_end_early=True,
            aliases=ALIASES,
            names=self._names,
        )

    def _ticket_of(self, row: Row) -> TicketRow:
        if not 0 < len(row["number"]) <= NUMBER_LENGTH:
            raise RowError(
                row.line,
                gettext("number is empty or longer than %(length)d characters.") % {"length": NUMBER_LENGTH},
            )
        status = self._status_of(row)
        moments = self._moments(row, "created_at", *MOMENTS[status])
        if "created_at" not in moments:
            raise RowError(row.line, gettext("%(column)s is empty.") % {"column": "created_at"})
        closed_at = moments.get("closed_at")
        resolved_at = moments.get("resolved_at", closed_at)
        if status not in UNSOLVED and resolved_at is None:
            raise RowError(
                row.line,
                gettext("resolved_at is empty, and the ticket is %(status)s.") % {"status": status.label},
            )
        return TicketRow(
            row=row,
            request_type=self._request_type_of(row),
            status=status,
            hold_reason=_hold_reason_of(row),
            created_at=moments["created_at"],
            updated_at=moments.get("updated_at", moments["created_at"]),
            resolved_at=resolved_at,
            closed_at=(closed_at or resolved_at) if status == Status.CLOSED else None,
            score=_score(row, status),
        )

    def _moments(self, row: Row, *columns: str) -> dict[str, datetime]:
        """Read the columns that say something. Raises RowError unless each is later than the one before."""
        moments: dict[str, datetime] = {}
        before, latest, now = "", None, timezone.now()
        for column in filter(row.__getitem__, columns):
            try:
                moment = from_local(read_moment(row[column]), self.zone, not_before=latest)
            except (ValueError, OverflowError) as error:
                raise RowError(
                    row.line,
                    gettext("%(column)s is no moment like %(example)s: %(text)s.")
                    % {"column": column, "example": "2026-03-01 09:30", "text": repr(row[column])[:80]},
                ) from error
            if moment > now:
                raise RowError(row.line, gettext("%(column)s is in the future.") % {"column": column})
            if latest is not None and moment < latest:
                raise RowError(
                    row.line,
                    gettext("%(column)s is before %(earlier)s.") % {"column": column, "earlier": before},
                )
            before, latest = column, moment
            moments[column] = moment
        return moments

    def _status_of(self, row: Row) -> Status:
        if not (name := row["status"]):
            return Status.OPEN
        if (status := self._vocabulary.status(name)) is None:
            raise RowError(
                row.line,
                gettext("%(column)s is unknown: %(text)s. Known: %(known)s.")
                % {"column": "status", "text": repr(name)[:80], "known": self._vocabulary.status_names},
            )
        return status

    def _request_type_of(self, row: Row) -> RequestType:
        if not (name := row["request_type"]):
            return self.request_type
        if (request_type := self._vocabulary.request_type(name)) is None:
            raise RowError(
                row.line, gettext("There is no request type %(name)s.") % {"name": repr(name)[:80]}
            )
        return request_type


def _column_names(texts: Iterable[str]) -> dict[str, str]:
    """Read "theirs=ours". Raises TableError for a name on the right that is no column's."""
    names = {}
    for text in texts:
        theirs, ours = (column_name(name) for name in pair(text, "--map-column"))
        if ours not in (*REQUIRED, *OPTIONAL):
            known = ", ".join((*REQUIRED, *OPTIONAL))
            raise TableError(
                gettext("%(option)s: there is no column %(name)s. There are: %(known)s.")
                % {"option": "--map-column", "name": repr(ours), "known": known}
            )
        names[theirs] = ours
    return names


def _hold_reason_of(row: Row) -> str:
    """Read a code or a label, in any letter case."""
    text = row["hold_reason"].lower()
    for value, word in words_for(HoldReason):
        if text == word.lower():
            return value
    if text:
        known = ", ".join(map(str, HoldReason.labels))
        raise RowError(
            row.line,
            gettext("%(column)s is unknown: %(text)s. Known: %(known)s.")
            % {"column": "hold_reason", "text": repr(row["hold_reason"])[:80], "known": known},
        )
    return HoldReason.REQUESTER


def _score(row: Row, status: Status) -> int | None:
    if not (text := row["rating"]):
        return None
    # As tables write it that have read numbers with gaps among them.
    text = text.removesuffix(".0")
    if text not in map(str, SCORES):
        raise RowError(
            row.line, gettext("rating is not a number from 1 to 5: %(text)s.") % {"text": repr(text)[:80]}
        )
    if status != Status.CLOSED:
        raise RowError(
            row.line,
            gettext("A rated ticket is Closed, but status says %(status)s.") % {"status": status.label},
        )
    return int(text)
