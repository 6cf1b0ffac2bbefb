"""What a search finds, for whom, that no text can break it, and that its index follows the tickets."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk.db.keyset import Ordering, Page
from helpdesk.db.triggers import remove_triggers
from tickets.models import Ticket
from tickets.search import index
from tickets.search.query import search
from tickets.tests.factories import TicketFactory

NEWEST = Ordering("Newest", "updated_at", descending=True)


@pytest.fixture
def make(requester):
    def make_ticket(title="Screen stays dark", description="It was fine yesterday.", **fields):
        return TicketFactory(**{"requester": requester, "title": title, "description": description, **fields})

    return make_ticket


def found(text):
    return set(search(Ticket.objects.all(), text))


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("printer", True),
        ("PRINTER", True),
        ("print", True),
        ("rinter", False),
        ("printer jams", True),
        ("jams floor", True),
        ("printer scanner", False),
        ("  third \t floor ", True),
    ],
)
def test_every_word_must_occur_in_title_or_description_at_least_by_its_beginning(make, text, matches):
    ticket = make("The printer jams", "It is the one on the third floor.")
    make("Screen stays dark")

    assert found(text) == ({ticket} if matches else set())


@pytest.mark.parametrize("text", ["muller", "Müller", "mu\u0308ller", "MULLER", "cafe", "Café"])
def test_diacritics_do_not_matter(make, text):
    ticket = make("Müller cannot sign in", "since the cafe\u0301 opened")

    assert found(text) == {ticket}


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("10.0.0.1", True),
        ("10.0.1", False),
        ("wi-fi", True),
        ("fi-wi", False),
        ("anna@example.com", True),
        ("anna@example", True),
        ("example@anna", False),
        ("https://intranet.example.com/help", True),
        ("C:\\Temp", True),
        ("0x80070005", True),
        ("0x8007", True),
        ("-1", True),
        ("3.5", True),
    ],
)
def test_what_is_written_together_must_stand_together(make, text, matches):
    ticket = make(
        "Wi-Fi: no route to 10.0.0.1, error 0x80070005, code -1, version 3.5",
        "anna@example.com saw it on https://intranet.example.com/help and in C:\\Temp\\log.",
    )

    assert found(text) == ({ticket} if matches else set())


@pytest.mark.parametrize("text", ["принтер", "ПРИНТЕР", "プリンター", "打印机", "Drucker", "yazıcı", "मुद्रक"])
def test_other_scripts_are_found(make, text):
    ticket = make(f"{text} x", "y")

    assert found(text) == {ticket}


def test_a_single_letter_is_a_word_of_its_own(make):
    make("Printer")
    plan_b = make("Plan B p")

    assert found("p") == {plan_b}


@pytest.mark.parametrize("write", ["HD-{}", "hd-{}", "hd {}", "HD{}", "#{}", "# {}", " hd-{} "])
def test_a_reference_finds_its_ticket_alone(make, write):
    ticket, other = make(), make()
    make("Same as before", f"See HD-{ticket.pk} and #{ticket.pk}")

    assert found(write.format(ticket.pk)) == {ticket}
    assert found(write.format(other.pk)) == {other}


def test_a_bare_number_finds_the_ticket_and_the_word(make):
    ticket = make()
    mentions = make("Room", f"in room {ticket.pk}")

    assert found(str(ticket.pk)) == {ticket, mentions}


@pytest.mark.parametrize(
    "text", ["0", "#0", "hd-999999999999999999", "9" * 18, "9" * 19, "9" * 200, "²", "٣"]
)
def test_a_number_nobody_has_finds_nothing(make, text):
    make()

    assert found(text) == set()


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000"])
def test_white_space_narrows_nothing(make, text):
    ticket = make()

    assert found(text) == {ticket}


@pytest.mark.parametrize("text", ["-", '"', "***", "...", "😀", "\u200b", "\u202e", "' OR 1=1", "--", "\x00"])
def test_a_text_without_a_word_that_occurs_finds_nothing(make, text):
    make()

    assert found(text) == set()


NAUGHTY = [
    *[
        '"',
        "'",
        "a\"b'c",
        "NEAR(a b)",
        "title:x",
        "a AND",
        "OR",
        "NOT a",
        "(a",
        "a*b*",
        "^a",
        "{a b}:c",
        "+a",
    ],
    *[
        "a & b",
        "a | !b",
        "<->",
        "a:*",
        "a\\",
        "\\",
        "%s",
        "%(x)s",
        "{}",
        "a;DROP TABLE tickets_ticket",
        "$1",
        "?",
    ],
    *[
        "a\x00b",
        "\ud800",
        "\udfff a",
        "a\u0301\u0302\u0303",
        "\u0301",
        "ﷺ",
        "𞤀𞤁",
        "👩‍👩‍👧",
        "\ufeffa",
        "Ω≈ç√",
        "ǅ",
    ],
    *["a" * 3000, "é" * 3000, "a " * 3000, "a." * 3000, "\U0001f600" * 300, "1e309", "0" * 400, "-" * 400],
]


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_text_breaks_a_search(make, text):
    make()

    assert search(Ticket.objects.all(), text).count() in (0, 1)


visible = st.characters(categories=["Ll", "Lu", "Lo", "Nd", "Po", "Pd", "Sm", "Zs"], max_codepoint=0x24F)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(visible, min_size=1, max_size=40).filter(lambda text: any(c.isalnum() for c in text)))
def test_a_ticket_is_found_by_its_own_title(ticket, requester, title):
    ticket.edit(by=requester, title=title)

    assert title.strip().isdigit() or ticket in found(title)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_can_be_searched(ticket, text):
    assert found(text) <= {ticket}


# -- together with what else narrows a list -----------------------------------------------------
def test_only_what_a_person_may_see_is_found(make, requester, other_requester):
    make("Printer jams")
    theirs = make("Printer smokes", requester=other_requester)

    visible_ones = search(Ticket.objects.visible_to(other_requester), "printer")

    assert list(visible_ones) == [theirs]
    assert not search(Ticket.objects.visible_to(requester), f"hd-{theirs.pk}").exists()
    assert not search(Ticket.objects.visible_to(requester), "smokes").exists()


@pytest.fixture
def few(monkeypatch):
    """Let two matches already be many."""
    monkeypatch.setattr("tickets.search.query.FEW", 1)


@pytest.mark.parametrize("many", [False, True])
def test_a_search_goes_with_filters_orders_and_pages(make, requester, admin, many, request):
    if many:
        request.getfixturevalue("few")
    tickets = [make(f"Printer {n}") for n in range(5)]
    make("Screen")
    tickets[0].take(by=admin)

    visible_ones = search(Ticket.objects.visible_to(requester).with_people(), "printer")
    page = Page(visible_ones, NEWEST, {}, size=2)

    assert page.rows == [tickets[0], tickets[4]]
    assert page.has_next
    assert list(visible_ones.assigned_to(admin)) == [tickets[0]]
    assert visible_ones.unassigned().count() == 4
    assert list(Ticket.objects.filter(pk__in=visible_ones.values("pk")).order_by("pk")) == tickets
    assert visible_ones.filter(requester__last_name="Requester").exclude(assignee=admin).count() == 4


def test_a_common_word_is_found_beside_a_number(make, few):
    tickets = [make(f"Room 100 {n}") for n in range(3)]

    assert found("100") >= set(tickets)
    assert found(str(tickets[0].pk)) >= {tickets[0]}


def test_a_search_costs_one_query_more_at_most(make):
    make("Printer")

    with CaptureQueriesContext(connection) as queries:
        list(search(Ticket.objects.all(), "printer"))

    assert len(queries) == (2 if connection.vendor == "sqlite" else 1)


# -- the index follows ---------------------------------------------------------------------------
def test_editing_a_ticket_changes_what_finds_it(make, requester):
    ticket = make("Printer jams", "third floor")

    ticket.edit(by=requester, title="Scanner jams")

    assert found("printer") == set()
    assert found("scanner") == {ticket}
    assert found("third") == {ticket}


def test_a_verb_that_leaves_the_words_leaves_the_index(make, admin):
    ticket = make("Printer jams")

    ticket.take(by=admin)
    ticket.resolve(by=admin)

    assert found("printer") == {ticket}


def test_what_is_rolled_back_is_not_found(make, requester):
    ticket = make("Printer jams")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ticket.edit(by=requester, title="Scanner jams")
        raise ZeroDivisionError

    assert found("printer") == {ticket}
    assert found("scanner") == set()


def test_the_longest_description_is_found_by_its_last_word(make):
    ticket = make(description="word " * 3998 + "lastword")

    assert found("lastword") == {ticket}


def test_an_emptied_database_finds_nothing(transactional_db, make):
    make("Printer jams")
    remove_triggers(connection)
    # Ids go on: a server of other tests watches this database for higher ones than it has seen.
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)

    assert found("printer") == set()
    assert index_is_sound()


def index_is_sound():
    """Compare SQLite's index with the tickets; raises a DatabaseError where they differ."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO tickets_ticket_words (tickets_ticket_words, rank) VALUES ('integrity-check', 1)"
            )
    return True


