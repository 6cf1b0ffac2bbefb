"""Whoever tampers with one row of the log is found."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.audit import AccountEventKind
from helpdesk.db.triggers import install_triggers, remove_triggers
from helpdesk.models import AuditEvent, ChainHead
from tickets.integrity.verify import LogVerifier, Tampered
from tickets.models import Attachment, Message, Ticket, TicketEvent, ToldEvent, Upload
from tickets.models.ticket.fields import LOGGED
from tickets.tests.factories import TicketFactory

LOG = (TicketEvent, Message, AuditEvent)
COLUMNS = {
    Ticket: [
        "title",
        "description",
        "version",
        "updated_at",
        "publicly_updated_at",
        "log_hash",
        *(c for c in LOGGED if c != "created_at"),
    ],
    TicketEvent: ["ticket_id", "version", "kind", "actor_id", "at", "data", "previous_hash", "hash"],
    Message: ["event_id", "part", "body", "salt", "digest"],
    AuditEvent: ["kind", "person_id", "actor_id", "at", "data", "number", "previous_hash", "hash"],
    ChainHead: ["length", "hash"],
}


@pytest.fixture
def history(requester, other_requester, admin, other_admin):
    """Three tickets with a life each, and a few things done to accounts; nothing guards them any more."""
    first, second, third = (
        TicketFactory(requester=person) for person in (requester, other_requester, requester)
    )
    first.reply("Anybody?", by=requester)
    first.reply("Yes. Done.", by=admin, then="resolved")
    first.rate(4, by=requester, comment="Quick.")
    second.take(by=other_admin)
    second.note("Known fault.", by=other_admin)
    second.edit(by=other_requester, title="Another title", description="Other words")
    third.reply("My password is hunter2", by=requester)
    third.redact([2], by=admin)
    second.trash(by=admin)
    for kind in (AccountEventKind.ACTIVATED, AccountEventKind.DEACTIVATED):
        AuditEvent.log(kind, person=requester, by=admin, role="User")
    remove_triggers(connection)


def verify():
    for _ in LogVerifier().run():
        pass


def plain(model):
    return models.QuerySet(model).order_by("pk")


def other(row, column):
    """Another value for a column, of its type."""
    value = getattr(row, column)
    field = row._meta.get_field(column.removesuffix("_id"))
    if isinstance(field, models.ForeignKey):
        others = field.related_model._base_manager.exclude(pk=value)
        return others.order_by("pk").first().pk
    if isinstance(field, models.DateTimeField):
        return row.created_at if value is None else value.replace(year=2020)
    if isinstance(field, models.JSONField):
        return {**value, "status": ["open", "closed"]} if "status" not in value else {}
    if isinstance(value, int) or value is None:
        return (value or 0) % 5 + 1 if column == "score" else (value or 0) + 1000
    if column in ("hash", "previous_hash", "log_hash", "digest"):
        return "0" * 64
    return "x" if value == "" else value[:-1]


def test_an_untouched_history_passes(history, capsys):
    install_triggers(using="default")

    call_command("verify_log")

    printed = capsys.readouterr().out
    assert "none changed, removed or inserted" in printed
    assert "End of tickets: 3, " in printed
    assert f"End of accounts: {AuditEvent.objects.count()}, " in printed


def test_an_empty_log_passes(db):
    call_command("verify_log")


def test_a_log_nobody_guards_is_reported(history):
    with pytest.raises(CommandError, match="nothing guards it"):
        call_command("verify_log")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(model=st.sampled_from(list(COLUMNS)), data=st.data())
def test_any_changed_column_of_any_row_is_found(history, model, data):
    rows = list(plain(model))
    row = rows[data.draw(st.integers(0, len(rows) - 1))]
    column = data.draw(st.sampled_from(COLUMNS[model]))
    with transaction.atomic():
        value = other(row, column)
        try:
            with transaction.atomic():
                plain(model).filter(pk=row.pk).update(**{column: value})
        except Exception:
            # The database itself refuses it: a constraint.
            transaction.set_rollback(True)
            return
        with pytest.raises(Tampered):
            verify()
        transaction.set_rollback(True)
    verify()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(model=st.sampled_from([*LOG, ChainHead]), data=st.data())
def test_any_removed_row_is_found(history, model, data):
    rows = list(plain(model))
    row = rows[data.draw(st.integers(0, len(rows) - 1))]
    with transaction.atomic():
        plain(model).filter(pk=row.pk)._raw_delete(using="default")
        with pytest.raises(Tampered):
            verify()
        transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(model=st.sampled_from(LOG), data=st.data())
def test_any_inserted_row_is_found(history, model, data):
    rows = list(plain(model))
    row = rows[data.draw(st.integers(0, len(rows) - 1))]
    row.pk = None
    row._state.adding = True
    if model is TicketEvent:
        row.version = row.ticket.version + 1
        row.previous_hash = row.ticket.log_hash
        row.hash = row.computed_hash([], [])
    elif model is AuditEvent:
        newest = AuditEvent.objects.last()
        row.number, row.previous_hash = newest.number + 1, newest.hash
        row.hash = row.computed_hash()
    else:
        row.part = next(p for p in ("title", "description", "text", "forged") if not taken(row, p))
    with transaction.atomic():
        row.save()
        with pytest.raises(Tampered):
            verify()
        transaction.set_rollback(True)


def taken(message, part):
    return Message.objects.filter(event_id=message.event_id, part=part).exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_row_with_its_hash_computed_anew_is_found(history, data):
    rows = [*plain(TicketEvent), *plain(AuditEvent)]
    row = rows[data.draw(st.integers(0, len(rows) - 1))]
    row.actor_id = None
    if isinstance(row, TicketEvent):
        row.data = {**row.data, "resolved_at": [None, "2020-01-01T00:00:00+00:00"]}
        new = row.computed_hash(row.messages.all(), row.attachments.all())
    else:
        row.data = {**row.data, "forged": 1}
        new = row.computed_hash()
    with transaction.atomic():
        plain(type(row)).filter(pk=row.pk).update(hash=new, actor=None, data=row.data)
        with pytest.raises(Tampered):
            verify()
        transaction.set_rollback(True)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_ticket_removed_with_its_whole_history_is_found(history, place):
    ticket = Ticket.objects.order_by("pk")[place]
    events = list(plain(TicketEvent).filter(ticket_id=ticket.pk).values_list("pk", flat=True))
    plain(Message).filter(event_id__in=events)._raw_delete(using="default")
    plain(ToldEvent).filter(event_id__in=events)._raw_delete(using="default")
    plain(TicketEvent).filter(pk__in=events)._raw_delete(using="default")
    models.QuerySet(type(ticket.feedback.model())).filter(ticket_id=ticket.pk)._raw_delete(using="default")
    ticket.notifications.all().delete()
    ticket.watches.all().delete()
    plain(Ticket).filter(pk=ticket.pk)._raw_delete(using="default")

    with pytest.raises(Tampered):
        verify()


def test_the_first_row_is_named(history):
    message = Message.objects.get(body="Known fault.")
    plain(Message).filter(pk=message.pk).update(body="No fault.")

    with pytest.raises(CommandError, match=f"HD-{message.event.ticket_id}, event 3, message {message.pk}"):
        call_command("verify_log")


def test_words_blanked_behind_the_log_s_back_are_found(history):
    plain(Message).filter(body="Known fault.").update(body="", salt="")

    with pytest.raises(Tampered, match="its content was removed and no event says so"):
        verify()


def test_an_end_noted_before_must_still_be_there(history):
    install_triggers(using="default")
    end = ChainHead.objects.get(name="tickets").hash

    call_command("verify_log", expect=[end])
    with pytest.raises(CommandError, match="written anew"):
        call_command("verify_log", expect=["0" * 64])
    with pytest.raises(CommandError, match="is not a hash"):
        call_command("verify_log", expect=["nonsense"])


def send_file(ticket, *, by):
    file = SimpleUploadedFile("log.txt", b"What happened")
    upload = Upload.objects.receive(file, owner=by, form="note")
    ticket.note("See the file.", by=by, files=[upload])
    return ticket.events.last().attachments.get()


def test_a_file_that_is_as_it_was_sent_passes(history, admin, capsys):
    send_file(Ticket.objects.earliest("pk"), by=admin)
    install_triggers(using="default")

    call_command("verify_log")

    assert "1 file, each as it was sent." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (lambda path: path.write_bytes(b"What happeneD"), "file was changed"),
        (lambda path: path.write_bytes(b""), "file was changed"),
        (lambda path: path.unlink(), "file is missing"),
    ],
    ids=["other bytes", "emptied", "gone"],
)
def test_a_file_that_is_not_as_it_was_sent_is_named(history, admin, tamper, told, capsys):
    ticket = Ticket.objects.earliest("pk")
    attachment = send_file(ticket, by=admin)
    install_triggers(using="default")

    tamper(Path(attachment.file.path))

    with pytest.raises(CommandError, match=rf"HD-{ticket.pk}, event {ticket.version}, attachment .* {told}"):
        call_command("verify_log")
    call_command("verify_log", without_files=True)
    assert "files" not in capsys.readouterr().out


def test_the_first_of_several_bad_files_is_named(history, admin):
    first, *_, last = Ticket.objects.order_by("pk")
    paths = [Path(send_file(ticket, by=admin).file.path) for ticket in (last, first)]

    for path in paths:
        path.unlink()

    with pytest.raises(Tampered, match=rf"HD-{first.pk}, "):
        verify()


def test_a_redacted_file_is_not_missed(history, admin):
    ticket = Ticket.objects.earliest("pk")
    path = Path(send_file(ticket, by=admin).file.path)

    ticket.redact([ticket.version], by=admin)
    path.unlink(missing_ok=True)

    verify()


@pytest.mark.parametrize(
    "column", ["name", "content_type", "size", "sha256", "file", "preview", "position", "salt", "digest"]
)
def test_any_changed_column_of_an_attachment_is_found(history, admin, column):
    ticket = Ticket.objects.earliest("pk")
    send_file(ticket, by=admin)
    verify()
    forged = 7 if column in ("size", "position") else "aa/another"
    models.QuerySet(Attachment).update(**{column: forged})

    with pytest.raises(Tampered, match=rf"HD-{ticket.pk}, event {ticket.version}"):
        verify()
