"""What stands on the screen is what was typed, to the last blank: on pages and in mail."""

from tickets.mail.outbound.message import message_to
from tickets.models import Notification, Ticket
from tickets.tests.factories import TicketFactory
from tickets.tests.text.technical_texts import TECHNICAL_TEXTS

from .conftest import sign_in

COLUMNS = TECHNICAL_TEXTS["columns"]
TITLE = "Copy  a.txt\tto   b.txt"
FEEDBACK = "/admin/tickets/feedback/"


def test_blanks_tabs_and_indents_are_seen(open_browser, requester, admin):
    ticket = TicketFactory(requester=requester, title=TITLE)
    ticket.edit(by=requester, description=COLUMNS)
    ticket.reply(COLUMNS, by=admin)
    told = Notification.objects.filter(person=requester).select_related("event__actor", "ticket")
    mail = message_to(requester, list(told)).alternatives[0][0]
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    Ticket.objects.get(pk=ticket.pk).rate(2, by=requester, comment=COLUMNS)
    page = open_browser()

    def seen(where):
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        return [text.strip("\n") for text in page.locator(where).all_inner_texts() if "a.txt" in text]

    page.set_content(mail)
    assert seen(".words") == [COLUMNS]
    sign_in(page, requester.email)
    page.goto(ticket.get_absolute_url())
    assert seen(".hd-md") == [COLUMNS] * 3
    assert seen(".hd-text") == [COLUMNS]
    assert seen("h1") == [TITLE]
    page.context.clear_cookies()
    sign_in(page, admin.email)
    page.goto(f"/admin/tickets/ticket/{ticket.pk}/change/")
    assert seen(".hd-md") == [COLUMNS] * 3
    assert seen("h1") == [TITLE]
    # What the edit changed, and the comment.
    assert seen(".hd-text") == [COLUMNS] * 2
    page.goto(FEEDBACK)
    assert seen(".cs-words") == [COLUMNS]
