"""The bell, its list, and reading: one's own only, marked when the ticket is opened."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tickets.models import Notification, Status, Ticket
from tickets.tests.factories import TicketFactory


@pytest.fixture
def answered(ticket, admin):
    """The requester's ticket, of which they have heard two things: who has it, and an answer."""
    ticket.take(by=admin)
    ticket.reply("Press the <b>button</b>.", by=admin)
    return ticket


def unread(person):
    return Notification.objects.filter(person=person, read_at=None).count()


# -- the list ------------------------------------------------------------------------------------
def test_it_tells_who_did_what_to_which_ticket(client_of, requester, answered):
    page = client_of(requester).get("/notifications/").content.decode()

    for words in ("Ada Admin", "took this ticket", "replied", answered.reference, answered.title, "2 unread"):
        assert words in page
    assert "Press the &lt;b&gt;button&lt;/b&gt;." in page
    assert f'href="/tickets/{answered.pk}/#e3"' in page


def test_admins_are_led_to_the_console(client_of, other_admin, answered, requester):
    TicketFactory(requester=requester)

    page = client_of(other_admin).get("/notifications/").content.decode()

    assert f'href="/admin/tickets/ticket/{answered.pk}/change/#e1"' in page
    assert "submitted this ticket" in page
    assert "Nobody has it yet" in page


def test_each_kind_of_event_has_its_sentence(client_of, requester, ticket, admin, other_admin):
    ticket.assign(other_admin, by=admin)
    ticket.note("@Oskar Otheradmin: look", by=admin)
    ticket.edit(by=requester, title="Both screens stay dark")
    ticket.reply("It is the fuse.", by=admin, then=Status.RESOLVED)
    ticket.rate(2, by=requester)

    page = client_of(other_admin).get("/notifications/").content.decode()

    for words in (
        "assigned this ticket to <b>you</b>",
        "mentioned you in an internal note",
        "updated this ticket",
        "rated the result",
        "Resolved",
    ):
        assert words in page
    assert page.count("replied") == 1


def test_nobody_sees_what_others_were_told(client_of, other_requester, answered):
    page = client_of(other_requester).get("/notifications/").content.decode()

    assert "Nothing yet" in page
    assert answered.title not in page


def test_only_unread_on_request(client_of, requester, answered):
    first = Notification.objects.filter(person=requester).order_by("pk").first()
    Notification.objects.filter(pk=first.pk).mark_read()
    client = client_of(requester)

    assert len(client.get("/notifications/").context["page"].rows) == 2
    assert len(client.get("/notifications/?show=unread").context["page"].rows) == 1


def test_it_is_paged_by_key(client_of, requester, admin, ticket):
    ticket.take(by=admin)
    for number in range(30):
        ticket.reply(f"Answer {number}.", by=admin)
    client = client_of(requester)

    first = client.get("/notifications/").context["page"]
    second = client.get(f"/notifications/?{first.next_query}").context["page"]

    assert (len(first.rows), len(second.rows)) == (25, 6)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def test_its_queries_do_not_grow(client_of, requester, admin, other_admin, answered):
    client = client_of(requester)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/notifications/")
        return len(captured)

    few = queries()
    for number in range(10):
        answered.assign(other_admin if number % 2 == 0 else admin, by=None)
        answered.reply("More.", by=admin)

    assert queries() <= few + 1 <= 10


def test_words_removed_from_the_history_are_gone_here_too(client_of, requester, admin, answered):
    answered.redact([3], by=admin)

    assert "Press the" not in client_of(requester).get("/notifications/").content.decode()


# -- the bell ------------------------------------------------------------------------------------
def test_the_bell_counts_what_is_unread(client_of, requester, answered):
    client = client_of(requester)

    fragment = client.get("/notifications/bell/").content.decode()

    assert 'id="bell"' in fragment
    assert ">2<" in fragment
    assert "<html" not in fragment


def test_the_bell_shows_no_number_for_none(client_of, other_requester):
    assert "unread" not in client_of(other_requester).get("/notifications/bell/").content.decode()


def test_the_bell_counts_up_to_99(client_of, requester, admin, ticket):
    ticket.take(by=admin)
    for _ in range(101):
        ticket.reply("And this.", by=admin)

    assert ">99+<" in client_of(requester).get("/notifications/bell/").content.decode()


# -- the latest, which the bell opens ----------------------------------------------------------------
def latest(client):
    answer = client.get("/notifications/latest/")
    assert answer.status_code == 200
    return answer


def test_the_bell_opens_the_latest_with_who_did_what_to_which_ticket(client_of, requester, answered):
    page = latest(client_of(requester)).content.decode()

    for words in ("Ada Admin", "took this ticket", "replied", answered.reference, answered.title, "Unread:"):
        assert words in page
    assert f'href="/tickets/{answered.pk}/#e3"' in page
    assert 'href="/notifications/"' in page
    assert "<html" not in page


