"""The registry of kinds: each is complete, and a new one is one entry that every reader of events knows."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string

from accounts.tests.mailbox import mails_to
from helpdesk.templatetags.icons import ICONS
from tickets.events import Answers, EventFacts, EventKind, Kind, NotificationKind, Reason, event_kinds
from tickets.events.registry import PLAIN_TEMPLATE
from tickets.live.change_feed import Changed
from tickets.live.changes import TicketEvents
from tickets.mail.outbound.delivery import send_due_mail
from tickets.models import HoldReason, Notification, NotificationPreference
from tickets.models.notification_preference import DEFAULTS, Mail
from tickets.models.replay import replay
from tickets.timeline import Entry, NumberedEvent

# -- every kind is complete ---------------------------------------------------------------------------
KINDS = list(event_kinds)
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_a_kind_has_a_word_an_icon_and_a_sentence(kind):
    assert kind.label
    assert kind.icon in ICONS
    sentence = kind.sentence_for(EventFacts(actor="Ada"))
    assert sentence.startswith("Ada ")
    assert sentence.endswith(".")
    assert not kind.phrase.endswith(".")


@each_kind
def test_the_timeline_has_words_for_a_kind(kind, ticket, admin):
    event = ticket.events.get()
    event.kind, event.actor = kind, admin
    event.data = {"hold_reason": ["", HoldReason.SCHEDULED], "score": [None, 4]}
    entry = Entry(NumberedEvent(event, 1), {}, {}, requester_id=ticket.requester_id)

    drawn = render_to_string(
        entry.template_name, {"entry": entry, "event": event, "ticket": ticket, "viewer": admin}
    )

    assert drawn.strip()


@each_kind
def test_what_is_internal_is_not_told_to_requesters(kind):
    if kind.is_internal:
        assert Reason.REQUESTER not in kind.recipients
        assert kind.answers is Answers.NEVER
    else:
        assert kind.code_for_requester == kind


@each_kind
def test_people_can_choose_how_to_hear_of_a_kind(kind):
    assert set(kind.recipients) <= set(Reason)
    assert set(kind.recipients.values()) <= set(DEFAULTS)


@each_kind
def test_a_kind_has_a_name_in_code(kind):
    assert getattr(Kind, kind.upper()) is kind


def test_no_template_is_left_over():
    folder = Path(settings.BASE_DIR) / "templates"
    kept = {str(path.relative_to(folder)) for path in (folder / "tickets/events").iterdir()}

    assert kept == {PLAIN_TEMPLATE, *(kind.template_name for kind in KINDS)}


@pytest.mark.parametrize(
    "kind",
    [
        EventKind("replied", "Replied", "%(actor)s replied.", phrase="replied"),
        EventKind("", "Nothing", "%(actor)s did nothing.", phrase="did nothing"),
        EventKind("x" * 21, "Too long", "%(actor)s went on and on.", phrase="went on and on"),
        EventKind("untold", "Untold", "%(actor)s did something."),
    ],
)
def test_an_impossible_kind_is_refused(kind):
    with pytest.raises(ValueError, match=r"There is|is to have|without a phrase"):
        event_kinds.register(kind)

    assert list(event_kinds) == KINDS


# -- a new one is one entry ---------------------------------------------------------------------------
def registered(kind):
    event_kinds.register(kind)
    yield kind
    event_kinds.unregister(kind)


@pytest.fixture
def escalated():
    yield from registered(
        EventKind(
            "escalated",
            "Escalated",
            "%(actor)s asked the second line about this ticket.",
            phrase="asked the second line about this ticket",
            icon="star",
            recipients={
                Reason.REQUESTER: NotificationKind.STATUS,
                Reason.WATCHER: NotificationKind.STATUS,
            },
        )
    )


@pytest.fixture
def inspected():
    yield from registered(
        EventKind(
            "inspected",
            "Inspected",
            "%(actor)s looked over this ticket.",
            phrase="looked over this ticket",
            is_internal=True,
        )
    )


@pytest.fixture
def wants_mail():
    """Let somebody have what happens to a ticket's status by mail."""

    def choose(person, way):
        preference = NotificationPreference.objects.of(person)
        preference.choose(NotificationKind.STATUS, in_app=True, mail=way)
        preference.save()

    return choose


