"""One's own tickets."""

import re
from html import unescape

import pytest

from tickets.models import HoldReason, RequestType, Watch
from tickets.tests.factories import TicketFactory


def titles_on(page):
    return re.findall(
        r"<bdi title=[^>]*>([^<]*)</bdi></a>", re.sub(r"\s*(</?bdi[^>]*>|</a>)\s*", r"\1", page)
    )


@pytest.fixture
def tickets(requester, other_requester, admin):
    """One in each status, of two types, and one of somebody else's."""
    network = RequestType.objects.get(name="Network Issue")
    made = {name: TicketFactory(requester=requester, title=f"Ticket {name}") for name in ("open", "started")}
    for name in ("held", "resolved", "closed"):
        made[name] = TicketFactory(requester=requester, title=f"Ticket {name}", request_type=network)
    for name in ("started", "held", "resolved", "closed"):
        made[name].take(by=admin)
    made["started"].start(by=admin)
    made["held"].hold(HoldReason.REQUESTER, by=admin, text="Which one?")
    for name in ("resolved", "closed"):
        made[name].resolve(by=admin)
    made["closed"].close(by=admin)
    TicketFactory(requester=other_requester, title="Ticket of somebody else")
    return made


def test_it_shows_all_of_one_s_own_and_nobody_else_s(requester, tickets, client_of):
    page = client_of(requester).get("/tickets/").content.decode()

    assert len(titles_on(page)) == 5
    assert "somebody else" not in page


def test_counts_per_status_are_of_all_one_s_tickets(requester, tickets, client_of):
    page = " ".join(client_of(requester).get("/tickets/?status=open").content.decode().split())

    for word, count in [
        ("All", 5),
        ("Waiting for you", 1),
        ("Open", 1),
        ("In Progress", 1),
        ("On Hold", 1),
        ("Resolved", 1),
        ("Closed", 1),
    ]:
        assert re.search(rf'{word} <span class="hd-count">{count}</span>', page), word


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=on_hold", {"Ticket held"}),
        ("waiting=true", {"Ticket held"}),
        ("status=closed", {"Ticket closed"}),
        ("q=resolved", {"Ticket resolved"}),
        ("q=nothing-like-it", set()),
        ("status=open&q=held", set()),
    ],
)
def test_it_is_narrowed_by_status_and_words(requester, tickets, client_of, query, expected):
    page = client_of(requester).get(f"/tickets/?{query}").content.decode()

    assert set(titles_on(page)) == expected


def test_it_is_narrowed_by_request_type(requester, tickets, client_of):
    network = RequestType.objects.get(name="Network Issue")

    page = client_of(requester).get(f"/tickets/?request_type={network.pk}").content.decode()

    assert set(titles_on(page)) == {"Ticket held", "Ticket resolved", "Ticket closed"}


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("updated", "Ticket closed"),
        ("newest", "Ticket closed"),
        ("oldest", "Ticket open"),
    ],
)
def test_it_is_sorted(requester, tickets, client_of, sort, first):
    page = client_of(requester).get(f"/tickets/?sort={sort}").content.decode()

    assert titles_on(page)[0] == first


@pytest.mark.parametrize(
    "query",
    [
        "status=nonsense",
        "request_type=nonsense",
        "request_type=99999999999999999999999",
        "sort=password",
        "after=0",
        "after=2026-01-01~99999999999999999999",
        "before=2099-01-01T00:00:00%2B00:00~1",
        "after=x&before=y",
        "q=%00",
        "q=" + "a" * 3000,
        "__proto__[x]=1&requester=1&requester__is_staff=1",
    ],
)
def test_nonsense_in_the_address_is_no_fault_and_shows_nobody_else_s(requester, tickets, client_of, query):
    answer = client_of(requester).get(f"/tickets/?{query}")

    assert answer.status_code == 200
    assert "somebody else" not in answer.content.decode()


def test_a_place_before_everything_shows_the_first_page(requester, tickets, client_of):
    page = client_of(requester).get("/tickets/?before=2099-01-01T00:00:00%2B00:00~1").content.decode()

    assert len(titles_on(page)) == 5


def test_pages_go_on_and_back_without_losing_a_ticket(requester, client_of):
    for number in range(60):
        TicketFactory(requester=requester, title=f"Number {number:02}")
    client = client_of(requester)

    seen, address = [], "/tickets/?sort=oldest"
    while address:
        page = client.get(address).content.decode()
        seen += titles_on(page)
        following = re.search(r'href="(\?[^"]*)"\s+rel="next"', page)
        address = following and "/tickets/" + following.group(1).replace("&amp;", "&")

    assert seen == [f"Number {number:02}" for number in range(60)]


