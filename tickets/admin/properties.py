"""The properties at the side of a ticket's page, saved together."""

from typing import Any

from ..errors import EditConflict, TicketError
from ..models import HoldReason, RequestType, Status, Ticket
from . import forms
from .ticket_page import VerbView


class PropertiesView(VerbView):
    """Saves what was changed; what others changed meanwhile is kept, and shown where both did."""

    name = "properties"
    verb = "change_properties"
    form_class = forms.PropertiesForm

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        before = ticket.version
        status, _, reason = words["status"].partition(":")
        ticket.change_properties(
            by=self.user,
            version=words["version"],
            status=status,
            hold_reason=reason,
            assignee=words["assignee"],
            request_type=words["request_type"],
        )
        if ticket.version == before:
            return "Nothing was different, so nothing was saved."
        return f"{ticket.reference} is saved."

    def refuse(self, form: forms.VerbForm, refusal: TicketError, ticket: Ticket) -> Any:
        if isinstance(refusal, EditConflict) and isinstance(form, forms.PropertiesForm):
            for name, value in refusal.theirs.items():
                field = name.removesuffix("_id")
                form.theirs[field] = self.in_words(field, value, ticket)
                form.add_error(field, "This has changed since you opened it. Save again to keep yours.")
            untouched = {n.removesuffix("_id"): self.code(v) for n, v in refusal.untouched.items()}
            form.start_from(refusal.version, **untouched)
        else:
            form.add_error(None, str(refusal))
        return self.show(ticket, refused=form, status=409)

    @staticmethod
    def code(value: Any) -> str:
        """What the form's field would hold for a property's value."""
        if isinstance(value, tuple):
            return ":".join(part for part in value if part)
        return "" if value is None else str(value)

    @staticmethod
    def in_words(field: str, value: Any, ticket: Ticket) -> str:
        if field == "status":
            status, reason = value
            return f"{Status(status).label}{f': {HoldReason(reason).label.lower()}' if reason else ''}"
        if field == "assignee":
            return str(ticket.assignee or "Nobody")
        return str(RequestType.objects.get(pk=value))
