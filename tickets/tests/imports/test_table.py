"""Reading a CSV file: which rows come out, and what is said of the others."""

import pytest

from tickets.imports.csv_table import LINES_OF_ONE_ROW, Row, RowError, Table, TableError


@pytest.fixture
def read(tmp_path):
    """Write a file and answer what a table makes of it: cells of good rows, line and reason of others."""

    def read_bytes(content: bytes, required=("a", "b")):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        table = Table(path, required=required, optional=("c",))
        entries = list(table)
        table.close()
        return entries

    return read_bytes


def lines(entries):
    return [(entry.line, isinstance(entry, Row)) for entry in entries]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_commas_semicolons_and_tabs_with_or_without_a_mark_read_alike(read, delimiter, mark, newline):
    text = newline.join(["a,B ", "1, zwölf ", "2,x", ""]).replace(",", delimiter)

    rows = read(mark + text.encode())

    assert [(row.line, row["a"], row["b"], row["c"]) for row in rows] == [
        (2, "1", "zwölf", ""),
        (3, "2", "x", ""),
    ]


def test_quotes_hold_separators_quotes_and_newlines(read):
    rows = read(b'a,b\n1,"x, ""y""\nz"\n2,w\n')

    assert [(row.line, row["b"]) for row in rows] == [(2, 'x, "y"\nz'), (4, "w")]


def test_empty_lines_are_not_rows(read):
    assert lines(read(b"a,b\n\n1,x\n  \n2,y")) == [(3, True), (5, True)]


def test_too_few_and_too_many_columns_are_reported_with_their_line(read):
    entries = read(b"a,b\n1\n2,x\n3,x,y\n")

    assert lines(entries) == [(2, False), (3, True), (4, False)]
    assert entries[0].reason == "It has 1 columns instead of 2."


def test_a_nul_byte_is_reported(read):
    entries = read(b"a,b\n1,x\x00y\n2,x\n")

    assert lines(entries) == [(2, False), (3, True)]
    assert "NUL" in entries[0].reason


def test_a_quote_that_is_never_closed_takes_no_other_row_along(read):
    entries = read(b'a,b\n1,"x\n2,y\n3,z\n')

    assert lines(entries) == [(2, False), (3, True), (4, True)]
    assert "quoting" in entries[0].reason


def test_a_quote_that_ends_in_a_later_row_takes_no_other_row_along(read):
    entries = read(b'a,b\n1,"x\n2,y\n3,"z"\n4,w\n')

    assert lines(entries) == [(2, False), (3, True), (4, True), (5, True)]


def test_a_cell_of_very_many_lines_is_an_unclosed_quote(read):
    body = b"".join(b"%d,x\n" % number for number in range(LINES_OF_ONE_ROW + 5))

    entries = read(b'a,b\n0,"x\n' + body)

    assert [entry.line for entry in entries if isinstance(entry, RowError)] == [2]
    assert len(entries) == LINES_OF_ONE_ROW + 6


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n1,2\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"a,c\n1,2\n", "no column b"),
        (b'"a,b\n1,2\n', "no column a, b"),
        (b"a,b,A\n1,2,3\n", "column a twice"),
        (b"a,b\n1,x\n2,\xff\n", r"not UTF-8 \(line 3\)"),
        ("a,b\n1,2\n".encode("utf-16"), "not UTF-8"),
        (b"a,b\n1,\xc3", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(read, content, reason):
    with pytest.raises(TableError, match=reason):
        read(content)


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    with pytest.raises(TableError, match="no file"):
        Table(tmp_path / "missing.csv", required=("a",))
    with pytest.raises(TableError, match="not a file"):
        Table(tmp_path, required=("a",))


def test_the_position_reaches_the_size(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a\n1\n2\n")

    table = Table(path, required=("a",))

    assert len(list(table)) == 2
    assert table.position == table.size == 6
    table.close()
