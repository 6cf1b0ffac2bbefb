"""One form for each verb of the console. A form turns strings into values; the verb decides."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User

from ..models import HoldReason, RequestType, Ticket
from ..models.words import (
    DESCRIPTION_VALIDATORS,
    TEXT_VALIDATORS,
    TITLE_LENGTH,
    TITLE_VALIDATORS,
    normalize_newlines,
)

STALE = {key: "This form is not complete. Load the page again." for key in ("required", "invalid")}
# What the column of a version holds.
LARGEST_VERSION = 2**31 - 1


class TextField(forms.CharField):
    """Several lines of a person's words, kept as typed; line ends as the verbs keep them."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, validators: Any = TEXT_VALIDATORS, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(strip=False, widget=widget, validators=validators, **kwargs)

    def to_python(self, value: Any) -> str:
        return normalize_newlines(super().to_python(value))


class VerbForm(forms.Form):
    """The decision on one ticket, and the version of the ticket it was made on."""

    version = forms.IntegerField(
        min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, error_messages=STALE
    )

    def __init__(self, data: Any = None, *, ticket: Ticket, name: str) -> None:
        super().__init__(data, initial={"version": ticket.version}, auto_id=f"id_{name}_%s")
        self.ticket = ticket
        self.name = name

    def start_from(self, version: int) -> None:
        """Let the next try, with what was typed, be a decision on `version`."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class PlainForm(VerbForm):
    """A verb that asks nothing and overwrites nothing, so that no version is needed."""

    version = None  # type: ignore[assignment]


class AssignForm(VerbForm):
    assignee = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody",
        error_messages={"invalid_choice": "This person does not work tickets. Choose somebody else."},
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        able = User.objects.who_can_work_tickets().values("pk")
        people = User.objects.filter(Q(pk__in=able) | Q(pk=ticket.assignee_id))
        self.fields["assignee"].queryset = people.order_by("last_name", "first_name", "pk")
        self.initial["assignee"] = ticket.assignee_id


class HoldForm(VerbForm):
    reason = forms.ChoiceField(choices=HoldReason, label="What it waits for")
    text = TextField(required=False, label="Question or note (optional)", help_text="The requester reads this.")


class ResolveForm(VerbForm):
    text = TextField(
        required=False, label="How it was solved (optional)", help_text="The requester reads this."
    )


class ReopenForm(VerbForm):
    text = TextField(required=False, label="Why", help_text="The requester reads this.")

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        if not ticket.is_closed:
            self.fields["text"].label = "Why (optional)"


class EditForm(VerbForm):
    title = forms.CharField(max_length=TITLE_LENGTH, strip=False, validators=TITLE_VALIDATORS)
    request_type = forms.ModelChoiceField(queryset=RequestType.objects.none(), label="Request type")
    description = TextField(rows=10, validators=DESCRIPTION_VALIDATORS)

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        offered = Q(is_active=True) | Q(pk=ticket.request_type_id)
        self.fields["request_type"].queryset = RequestType.objects.filter(offered)
        self.initial |= {
            "title": ticket.title,
            "request_type": ticket.request_type_id,
            "description": ticket.description,
        }


class TrashForm(PlainForm):
    understood = forms.BooleanField(
        error_messages={"required": "Tick the box to say that you know what goes."}
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        self.fields["understood"].label = f"I understand that {ticket.requester} loses sight of this ticket."
