"""What an admin decides about a ticket: one small view for each verb."""

from typing import Any

from django.http import HttpResponse

from ..models import AfterSolvingPreference, Ticket
from .ticket_page import VerbView


class AssignView(VerbView):
    name = "assign"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.assign(words["assignee"], by=self.user, version=words["version"])
        return f"{ticket.reference} is assigned to {ticket.assignee or 'nobody'}."


class TakeView(VerbView):
    name = "take"
    verb = "assign"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.take(by=self.user)
        return f"{ticket.reference} is yours."


class StartView(VerbView):
    name = "start"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.start(by=self.user, take=words["take"], version=words["version"])
        return f"{ticket.reference} is In Progress."


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
        return f"{ticket.reference} is On Hold: {ticket.get_hold_reason_display().lower()}."


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
        return f"{ticket.reference} is Resolved. {ticket.requester} is asked how it went."


class CloseView(DoneView):
    name = "close"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.close(by=self.user, version=words["version"])
        return f"{ticket.reference} is Closed."


class ReopenView(VerbView):
    name = "reopen"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.reopen(by=self.user, text=words["text"], version=words["version"])
        return f"{ticket.reference} is {ticket.get_status_display()} again."
