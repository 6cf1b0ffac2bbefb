"""Reads a table from a CSV file, row by row, and says of each broken row where it is and why.

A row that cannot be read never takes its neighbours along: after a quote that is not closed, reading goes
on at the next line of the file.
"""

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Excel writes semicolons where the comma is the decimal sign; some exports write tabs, or bars.
DELIMITERS = ",;\t|"
# What Excel writes, and reads, above the names to say which sign it is.
DELIMITER_LINE = re.compile(r'"?sep=([^"\w\s]|\t)"?[,;\t]*\s*', re.IGNORECASE)
# In characters. Python's csv stops at 131,072 of one cell by itself: a quote that is open for longer than any
# text we take was never closed.
LENGTH_OF_ONE_ROW = 1_000_000
BLOCK = 1024 * 1024


class TableError(Exception):
    """The file as a whole cannot be read; nothing was taken from it."""


class RowError(Exception):
    """One row cannot be used.

    line: where it starts in the file, counted from 1. start: the text of that line, if it could not even
    be split into its columns.
    """

    def __init__(self, line: int, reason: str, start: str = "") -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.start = start


@dataclass(frozen=True)
class Row:
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Answer the cell without the white space around it; empty if the file has no such column."""
        return self.values.get(column, "").strip()

    def text(self, column: str) -> str:
        """Answer what somebody wrote, with the blanks before its first word: they may mean something."""
        return re.sub(r"^([^\S\n]*\n)+", "", self.values.get(column, "").replace("\r\n", "\n").rstrip())


class Line(NamedTuple):
    """is_alone: whether it is to be read as a row by itself, whatever quote is open at its end."""

    number: int
    text: str
    is_alone: bool = False


def column_name(text: str) -> str:
    """Write the name of a column as it is compared: letter case and spaces do not matter."""
    return "_".join(text.lower().split())


class Table:
    """The rows of one file. Iterating gives a Row or, for one that cannot be read, a RowError.

    path: a file in UTF-8, with or without a byte order mark; its first line names the columns.
    required, optional: names of columns, in lower case; letter case and spaces in the file do not matter.
    may_end_early: whether a row may leave out cells at its end, as spreadsheets do where they are empty.
    aliases: another name a column may have in the file -> the name it has here, where the file lacks that.
    names: the same, chosen for this file: such a column counts, whatever else has that name.
    Raises TableError, before anything is read, for a file that cannot be such a table.
    """

    def __init__(
        self,
        path: Path,
        *,
        required: tuple[str, ...],
        optional: tuple[str, ...] = (),
        may_end_early: bool = False,
        aliases: Mapping[str, str] = MappingProxyType({}),
        names: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._may_end_early, self._aliases, self._names = may_end_early, aliases, names
        self.size = _checked_size(path)
        self._bytes = path.open("rb")
        self._file = TextIOWrapper(self._bytes, encoding="utf-8-sig", newline="")
        self._line = 0
        # Lines that belonged to a broken row and are read again.
        self._again: deque[Line] = deque()
        try:
            self._read_header(path, required, (*required, *optional))
        except TableError:
            self.close()
            raise

    @property
    def position(self) -> int:
        """How many bytes of `size` are read."""
        return self._bytes.tell()

    def close(self) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Row | RowError]:
        while (first := self._next_line()) is not None:
            row = self._row_from(first)
            if isinstance(row, RowError) or any(map(str.strip, row.values.values())):
                yield row

    # -- inside ------------------------------------------------------------------------------
    def _read_header(self, path: Path, required: tuple[str, ...], known: tuple[str, ...]) -> None:
        first, delimiters = self._next_line(), DELIMITERS
        while first is not None and not first.text.strip():
            first = self._next_line()
        if first is not None and (chosen := DELIMITER_LINE.fullmatch(first.text)):
            first, delimiters = self._next_line(), chosen[1]
        if first is None or not first.text.strip():
            raise TableError(_("%(path)s is empty: its first line should name the columns.") % {"path": path})
        self.delimiter, names = max(
            ((sign, self._names_in(first.text, sign)) for sign in delimiters),
            key=lambda guess: len(set(guess[1]) & set(known)),
        )
        missing = [column for column in required if column not in names]
        if missing:
            raise TableError(
                _("%(path)s has no column %(columns)s. Its first line names: %(names)s")
                % {"path": path, "columns": ", ".join(missing), "names": repr(first.text)[:300]}
            )
        twice = sorted({name for name in names if name in known and names.count(name) > 1})
        if twice:
            raise TableError(
                _("%(path)s has the column %(columns)s twice.") % {"path": path, "columns": ", ".join(twice)}
            )
        self.columns = names
        self.unused_columns = [name for name in names if name and name not in known]

    def _names_in(self, line: str, delimiter: str) -> list[str]:
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True))
        except (csv.Error, StopIteration):
            return []
        names = [column_name(cell) for cell in cells]
        chosen = {self._names[name] for name in names if name in self._names}
        columns = [self._names.get(name, f"their_{name}" if name in chosen else name) for name in names]
        for place, name in enumerate(columns):
            if (own := self._aliases.get(name, name)) not in columns:
                columns[place] = own
        return columns

    def _next_line(self) -> Line | None:
        if self._again:
            return self._again.popleft()
        text = self._file.readline()
        if not text:
            return None
        self._line += 1
        return Line(self._line, text)

    def _row_from(self, first: Line) -> Row | RowError:
        lines, length = [first], len(first.text)

        def feed() -> Iterator[str]:
            nonlocal length
            yield first.text
            while (
                not first.is_alone and length < LENGTH_OF_ONE_ROW and (line := self._next_line()) is not None
            ):
                lines.append(line)
                length += len(line.text)
                yield line.text

        reader = csv.reader(feed(), delimiter=self.delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            reason = _("The quoting is broken (%(error)s).") % {"error": error}
        else:
            reason = self._refusal(cells)
            if not reason:
                return Row(
                    first.number, dict(zip_longest(self.columns, cells[: len(self.columns)], fillvalue=""))
                )
        # Those in between never left the quote. Read alone, each line is read thrice at most: a file of nothing
        # but open quotes takes no longer than another.
        self._again.extendleft(line._replace(is_alone=line is not lines[-1]) for line in reversed(lines[1:]))
        return RowError(first.number, reason, start=first.text)

    def _refusal(self, cells: list[str]) -> str:
        """Say why these cells are no row; empty if they are."""
        if not any(map(str.strip, cells)):
            return ""
        is_short = len(cells) < len(self.columns) and not self._may_end_early
        if is_short or any(map(str.strip, cells[len(self.columns) :])):
            return ngettext(
                "It has %(count)d column instead of %(wanted)d.",
                "It has %(count)d columns instead of %(wanted)d.",
                len(cells),
            ) % {"count": len(cells), "wanted": len(self.columns)}
        if any("\0" in cell for cell in cells):
            return _("It holds a NUL byte.")
        return ""


def _checked_size(path: Path) -> int:
    """Answer the file's size in bytes. Reads it once: nothing should be half in when a byte turns out wrong."""
    try:
        if not path.exists():
            raise TableError(_("There is no file %(path)s.") % {"path": path})
        if not path.is_file():
            raise TableError(_("%(path)s is not a file.") % {"path": path})
        size = _size_of_utf8(path)
    except OSError as error:
        raise TableError(
            _("%(path)s cannot be read: %(error)s.") % {"path": path, "error": error.strerror}
        ) from error
    if not size:
        raise TableError(_("%(path)s is empty: its first line should name the columns.") % {"path": path})
    return size


def _size_of_utf8(path: Path) -> int:
    decoder, size, lines = codecs.getincrementaldecoder("utf-8")(), 0, 1
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
                size, lines = size + len(block), lines + block.count(b"\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        lines += error.object.count(b"\n", 0, error.start)
        raise TableError(
            _("%(path)s is not UTF-8 (line %(line)d). Save it again so; spreadsheets call it 'CSV UTF-8'.")
            % {"path": path, "line": lines}
        ) from error
    return size
