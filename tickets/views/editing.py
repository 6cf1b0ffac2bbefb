"""Update Ticket: choose one of one's open tickets, then change what it says."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.views.rate_limited import LimitedForm
from helpdesk.db.keyset import Page

from ..errors import EditConflict, TicketError
from ..forms import EditForm
from ..models import Ticket
from ..work_limits import EDITS, TOO_MANY_EDITS
from .base import SignedInMixin, TicketActionView
from .dashboard import ORDERINGS


class ChooseView(SignedInMixin, TemplateView):
    """The list to choose from. Links, not radio buttons and a button: one click instead of two."""

    template_name = "tickets/choose.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.user
        mine = Ticket.objects.visible_to(user).requested_by(user).present().unsolved()
        page = Page(mine.with_people(), ORDERINGS["updated"], self.request.GET)
        return super().get_context_data(page=page, **kwargs)


class EditView(LimitedForm, TicketActionView):
    template_name = "tickets/edit.html"
    form_class = EditForm
    verb = "edit"
    done_message = _("%(ticket)s is updated.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"ticket": self.ticket}

    def get_initial(self) -> dict[str, Any]:
        ticket = self.ticket
        now = {
            "title": ticket.title,
            "request_type": ticket.request_type_id,
            "description": ticket.description,
            "version": ticket.number_for(self.user),
        }
        # What was typed before the session ended wins, with the version it started from.
        return now | super().get_initial()

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not self.count_try(form, EDITS, str(TOO_MANY_EDITS), str(self.user.pk)):
            return self.form_invalid(form)
        return super().form_valid(form)

    def act(self, form: forms.Form) -> None:
        typed = form.cleaned_data
        self.ticket.edit(
            by=self.user,
            title=typed["title"],
            request_type=typed["request_type"],
            description=typed["description"],
            version=self.ticket.version_after(typed["version"], self.user),
        )

    def refuse(self, form: forms.Form, error: TicketError | ValidationError) -> None:
        if not isinstance(error, EditConflict):
            return super().refuse(form, error)
        for column in error.theirs:
            field = column.removesuffix("_id")
            theirs = getattr(self.ticket, field)
            form.add_error(
                field,
                gettext(
                    "Somebody else changed this while you were writing. It is now: “%(theirs)s”. Yours is kept here."
                )
                % {"theirs": theirs},
            )
        # Saving again is then a decision made with both in view.
        untouched = {column.removesuffix("_id"): str(value) for column, value in error.untouched.items()}
        form.data = self.request.POST.dict() | untouched | {"version": str(self.ticket.number_for(self.user))}