def test_it_leads_admins_to_the_console(client_of, other_admin, answered):
    page = latest(client_of(other_admin)).content.decode()

    assert f'href="/admin/tickets/ticket/{answered.pk}/change/#e1"' in page


def test_it_shows_eight_the_unread_ones_first(client_of, requester, admin, ticket):
    ticket.take(by=admin)
    for number in range(11):
        ticket.reply(f"Answer {number}.", by=admin)
    mine = Notification.objects.filter(person=requester).order_by("-pk")
    old = list(mine.values_list("pk", flat=True))[5:7]
    mine.exclude(pk__in=old).mark_read()

    rows = latest(client_of(requester)).context["rows"]

    assert [row.pk for row in rows] == [*old, *mine.exclude(pk__in=old).values_list("pk", flat=True)[:6]]
    assert [row.read_at is None for row in rows] == [True] * 2 + [False] * 6


def test_of_many_unread_ones_it_shows_the_newest(client_of, requester, admin, ticket):
    ticket.take(by=admin)
    for number in range(11):
        ticket.reply(f"Answer {number}.", by=admin)

    rows = latest(client_of(requester)).context["rows"]

    assert [row.pk for row in rows] == list(
        Notification.objects.filter(person=requester).order_by("-pk").values_list("pk", flat=True)[:8]
    )


def test_it_says_where_there_is_nothing_and_offers_nothing_to_mark(
    client_of, other_requester, requester, answered
):
    nothing = latest(client_of(other_requester)).content.decode()
    Notification.objects.filter(person=requester).mark_read()
    read = latest(client_of(requester)).content.decode()

    assert "Nothing yet" in nothing
    assert answered.title not in nothing
    assert answered.title in read
    for page in (nothing, read):
        assert "Mark all as read" not in page
        assert "All notifications" in page


def test_excerpts_are_without_marks(client_of, requester, admin, ticket):
    ticket.reply("**Restart** it:\n\n- press `F8`\n> or <b>not</b>\n\n```\nreboot\n```", by=admin)
    client = client_of(requester)

    for page in (latest(client).content.decode(), client.get("/notifications/").content.decode()):
        assert "Restart it: - press F8" in page
        assert "&lt;b&gt;not&lt;/b&gt;" in page
        assert "reboot" in page
        for mark in ("**", "`"):
            assert mark not in page


def test_who_works_tickets_no_more_is_shown_no_notes_there(client_of, ticket, admin, other_admin):
    ticket.note("@Oskar Otheradmin: the password is under the mat", by=admin)
    assert "under the mat" in latest(client_of(other_admin)).content.decode()

    User.objects.get(pk=other_admin.pk).set_role("User", by=admin)

    assert "under the mat" not in latest(client_of(other_admin)).content.decode()


def test_all_marked_there_are_marked_without_a_message_and_the_latest_come_back(
    client_of, requester, admin, answered
):
    client = client_of(requester)
    newest = latest(client).context["newest"]
    answered.reply("One more.", by=admin)

    answer = client.post("/notifications/read/", {"newest": newest, "show": "latest"}, follow=True)

    assert answer.redirect_chain == [("/notifications/latest/", 302)]
    assert unread(requester) == 1
    assert [row.read_at is None for row in answer.context["rows"]] == [True, False, False]
    assert "marked as read" not in client.get("/notifications/").content.decode()


def test_the_latest_cost_the_same_however_many_there_are(client_of, requester, admin, other_admin, answered):
    client = client_of(requester)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            latest(client)
        return len(captured)

    few = queries()
    Notification.objects.filter(person=requester).mark_read()
    for number in range(10):
        answered.assign(other_admin if number % 2 == 0 else admin, by=None)
        answered.reply("More.", by=admin)

    assert queries() <= few + 1 <= 9


@pytest.mark.parametrize("address", ["/notifications/", "/notifications/latest/"])
def test_tickets_of_many_requesters_cost_no_more_than_one_s(client_of, admin, address):
    client = client_of(admin)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    TicketFactory()
    few = queries()
    for _ in range(3):
        TicketFactory()

    assert Notification.objects.filter(person=admin).count() == 4
    assert queries() == few


def test_pages_show_the_bell_without_asking_how_many(client_of, requester, admin, answered):
    for person, address in ((requester, "/tickets/"), (admin, "/admin/")):
        with CaptureQueriesContext(connection) as captured:
            page = client_of(person).get(address).content.decode()

        assert 'id="bell"' in page
        assert 'data-live-src="/notifications/bell/"' in page
        # The marks of unread tickets ask of each row whether there is one, and count nothing.
        asked = [query["sql"] for query in captured if "tickets_notification" in query["sql"]]
        assert not any(
            "COUNT" in sql or 'FROM "tickets_notification"' in sql.split("EXISTS")[0] for sql in asked
        )


