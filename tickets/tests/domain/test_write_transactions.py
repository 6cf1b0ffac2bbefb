"""No page and no task holds the database for long, whatever people have written."""

import pytest

from accounts.tests.factories import AdminFactory, UserFactory
from helpdesk.tests.write_transactions import MOST_SECONDS, measured
from tickets.mail.outbound.delivery import send_due_mail
from tickets.models import BulkChange, Notification, RequestType, Ticket
from tickets.tests.console.bulk import confirm, plan
from tickets.tests.factories import TicketFactory

# What was slow to make a page of: a message may have 20,000 characters.
LINES = "\n".join(["a.de"] * 3990)
MESSAGES = 41

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def long_ticket(settings):
    """A ticket of MESSAGES long replies and notes, with an admin who hears of all."""
    admin, requester = AdminFactory(), UserFactory()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    ticket = TicketFactory(requester=requester, description=LINES)
    ticket.take(by=admin)
    for number in range(MESSAGES):
        by, write = (requester, ticket.reply) if number % 2 else (admin, ticket.note)
        # Each another, or it would be drawn once.
        write(f"{LINES}\n{number}", by=by)
    return ticket


def work_off():
    from helpdesk.tasks.worker import Worker

    Worker(batch=True, periodic_jobs=False).run()


def test_mail_is_written_outside_of_transactions(long_ticket):
    work_off()
    Notification.objects.exclude(mail_due_at=None).update(mail_due_at="2026-01-01T00:00Z")

    with measured() as seconds:
        assert send_due_mail() == 1
        work_off()

    assert max(seconds) < MOST_SECONDS


def test_no_page_and_no_task_writes_for_long(long_ticket, client_of):
    ticket, requester, admin = long_ticket, client_of(long_ticket.requester), client_of(long_ticket.assignee)
    kind, page = {"request_type": RequestType.objects.first().pk}, f"/tickets/{ticket.pk}/"
    console = f"/admin/tickets/ticket/{ticket.pk}/"
    sentences = "\n".join(f"This sentence has number {number} in it." for number in range(450))
    note, reply = {"visibility": "note", "text": LINES}, {"visibility": "reply", "text": sentences}

    with measured() as seconds:
        for client, address, typed in (
            (requester, "/tickets/new/", {"title": "One more", "description": LINES, **kind}),
            (requester, "/tickets/new/draft/", {"title": "Another", "description": LINES[:-9]}),
            (requester, f"{page}draft/", {"visibility": "reply", "text": LINES}),
            (requester, f"{page}reply/", {"text": LINES}),
            (requester, f"{page}edit/", {"title": "Other", "description": LINES[:-5], **kind}),
            (admin, f"{console}message/", note),
            (admin, f"{console}message/", reply),
            (admin, f"{console}properties/", {"status": "open", "assignee": ticket.assignee_id, **kind}),
        ):
            ticket.refresh_from_db()
            by = ticket.requester if client is requester else ticket.assignee
            answer = client.post(address, {**typed, "version": ticket.number_for(by)})
            assert answer.status_code in (200, 302), address
        resolve_by_bulk_change(admin, ticket, sentences)
        work_off()

    ticket.refresh_from_db()
    assert ticket.status == "resolved"
    assert max(seconds) < MOST_SECONDS


def resolve_by_bulk_change(admin, ticket, text):
    address = plan(admin, "status", ticket)
    assert admin.post(address, {"status": "resolve", "text": text}).status_code == 302
    confirm(admin, address)


def test_bulk_changes_read_long_notes_outside_of_transactions(long_ticket):
    admin, sentences = long_ticket.assignee, "\n".join(f"This is sentence {n} of mine." for n in range(600))
    for _ in range(200):
        long_ticket.note(sentences, by=admin)
    change = BulkChange.objects.plan(Ticket.objects.filter(pk=long_ticket.pk), by=admin, action="status")
    change.choose("resolve", text="Nobody has ever written down such a sentence.")
    change.confirm()

    with measured() as seconds:
        assert change.work()

    assert change.progress() == {"changed": 1}
    assert max(seconds) < MOST_SECONDS
