"""What an import did, in numbers and sentences for the operator."""

import time
from dataclasses import dataclass, field

from .csv_table import RowError

# Enough to mend a file by; a file of nonsense should not fill the memory.
REASONS_KEPT = 1000


@dataclass
class Report:
    read: int = 0
    made: int = 0
    already_there: int = 0
    events: int = 0
    reopenings: int = 0
    people: int = 0
    rows_refused: int = 0
    reasons: list[RowError] = field(default_factory=list)
    stopped: bool = False
    started_at: float = field(default_factory=time.monotonic)

    def refuse(self, error: RowError) -> None:
        self.rows_refused += 1
        if len(self.reasons) < REASONS_KEPT:
            self.reasons.append(error)

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
        lines += [f"Line {error.line}: {error.reason}" for error in self.reasons]
        if self.rows_refused > len(self.reasons):
            lines.append(f"... and {self.rows_refused - len(self.reasons):,} more refused rows.")
        return "\n".join(lines)
