"""What an import did, in numbers and sentences for the operator."""

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk.text.numbers import in_digits

from .csv_table import RowError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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

    def as_text(self, *, read: "StrOrPromise", dry_run: bool) -> str:
        """read: what the number of things read in the file is called, such as "rows read"."""
        seconds = time.monotonic() - self.started_at
        figures = [
            (read, self.read),
            (_("tickets that would be made") if dry_run else _("tickets made"), self.made),
            (_("there already"), self.already_there),
            (_("rows refused"), self.rows_refused),
            (_("events that would be written") if dry_run else _("events written"), self.events),
            (_("reopenings among them"), self.reopenings),
            (_("people that would be made") if dry_run else _("people made"), self.people),
        ]
        lines = [f"{number:>9,} {label}" for label, number in figures]
        lines.append(f"{seconds:>9,.1f} {_('seconds')}")
        groups = sorted(self.refused.values(), key=lambda group: -group.number)
        for group in groups:
            examples = [
                _("Line %(line)d: %(reason)s") % {"line": error.line, "reason": error.reason}
                for error in group.examples
            ]
            if group.number > len(examples):
                lines.append(
                    ngettext(
                        "%(count)s row was refused like these:",
                        "%(count)s rows were refused like these:",
                        group.number,
                    )
                    % {"count": in_digits(group.number)}
                )
                examples = [f"    {example}" for example in examples]
            lines += examples
        if rest := self.rows_refused - sum(group.number for group in groups):
            lines.append(
                ngettext("... and %(count)s more refused row.", "... and %(count)s more refused rows.", rest)
                % {"count": in_digits(rest)}
            )
        return "\n".join(lines)
