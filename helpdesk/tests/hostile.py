"""Values that no honest page would send, and that have broken those who read parameters."""

from datetime import datetime

from hypothesis import strategies as st

DIGITS = "9" * 5_000
NUMBERS = [
    *("", "0", "-1", "1", "01", " 1", "1_000", "1.5", "1e9", "0x1", "NaN", "true", "٣", "²"),
    *(str(2**bits + step) for bits in (15, 31, 32, 63, 64) for step in (-1, 0)),
    *("9" * 18, "9" * 19, DIGITS, f"{'0' * 20}{DIGITS}", f"-{DIGITS}"),
]
DAYS = ["0001-01-01", "9999-12-31", "1969-12-31", "2026-02-30", "2026-13-01", "10000-01-01", "-001-01-01"]
MOMENTS = [
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:59.999999Z",
    "2026-03-02T09:00:00",
    "2026-03-02T25:00:00Z",
    "2026-03-02T09:00:00+99:99",
    "2026-03-02",
    "",
]
CURSORS = [
    *(f"{moment}~{pk}" for moment in MOMENTS for pk in (0, 1, 2**63, DIGITS)),
    *(f"{moment}~{source}~1" for moment in MOMENTS for source in ("t", "a", "x")),
    *(f"{value}~1" for value in (2**63, DIGITS, "a\0b", "ß", "%", "1.5", "inf")),
    *(f"{names}~1" for names in ('["a", "b"]', '["\\ud800", "b"]', '["\\u0000", "b"]', '["a"]', "[1, 2]")),
    *(f"{names}~1" for names in ("{}", "null", '"ab"', '{"a": 1, "b": 2}', "[" * 5_000, f"[{DIGITS}, 1]")),
    *("~", "~~", "~1~", "a~b~c~d"),
]
TEXTS = [
    *("\0", "a\0b", "%", "%s%(x)s{0}", "'", '"', "\\", "_", "*", "(", ")", "^a", "-", "a -b", '"a'),
    *("AND", "a OR", "NOT", "NEAR(a b)", "title:a", "a*", "{a}", "+", "~", "a & | ! b", ":*", "<->"),
    *("\u202e", "\u200b", "\ufeff", "\ufffd", "\ud800", "\U0010ffff", "İı", "ß", "ﷺ" * 200, "e\u0301" * 99),
    *("\r\nX: y", "\x1b[31m", "a" * 300, "W " * 200, "a" * 25_000, "a.de\n" * 4_000, "<script>", "{{ 7*7 }}"),
    *(
        "me",
        "nobody",
        "unsolved",
        "open",
        "start",
        "on_hold:nonsense",
        "User",
        "Admin",
        "take",
        "trash",
        "yes",
    ),
]
ADDRESSES = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "/admin/../x",
    "@",
]
QUERIES = [
    "a=1&a=2&q=%00",
    "status=nonsense&sort=nonsense",
    f"assignee={DIGITS}",
    "requester=%00&q=%22",
    "request_type=-1&opened=x",
    "trash=maybe&rating=9",
    "&" * 250,
    "%",
]
UUIDS = ["00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "0" * 32, "g" * 36]
VALUES = [*NUMBERS, *DAYS, *CURSORS, *TEXTS, *ADDRESSES, *QUERIES, *UUIDS]
# In an address itself: shorter, as no server takes more.
PARTS = [value for value in VALUES if 0 < len(value.encode("utf-8", "replace")) < 400]
# What breaks those who expect it most easily; any other parameter gets any value.
FITTING = {
    "after": CURSORS,
    "at": CURSORS,
    "before": CURSORS,
    "list": QUERIES,
    "next": ADDRESSES,
    "since": DAYS,
    "token": UUIDS,
    "until": DAYS,
}


def moments() -> st.SearchStrategy[str]:
    return st.datetimes(timezones=st.timezones() | st.none()).map(datetime.isoformat)


def values_for(name: str) -> st.SearchStrategy[str]:
    """Hostile values for a parameter: those known, and others like them."""
    return (
        st.sampled_from(FITTING.get(name, VALUES))
        | st.sampled_from(VALUES)
        | st.text(max_size=60)
        | st.integers().map(str)
        | st.builds("{}~{}".format, moments(), st.integers())
        | st.dates().map(str)
    )
