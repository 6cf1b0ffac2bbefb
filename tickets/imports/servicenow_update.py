"""One row of a ServiceNow incident event log: one update of one incident, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from ..models import HoldReason, Status
from ..text.validators import TITLE_LENGTH
from .csv_table import Row, RowError
from .local_time import YEARS, read_moment
from .vocabulary import folded

REQUIRED = ("number", "incident_state", "caller_id", "opened_at", "sys_updated_at")
# What the columns are called by releases of today, and by the tables they show.
ALIASES = {
    "state": "incident_state",
    "caller": "caller_id",
    "opened": "opened_at",
    "sys_updated_on": "sys_updated_at",
    "updated": "sys_updated_at",
    "updated_by": "sys_updated_by",
    "resolved": "resolved_at",
    "closed": "closed_at",
    "close_code": "closed_code",
    "resolution_code": "closed_code",
    "resolution_notes": "close_notes",
    "on_hold_reason": "hold_reason",
    "configuration_item": "cmdb_ci",
    "channel": "contact_type",
    "problem": "problem_id",
}
# What a row says about the matter, and the words the description says it with.
FACTS = {
    "category": "Category",
    "subcategory": "Subcategory",
    "u_symptom": "Symptom",
    "cmdb_ci": "Item",
    "contact_type": "Contact type",
    "location": "Location",
    "impact": "Impact",
    "urgency": "Urgency",
    "priority": "Priority",
}
OPTIONAL = (
    "opened_by",
    "sys_updated_by",
    "assignment_group",
    "assigned_to",
    "resolved_by",
    "resolved_at",
    "closed_at",
    "short_description",
    "description",
    "hold_reason",
    *FACTS,
    "problem_id",
    "vendor",
    "closed_code",
    "close_notes",
)
STATES: dict[str, tuple[Status, str]] = {
    "New": (Status.OPEN, ""),
    "Active": (Status.IN_PROGRESS, ""),
    "In Progress": (Status.IN_PROGRESS, ""),
    # What it waits for stands in hold_reason.
    "On Hold": (Status.ON_HOLD, HoldReason.REQUESTER),
    "Awaiting User Info": (Status.ON_HOLD, HoldReason.REQUESTER),
    "Awaiting Vendor": (Status.ON_HOLD, HoldReason.THIRD_PARTY),
    "Awaiting Problem": (Status.ON_HOLD, HoldReason.THIRD_PARTY),
    "Awaiting Evidence": (Status.ON_HOLD, HoldReason.THIRD_PARTY),
    "Resolved": (Status.RESOLVED, ""),
    "Closed": (Status.CLOSED, ""),
    "Canceled": (Status.CLOSED, ""),
    "Cancelled": (Status.CLOSED, ""),
}
# Exports of the values instead of their labels have these, as every instance begins with.
STATE_NUMBERS = {
    "1": "New",
    "2": "In Progress",
    "3": "On Hold",
    "6": "Resolved",
    "7": "Closed",
    "8": "Canceled",
}
# What a state is called in a file, folded -> of STATES.
STATE_NAMES = {folded(name): name for name in STATES} | STATE_NUMBERS
WAITS_FOR_REQUESTER = ("awaiting caller", "awaiting user info", "1")
UNKNOWN = "?"
# Empty: year first.
FORMS = ("", "%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S")
NUMBER_LENGTH = 80


@dataclass(frozen=True)
class Update:
    """One row, checked."""

    row: Row
    state: str
    opened_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None

    @classmethod
    def read(cls, row: Row, state_names: Mapping[str, str]) -> "Update":
        """state_names: what a state is called in the file, folded -> of STATES. Raises RowError."""
        state = state_names.get(folded(row["incident_state"]))
        if state is None:
            raise RowError(
                row.line,
                gettext("incident_state is unknown: %(text)s.") % {"text": repr(row["incident_state"])[:80]},
            )
        if len(row["number"]) > NUMBER_LENGTH:
            raise RowError(
                row.line, gettext("number is longer than %(length)d characters.") % {"length": NUMBER_LENGTH}
            )
        ends = [
            None if row[column] in ("", UNKNOWN) else _moment(row, column)
            for column in ("resolved_at", "closed_at")
        ]
        return cls(row, state, _moment(row, "opened_at"), _moment(row, "sys_updated_at"), *ends)

    @property
    def status(self) -> Status:
        return STATES[self.state][0]

    @property
    def is_canceled(self) -> bool:
        return self.state in ("Canceled", "Cancelled")

    def known(self, column: str) -> str:
        """Answer what the row says, empty where it says that it does not know."""
        return "" if self.row[column] == UNKNOWN else self.row[column]

    @property
    def hold_reason(self) -> str:
        waits_for = self.known("hold_reason").casefold() if self.state == "On Hold" else ""
        if waits_for and waits_for not in WAITS_FOR_REQUESTER:
            return HoldReason.THIRD_PARTY
        return STATES[self.state][1]

    @property
    def title(self) -> str:
        matter = ", ".join(filter(None, map(self.known, ("category", "subcategory", "u_symptom"))))
        title = self.known("short_description") or matter or f"Incident {self.row['number']}"
        return " ".join(title.splitlines())[:TITLE_LENGTH]

    @property
    def description(self) -> str:
        facts = {"Incident": self.row["number"]} | {word: self.known(fact) for fact, word in FACTS.items()}
        listed = "\n".join(f"{word}: {value}" for word, value in facts.items() if value)
        return "\n\n".join(filter(None, (self.known("description"), listed)))

    @property
    def resolution(self) -> str:
        code = self.known("closed_code")
        return "\n\n".join(filter(None, (self.known("close_notes"), code and f"Closed code: {code}")))

    @property
    def awaited(self) -> str:
        state = self.known("hold_reason") if self.state == "On Hold" else ""
        what = [state or self.state, self.known("problem_id"), self.known("vendor")]
        return ", ".join(filter(None, what))


def _moment(row: Row, column: str) -> datetime:
    """Read a moment; without a zone where the cell names none: what it means depends on the one before it."""
    for form in FORMS:
        try:
            moment = datetime.strptime(row[column], form) if form else read_moment(row[column])  # noqa: DTZ007
        except ValueError:
            continue
        if moment.year in YEARS:
            return moment
    raise RowError(
        row.line,
        gettext("%(column)s is no moment like %(example)s or %(other)s: %(text)s.")
        % {
            "column": column,
            "example": "2016-02-29 01:16",
            "other": "29-02-2016 01:16",
            "text": repr(row[column])[:80],
        },
    )
