"""What pages of the portal share: who asks, which ticket among those they may see, and calling its verb."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.models import User
from helpdesk.web.form_recovery import FormRecoveryMixin
from helpdesk.web.sent_once import sent_once

from ..errors import TicketError
from ..models import Ticket

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SignedInMixin:
    """Every page of the portal is for somebody who is signed in: the middleware sees to it."""

    request: HttpRequest

    @property
    def user(self) -> User:
        return cast(User, self.request.user)


class TicketMixin(SignedInMixin):
    """Finds `ticket` by the address's number; somebody else's is as missing as none: 404."""

    ticket: Ticket

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        if request.user.is_authenticated:
            visible = Ticket.objects.visible_to(self.user).present().with_attention_of(self.user)
            self.ticket = get_object_or_404(
                visible.select_related("requester", "assignee", "request_type", "resolved_by"),
                pk=kwargs["number"],
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"ticket": self.ticket, "verbs": self.ticket.verbs_open_to(self.user)}


class TicketActionView(FormRecoveryMixin, TicketMixin, FormView):
    """A form on a page of its own, and the verb it leads to.

    verb: its name in Ticket.VERBS. Where it is not open to the person, the page leads back to the
    ticket and says so; a form sent all the same is refused by the verb, and what was typed stays.
    """

    verb: str
    done_message: "StrOrPromise"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.verb not in self.ticket.verbs_open_to(self.user):
            messages.info(request, self.not_open_message())
            return redirect(self.ticket)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            with sent_once(self.request, self.ticket.get_absolute_url()):
                self.act(form)
        except (TicketError, ValidationError) as error:
            self.refuse(form, error)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, str(self.done_message) % {"ticket": self.ticket.reference})
        return redirect(self.ticket)

    def act(self, form: forms.Form) -> None:
        """Call the verb with what the form holds."""
        raise NotImplementedError

    def refuse(self, form: forms.Form, error: TicketError | ValidationError) -> None:
        """Show the refusal at the form."""
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))

    def not_open_message(self) -> str:
        return _("%(ticket)s is %(status)s: this is not possible now.") % {
            "ticket": self.ticket.reference,
            "status": self.ticket.get_status_display(),
        }
