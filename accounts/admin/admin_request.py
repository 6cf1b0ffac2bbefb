"""Who waits to become an admin, and what was decided."""

from typing import Any

import django_filters
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import PagedAdmin
from helpdesk.db.keyset import Ordering
from helpdesk.web.sent_once import sent_once

from ..errors import AccountError, NotAllowed
from ..models import AdminRequest
from ..models.admin_request import Outcome
from .people_page import PeoplePage

WAITING_SHOWN = 50


class DecidedFilter(django_filters.FilterSet):
    outcome = django_filters.ChoiceFilter(
        choices=Outcome.choices,
        label=_("Outcome"),
        empty_label=_("Granted or refused"),
    )

    class Meta:
        model = AdminRequest
        fields = ["outcome"]


class DecisionView(PeoplePage):
    """Grant or refuse, as a POST to its own address."""

    http_method_names = ["post", "options"]
    granting = False

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.model_admin.has_change_permission(request):
            raise PermissionDenied
        wish = get_object_or_404(AdminRequest.objects.select_related("user"), pk=pk)
        try:
            with sent_once(request, self.leave()):
                done = self.decide(wish)
            messages.success(request, done)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except AccountError as refusal:
            messages.error(
                request, gettext("%(person)s: %(reason)s") % {"person": wish.user, "reason": refusal}
            )
            return self.model_admin.list_page(request, status=409)
        return self.leave()

    def decide(self, wish: AdminRequest) -> str:
        if self.granting:
            wish.grant(by=self.user)
            done = gettext("%(person)s: The request to be an admin is granted. They are told by email.")
        else:
            wish.refuse(by=self.user)
            done = gettext("%(person)s: The request to be an admin is refused. They are told by email.")
        return done % {"person": wish.user}


@admin.register(AdminRequest)
class AdminRequestAdmin(PagedAdmin):
    heading = _("Admin requests")
    filter_class = DecidedFilter
    orderings = {
        "-id": Ordering(_("Latest first"), "id", True),
        "id": Ordering(_("Oldest first"), "id", False),
    }

    def listed(self, request: HttpRequest) -> QuerySet[Any]:
        return AdminRequest.objects.exclude(outcome="").select_related("user", "decided_by")

    def list_page(self, request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show those who wait, oldest first; under them what was decided, paged."""
        waiting = AdminRequest.objects.waiting().select_related("user").order_by("requested_at", "id")
        return super().list_page(
            request,
            status=status,
            waiting=waiting[:WAITING_SHOWN],
            may_decide=self.has_change_permission(request),
            **more,
        )

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        decisions = {"grant": True, "refuse": False}
        return [
            path("", gate(self.changelist_view), name="accounts_adminrequest_changelist"),
            *(
                path(
                    f"<int:pk>/{name}/",
                    gate(DecisionView.as_view(model_admin=self, granting=granting)),
                    name=f"accounts_adminrequest_{name}",
                )
                for name, granting in decisions.items()
            ),
        ]
