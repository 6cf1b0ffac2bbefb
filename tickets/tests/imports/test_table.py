"""Reading a CSV file: which rows come out, and what is said of the others."""

import pytest

from tickets.imports.csv_table import Row, RowError, Table, TableError


@pytest.fixture
def read(tmp_path):
    """Write a file and answer what a table makes of it: cells of good rows, line and reason of others."""

    def read_bytes(content: bytes, required=("a", "b"), **options):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        table = Table(path, required=required, optional=("c",), **options)
        entries = list(table)
        table.close()
        return entries

    return read_bytes


def lines(entries):
    return [(entry.line, isinstance(entry, Row)) for entry in entries]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_commas_semicolons_tabs_and_bars_with_or_without_a_mark_read_alike(read, delimiter, mark, newline):
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
    assert entries[0].reason == "It has 1 column instead of 2."


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


def test_a_cell_may_have_as_many_lines_as_its_text(read):
    text = b"line\r\n" * 1500

    rows = read(b'a,b\n1,"' + text + b'"\n2,y\n')

    assert [(row.line, row["a"]) for row in rows] == [(2, "1"), (1503, "2")]
    assert rows[0]["b"] == text.decode().strip()


def test_a_quote_left_open_for_longer_than_any_text_takes_no_other_row_along(read):
    body = b"".join(b"%d,x\n" % number for number in range(30_000))

    entries = read(b'a,b\n0,"x\n' + body)

    assert [entry.line for entry in entries if isinstance(entry, RowError)] == [2]
    assert len(entries) == 30_001


@pytest.mark.parametrize(
    "line", ['x","y\n', '1,"x\n', '"\n', '"""x\n', '1,"",""",x\n', '1,"x ""\n', '"x"y\n']
)
def test_a_file_of_broken_quotes_is_read_in_one_go(tmp_path, line):
    """Each line is looked at three times at most, however the quotes fall."""
    path = tmp_path / "table.csv"
    path.write_text("a,b\n" + line * 20_000)
    looked_at = 0

    class Counting(Table):
        def _next_line(self):
            nonlocal looked_at
            looked_at += 1
            return super()._next_line()

    table = Counting(path, required=("a", "b"))
    list(table)
    table.close()

    assert looked_at <= 3 * 20_001


@pytest.mark.parametrize(
    "row", [b"1,x,,", b'1,x, ,""', b"1,x\t", b"1,x,,,,,"], ids=["two", "quoted", "none", "many"]
)
def test_separators_after_the_last_column_say_nothing(read, row):
    (found,) = read(b"a,b\n" + row + b"\n")

    assert (found["a"], found["b"]) == ("1", "x")


def test_cells_missing_at_the_end_are_empty_where_a_table_may_end_early(read):
    rows = read(b"a,b,c\n1\n2,x\n3,x,y\n", may_end_early=True)

    assert [(row.line, row["a"], row["b"], row["c"]) for row in rows] == [
        (2, "1", "", ""),
        (3, "2", "x", ""),
        (4, "3", "x", "y"),
    ]


@pytest.mark.parametrize("empty", ["", ",", ",,,,,", ' ,""', "\t", '"",""'])
def test_rows_of_nothing_but_separators_are_no_rows(read, empty):
    assert lines(read(f"a,b\n{empty}\n1,x\n{empty}\n".encode())) == [(3, True)]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line", ["sep={}", "SEP={}", '"sep={}"', "sep={},,", "\ufeffsep={}"])
def test_a_first_line_that_names_the_separator_is_believed(read, sign, line):
    text = f"{line.format(sign)}\r\na{sign}b\r\n1{sign}x\r\n"

    assert [(row.line, row["a"], row["b"]) for row in read(text.encode())] == [(3, "1", "x")]


def test_columns_may_have_other_names(read):
    (row,) = read(b"First  letter,b\n1,x\n", aliases={"first_letter": "a"})

    assert (row["a"], row["b"]) == ("1", "x")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n1,2\n", "has no column a"),
        (b"sep=;\n", "is empty"),
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


def test_empty_lines_above_the_names_do_not_count(read):
    (row,) = read(b"\n \r\na,b\n1,2\n")

    assert (row.line, row["a"]) == (4, "1")


def test_a_name_chosen_for_a_file_counts_before_others(read):
    (row,) = read(b"b,Their B,id\nno,yes,1\n", aliases={"id": "a"}, names={"their_b": "b"})

    assert (row["a"], row["b"]) == ("1", "yes")


def test_of_several_columns_that_could_be_one_the_first_is(read):
    (row,) = read(b"id,number,b\n1,2,x\n", aliases={"id": "a", "number": "a"})

    assert row["a"] == "1"


def test_words_keep_the_blanks_they_begin_with(read):
    (row,) = read(b'a,b\n1,"\r\n \r\n    one\r\n  two\r\n"\n')

    assert row.text("b") == "    one\n  two"