def lose_triggers(names):
    """On PostgreSQL there are none to lose: the same must hold there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")


def test_lost_triggers_are_put_back_and_what_they_missed_is_indexed(make, requester):
    kept, changed = make("Printer jams"), make("Scanner jams")
    lose_triggers(index.SQLITE_TRIGGERS)
    changed.edit(by=requester, title="Monitor flickers")
    added = make("Keyboard sticks")

    repaired = index.repair(connection)

    assert repaired == (connection.vendor == "sqlite")
    assert found("printer") == {kept}
    assert found("scanner") == set()
    assert found("monitor") == {changed}
    assert found("keyboard") == {added}
    added.edit(by=requester, title="Mouse sticks")
    assert found("mouse") == {added}
    assert index_is_sound()


def test_one_lost_trigger_is_enough_for_a_repair(make, requester):
    ticket = make("Printer jams")
    lose_triggers(["tickets_ticket_words_update"])
    ticket.edit(by=requester, title="Scanner jams")

    index.repair_after_migrate()

    assert found("scanner") == {ticket}
    assert index_is_sound()


def test_looking_after_the_index_costs_one_query_while_all_is_well(db):
    with CaptureQueriesContext(connection) as queries:
        repaired = index.repair(connection)

    assert not repaired
    assert len(queries) <= 1


def test_remaking_the_table_as_a_later_migration_may_keeps_the_search(transactional_db, make, requester):
    ticket = make("Printer jams")
    field = Ticket._meta.get_field("status")
    longer = field.clone()
    longer.max_length += 1
    longer.set_attributes_from_name("status")
    longer.model = Ticket
    for before, after in ((field, longer), (longer, field)):
        with connection.schema_editor() as editor:
            editor.alter_field(Ticket, before, after)

    call_command("migrate", verbosity=0)

    ticket.edit(by=requester, title="Scanner jams")
    assert found("scanner") == {ticket}
    assert index_is_sound()


def test_the_index_can_be_taken_away_and_made_again(transactional_db, make):
    ticket = make("Printer jams")

    index.drop(connection)
    index.create(connection)

    assert found("printer") == {ticket}
    assert index_is_sound()
