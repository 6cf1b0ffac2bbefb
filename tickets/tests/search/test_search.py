"""What a search finds, for whom, that no text can break it, and that its index follows the tickets."""

import time
import unicodedata
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from helpdesk.db.keyset import Ordering, Page
from helpdesk.db.triggers import install_triggers, remove_triggers
from helpdesk.tests.examples import examples
from tickets.models import Ticket
from tickets.models.ticket.bulk_writer import History, write_in_bulk
from tickets.search import index
from tickets.search.query import search
from tickets.search.words import phrases_of, words_of
from tickets.tests.factories import RequestTypeFactory, TicketFactory

CASES = st.sampled_from([str, str.upper, str.lower, str.casefold])
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


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Straße gesperrt", "STRASSE"),
        ("Odegard rief an", "Ødegård"),
        ("Ødegård ringte", "odegard"),
        ("Łódź", "lodz"),
        ("ёлка горит", "елка"),
        ("елка горит", "Ёлка"),
        ("Принтер", "принтер"),
        ("и\u0306од и чаи\u0306ник", "чайник"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af 문제", "한글"),
        ("Ｗｉｎｄｏｗｓ１１", "windows11"),
        ("Pass\u00adwort ver\u200bgessen", "passwort vergessen"),
        ("passwort", "pass\u00adwort"),
        ("ﾌﾟﾘﾝﾀが動かない", "プリンタ"),
        ("ΟΔΟΣ", "οδός"),
        ("סיסמה: שָׁלוֹם", "שלום"),
        ("خطای ۴۰۴", "خطاي 404"),
        ("п\u02bcять", "п’ять"),
    ],
)
def test_the_spelling_does_not_matter(make, said, asked):
    ticket = make("A title", said)
    other = make(said, "Its text")

    assert found(asked) == {ticket, other}
    assert found(said) == {ticket, other}


@pytest.mark.parametrize(
    ("asked", "matches"),
    [
        ("密码", True),
        ("重置密码失败", True),
        ("码失", True),
        ("败", True),
        ("密", True),
        ("密败", False),
        ("失败重", False),
        ("VPN密", True),
        ("VPN重置", False),
        ("重置 失败", True),
        ("接続でき", True),
        ("サーバー", True),
        ("ーバ", True),
        ("รหัสผ่าน", True),
        ("ผ่าน", True),
        ("비밀번호", True),
        ("번호", True),
        ("호를번", False),
    ],
)
def test_any_part_of_a_run_without_spaces_is_found(make, asked, matches):
    ticket = make(
        "重置密码失败，VPN密碼也不行", "サーバーに接続できません。ลืมรหัสผ่านแล้ว 사내비밀번호를 잊었습니다"
    )

    assert found(asked) == ({ticket} if matches else set())


@pytest.mark.parametrize("text", ["принтер", "ПРИНТЕР", "プリンター", "打印机", "Drucker", "yazıcı", "मुद्रक"])
def test_other_scripts_are_found(make, text):
    ticket = make(f"{text} x", "y")

    assert found(text) == {ticket}


def test_a_single_letter_is_a_word_of_its_own(make):
    make("Printer")
    plan_b = make("Plan B p")

    assert found("p") == {plan_b}


@pytest.mark.parametrize("write", ["HD-{}", "hd-{}", "hd {}", "HD{}", "#{}", "# {}", " hd-{} "])
def test_a_reference_finds_its_ticket_and_those_that_say_it(make, write):
    ticket, other = make(), make()
    mentions = make("Same as before", f"See HD-{ticket.pk}, HD {ticket.pk}, HD{ticket.pk} and #{ticket.pk}")

    assert found(write.format(ticket.pk)) == {ticket, mentions}
    assert found(write.format(other.pk)) == {other}


@pytest.mark.parametrize(
    "write",
    [
        "[HD-{}]",
        "[HD-{}] Screen stays dark",
        "Re: [HD-{}] Something else by now",
        "AW: WG: [hd-{}] Screen",
        "HD\u2011{}",
        "ＨＤ－{}",
        "the one of HD-{}, please",
        "HD\u2212{}",
        "HD:{}",
        "HD_{},",
        "#{}:",
        "№ {}",
        "Ticket #{}",
        "about ticket {}: screen",
        "tickets/{}",
        "https://help.example.com/tickets/{}/",
        "https://help.example.com/admin/tickets/ticket/{}/change/?from=list",
    ],
)
def test_a_reference_is_found_as_people_paste_it(make, write):
    make()
    ticket = make()

    assert found(write.format(ticket.pk)) == {ticket}


def test_a_reference_may_be_what_a_ticket_says(make):
    graphics, order = make("Intel HD 620 driver"), make("Delivery", "order #471142 is late")

    assert found("HD 620") == {graphics}
    assert found("#471142") == {order}
    assert found("order #471142") == {order}


@pytest.mark.parametrize("text", ["xhd-{}", "HD-{}x", "/tickets/{}x", "room {}", "/tickets/new/{}"])
def test_other_numbers_lead_to_no_ticket(make, text):
    ticket = make()

    assert found(text.format(ticket.pk)) == set()


def test_a_bare_number_finds_the_ticket_and_the_word(make):
    ticket = make()
    mentions = make("Room", f"in room {ticket.pk}")

    assert found(str(ticket.pk)) == {ticket, mentions}


@pytest.mark.parametrize(
    "text", ["0", "#0", "hd-999999999999999999", "9" * 18, "9" * 19, "9" * 200, "²²²²²²²²²", "٣٣٣٣٣٣٣٣٣"]
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


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=st.text(visible, min_size=1, max_size=40).filter(lambda text: any(c.isalnum() for c in text)))
def test_a_ticket_is_found_by_its_own_title(ticket, requester, title):
    ticket.edit(by=requester, title=title)

    assert ticket in found(title)


