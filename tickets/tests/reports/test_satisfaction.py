"""What ratings say: the interval against published values, and comparisons against a history made by hand."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from tickets.models import Feedback
from tickets.reports import satisfaction
from tickets.reports.change import change_of_mean, change_of_number, change_of_percent
from tickets.reports.csv_export import csv_rows, csv_text, escape_csv_formula
from tickets.reports.satisfaction import counted, report, weeks
from tickets.reports.statistics import wilson
from tickets.tests.factories import RequestTypeFactory, TicketFactory

# A Wednesday.
NOW = datetime(2026, 3, 18, 15, 0, tzinfo=UTC)


@pytest.fixture
def rated(requester, admin, time_machine):
    """Have a ticket resolved and rated so many days ago."""

    def make(score, *, days=1, comment="", by=admin, kind="Hardware Issue"):
        time_machine.move_to(NOW - timedelta(days=days), tick=False)
        ticket = TicketFactory(requester=requester, request_type=RequestTypeFactory(name=kind))
        ticket.take(by=by)
        ticket.resolve(by=by)
        ticket.rate(score, by=requester, comment=comment)
        time_machine.move_to(NOW, tick=False)
        return ticket

    return make


@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_one_of_the_literature(hits, number, low, high):
    assert wilson(hits, number) == pytest.approx((low, high), abs=0.00005)


def test_the_interval_stays_within_nought_and_one():
    for number in range(1, 30):
        for hits in range(number + 1):
            low, high = wilson(hits, number)
            # The last digit of a float is not ours.
            assert 0 <= low <= hits / number + 1e-12
            assert hits / number - 1e-12 <= high <= 1


def test_fewer_than_five_answers_are_not_ranked(rated, admin, other_admin):
    for score in (5, 5, 4, 3, 1):
        rated(score)
    rated(5, by=other_admin, kind="Software Issue")

    found = report(NOW - timedelta(days=30))

    assert [(r.name, r.number, r.content, r.mean) for r in found.types.ranked] == [
        ("Hardware Issue", 5, 3, 3.6)
    ]
    assert [r.name for r in found.types.few] == ["Software Issue"]
    assert [r.name for r in found.resolvers.ranked] == [str(admin)]
    assert [r.name for r in found.resolvers.few] == [str(other_admin)]
    assert found.everything.interval == (30, 90)


def test_many_good_answers_rank_above_few_perfect_ones(rated):
    for _ in range(5):
        rated(5, kind="Few")
    for score in [5] * 19 + [2]:
        rated(score, kind="Many")

    assert [r.name for r in report(None).types.ranked] == ["Many", "Few"]


def test_a_period_is_compared_with_the_one_before_by_group(
    rated, admin, other_admin, django_assert_num_queries
):
    for score in (5, 4, 4, 3, 3, 5):
        rated(score, days=2)
    for score in (2, 2, 3, 4, 5):
        rated(score, days=12)
    rated(5, by=other_admin, kind="Software Issue", days=12)
    for _ in range(5):
        rated(5, kind="New Issue", days=2)
    rated(1, days=22)

    with django_assert_num_queries(2):
        found = report(NOW - timedelta(days=10), NOW - timedelta(days=20))

    everything, hardware = found.everything, next(r for r in found.types.ranked if r.name == "Hardware Issue")
    assert (everything.number, everything.number_change) == (11, "5 more")
    assert (hardware.number_change, hardware.mean_change) == ("1 more", "up from 3.2")
    assert hardware.percent_change == "up from 40 %"
    new = next(r for r in found.types.ranked if r.name == "New Issue")
    assert (new.number_change, new.mean_change, new.percent_change) == ("5 more", "", "")
    assert new.has_too_few_before
    # Who has no ratings now is in no row.
    assert [r.name for r in [*found.resolvers.ranked, *found.resolvers.few]] == [str(admin)]


def test_nothing_is_compared_without_a_period_before_or_beyond_a_bound(rated, monkeypatch):
    for days in (1, 1, 12):
        rated(5, days=days)

    assert not report(NOW - timedelta(days=10)).is_compared
    assert report(NOW - timedelta(days=10)).everything.number_change == ""
    monkeypatch.setattr(satisfaction, "MOST_RATINGS", 1)
    assert not report(NOW - timedelta(days=10), NOW - timedelta(days=20)).is_compared


@pytest.mark.parametrize(
    ("change", "now", "before", "words"),
    [
        (change_of_mean, 3.9, 3.7, "up from 3.7"),
        (change_of_mean, 3.7, 3.9, "down from 3.9"),
        (change_of_mean, 3.91, 3.89, "unchanged"),
        (change_of_percent, 40, 60, "down from 60 %"),
        (change_of_percent, 40, 40, "unchanged"),
        (change_of_number, 30, 42, "12 fewer"),
        (change_of_number, 2, 1, "1 more"),
        (change_of_number, 1, 1, "unchanged"),
    ],
)
def test_a_change_is_said_in_words(change, now, before, words):
    assert change(now, before) == words


def test_only_what_stands_counts(rated, admin, other_admin):
    rated(1).reopen(by=admin, text="Not solved.")
    rated(1).trash(by=admin)
    rated(4)
    rated(2, days=40)

    assert report(NOW - timedelta(days=30)).everything.scores == {4: 1}
    assert report(None).everything.scores == {4: 1, 2: 1}


def test_nothing_was_rated(db):
    assert report(None).everything.interval is None
    assert [week.ratings.number for week in weeks(NOW)] == [0] * 12


def test_weeks_begin_on_monday_in_the_zone_of_display(rated, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    rated(5, days=0)
    # Monday 2026-03-16, 00:30 in Berlin, is still Sunday in UTC.
    rated(2, days=2.6458333)
    rated(3, days=9)

    found = {week.monday: week.ratings.scores for week in weeks(NOW)}

    assert (min(found), max(found)) == (date(2025, 12, 29), date(2026, 3, 16))
    assert found[date(2026, 3, 16)] == {5: 1, 2: 1}
    assert found[date(2026, 3, 9)] == {3: 1}


def test_beyond_a_bound_it_is_of_the_newest_and_says_so(rated, monkeypatch):
    rated(1, days=3)
    rated(5, days=1)
    rated(5, days=2)
    monkeypatch.setattr(satisfaction, "MOST_RATINGS", 1)

    assert report(None).is_partial
    assert report(None).everything.scores[1] == 0


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n1",
        " =1",
        "\u00a0=1",
        "＝1",
        "\u200b=1",
        "\ufeff+1",
        "\x1f @1",
        "\u2060-1",
    ],
)
def test_no_cell_is_a_formula(cell):
    assert escape_csv_formula(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "escaped"),
    [
        ("fine;=cmd|'/C calc'!A0", "fine;'=cmd|'/C calc'!A0"),
        ("fine\n=1+1", "fine\n'=1+1"),
        ("fine\r\n @SUM(A1)", "fine\r\n' @SUM(A1)"),
        ("fine\t;-cmd|x!A1", "fine\t;'-cmd|x!A1"),
        ("=1;=2", "'=1;'=2"),
    ],
)
def test_no_part_of_a_cell_is_a_formula_either(cell, escaped):
    assert escape_csv_formula(cell) == escaped


@pytest.mark.parametrize(
    "cell", ["", "Good = fine", "'=1", "5", "two things:\n- fast\n- kind\n+ more", "a; b", "x;-5"]
)
def test_other_cells_stay_as_they_are(cell):
    assert escape_csv_formula(cell) == cell


def test_the_table_has_a_row_for_each_rating(rated):
    ticket = rated(4, comment='=HYPERLINK("x")')

    head, row = csv.reader(io.StringIO("".join(csv_text(csv_rows(counted(), UTC))).removeprefix("\ufeff")))

    assert len(head) == len(row)
    assert (row[0], row[4], row[5]) == (ticket.reference, "4", '\'=HYPERLINK("x")')
    assert Feedback.objects.get().comment == '=HYPERLINK("x")'
