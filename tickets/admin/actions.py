"""What an admin decides about a ticket: one small view for each verb."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ..models import AfterSolvingPreference, HoldReason, Ticket
from .ticket_page import VerbView


class AssignView(VerbView):
    name = "assign"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.assign(words["assignee"], by=self.user, version=words["version"])
        if ticket.assignee is None:
            return _("%(ticket)s is assigned to nobody.") % {"ticket": ticket.reference}
        return _("%(ticket)s is assigned to %(assignee)s.") % {
            "ticket": ticket.reference,
            "assignee": ticket.assignee,
        }


class TakeView(VerbView):
    name = "take"
    verb = "assign"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.take(by=self.user)
        return _("%(ticket)s is yours.") % {"ticket": ticket.reference}


class StartView(VerbView):
    name = "start"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.start(by=self.user, take=words["take"], version=words["version"])
        return _("%(ticket)s is In Progress.") % {"ticket": ticket.reference}


class HoldView(VerbView):
    name = "hold"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.hold(
            words["reason"],
            by=self.user,
            text=words["text"],
            take=words["take"],
            version=words["version"],
        )
        status = HoldReason(ticket.hold_reason).with_status
        return _("%(ticket)s is %(status)s.") % {"ticket": ticket.reference, "status": status}


class DoneView(VerbView):
    """A verb after which the ticket is left alone, and its reader goes on to another."""

    def leave_after(self, ticket: Ticket, before: int) -> HttpResponse:
        return self.go_on_from(ticket)


class ResolveView(DoneView):
    name = "resolve"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.resolve(by=self.user, text=words["text"], take=words["take"], version=words["version"])
        if words["after"] and words["after"] != ticket.after_solving:
            AfterSolvingPreference.objects.remember(words["after"], by=self.user)
            ticket.after_solving = words["after"]
        return _("%(ticket)s is Resolved. %(requester)s is asked how it went.") % {
            "ticket": ticket.reference,
            "requester": ticket.requester,
        }


class CloseView(DoneView):
    name = "close"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.close(by=self.user, version=words["version"])
        return _("%(ticket)s is Closed.") % {"ticket": ticket.reference}


class ReopenView(VerbView):
    name = "reopen"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.reopen(by=self.user, text=words["text"], version=words["version"])
        return _("%(ticket)s is %(status)s again.") % {
            "ticket": ticket.reference,
            "status": ticket.get_status_display(),
        }
