"""Announcements: written ahead, shown in their time, and kept until somebody deletes them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.console.base import ConsoleAdmin
from helpdesk.templatetags.interface import minute

from ..models import Announcement


class AnnouncementForm(forms.ModelForm):
    class Meta:
        model = Announcement
        fields = ("text", "starts_at", "ends_at")
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField", "dir": "auto"})}


@admin.register(Announcement)
class AnnouncementAdmin(ConsoleAdmin):
    form = AnnouncementForm
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }
    what_for = gettext_lazy("A line on every page of the portal, from one moment until another.")
    list_display = ["__str__", "state", "starts", "ends"]
    sortable_by = ()
    list_per_page = 50
    fields = ["text", "starts_at", "ends_at"]

    @admin.display(description=gettext_lazy("State"))
    def state(self, announcement: Announcement) -> str:
        now = timezone.now()
        if announcement.ends_at <= now:
            return _("Over")
        return _("Shown now") if announcement.starts_at <= now else _("Planned")

    @admin.display(description=gettext_lazy("From"))
    def starts(self, announcement: Announcement) -> str:
        return minute(announcement.starts_at)

    @admin.display(description=gettext_lazy("Until"))
    def ends(self, announcement: Announcement) -> str:
        return minute(announcement.ends_at)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("tickets.delete_announcement")
