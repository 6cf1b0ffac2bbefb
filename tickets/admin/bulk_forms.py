"""What is to be chosen for a bulk change. Each form names the verb and its values."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..forms import WordsField
from ..models import HoldReason, RequestType, Status
from .forms import SureForm


class AssigneeForm(forms.Form):
    assignee = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label=_("Hand them to"),
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": _("This person does not work tickets. Choose somebody else.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.who_can_work_tickets().order_by("last_name", "first_name", "pk")
        field = self.fields["assignee"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101, for the type checker
        field.queryset = people

    def decision(self) -> tuple[str, dict[str, Any]]:
        """Name the verb and its values, people and types by their ids."""
        person = self.cleaned_data["assignee"]
        return "assign", {"assignee": person and person.pk}


class StatusForm(SureForm):
    STATUSES = {
        "start": Status.IN_PROGRESS.label,
        **{f"hold:{reason}": reason.with_status for reason in HoldReason},
        "resolve": Status.RESOLVED.label,
        "close": Status.CLOSED.label,
        "reopen": _("Opened again"),
    }
    # Those that say something to the requester.
    WITH_TEXT = ("hold", "resolve", "reopen")
    status = forms.ChoiceField(choices=list(STATUSES.items()), label=_("Status"))
    text = WordsField(
        rows=4,
        required=False,
        label=_("Question, solution or reason"),
        help_text=_("Each requester reads this. For On Hold, Resolved and Opened again."),
    )

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("text", "").strip() and words.get("status") in ("start", "close"):
            self.add_error(
                "text",
                gettext("In Progress and Closed say nothing to the requester: nobody would read this."),
            )
        return words

    def decision(self) -> tuple[str, dict[str, Any]]:
        verb, _colon, reason = self.cleaned_data["status"].partition(":")
        values = {"reason": reason} if reason else {}
        if verb in self.WITH_TEXT:
            values |= {"text": self.cleaned_data["text"], "sure": self.cleaned_data["sure"]}
        return verb, values


class RequestTypeForm(forms.Form):
    request_type = forms.ModelChoiceField(
        queryset=RequestType.objects.filter(is_active=True), label=_("Request type"), empty_label=None
    )

    def decision(self) -> tuple[str, dict[str, Any]]:
        return "edit", {"request_type": self.cleaned_data["request_type"].pk}
