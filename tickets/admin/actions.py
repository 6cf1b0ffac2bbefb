"""What an admin decides about a ticket: one small view for each verb."""

from typing import Any

from ..models import Ticket
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
        ticket.start(by=self.user, version=words["version"])
        return f"{ticket.reference} is In Progress."


class HoldView(VerbView):
    name = "hold"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.hold(words["reason"], by=self.user, text=words["text"], version=words["version"])
        return f"{ticket.reference} is On Hold: {ticket.get_hold_reason_display().lower()}."


class ResolveView(VerbView):
    name = "resolve"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.resolve(by=self.user, text=words["text"], version=words["version"])
        return f"{ticket.reference} is Resolved. {ticket.requester} is asked how it went."


class CloseView(VerbView):
    name = "close"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.close(by=self.user, version=words["version"])
        return f"{ticket.reference} is Closed."


class ReopenView(VerbView):
    name = "reopen"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.reopen(by=self.user, text=words["text"], version=words["version"])
        return f"{ticket.reference} is {ticket.get_status_display()} again."
