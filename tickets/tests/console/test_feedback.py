"""The admin sees the ratings, and changes none."""

import csv
import html
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helpdesk.models import AuditEvent
from tickets.audit import AuditKind
from tickets.models import Feedback
from tickets.tests.factories import TicketFactory

LIST = "/admin/tickets/feedback/"


@pytest.fixture
def ratings(requester, admin):
    for score, comment in ((5, "Brilliant."), (2, "Slow.")):
        ticket = TicketFactory(requester=requester, title=f"Rated {score}")
        ticket.take(by=admin)
        ticket.resolve(by=admin)
        ticket.rate(score, by=requester, comment=comment)


def test_the_list_shows_score_ticket_and_comment_latest_first(console, ratings):
    answer = console.get(LIST)

    assert [row.score for row in answer.context["page"].rows] == [2, 5]
    for words in ("Brilliant.", "Rated 5", "Rita Requester rated this 5 of 5", "Ada Admin"):
        assert words in answer.content.decode()


def test_the_list_can_be_narrowed_to_a_score(console, ratings):
    assert [row.score for row in console.get(LIST, {"score": 5}).context["page"].rows] == [5]
    assert console.get(LIST, {"score": 6}).context["page"].rows == []


def test_a_rating_cannot_be_changed_by_any_address(console, ratings):
    for page in ("1/change/", "1/delete/", "add/"):
        assert console.post(f"{LIST}{page}", {"score": 5}).status_code == 404


def test_comments_can_be_searched(console, ratings):
    assert [row.score for row in console.get(LIST, {"q": "brill"}).context["page"].rows] == [5]
    assert console.get(LIST, {"q": "100 %_"}).context["page"].rows == []


def test_the_report_shows_counts_and_too_few_answers_apart(console, ratings):
    answer = console.get(f"{LIST}report/")
    page = answer.content.decode()

    assert answer.context["report"].everything.number == 2
    assert "Too few ratings to compare" in page
    assert "95 % interval" in page
    assert console.get(f"{LIST}report/", {"period": "all"}).status_code == 200


def rate(requester, admin, scores, title="Rated"):
    for score in scores:
        ticket = TicketFactory(requester=requester, title=title)
        ticket.take(by=admin)
        ticket.resolve(by=admin)
        ticket.rate(score, by=requester)


def test_the_report_says_its_period_order_and_interval(console, requester, admin, time_machine):
    time_machine.move_to(datetime(2026, 3, 18, 15, tzinfo=UTC), tick=False)
    rate(requester, admin, [5] * 5)

    page = " ".join(console.get(f"{LIST}report/", {"period": "30"}).text.split())

    assert "17 Feb 2026 to 18 Mar 2026, compared with 18 Jan 2026 to 16 Feb 2026" in page
    assert "so that a few good ratings do not come out on top" in page
    assert "in 95 of 100 cases" in page
    assert "The period before has 0 ratings: too few to compare" in page


def test_each_figure_is_compared_with_the_period_before(console, requester, admin, time_machine):
    now = datetime(2026, 3, 18, 15, tzinfo=UTC)
    # The last and the first of the days before, and one too early.
    for days, scores in ((60, [1]), (59, [4, 4, 4]), (30, [3, 3])):
        time_machine.move_to((now - timedelta(days=days)).replace(hour=1), tick=False)
        rate(requester, admin, scores)
    time_machine.move_to((now - timedelta(days=29)).replace(hour=1), tick=False)
    rate(requester, admin, [5, 5, 5, 4, 4, 1])
    time_machine.move_to(now, tick=False)

    answer = console.get(f"{LIST}report/", {"period": "30"})

    everything = answer.context["report"].everything
    assert (everything.number, everything.before.number) == (6, 5)
    # In all, by type and by resolver.
    assert [answer.text.count(words) for words in ("up from 3.6", "1 more", "up from 60 %")] == [3, 3, 3]


def test_the_period_s_days_are_the_dashboard_s_and_its_link_leads_to_its_ratings(
    console, requester, admin, time_machine
):
    now = datetime(2026, 3, 18, 15, tzinfo=UTC)
    for days, score in ((30, 1), (29, 5), (0, 4)):
        time_machine.move_to((now - timedelta(days=days)).replace(hour=1), tick=False)
        rate(requester, admin, [score])
    time_machine.move_to(now, tick=False)

    answer = console.get(f"{LIST}report/", {"period": "30"})
    address = html.unescape(re.search(r'href="(/admin/tickets/feedback/\?[^"]+)"', answer.text)[1])

    counted = answer.context["report"].everything
    assert counted.number == console.get("/admin/").context["satisfaction"].number == 2
    assert sorted(rating.score for rating in console.get(address).context["page"].rows) == [4, 5]


