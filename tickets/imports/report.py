"""What an import did, in numbers and sentences for the operator."""

import re
import time
from dataclasses import dataclass, field

from .csv_table import RowError

# Enough to mend a file by; a file of nonsense should not fill the memory or the screen.
GROUPS_KEPT, EXAMPLES_KEPT = 50, 5
# What differs between rows refused for the same reason: what they say, and numbers.
DETAILS = re.compile(r"""'[^']*'?|"[^"]*"?|[0-9]+""")


@dataclass
class Refused:
    """The rows refused for one reason: how many, and the first of them."""

    number: int = 0
    examples: list[RowError] = field(default_factory=list)


@dataclass
class Report:
    read: int = 0
    made: int = 0
    already_there: int = 0
    events: int = 0
    reopenings: int = 0
    people: int = 0
    rows_refused: int = 0
    refused: dict[str, Refused] = field(default_factory=dict)
    stopped: bool = False
    started_at: float = field(default_factory=time.monotonic)

    @property
    def reasons(self) -> list[RowError]:
        """The refusals that are kept as examples, in the order of the file."""
        return sorted(
            (error for group in self.refused.values() for error in group.examples),
            key=lambda error: error.line,
        )

    def refuse(self, error: RowError) -> None:
        self.rows_refused += 1
        reason = DETAILS.sub("", error.reason)
        if reason in self.refused or len(self.refused) < GROUPS_KEPT:
            group = self.refused.setdefault(reason, Refused())
            group.number += 1
            if len(group.examples) < EXAMPLES_KEPT:
                group.examples.append(error)

    def as_text(self, *, noun: str, dry_run: bool) -> str:
        """noun: what the file holds, in the plural."""
        seconds = time.monotonic() - self.started_at
        figures = [
            (f"{noun} read", self.read),
            ("tickets that would be made" if dry_run else "tickets made", self.made),
            ("there already", self.already_there),
            ("rows refused", self.rows_refused),
            ("events that would be written" if dry_run else "events written", self.events),
            ("reopenings among them", self.reopenings),
            ("people that would be made" if dry_run else "people made", self.people),
        ]
        lines = [f"{number:>9,} {label}" for label, number in figures]
        lines.append(f"{seconds:>9,.1f} seconds")
        groups = sorted(self.refused.values(), key=lambda group: -group.number)
        for group in groups:
            examples = [f"Line {error.line}: {error.reason}" for error in group.examples]
            if group.number > len(examples):
                lines.append(f"{group.number:,} rows were refused like these:")
                examples = [f"    {example}" for example in examples]
            lines += examples
        if rest := self.rows_refused - sum(group.number for group in groups):
            lines.append(f"... and {rest:,} more refused rows.")
        return "\n".join(lines)
