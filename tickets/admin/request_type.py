"""Request types: added, renamed, reordered, switched off; never deleted."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import ConsoleAdmin

from ..models import RequestType


@admin.register(RequestType)
class RequestTypeAdmin(ConsoleAdmin):
    list_display = ["name", "hint", "position", "offered"]
    # A handful of rows, in the order people are offered them.
    sortable_by = ()
    fields = ["name", "hint", "position", "is_active"]

    @admin.display(description=_("Offered"))
    def offered(self, request_type: RequestType) -> str:
        return gettext("Yes") if request_type.is_active else gettext("No")