def test_another_period_keeps_everything_else_of_the_address(console, ratings):
    page = console.get(f"{LIST}report/", {"period": "30", "print": "yes"}).text

    links = [html.unescape(link) for link in re.findall(r'href="(\?[^"]*period=[^"]+)"', page)]
    assert links == [f"?period={code}&print=yes" for code in ("30", "90", "365", "all")]
    assert page.count('aria-current="true">Last 30 days') == 1


def test_a_report_of_nothing_says_what_to_do(console, requester, admin, time_machine):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=40))
    rate(requester, admin, [5, 2])
    time_machine.move_to(now)

    page = " ".join(console.get(f"{LIST}report/", {"period": "30"}).text.split())
    assert "No ratings in this period" in page
    assert "There were 2 in the period before." in page
    assert 'href="?period=all"' in page
    Feedback.objects.update(superseded_at=timezone.now())
    assert "No ratings yet" in console.get(f"{LIST}report/", {"period": "all"}).text


def test_all_time_is_compared_with_nothing(console, ratings):
    answer = console.get(f"{LIST}report/", {"period": "all"})

    assert not answer.context["report"].is_compared
    assert "there is nothing to compare it with" in answer.text


def test_the_report_asks_no_more_for_more_rows(console, requester, admin, other_admin):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            console.get(f"{LIST}report/")
        return len(asked)

    rate(requester, admin, [5] * 5)
    queries()
    few = queries()
    rate(requester, other_admin, [4] * 5)

    assert queries() == few


def test_the_download_keeps_the_days_of_the_list(console, ratings):
    page = console.get(LIST, {"given_from": "2020-01-01", "counts": "true"}).text

    assert re.search(r'name="given_from"\s+value="2020-01-01"', page)
    content = console.post(f"{LIST}csv/", {"given_from": "2999-01-01"})
    assert len(list(csv.reader(io.StringIO(b"".join(content.streaming_content).decode())))) == 1


def test_the_chart_s_table_holds_its_numbers(console, ratings):
    answer = console.get(f"{LIST}report/")
    cells = re.findall(
        r'<th scope="row">\d+ \w+</th>\s*<td>(\d+)</td>\s*<td>(\d+)</td>', answer.content.decode()
    )

    assert [(int(number), int(content)) for number, content in cells] == [
        (week.ratings.number, week.ratings.content) for week in answer.context["weeks"]
    ]
    assert cells[-1] == ("2", "1")


def test_a_period_that_makes_no_sense_is_an_error_beside_it(console):
    answer = console.get(f"{LIST}report/", {"period": "nonsense"})

    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()


def test_the_report_asks_few_queries(console, ratings, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        console.get(f"{LIST}report/")


def test_the_download_is_narrowed_as_the_list_and_written_down(console, ratings, admin):
    answer = console.post(f"{LIST}csv/", {"score": "5"})
    content = b"".join(answer.streaming_content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    # By this mark alone Excel knows that it is UTF-8.
    assert content.startswith(b"\xef\xbb\xbfticket,")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row[4], row[5]) for row in rows] == [("rating", "comment"), ("5", "Brilliant.")]
    event = AuditEvent.objects.get(kind=AuditKind.EXPORTED)
    assert (event.actor, event.person, event.data) == (admin, None, {"rows": 1})


def test_a_download_of_nonsense_leads_to_the_list_that_says_so(console, ratings):
    answer = console.post(f"{LIST}csv/", {"score": "9"}, follow=True)

    assert "Select a valid choice" in answer.content.decode()
    assert not AuditEvent.objects.filter(kind=AuditKind.EXPORTED).exists()


def test_who_may_not_read_feedback_gets_neither_report_nor_table(client_of, other_requester, ratings):
    other_requester.is_staff = True
    other_requester.save()
    other_requester.user_permissions.add(Permission.objects.get(codename="view_ticket"))
    client = client_of(type(other_requester).objects.get(pk=other_requester.pk))

    assert client.get("/admin/").status_code == 200
    assert client.get(f"{LIST}report/").status_code == 403
    assert client.post(f"{LIST}csv/").status_code == 403
    assert not AuditEvent.objects.filter(kind=AuditKind.EXPORTED).exists()


@pytest.mark.parametrize("asked", ["БЫСТРО", "быстро спасибо", "спасибо быстро", "СПАСИБО\u00ad быст"])
def test_comments_are_found_by_their_words_in_any_spelling(asked, console, requester, admin):
    for score, comment in ((5, "Спасибо, очень бы\u0301стро"), (2, "Спасибо")):
        ticket = TicketFactory(requester=requester)
        ticket.take(by=admin)
        ticket.resolve(by=admin)
        ticket.rate(score, by=requester, comment=comment)

    assert [row.score for row in console.get(LIST, {"q": asked}).context["page"].rows] == [5]


def test_a_comment_that_is_removed_is_found_no_more(console, ratings):
    for rating in Feedback.objects.all():
        rating.ticket.redact([rating.ticket.version], by=None)

    assert console.get(LIST, {"q": "brilliant"}).context["page"].rows == []
    assert set(Feedback.objects.values_list("folded", flat=True)) == {""}
