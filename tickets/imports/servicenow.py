"""A ServiceNow incident event log: one row per update of an incident, replayed at the original moments. Or
its table of incidents as it stands, one row each.

Needed columns: number, incident_state, caller_id, opened_at, sys_updated_at. Read where they are there:
opened_by, sys_updated_by, assignment_group, assigned_to, resolved_by, resolved_at, closed_at, short_description,
description, hold_reason, category, subcategory, u_symptom, cmdb_ci, contact_type, location, impact, urgency,
priority, problem_id, vendor, closed_code, close_notes. Names of today's releases will do, as fields or as the
table shows them: state, sys_updated_on, close_code; Caller, Opened, Updated, Resolution notes. "?" stands for
unknown, and so does an empty cell. Moments are yyyy-mm-dd hh:mm:ss or dd-mm-yyyy hh:mm, in local time if they
name no zone. The rows of one incident follow each other in the order in which they happened: sort by number,
then by sys_mod_count.

What becomes of what:

- An incident is submitted when it was opened (`opened_at`), for `caller_id`, by `opened_by` (by the system
  if that is unknown). Its title is `short_description`; its text is `description`, and lists what else the
  row says. A log has neither: then both are that list and nothing else. Where a later row says something
  else and the ticket is not solved, it is edited.
- New is Open, Active and In Progress are In Progress, Resolved and Closed are the same; Canceled (Cancelled)
  is withdrawn. On Hold waits for what `hold_reason` says: for the requester if that is Awaiting Caller or
  empty, else for a third party. Awaiting User Info is On Hold for the requester. Awaiting Vendor,
  Awaiting Problem (another team mends the cause) and Awaiting Evidence (somebody has to watch it happen)
  are On Hold for a third party: none of them waits for the person who called. From one of these three to
  another, the ticket stays as it is.
  The numbers 1, 2, 3, 6, 7 and 8 are New, In Progress, On Hold, Resolved, Closed and Canceled.
  A state that is not here is what --map-status says; without, its incidents are left out.
- Back from Resolved or Closed to a state of work is a reopening. There is no way back to Open: New after
  another state changes nothing. A closing without a resolution is both at the same moment.
- Several Resolved rows on end are one resolution: the one at the log's own `resolved_at`, or the first
  where that column names none of them; Closed rows and `closed_at` likewise. The last resolution was made
  by `resolved_by`, everything else by `sys_updated_by`.
- `assigned_to` is the assignee. A status other than Open needs one: where the log names nobody, also where
  it names nobody any more, the group's own account has it ("Group 70"), or "Group unknown".
- An incident of one row has been assigned when it was opened, if it is finished, and ends at its
  `resolved_at` and `closed_at`, or else at the update.
- A moment before the one before it becomes that one: five incidents of the log we know were saved before
  they were opened, one was saved backwards.

The log knows people by codes. They become inactive accounts with neutral names at example.invalid. A code
of one column is not taken for the same number in another: "Resolver 149" is not "Resolved by 149".

An incident is in whole or not at all: where one of its rows is broken, none of them goes in. A row that
cannot be split into columns spoils the incident its line begins with, if that can be seen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..errors import TicketError
from ..models import RequestType, Status, Ticket
from ..models.ticket.status import UNSOLVED
from .csv_table import RowError, Table, TableError
from .importer import sentence
from .local_time import from_local
from .people import People
from .servicenow_update import ALIASES, OPTIONAL, REQUIRED, STATE_NAMES, STATES, Update
from .vocabulary import folded, listed, pair

# What a code of one word is taken for, by the column it stands in.
NOUNS = {
    "opened_by": "Opened by",
    "sys_updated_by": "Updated by",
    "assignment_group": "Group",
    "assigned_to": "Resolver",
    "resolved_by": "Resolved by",
}


class Incident:
    """All rows of one incident, oldest first."""

    def __init__(self, updates: list[Update], request_type: RequestType, zone: ZoneInfo) -> None:
        self.updates, self.request_type, self.zone = updates, request_type, zone
        self.line = updates[0].row.line
        self.key = f"servicenow:{updates[0].row['number']}"
        stretches = groupby(updates, key=lambda update: update.status)
        self._is_snapshot = len(updates) == 1
        self._ends = [_end_of(list(stretch)) for status, stretch in stretches if status not in UNSOLVED]

    def replay(self, people: People) -> Ticket:
        first = self.updates[0]
        ticket = Ticket.submit(
            title=first.title,
            request_type=self.request_type,
            description=first.description,
            requester=people.by_code(first.known("caller_id") or "Caller unknown", "Caller"),
            by=_person(people, first, "opened_by"),
            key=self.key,
            at=from_local(first.opened_at, self.zone),
        )
        for update in self.updates:
            try:
                self._take(ticket, update, people)
            except (TicketError, ValidationError) as error:
                raise RowError(update.row.line, sentence(error)) from error
        return ticket

    # -- inside ------------------------------------------------------------------------------
    def _take(self, ticket: Ticket, update: Update, people: People) -> None:
        is_end = self._is_snapshot and update.status not in UNSOLVED
        at = self._moment(ticket, update.opened_at if is_end else update.updated_at)
        by = _person(people, update, "sys_updated_by")
        if not ticket.is_unsolved and update.status in UNSOLVED:
            ticket.reopen(by=by, at=at)
        if ticket.is_unsolved and (ticket.title, ticket.description) != (update.title, update.description):
            ticket.edit(title=update.title, description=update.description, by=by, at=at)
        if update.is_canceled:
            if ticket.is_unsolved:
                at = self._moment(ticket, (self._is_snapshot and update.closed_at) or update.updated_at)
                ticket.withdraw(by=by, text=update.resolution, at=at)
            return
        assignee = _assignee(people, ticket, update)
        if ticket.assignee_id != (assignee and assignee.pk) and ticket.allows("assign"):
            ticket.assign(assignee, by=by, at=at)
        if update.status == Status.IN_PROGRESS and ticket.allows("start"):
            ticket.start(by=by, at=at)
        elif update.status == Status.ON_HOLD and ticket.hold_reason != update.hold_reason:
            ticket.hold(update.hold_reason, by=by, text=update.awaited, at=at)
        elif update.status in (Status.RESOLVED, Status.CLOSED):
            self._finish(ticket, update, people, by)

    def _moment(self, ticket: Ticket, shown: datetime) -> datetime:
        """Nothing can happen to a ticket before what was done last: a moment before it becomes that one."""
        last = ticket.updated_at
        return max(from_local(shown, self.zone, not_before=last), last)

    def _finish(self, ticket: Ticket, update: Update, people: People, by: User | None) -> None:
        if update not in self._ends:
            return
        resolved_at = closed_at = update.updated_at
        if self._is_snapshot:
            closed_at = update.closed_at or update.updated_at
            resolved_at = update.resolved_at or closed_at
        if ticket.is_unsolved:
            # Both columns hold the same in every row of an incident: they speak of its last resolution.
            is_last = all(end.status == Status.CLOSED for end in self._ends[self._ends.index(update) + 1 :])
            resolver = _person(people, update, "resolved_by") if is_last else None
            text = update.resolution if is_last else ""
            ticket.resolve(by=resolver or by, text=text, at=self._moment(ticket, resolved_at))
        if ticket.is_resolved and update.status == Status.CLOSED:
            ticket.close(by=by, at=self._moment(ticket, closed_at))


class IncidentLog:
    """The incidents of one file: iterating gives an Incident for each number, and a RowError for each row
    that spoils one or stands for none.

    request_type: of every ticket; the log's categories are codes and say nothing about ours.
    zone: of the log's moments. status_names: "theirs=ours", where a state of the file is another one of STATES.
    Raises TableError for a file that is no such log, or not in the order of its incidents.
    """

    read_label = _("incidents read")

    def __init__(
        self, path: Path, request_type: RequestType, zone: ZoneInfo, status_names: Iterable[str] = ()
    ) -> None:
        self._state_names = dict(STATE_NAMES)
        for text in status_names:
            theirs, ours = pair(text, "--map-status")
            if folded(ours) not in STATE_NAMES:
                raise TableError(
                    gettext("%(option)s: there is no state %(name)s. There are: %(known)s.")
                    % {"option": "--map-status", "name": repr(ours), "known": ", ".join(STATES)}
                )
            self._state_names[folded(theirs)] = STATE_NAMES[folded(ours)]
        self._states = _states_in_order(path)
        self.table = _open(path)
        self.request_type, self.zone = request_type, zone

    def unknown_words(self) -> str:
        """Say which states of the file are not known; empty if all are."""
        unknown = Counter(
            {name: rows for name, rows in self._states.items() if folded(name) not in self._state_names}
        )
        if not unknown:
            return ""
        way_out = gettext(
            "Incidents with one of them are left out, unless you say what each is, such as %(option)s."
        ) % {"option": f'--map-status "{unknown.most_common(1)[0][0]}=On Hold"'}
        known = gettext("There are: %(known)s.") % {"known": ", ".join(STATES)}
        return "\n".join([listed(gettext("No state here has one of these names:"), unknown), way_out, known])

    def __iter__(self) -> Iterator[Incident | RowError]:
        updates: list[Update] = []
        spoiled: set[str] = set()
        for entry in self.table:
            if isinstance(entry, RowError):
                spoiled.add(_number_at_start(entry, self.table))
                yield entry
            elif not entry["number"]:
                yield RowError(entry.line, gettext("%(column)s is empty.") % {"column": "number"})
            else:
                if updates and updates[0].row["number"] != entry["number"]:
                    yield from self._incident_of(updates, spoiled)
                    updates = []
                try:
                    updates.append(Update.read(entry, self._state_names))
                except RowError as error:
                    spoiled.add(entry["number"])
                    yield error
        yield from self._incident_of(updates, spoiled)

    def _incident_of(self, updates: list[Update], spoiled: set[str]) -> Iterator[Incident]:
        if updates and updates[0].row["number"] not in spoiled:
            yield Incident(updates, self.request_type, self.zone)


def _open(path: Path) -> Table:
    return Table(path, required=REQUIRED, optional=OPTIONAL, aliases=ALIASES)


def _states_in_order(path: Path) -> Counter[str]:
    """Count the rows of each state. Raises TableError for rows that are not in the order of their incidents:
    half an incident is worse than none.
    """
    states = Counter[str]()
    with closing(_open(path)) as table:
        current, done = "", set()
        for entry in table:
            if isinstance(entry, RowError):
                continue
            states[entry["incident_state"]] += 1
            if entry["number"] in ("", current):
                continue
            if entry["number"] in done:
                raise TableError(
                    gettext(
                        "The rows of %(number)s do not follow each other (line %(line)d). "
                        "Sort the file by number, then by sys_mod_count."
                    )
                    % {"number": entry["number"], "line": entry.line}
                )
            current = entry["number"]
            done.add(current)
    return states


def _number_at_start(broken: RowError, table: Table) -> str:
    cells = broken.start.split(table.delimiter)
    place = table.columns.index("number")
    return cells[place].strip(' "\r\n') if place < len(cells) else ""


def _end_of(stretch: list[Update]) -> Update:
    """Of rows on end that are all Resolved, or all Closed, choose the one that the log's own column names."""
    for update in stretch:
        if update.updated_at == (
            update.resolved_at if update.status == Status.RESOLVED else update.closed_at
        ):
            return update
    return stretch[0]


def _person(people: People, update: Update, column: str) -> User | None:
    code = update.known(column)
    return people.by_code(code, NOUNS[column]) if code else None


def _assignee(people: People, ticket: Ticket, update: Update) -> User | None:
    person = _person(people, update, "assigned_to")
    if person or ticket.status == update.status == Status.OPEN:
        return person
    return _person(people, update, "assignment_group") or people.by_code("Group unknown", "Group")
