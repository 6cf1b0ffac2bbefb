"""One row of a ServiceNow incident event log: one update of one incident, checked."""

from dataclasses import dataclass
from datetime import datetime

from ..models import HoldReason, Status
from ..text.validators import TITLE_LENGTH
from .csv_table import Row, RowError

REQUIRED = (
    "number",
    "incident_state",
    "caller_id",
    "opened_by",
    "opened_at",
    "sys_updated_by",
    "sys_updated_at",
    "assignment_group",
    "assigned_to",
    "resolved_by",
    "resolved_at",
)
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
OPTIONAL = (*FACTS, "problem_id", "vendor", "closed_code", "closed_at")
STATES: dict[str, tuple[Status, str]] = {
    "New": (Status.OPEN, ""),
    "Active": (Status.IN_PROGRESS, ""),
    "Awaiting User Info": (Status.ON_HOLD, HoldReason.REQUESTER),
    "Awaiting Vendor": (Status.ON_HOLD, HoldReason.THIRD_PARTY),
    "Awaiting Problem": (Status.ON_HOLD, HoldReason.THIRD_PARTY),
    "Awaiting Evidence": (Status.ON_HOLD, HoldReason.THIRD_PARTY),
    "Resolved": (Status.RESOLVED, ""),
    "Closed": (Status.CLOSED, ""),
}
UNKNOWN = "?"
MOMENT = "%d-%m-%Y %H:%M"
YEARS = range(1970, 9999)
NUMBER_LENGTH = 80


@dataclass(frozen=True)
class Update:
    """One row, checked."""

    row: Row
    opened_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None

    @classmethod
    def read(cls, row: Row) -> "Update":
        """Raises RowError for a row that cannot be."""
        if row["incident_state"] not in STATES:
            raise RowError(row.line, f"incident_state is unknown: {row['incident_state']!r:.80}.")
        if len(row["number"]) > NUMBER_LENGTH:
            raise RowError(row.line, f"number is longer than {NUMBER_LENGTH} characters.")
        ends = [
            None if row[column] in ("", UNKNOWN) else _moment(row, column)
            for column in ("resolved_at", "closed_at")
        ]
        return cls(row, _moment(row, "opened_at"), _moment(row, "sys_updated_at"), *ends)

    @property
    def status(self) -> Status:
        return STATES[self.row["incident_state"]][0]

    def known(self, column: str) -> str:
        """Answer what the row says, empty where it says that it does not know."""
        return "" if self.row[column] == UNKNOWN else self.row[column]

    @property
    def hold_reason(self) -> str:
        return STATES[self.row["incident_state"]][1]

    @property
    def title(self) -> str:
        matter = ", ".join(filter(None, map(self.known, ("category", "subcategory", "u_symptom"))))
        return (matter or f"Incident {self.row['number']}")[:TITLE_LENGTH]

    @property
    def description(self) -> str:
        facts = {"Incident": self.row["number"]} | {word: self.known(fact) for fact, word in FACTS.items()}
        return "\n".join(f"{word}: {value}" for word, value in facts.items() if value)

    @property
    def awaited(self) -> str:
        what = [self.row["incident_state"], self.known("problem_id"), self.known("vendor")]
        return ", ".join(filter(None, what))


def _moment(row: Row, column: str) -> datetime:
    try:
        # Naive on purpose: what it means depends on the zone and on the moment before it.
        moment = datetime.strptime(row[column], MOMENT)  # noqa: DTZ007
        if moment.year not in YEARS:
            raise ValueError
    except ValueError as error:
        raise RowError(
            row.line, f"{column} is no moment like 29-02-2016 01:16: {row[column]!r:.80}."
        ) from error
    return moment
