"""One mail to one person: what happened to a ticket, or to several within a day or by a busy hand."""

from itertools import groupby

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from helpdesk.mail.delivery import HEADERS
from helpdesk.mail.links import absolute, host
from helpdesk.mail.subject import with_desk_name

from ...events import Reason
from ...models import Notification, NotificationPreference, RequestType, Status, Ticket, TicketEvent
from ...models.feedback import SCORES
from ...models.notification_preference import Mail
from ...timeline import ids_in
from .event_text import EventText
from .unsubscribe import token_of


class Topic:
    """What a mail tells of one ticket. notifications: in the order of their events."""

    def __init__(self, person: User, ticket: Ticket, notifications: list[Notification]) -> None:
        self.person, self.ticket, self.notifications = person, ticket, notifications
        events = [notification.event for notification in notifications]
        people = User.objects.in_bulk(ids_in(events, "assignee_id"))
        types = RequestType.objects.in_bulk(ids_in(events, "request_type_id"))
        self.happened = [
            EventText(
                event,
                ticket,
                person,
                assignee=people.get(_new(event, "assignee_id")),
                request_type=str(types.get(_new(event, "request_type_id")) or ""),
            )
            for event in events
        ]

    @property
    def reason(self) -> Reason:
        """Why the person hears of it: of several reasons, the first of the table."""
        return min((Reason(n.reason) for n in self.notifications), key=list(Reason).index)

    @property
    def url(self) -> str:
        if self.person.pk == self.ticket.requester_id:
            return absolute(self.ticket.get_absolute_url())
        return absolute(reverse("admin:tickets_ticket_change", args=[self.ticket.pk]))

    @property
    def scores(self) -> list[tuple[str, str]]:
        """What the result can be called and where, for a requester who may rate it now. Each leads to the
        form with that value chosen: programs that look at links before people do rate nothing.
        """
        solved = any((event.status_change or ["", ""])[1] == Status.RESOLVED for event in self._events)
        if not solved or "rate" not in self.ticket.verbs_open_to(self.person):
            return []
        form = absolute(reverse("ticket_feedback", args=[self.ticket.pk]))
        return [(f"{score} {word}", f"{form}?score={score}") for score, word in SCORES.items()]

    @property
    def unwatch_url(self) -> str:
        """Where one click ends the watching; empty if that is not why the person hears of it."""
        if self.reason != Reason.WATCHER:
            return ""
        return absolute(reverse("unwatch", args=[token_of(self.person, self.ticket)]))

    @property
    def _events(self) -> list[TicketEvent]:
        return [notification.event for notification in self.notifications]


def message_to(person: User, notifications: list[Notification]) -> EmailMultiAlternatives:
    """Write the mail that tells these. Each needs its ticket and its event with actor, messages and
    attachments; all are the person's and may be seen by them. Three queries or more for each ticket.

    The same notifications make a message of the same name, so that a second one is known for what it is.
    """
    ordered = sorted(notifications, key=lambda n: (n.ticket_id, n.event.version))
    topics = []
    for _number, group in groupby(ordered, key=lambda n: n.ticket_id):
        of_ticket = list(group)
        topics.append(Topic(person, of_ticket[0].ticket, of_ticket))
    (template, subject) = _form_of(topics)
    context = {
        "person": person,
        "subject": subject,
        "topics": topics,
        "topic": topics[0],
        "why": _why(person, ordered) if len(topics) > 1 else "",
        "preferences_url": absolute(reverse("preferences")),
    }
    message = EmailMultiAlternatives(
        subject,
        render_to_string(f"tickets/email/{template}.txt", context).strip() + "\n",
        to=[person.email],
        headers={**HEADERS, **_headers(topics)},
    )
    message.attach_alternative(render_to_string(f"tickets/email/{template}.html", context), "text/html")
    return message


def _why(person: User, notifications: list[Notification]) -> str:
    """Say why one mail tells of several tickets: it is the daily one, or somebody did all this at once."""
    preference = NotificationPreference.objects.of(person)
    if all(preference.way(one.kind).mail == Mail.DAILY for one in notifications):
        return _("You asked to hear of this once a day.")
    actor = notifications[0].event.actor or _("The help desk")
    return _("%(actor)s did all this in a short time, so you get one email about it.") % {"actor": actor}


def _form_of(topics: list[Topic]) -> tuple[str, str]:
    """The template and the subject. That of one ticket says the same each time: by it, too, mail programs
    find what belongs together; what happened stands in the first line.
    """
    if len(topics) > 1:
        number = len(topics)
        subject = ngettext(
            "What happened to %(number)d ticket",
            "What happened to %(number)d tickets",
            number,
        )
        return "digest", with_desk_name(subject % {"number": number})
    ticket = topics[0].ticket
    return "ticket", f"[{ticket.reference}] {ticket.title}"


def _headers(topics: list[Topic]) -> dict[str, str]:
    """Who it belongs to (RFC 5322, 3.6.4), and how to end it (RFC 2369, 2919, 8058).

    All mails of a ticket answer one name that no mail has: so they are one conversation whichever of them
    somebody got first or has deleted.
    """
    first = topics[0].notifications[0]
    name = f"{first.ticket_id}.{first.pk}.{first.event.hash[:16]}@{host()}"
    if len(topics) > 1:
        return {"Message-ID": f"<digest.{name}>"}
    root = f"<ticket-{first.ticket_id}@{host()}>"
    headers = {
        "Message-ID": f"<ticket.{name}>",
        "In-Reply-To": root,
        "References": root,
        "List-Id": f"Helpdesk <tickets.{host()}>",
    }
    if url := topics[0].unwatch_url:
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _new(event: TicketEvent, column: str) -> int:
    return event.data.get(column, [None, None])[1] or 0
