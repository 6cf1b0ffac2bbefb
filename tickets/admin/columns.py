"""The columns of Manage Tickets, chosen by each person for themselves."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from helpdesk.console.base import ConsolePage

from ..models import ColumnPreference

LONGEST_QUERY = 8000


class ColumnsView(ConsolePage):
    """Takes each `column` that is to be shown, or `usual`, by POST; `list` is where it leads back to."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.leave()

    def post(self, request: HttpRequest) -> HttpResponse:
        if "usual" in request.POST:
            ColumnPreference.objects.forget(by=self.user)
        else:
            ColumnPreference.objects.choose(request.POST.getlist("column"), by=self.user)
        here = QueryDict(request.POST.get("list", "")[:LONGEST_QUERY]).urlencode()
        return redirect(f"{reverse('admin:tickets_ticket_changelist')}?{here}") if here else self.leave()
