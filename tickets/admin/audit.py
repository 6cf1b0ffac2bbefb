"""The audit: what was done to tickets and accounts, by whom and when. Read here, changed nowhere."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.console.base import ConsoleAdmin, ConsolePage
from helpdesk.models import audit_kinds
from helpdesk.web.query_params import bounded_day

from ..audit import Audit
from ..events import kind_choices
from ..filters.console import ME, MOST_PEOPLE, too_many_people
from ..models import TicketEvent
from ..search.query import numbers_in


def audit_choices() -> list[tuple[str, Any]]:
    """Answer what the audit can be narrowed to, in groups."""
    return [
        ("", gettext("Everything")),
        (gettext("Tickets"), kind_choices()),
        (gettext("Accounts"), audit_kinds()),
    ]


class DayField(forms.DateField):
    """A day that a moment before or after it can be reckoned from."""

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        return None if day is None else bounded_day(day)


class TicketField(forms.CharField):
    """The number of a ticket, however it is pasted: HD-12, the subject of our mail, its address."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if not (numbers := numbers_in(text)):
            raise forms.ValidationError(gettext("Enter the ticket number, such as HD-12."), code="invalid")
        return numbers[0]


class AuditForm(forms.Form):
    who = forms.CharField(
        required=False,
        max_length=254,
        label=_("Who"),
        widget=forms.TextInput(attrs={"placeholder": _("me, a name or email")}),
    )
    kind = forms.ChoiceField(required=False, choices=audit_choices, label=_("What"))
    ticket = TicketField(
        required=False,
        max_length=300,
        label=_("Ticket number"),
        widget=forms.TextInput(attrs={"placeholder": "HD-12"}),
    )
    person = forms.CharField(
        required=False,
        max_length=254,
        label=_("Account of"),
        widget=forms.TextInput(attrs={"placeholder": _("Name or email")}),
    )
    since = DayField(
        required=False,
        label=pgettext_lazy("first day", "From"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = DayField(
        required=False, label=pgettext_lazy("last day", "To"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        words = self.cleaned_data
        words["people"] = self._people("who", words.get("who", ""))
        words["person"] = self._people("person", words.get("person", ""))
        return words

    def _people(self, name: str, text: str) -> list[int] | None:
        """The people meant; None for everybody. Too many to name are an error beside the field."""
        if not text:
            return None
        if text.casefold() in (ME, pgettext("what one types for oneself", "me").casefold()):
            return [self.user.pk]
        people = list(User.objects.meant_by(text).values_list("pk", flat=True)[: MOST_PEOPLE + 1])
        if len(people) > MOST_PEOPLE:
            self.add_error(name, too_many_people())
        return people


class AuditPage(ConsolePage):
    template_name = "admin/tickets/ticketevent/change_list.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        form = AuditForm(request.GET, user=self.user)
        audit = Audit(form.cleaned_data, request.GET.get("after", "")) if form.is_valid() else None
        params = request.GET.copy()
        if audit and audit.older:
            params["after"] = audit.older
        return self.render_to_response(
            self.get_context_data(
                title=gettext("Audit"), form=form, audit=audit, older_query=params.urlencode()
            )
        )


@admin.register(TicketEvent)
class AuditAdmin(ConsoleAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(AuditPage.as_view(model_admin=self))
        return [path("", page, name="tickets_ticketevent_changelist")]
