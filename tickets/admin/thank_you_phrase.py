"""What counts as a bare thank-you: a handful of phrases, added, changed and switched off."""

from django.contrib import admin

from helpdesk.console.base import ConsoleAdmin
from helpdesk.console.site import ConsoleSite, moved

from ..models import ThankYouPhrase


@admin.register(ThankYouPhrase)
class ThankYouPhraseAdmin(ConsoleAdmin):
    list_display = ["phrase", "is_active"]
    sortable_by = ()
    fields = ["phrase", "is_active"]


ConsoleSite.add_pages(moved("tickets/thanksphrase/", "tickets/thankyouphrase/"))
