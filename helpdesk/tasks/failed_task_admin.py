"""Failed tasks: mail and other later work that came to nothing. Tried again or discarded, never read."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk.console.base import ConsoleAdmin, ConsolePage
from helpdesk.models import FailedTask
from helpdesk.web.sent_once import sent_once

# The ones after them come up as these are decided.
MOST_SHOWN = 100


class FailedTaskPage(ConsolePage):
    """A page for those who may decide; others are not shown one either."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.model_admin.has_change_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def tell(self, done: bool, sentence: str) -> HttpResponse:
        """Lead back to the list with what was done, or that somebody else was first."""
        if done:
            messages.success(self.request, sentence)
        else:
            messages.info(self.request, _("Somebody else has decided this in the meantime."))
        return self.leave()


class FailedTasksPage(FailedTaskPage):
    template_name = "admin/helpdesk/failedtask/change_list.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        dead = FailedTask.objects.order_by("-finished_at", "-id")
        return self.render_to_response(
            self.get_context_data(title=_("Failed tasks"), rows=dead[:MOST_SHOWN], number=dead.count())
        )


class RetryView(FailedTaskPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        task = get_object_or_404(FailedTask.objects.all(), pk=pk)
        with sent_once(request, self.leave()):
            retried = task.retry(by=self.user)
        return self.tell(retried, _("%(task)s is tried again now.") % {"task": task})


class RetryAllView(FailedTaskPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        retried = sum(task.retry(by=self.user) for task in FailedTask.objects.order_by("finished_at"))
        sentence = ngettext(
            "%(count)d tried again now, one after the other.",
            "%(count)d tried again now, one after the other.",
            retried,
        )
        return self.tell(retried > 0, sentence % {"count": retried})


class DiscardView(FailedTaskPage):
    """After a confirmation: it cannot be brought back."""

    template_name = "admin/helpdesk/failedtask/discard_confirmation.html"
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        task = get_object_or_404(FailedTask.objects.all(), pk=pk)
        return self.render_to_response(
            self.get_context_data(title=_("Discard %(task)s?") % {"task": task}, task=task)
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        task = get_object_or_404(FailedTask.objects.all(), pk=pk)
        with sent_once(request, self.leave()):
            discarded = task.discard(by=self.user)
        return self.tell(discarded, _("%(task)s is discarded.") % {"task": task})


@admin.register(FailedTask)
class FailedTaskAdmin(ConsoleAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        pages: dict[str, tuple[str, type[FailedTaskPage]]] = {
            "changelist": ("", FailedTasksPage),
            "retry_all": ("retry/", RetryAllView),
            "retry": ("<uuid:pk>/retry/", RetryView),
            "discard": ("<uuid:pk>/discard/", DiscardView),
        }
        return [
            path(route, gate(page.as_view(model_admin=self)), name=f"helpdesk_failedtask_{name}")
            for name, (route, page) in pages.items()
        ]
