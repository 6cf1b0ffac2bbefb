"""Reads a table from a CSV file, row by row, and says of each broken row where it is and why.

A row that cannot be read never takes its neighbours along: after a quote that is not closed, reading goes
on at the next line of the file.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

# Excel writes semicolons where the comma is the decimal sign; some exports write tabs.
DELIMITERS = ",;\t"
# A quote that is still open after so many lines was never closed.
LINES_OF_ONE_ROW = 1000
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


class Table:
    """The rows of one file. Iterating gives a Row or, for one that cannot be read, a RowError.

    path: a file in UTF-8, with or without a byte order mark; its first line names the columns.
    required, optional: names of columns, in lower case; letter case and spaces in the file do not matter.
    Raises TableError, before anything is read, for a file that cannot be such a table.
    """

    def __init__(self, path: Path, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
        self.size = _checked_size(path)
        self._bytes = path.open("rb")
        self._file = TextIOWrapper(self._bytes, encoding="utf-8-sig", newline="")
        self._line = 0
        # Lines that belonged to a broken row and are read again, as rows of their own.
        self._again: deque[tuple[int, str]] = deque()
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
            if first[1].strip():
                yield self._row_from(first)

    # -- inside ------------------------------------------------------------------------------
    def _read_header(self, path: Path, required: tuple[str, ...], known: tuple[str, ...]) -> None:
        first = self._next_line()
        if first is None or not first[1].strip():
            raise TableError(f"{path} is empty: its first line should name the columns.")
        self.delimiter, names = max(
            ((sign, _header_names(first[1], sign)) for sign in DELIMITERS),
            key=lambda guess: len(set(guess[1]) & set(known)),
        )
        missing = [column for column in required if column not in names]
        if missing:
            raise TableError(
                f"{path} has no column {', '.join(missing)}. Its first line names: {first[1]!r:.300}"
            )
        twice = sorted({name for name in names if name in known and names.count(name) > 1})
        if twice:
            raise TableError(f"{path} has the column {', '.join(twice)} twice.")
        self.columns = names
        self.unused_columns = [name for name in names if name and name not in known]

    def _next_line(self) -> tuple[int, str] | None:
        if self._again:
            return self._again.popleft()
        text = self._file.readline()
        if not text:
            return None
        self._line += 1
        return self._line, text

    def _row_from(self, first: tuple[int, str]) -> Row | RowError:
        lines = [first]

        def feed() -> Iterator[str]:
            yield first[1]
            while len(lines) < LINES_OF_ONE_ROW and (line := self._next_line()) is not None:
                lines.append(line)
                yield line[1]

        reader = csv.reader(feed(), delimiter=self.delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            reason = f"The quoting is broken ({error})."
        else:
            if len(cells) != len(self.columns):
                reason = f"It has {len(cells)} columns instead of {len(self.columns)}."
            elif any("\0" in cell for cell in cells):
                reason = "It holds a NUL byte."
            else:
                return Row(first[0], dict(zip(self.columns, cells, strict=True)))
        self._again.extendleft(reversed(lines[1:]))
        return RowError(first[0], reason, start=first[1])


def _header_names(line: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return []
    return [cell.strip().lower().replace(" ", "_") for cell in cells]


def _checked_size(path: Path) -> int:
    """Answer the file's size in bytes. Reads it once: nothing should be half in when a byte turns out wrong."""
    try:
        if not path.exists():
            raise TableError(f"There is no file {path}.")
        if not path.is_file():
            raise TableError(f"{path} is not a file.")
        size = _size_of_utf8(path)
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror}.") from error
    if not size:
        raise TableError(f"{path} is empty: its first line should name the columns.")
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
            f"{path} is not UTF-8 (line {lines}). Save it again so; spreadsheets call it 'CSV UTF-8'."
        ) from error
    return size
