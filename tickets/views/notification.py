"""What one was told: the bell, its list, and how one wants to hear."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View

from accounts.models import User
from helpdesk.db.keyset import Ordering, Page, bounded_count
from helpdesk.web.frame import FramedMixin
from helpdesk.web.query_params import whole_number

from ..models import Notification, NotificationPreference, NotificationQuerySet, RequestType
from ..notifications.fan_out import reschedule_mail
from ..notifications.forms import PreferenceForm
from ..notifications.recipients import kinds_for
from ..timeline import Entry, NumberedEvent, ids_in
from .base import SignedInMixin

NEWEST_FIRST = Ordering(_("Newest first"), "id", descending=True)
# The bell counts no further.
MOST_UNREAD = 99
UNREAD = "unread"
# What the bell opens, and how many of them.
LATEST, SHOWN = "latest", 8


class OwnNotificationsMixin(SignedInMixin):
    def own(self) -> NotificationQuerySet:
        return Notification.objects.visible_to(self.user)

    def told(self) -> NotificationQuerySet:
        """Those, with what a list says of each."""
        return self.own().with_what_happened().numbered_for(self.user)

    @staticmethod
    def explain(rows: list[Any]) -> None:
        """Give each notification its `entry`. Two queries."""
        events = [row.event for row in rows]
        people = User.objects.in_bulk(ids_in(events, "assignee_id"))
        types = RequestType.objects.in_bulk(ids_in(events, "request_type_id"))
        for row in rows:
            row.entry = Entry(NumberedEvent(row.event, row.number), people, types)

    def back_to_list(self) -> HttpResponse:
        """To the list, narrowed as it was."""
        query = f"?show={UNREAD}" if self.request.POST.get("show") == UNREAD else ""
        return redirect(reverse("notifications") + query)


class NotificationsView(FramedMixin, OwnNotificationsMixin, TemplateView):
    """The list, newest first. Eight queries at most."""

    template_name = "tickets/notifications/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        only_unread = self.request.GET.get("show") == UNREAD
        told = self.told().unread() if only_unread else self.told()
        page = Page(told, NEWEST_FIRST, self.request.GET)
        self.explain(page.rows)
        return super().get_context_data(
            page=page,
            only_unread=only_unread,
            unread=bounded_count(self.own().unread(), MOST_UNREAD),
            at_console=self.user.can_enter_console,
            **kwargs,
        )


class LatestView(OwnNotificationsMixin, TemplateView):
    """What the bell opens: the latest, those that are unread first. A fragment; six queries at most."""

    template_name = "tickets/notifications/latest.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = self.told().order_by("-pk")
        unread = list(told.unread()[:SHOWN])
        rows = unread + list(told.filter(read_at__isnull=False)[: SHOWN - len(unread)])
        self.explain(rows)
        return super().get_context_data(
            rows=rows,
            newest=unread[0].pk if unread else None,
            at_console=self.user.can_enter_console,
            **kwargs,
        )


class BellView(OwnNotificationsMixin, TemplateView):
    """What stands in the bell: a fragment, so that no page pays for its number."""

    template_name = "components/_bell_number.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unread = bounded_count(self.own().unread(), MOST_UNREAD)
        return super().get_context_data(unread=unread, **kwargs)


class ReadView(OwnNotificationsMixin, View):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        told = get_object_or_404(self.own(), pk=pk)
        Notification.objects.filter(pk=told.pk).mark_read()
        return self.back_to_list()


class ReadAllView(OwnNotificationsMixin, View):
    """Marks all as read: those the person saw, up to `newest`; later ones stay."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        told, newest = self.own(), whole_number(request.POST.get("newest", ""))
        if newest is not None:
            told = told.filter(pk__lte=newest)
        number = told.mark_read()
        if request.POST.get("show") == LATEST:
            # They show themselves what was done.
            return redirect("notifications_latest")
        if number:
            marked = ngettext("%(number)d marked as read.", "%(number)d marked as read.", number)
            messages.success(request, marked % {"number": number})
        else:
            messages.success(request, gettext("Everything has already been read."))
        return self.back_to_list()


class PreferencesView(FramedMixin, SignedInMixin, FormView):
    template_name = "tickets/notifications/preferences.html"
    form_class = PreferenceForm

    def get_form_kwargs(self) -> dict[str, Any]:
        preference = NotificationPreference.objects.of(self.user)
        return {**super().get_form_kwargs(), "preference": preference, "kinds": kinds_for(self.user)}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        reschedule_mail(form.save())  # type: ignore[attr-defined]
        messages.success(
            self.request,
            gettext("Saved. This applies from now on, and to emails that have not been sent yet."),
        )
        return redirect("preferences")
