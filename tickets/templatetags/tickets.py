"""What pages draw of a ticket: its status, who did something, what was written. Built into all templates.

What it marks as safe is HTML that went through the allow-list, and a note that is escaped.
"""

from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from accounts.models import User
from accounts.roles import Role
from helpdesk.mail import links
from helpdesk.templatetags.interface import drawn

from ..live.mark import mark_of
from ..models import Announcement, HoldReason, Organisation, Status, Ticket, TicketEvent
from ..models.announcement import MOST_SHOWN
from ..text.markdown import html_of, plain_of
from ..text.mentions import highlight
from ..timeline import Entry

register = template.Library()

PILLS = {
    Status.OPEN: "new",
    Status.IN_PROGRESS: "progress",
    Status.ON_HOLD: "waiting",
    Status.RESOLVED: "resolved",
    Status.CLOSED: "closed",
}


@register.simple_tag
def status_of(ticket: Ticket, viewer: User | None = None) -> SafeString:
    """Draw a ticket's status. viewer: who reads it; the requester is told "Waiting for you"."""
    status = Status(ticket.status)
    if ticket.is_withdrawn:
        word = gettext("Withdrawn")
    elif ticket.waits_for_requester and viewer is not None and viewer.pk == ticket.requester_id:
        word = gettext("Waiting for you")
    else:
        word = str(status.label)
    return drawn("_pill", css=PILLS[status], icon_name=f"s-{status.value}", word=word)


@register.simple_tag(takes_context=True)
def live_mark(context: Context) -> str:
    """Name what this page is drawn after, for its stream. One query at most."""
    request = context.request  # type: ignore[attr-defined]  # pages are drawn with a RequestContext
    return mark_of(request.META.get("asgi.scope", {}), request.user)


@register.simple_tag
def pill(status: str) -> SafeString:
    """Draw a status by its code."""
    return drawn("_pill", css=PILLS[Status(status)], icon_name=f"s-{status}", word=str(Status(status).label))


@register.filter
def hold_reason(code: str) -> str:
    return str(HoldReason(code).label)


@register.simple_tag
def actor(event: TicketEvent, viewer: User) -> str:
    """Name who did it, as this person reads it."""
    if event.actor_id is None:
        return pgettext("who did it", "The system")
    return you(viewer) if event.actor_id == viewer.pk else str(event.actor)


@register.simple_tag
def you(reader: User) -> SafeString:
    """Draw "You"; the style sheet adds the reader's name where the page is printed."""
    return format_html('<span data-you="{}">{}</span>', reader, pgettext("who did it", "You"))


@register.simple_tag(takes_context=True)
def deed(context: Context, entry: Entry) -> SafeString:
    """Say what somebody did, to follow their name."""
    template = context.template.engine.get_template(entry.template_name)  # type: ignore[union-attr]  # one is drawn
    with context.push(entry=entry, event=entry.event):
        return mark_safe(template.render(context).strip())  # noqa: S308, a template escapes


@register.simple_tag(takes_context=True)
def told(context: Context, entry: Entry, viewer: User) -> SafeString:
    """Say who did what, the name in bold."""
    return format_html(
        pgettext("who did what", "<b>{name}</b> {deed}"),
        name=actor(entry.event, viewer),
        deed=deed(context, entry),
    )


@register.filter
def role(code: str) -> str:
    """Say what a role is called, by the code an event keeps."""
    return str(Role(code).label) if code in Role else code


@register.simple_tag(takes_context=True)
def organisation(context: Context) -> Organisation:
    """Answer whose desk this is. One query a page, however often it is asked; in a mail one each time."""
    request = getattr(context, "request", None)
    if request is None:
        return Organisation.current()
    if not hasattr(request, "organisation"):
        # What is refused before anybody asked who sent it asks the database for nothing.
        request.organisation = Organisation.current() if hasattr(request, "user") else Organisation()
    found: Organisation = request.organisation
    return found


@register.simple_tag
def announcements() -> list[Announcement]:
    """Answer what everybody should know now. One query."""
    return list(Announcement.objects.shown_at(timezone.now())[:MOST_SHOWN])


@register.filter
def absolute(path: str) -> str:
    """Make a whole address of a path, for those who read it in a mail."""
    return links.absolute(path)


@register.simple_tag
def address(ticket_id: int, page: str = "change", **query: str) -> str:
    """Where a ticket's page in the console is, or one of its verbs. query: what it is to be told."""
    return _address(ticket_id, page, **query)


@lru_cache(maxsize=4096)
def _address(ticket_id: int, page: str, **query: str) -> str:
    where = reverse(f"admin:tickets_ticket_{page}", args=[ticket_id])
    return f"{where}?{urlencode(query)}" if query else where


@register.filter
def markdown(text: str) -> SafeString:
    """Show what somebody wrote, with the Markdown in it. Code may be wider than the page: keys scroll it, too."""
    html = html_of(text).replace("<pre>", '<pre tabindex="0">')
    return mark_safe(html)  # noqa: S308, went through the allow-list of tickets/text/markdown.py


@register.filter
def plain(text: str) -> str:
    """Answer the words somebody wrote, the first of them, without the marks of Markdown and on one line."""
    return plain_of(text)


@register.filter
def highlighted(text: str, people: list[User]) -> SafeString:
    """Mark whom an internal note mentions. text: words to escape, or HTML that is safe already."""
    return mark_safe(highlight(conditional_escape(text), people))  # noqa: S308, escaped; adds <mark> alone
