"""Request types: added, renamed, reordered, switched off; never deleted."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import ConsoleAdmin

from ..models import RequestType


class RequestTypeForm(forms.ModelForm):
    class Meta:
        model = RequestType
        fields = ("name", "hint", "position", "is_active")
        labels = {"name": _("Name"), "hint": _("Hint"), "position": _("Position")}


@admin.register(RequestType)
class RequestTypeAdmin(ConsoleAdmin):
    form = RequestTypeForm
    list_display = ["type_name", "examples", "place", "is_active"]
    # A handful of rows, in the order people are offered them.
    sortable_by = ()
    fields = ["name", "hint", "position", "is_active"]

    @admin.display(description=_("Name"))
    def type_name(self, request_type: RequestType) -> str:
        return request_type.name

    @admin.display(description=_("Hint"))
    def examples(self, request_type: RequestType) -> str:
        return request_type.hint

    @admin.display(description=_("Position"))
    def place(self, request_type: RequestType) -> int:
        return request_type.position
