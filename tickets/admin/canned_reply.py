"""Canned replies: written and kept in the console, and chosen beside a ticket."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.console.base import ConsoleAdmin
from helpdesk.templatetags.interface import minute

from ..models import CannedReply
from ..text.canned_replies import PLACEHOLDERS
from .ticket_page import TicketPage

# How many are offered beside a ticket.
MOST_OFFERED = 200


class CannedReplyForm(forms.ModelForm):
    personal = forms.BooleanField(
        required=False, label=_("Only for me"), help_text=_("Otherwise every admin can use and change it.")
    )

    class Meta:
        model = CannedReply
        fields = ("title", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["personal"] = self.instance.pk is not None and self.instance.owner_id is not None
        names = ", ".join(f"{{{{{name}}}}} {meaning}" for name, meaning in PLACEHOLDERS.items())
        if "body" not in self.fields:
            # Who may only look is asked for nothing.
            return
        self.fields["body"].help_text = gettext("Filled in for the ticket: %(names)s.") % {"names": names}


@admin.register(CannedReply)
class CannedReplyAdmin(ConsoleAdmin):
    form = CannedReplyForm
    what_for = _("Words that are sent often, offered beside each reply.")
    list_display = ["title", "audience", "changed"]
    sortable_by = ()
    list_per_page = 50
    fields = ["title", "body", "personal"]

    @admin.display(description=pgettext_lazy("whose a canned reply is", "For"))
    def audience(self, reply: CannedReply) -> str:
        return gettext("Everybody") if reply.owner_id is None else gettext("Only me")

    @admin.display(description=_("Last change"))
    def changed(self, reply: CannedReply) -> str:
        return minute(reply.updated_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CannedReply]:
        return super().get_queryset(request).usable_by(request.user)  # type: ignore[attr-defined]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("tickets.delete_cannedreply")

    def save_model(self, request: HttpRequest, obj: CannedReply, form: Any, change: bool) -> None:
        obj.owner = cast(User, request.user) if form.cleaned_data["personal"] else None
        super().save_model(request, obj, form, change)


class CannedView(TicketPage):
    """The canned replies with this ticket's values in them: a page to choose from, or JSON for the script."""

    template_name = "admin/tickets/ticket/canned.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        if not request.user.has_perm("tickets.view_cannedreply"):
            raise PermissionDenied
        replies = [
            {"id": reply.pk, "title": reply.title, "text": reply.fill(ticket, me=self.user)}
            for reply in CannedReply.objects.usable_by(self.user)[:MOST_OFFERED]
        ]
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return JsonResponse({"replies": replies})
        context = self.get_context_data(
            title=gettext("Choose a canned reply"), ticket=ticket, replies=replies
        )
        return self.render_to_response(context)
