"""Request types: added, renamed, reordered, switched off; never deleted."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import ConsoleAdmin
from helpdesk.templatetags.interface import icon

from ..models import RequestType


@admin.register(RequestType)
class RequestTypeAdmin(ConsoleAdmin):
    what_for = _("What people can ask for, and what reports count by.")
    list_display = ["name", "hint", "picture", "position", "offered"]
    # A handful of rows, in the order people are offered them.
    sortable_by = ()
    fields = ["name", "hint", "icon", "position", "is_active"]

    @admin.display(description=_("Icon"))
    def picture(self, request_type: RequestType) -> str:
        return format_html("{} {}", icon(request_type.icon), request_type.get_icon_display())

    @admin.display(description=_("On the form"))
    def offered(self, request_type: RequestType) -> str:
        return gettext("Offered") if request_type.is_active else gettext("Not offered")