def write(kind, ticket, *, by):
    """Do to the ticket what a verb with this kind would."""
    with ticket.change("note", by=by) as change:
        change.kind, change.words = kind, {"text": "See the racks."}


def test_a_new_kind_needs_no_migration(escalated, db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_new_kind_stands_in_the_timeline(escalated, worked, people, client_of):
    write(escalated, worked, by=people["admin"])

    for reader, page in (("requester", worked.get_absolute_url()), ("watcher", in_console(worked))):
        answer = client_of(people[reader]).get(page)
        assert "asked the second line about this ticket" in answer.content.decode()


def test_a_new_kind_stands_in_the_audit_and_its_filter(escalated, worked, people, client_of):
    write(escalated, worked, by=people["admin"])

    answer = client_of(people["admin"]).get("/admin/tickets/ticketevent/", {"kind": "escalated"})

    assert [row.event.get_kind_display() for row in answer.context["audit"].rows] == ["Escalated"]
    assert '<option value="escalated" selected>Escalated</option>' in answer.content.decode()


def test_a_new_kind_is_notified_of(escalated, worked, people, client_of):
    write(escalated, worked, by=people["admin"])

    told = Notification.objects.filter(event__kind=escalated).values_list("person", "reason")
    assert set(told) == {
        (people["requester"].pk, Reason.REQUESTER),
        (people["watcher"].pk, Reason.WATCHER),
    }
    for person in ("requester", "watcher"):
        bell = client_of(people[person]).get("/notifications/").content.decode()
        assert "asked the second line about this ticket" in bell


def test_a_new_kind_is_told_in_mails_at_once_and_once_a_day(
    escalated, worked, people, wants_mail, work_off, time_machine
):
    time_machine.move_to("2027-03-02 12:00:00+00:00", tick=False)
    wants_mail(people["requester"], Mail.AT_ONCE)
    wants_mail(people["watcher"], Mail.DAILY)

    write(escalated, worked, by=people["admin"])
    for hours, readers in ((1, ["requester"]), (23, ["requester", "watcher"])):
        work_off()
        time_machine.shift(timedelta(hours=hours))
        send_due_mail()
        work_off()
        for person in ("requester", "watcher"):
            letters = mails_to(people[person].email)
            assert len(letters) == (person in readers)
            assert all("Ada Admin asked the second line about this ticket." in it.body for it in letters)


def test_a_new_kind_reaches_open_pages(escalated, worked, people):
    source = TicketEvents()

    write(escalated, worked, by=people["admin"])

    everybody, requester = source.read(Changed(everything=True))
    assert everybody.data == {"ticket": worked.pk, "version": worked.version, "kind": "escalated"}
    assert (requester.person, requester.data) == (
        worked.requester_id,
        {"ticket": worked.pk, "kind": "escalated"},
    )


def test_a_new_kind_leaves_row_and_chain_as_they_have_to_be(escalated, worked, people):
    write(escalated, worked, by=people["admin"])

    worked.refresh_from_db()
    row = replay(worked.events.all())
    assert (row["version"], row["publicly_updated_at"]) == (worked.version, worked.updated_at.isoformat())
    call_command("verify_log", verbosity=0)


def test_a_new_internal_kind_is_hidden_from_the_requester(inspected, worked, people, client_of):
    before, source = worked.publicly_updated_at, TicketEvents()

    write(inspected, worked, by=people["admin"])

    worked.refresh_from_db()
    assert worked.publicly_updated_at == before
    assert len(source.read(Changed(everything=True))) == 1
    portal = client_of(people["requester"]).get(worked.get_absolute_url())
    console = client_of(people["watcher"]).get(in_console(worked))
    assert "looked over this ticket" not in portal.content.decode()
    assert "looked over this ticket" in console.content.decode()


def in_console(ticket):
    return f"/admin/tickets/ticket/{ticket.pk}/change/"
