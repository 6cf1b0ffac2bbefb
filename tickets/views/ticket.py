"""One ticket: what it says, what happened to it, what can be done now."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from helpdesk.web.form_recovery import author_field

from ..forms import ReplyForm
from ..models import Draft, Status, Visibility
from ..notifications.read_state import is_subscribed, read_along
from ..timeline import WHOLE, first_shown, newest_seen, timeline_of
from ..uploads.form_keys import reply_key
from ..uploads.pending import WaitingFiles
from .base import TicketMixin
from .files import CountsFiles

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STEPS = (
    pgettext_lazy("step of a ticket", "Sent"),
    pgettext_lazy("step of a ticket", "Assigned"),
    pgettext_lazy("step of a ticket", "Working"),
    pgettext_lazy("step of a ticket", "Solved"),
)
WITHDRAWN = pgettext_lazy("step of a ticket", "Withdrawn")


class TicketStateMixin(TicketMixin):
    """How the ticket is now, which whoever asks for it has read then. To stand before the view it is mixed
    into.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read_along(request, self.ticket, self.user)
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            timeline=timeline_of(self.ticket, self.user, first=first_shown(self.request)),
            whole_history=f"{self.ticket.get_absolute_url()}?{WHOLE}",
            feedback=self.ticket.score and self.ticket.feedback.current().first(),
            steps=self._steps(),
            is_subscribed=is_subscribed(self.user, self.ticket),
            **kwargs,
        )

    def _steps(self) -> "list[tuple[StrOrPromise, str]]":
        """How far the ticket is: (word, "done", "now" or empty)."""
        ticket = self.ticket
        if ticket.is_withdrawn:
            return [(STEPS[0], "done"), (WITHDRAWN, "now")]
        if ticket.resolved_at:
            reached = 3
        elif ticket.status != Status.OPEN:
            reached = 2
        else:
            reached = 1 if ticket.assignee_id else 0
        marks = ["done"] * reached + ["now"] + [""] * (3 - reached)
        return list(zip(STEPS, marks, strict=True))


class TicketPageMixin(CountsFiles, TicketStateMixin):
    """The ticket's page, with a form to reply. To stand before the view it is mixed into."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drafts = Draft.objects.texts(self.user, self.ticket)
        number = self.ticket.number_for(self.user)
        begun = {"version": number, "text": drafts.get(Visibility.REPLY, "")}
        if "form" not in kwargs:
            kwargs["form"] = self.with_files(ReplyForm(initial=begun))
        since = kwargs.get("seen") or number
        context = super().get_context_data(drafts=drafts, author_field=author_field(self.user), **kwargs)
        live = reverse("ticket_live", args=[self.ticket.pk])
        return {**context, "live_src": f"{live}?seen={since}&first={context['timeline'].first}"}

    def with_files(self, form: ReplyForm) -> ReplyForm:
        """Bring the files that wait for the reply, and those the form was sent with."""
        files = WaitingFiles(self.user, reply_key(self.ticket), count_file=self.count_file)
        files.take_in(self.request)
        form.bring(files, sent=files)
        return form


class TicketView(TicketPageMixin, TemplateView):
    template_name = "tickets/ticket.html"


class TicketLiveView(TicketStateMixin, TemplateView):
    """The parts of the open page that may have changed. seen: the newest event when the page was opened."""

    template_name = "tickets/ticket.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(live=True, seen=newest_seen(self.request), **kwargs)