@settings(
    max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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


def index_is_sound():
    """Say whether what is indexed is what the tickets say."""
    if connection.vendor == "postgresql":
        sql = "SELECT id, title, description, words::text FROM tickets_ticket"
    else:
        words = (
            "SELECT title || ' | ' || description FROM tickets_ticket_words WHERE rowid = tickets_ticket.id"
        )
        sql = f"SELECT id, title, description, ({words}) FROM tickets_ticket"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for ticket, title, description, kept in cursor.fetchall():
            entry = index.Entry.of(ticket, title, description)
            wanted = f"{' '.join(entry.title)} | {' '.join(entry.description)}"
            if connection.vendor == "postgresql":
                cursor.execute("SELECT %s::tsvector::text", [entry.tsvector()])
                wanted = cursor.fetchone()[0]
            if kept != wanted:
                return False
    return True


def test_imports_and_the_bulk_writer_are_found(requester):
    past = timezone.now() - timedelta(days=1)
    words = {"request_type": RequestTypeFactory(), "requester": requester, "at": past}
    imported = Ticket.submit(title="Ünlü yazıcı", description="x", by=requester, **words)
    write_in_bulk([History(title=f"Straße {n}", description="密码", **words) for n in range(3)], batch_size=2)

    assert found("unlu yazici") == {imported}
    assert len(found("strasse")) == len(found("码")) == 3
    assert index_is_sound()


def test_what_is_changed_behind_the_verbs_is_not_found_until_it_is_indexed(make):
    changed, kept = make("Printer jams"), make("Printer smokes")
    Ticket._base_manager.filter(pk=changed.pk).update(title="Scanner jams")

    assert found("printer") == {kept}
    assert found("jams") == set()

    call_command("index_tickets")

    assert found("scanner") == {changed}
    assert index_is_sound()


def test_the_tickets_of_the_version_before_are_indexed_batch_by_batch(make, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 2)
    tickets = [make(f"Straße {n}") for n in range(5)]
    forget_words()

    assert found("strasse") == set()
    assert index.fill() == 5
    assert found("strasse") == set(tickets)
    assert index.fill() == 0
    assert index.fill(all_tickets=True) == 5
    assert index_is_sound()


def kept_by_the_index():
    """All that the database keeps of it, however it does."""
    on_postgresql = connection.vendor == "postgresql"
    sql = (
        "SELECT words::text FROM tickets_ticket"
        if on_postgresql
        else "SELECT block FROM tickets_ticket_words_data"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return repr(cursor.fetchall())


@pytest.mark.parametrize("removal", ["redact", "purge"])
def test_words_that_were_removed_leave_the_index_to_the_last_letter(make, requester, removal):
    ticket = make("Zanzibar")
    for number in range(20):
        make(f"Printer {number}")
    assert "anzibar" in kept_by_the_index()

    if removal == "redact":
        ticket.redact([1], by=None)
    else:
        ticket.trash(by=None)
        ticket.purge(by=None)
    call_command("index_tickets")
    call_command("index_tickets")

    assert "anzibar" not in kept_by_the_index()
    assert len(found("printer")) == 20
    assert index_is_sound()


def forget_words():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE tickets_ticket SET words = NULL")
        else:
            cursor.execute("DELETE FROM tickets_ticket_words")


def test_a_ticket_changed_while_it_is_indexed_keeps_its_own_words(make, requester, monkeypatch):
    ticket = make("Printer jams")
    rows_after = index._rows_after

    def read_and_change(*args, **kwargs):
        rows = rows_after(*args, **kwargs)
        if rows:
            Ticket.objects.get(pk=ticket.pk).edit(by=requester, title="Scanner jams")
        return rows

    monkeypatch.setattr(index, "_rows_after", read_and_change)

    assert index.fill(all_tickets=True) == 0
    assert found("scanner") == {ticket}
    assert found("printer") == set()


def test_indexing_by_hand_says_what_it_did(make, capsys):
    make()

    call_command("index_tickets", "--all")

    assert capsys.readouterr().out == "Indexed 1 ticket and 0 comments.\n"


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
    Ticket._base_manager.filter(pk=ticket.pk).update(title="Mouse sticks")
    assert found("scanner") == set()


def test_the_index_can_be_taken_away_and_made_again(transactional_db, make):
    ticket = make("Printer jams")

    index.drop(connection)
    index.create(connection)
    install_triggers()
    index.fill()

    assert found("printer") == {ticket}
    assert index_is_sound()


# -- what it costs -------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["a.", "密码", "\u0e48\u0e38", "ﷺ", "é ", "\u0301\u0323"], ids=ascii)
def test_the_longest_text_is_parted_in_time_that_grows_with_its_length(text):
    text = (text * 200_000)[:200_000]
    started = time.thread_time()

    words_of(text)

    # Ten times the longest that can be sent takes a tenth of a second to one.
    assert time.thread_time() - started < 5


@pytest.mark.parametrize(
    "text", ["密" * 20_000, "".join(map(chr, range(0x4E00, 0x9C00))), "ﷺ" * 20_000, "a." * 10_000]
)
def test_the_longest_text_is_indexed(make, text):
    ticket = make(description=text)

    assert found(text[-2:]) == {ticket}
    assert index_is_sound()


@settings(
    max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(min_size=1, max_size=20), form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]), case=CASES
)
def test_what_is_typed_is_found_by_itself_in_any_form_and_case(ticket, requester, text, form, case):
    assume(phrases_of(text))
    try:
        ticket.edit(by=requester, description=text)
    except ValidationError:
        assume(False)

    assert ticket in found(case(unicodedata.normalize(form, text)))
