"""Request types: added, renamed, reordered, switched off; never deleted."""

from django.contrib import admin

from helpdesk.console import ConsoleAdmin

from ..models import RequestType


@admin.register(RequestType)
class RequestTypeAdmin(ConsoleAdmin):
    list_display = ["name", "hint", "position", "is_active"]
    fields = ["name", "hint", "position", "is_active"]
