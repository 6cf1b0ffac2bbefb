"""Request types: added, renamed, reordered, switched off; never deleted."""

from django.contrib import admin

from helpdesk.console.base import ConsoleAdmin

from ..models import RequestType


@admin.register(RequestType)
class RequestTypeAdmin(ConsoleAdmin):
    list_display = ["name", "hint", "position", "is_active"]
    # A handful of rows, in the order people are offered them.
    sortable_by = ()
    fields = ["name", "hint", "position", "is_active"]