def test_somebody_new_is_shown_one_thing_to_create_a_ticket(requester, client_of):
    page = client_of(requester).get("/tickets/").content.decode()

    content = page[page.index("<h1>My tickets") :]
    assert content.count("Welcome, Rita") == 1
    assert content.count('href="/tickets/new/"') == 1
    assert "Create Ticket" in content
    assert 'role="search"' not in content
    assert "pt-tabs" not in content


def test_counts_follow_the_search_and_the_type(requester, tickets, client_of):
    page = client_of(requester).get("/tickets/", {"q": "held", "status": "closed"})

    counts = {tab["label"]: tab["count"] for tab in page.context["tabs"]}
    assert counts.pop("All") == counts.pop("Waiting for you") == counts.pop("On Hold") == 1
    assert set(counts.values()) == {0}
    tab = next(tab for tab in page.context["tabs"] if tab["label"] == "Waiting for you")
    assert tab["query"] == "q=held&waiting=true"
    assert titles_on(client_of(requester).get(f"/tickets/?{tab['query']}").content.decode()) == [
        "Ticket held"
    ]


def test_the_question_that_waits_is_quoted_as_it_was_written(requester, tickets, admin, client_of):
    held, client = tickets["held"], client_of(requester)
    assert "“<bdi>Which one?</bdi>”" in client.get("/tickets/").content.decode()

    held.reply("This <b>one</b>? " + 300 * "x", by=admin, then="on_hold", hold_reason=HoldReason.THIRD_PARTY)
    assert "is waiting for you" not in client.get("/tickets/").content.decode()
    held.reply("Is it <b>this</b>? " + 300 * "x", by=admin, then="on_hold", hold_reason=HoldReason.REQUESTER)
    held.reply("I only say.", by=admin)

    page = client.get("/tickets/").content.decode()
    quoted = re.search(r'pt-question">“<bdi>([^<]*)</bdi>”', page)[1]
    assert quoted.startswith("Is it &lt;b&gt;this&lt;/b&gt;? xxx")
    assert len(unescape(quoted)) == 200


def test_an_earlier_question_is_not_taken_for_the_one_that_waits(requester, tickets, admin, client_of):
    tickets["held"].start(by=admin)
    tickets["held"].hold(HoldReason.REQUESTER, by=admin)

    page = client_of(requester).get("/tickets/").content.decode()

    assert "is waiting for you" in page
    assert "Which one?" not in page


def test_unread_tickets_are_marked_until_one_looks(requester, admin, client_of, work_off):
    ticket = TicketFactory(requester=requester, title="Marked")
    TicketFactory(requester=requester, title="Not marked")
    client = client_of(requester)
    ticket.reply("Is the cable in?", by=admin)
    work_off()

    page = client.get("/tickets/").content.decode()
    assert re.findall(r"Unread: </span><bdi title=.Marked.>(\w+)", page) == ["Marked"]
    assert page.count('class="is-new"') == 1

    client.get(ticket.get_absolute_url(), headers={"sec-purpose": "prefetch"})
    assert "Unread: " in client.get("/tickets/").content.decode()

    client.get(ticket.get_absolute_url())
    assert "Unread: " not in client.get("/tickets/").content.decode()


def test_notes_written_for_colleagues_mark_nothing(requester, admin, other_admin, client_of, work_off):
    """They were told of when their reader worked tickets."""
    ticket = TicketFactory(requester=admin, by=admin)
    ticket.note("Somebody look at this.", by=other_admin)
    Watch.objects.watch(admin, ticket)
    ticket.note("I did.", by=other_admin)
    work_off()
    admin.set_role("User", by=other_admin)

    assert "Unread: " not in client_of(admin).get("/tickets/").content.decode()


def test_what_waits_for_one_is_on_top(requester, tickets, client_of):
    page = client_of(requester).get("/tickets/").content.decode()

    assert "<b>Ada Admin is waiting for you</b>" in page


@pytest.mark.parametrize("rows", [1, 40])
def test_the_page_takes_as_many_queries_for_many_tickets_as_for_one(
    requester, admin, client_of, django_assert_max_num_queries, rows
):
    for _ in range(rows):
        TicketFactory(requester=requester).take(by=admin)
    client = client_of(requester)

    with django_assert_max_num_queries(12):
        client.get("/tickets/")