# -- reading ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["requester", "other_admin"])
def test_opening_a_ticket_reads_what_one_was_told_about_it(who, request, client_of, answered, admin):
    person = request.getfixturevalue(who)
    other = TicketFactory(requester=answered.requester)
    other.reply("Hello.", by=admin)
    answered.note("@Oskar Otheradmin: look", by=admin)
    at = {"requester": "/tickets/{}/", "other_admin": "/admin/tickets/ticket/{}/change/"}[who]
    assert Notification.objects.filter(person=person, ticket=answered, read_at=None).exists()

    client_of(person).get(at.format(answered.pk))

    assert not Notification.objects.filter(person=person, ticket=answered, read_at=None).exists()
    assert Notification.objects.filter(person=person, ticket=other, read_at=None).exists()


@pytest.mark.parametrize(
    ("who", "at"), [("requester", "/tickets/{}/live/"), ("admin", "/admin/tickets/ticket/{}/live/")]
)
def test_what_comes_while_the_page_is_open_is_read_with_it(who, at, request, client_of, answered, requester):
    person = request.getfixturevalue(who)
    answered.reply("And this?", by=requester)
    assert Notification.objects.filter(person=person, ticket=answered, read_at=None).exists()

    page = client_of(person).get(at.format(answered.pk)).content.decode()

    assert not Notification.objects.filter(person=person, ticket=answered, read_at=None).exists()
    assert "Mute" in page or "Unwatch" in page


def test_reading_costs_one_query_and_only_if_there_was_something(client_of, requester, answered):
    client = client_of(requester)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/tickets/{answered.pk}/")
        return len(captured)

    assert queries() - queries() == 1


def test_the_requester_s_look_reads_nothing_for_others(client_of, requester, other_admin, answered):
    answered.assign(other_admin, by=None)

    client_of(requester).get(f"/tickets/{answered.pk}/")

    assert unread(other_admin) == 2


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_page_fetched_ahead_reads_nothing(headers, client_of, requester, answered):
    client_of(requester).get(f"/tickets/{answered.pk}/", headers=headers)

    assert unread(requester) == 2


def test_a_head_request_reads_nothing(client_of, requester, answered):
    client_of(requester).head(f"/tickets/{answered.pk}/")

    assert unread(requester) == 2


def test_one_is_marked_as_read(client_of, requester, answered):
    told = Notification.objects.filter(person=requester).first()

    response = client_of(requester).post(f"/notifications/{told.pk}/read/", {"show": "unread"})

    assert response.url == "/notifications/?show=unread"
    assert unread(requester) == 1


def test_another_s_is_as_missing_as_none(client_of, requester, other_requester, answered):
    told = Notification.objects.filter(person=requester).first()
    client = client_of(other_requester)

    assert client.post(f"/notifications/{told.pk}/read/").status_code == 404
    assert client.post("/notifications/999999/read/").status_code == 404
    assert unread(requester) == 2


def test_all_are_marked_as_read_but_not_those_of_others(client_of, requester, admin, other_admin, answered):
    answered.reply("Thanks, one more thing.", by=requester)
    before = unread(admin)

    client_of(requester).post("/notifications/read/")

    assert unread(requester) == 0
    assert unread(admin) == before > 0


def test_what_came_after_the_page_was_shown_stays_unread(client_of, requester, admin, answered):
    newest = Notification.objects.filter(person=requester).order_by("-pk").first()
    answered.reply("One more.", by=admin)

    client_of(requester).post("/notifications/read/", {"newest": newest.pk})

    assert unread(requester) == 1


@pytest.mark.parametrize("newest", ["", "x", "-1", "٣", "9" * 40])
def test_nonsense_marks_all(newest, client_of, requester, answered):
    assert client_of(requester).post("/notifications/read/", {"newest": newest}).status_code == 302
    assert unread(requester) == 0


def test_who_works_tickets_no_more_sees_no_notes(client_of, ticket, admin, other_admin):
    ticket.note("@Oskar Otheradmin: the password is under the mat", by=admin)

    User.objects.get(pk=other_admin.pk).set_role("User", by=admin)
    page = client_of(other_admin).get("/notifications/").content.decode()

    assert "under the mat" not in page
    assert "Nothing yet" in page


def test_a_ticket_in_the_trash_is_not_told_of(client_of, requester, admin, answered):
    Ticket.objects.get(pk=answered.pk).trash(by=admin)

    assert "Nothing yet" in client_of(requester).get("/notifications/").content.decode()
    assert "unread" not in client_of(requester).get("/notifications/bell/").content.decode()
