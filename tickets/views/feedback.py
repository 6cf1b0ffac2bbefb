"""Give Feedback."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..forms import FeedbackForm
from ..models.feedback import SCORES
from .base import TicketActionView


class FeedbackView(TicketActionView):
    template_name = "tickets/feedback.html"
    form_class = FeedbackForm
    verb = "rate"
    done_message = _("Thank you. Your feedback on %(ticket)s helps us improve.")

    def get_initial(self) -> dict[str, Any]:
        """Choose the score that a link in a mail names; it is given by sending the form."""
        named = self.request.GET.get("score", "")
        chosen = {"score": int(named)} if named in map(str, SCORES) else {}
        return {**chosen, **super().get_initial()}

    def act(self, form: forms.Form) -> None:
        typed = form.cleaned_data
        self.ticket.rate(typed["score"], by=self.user, comment=typed["comment"])

    def not_open_message(self) -> str:
        if self.ticket.score is not None:
            return gettext("You have already given feedback on this ticket. Thank you.")
        return gettext("Feedback can be given by the requester once a ticket is resolved.")
