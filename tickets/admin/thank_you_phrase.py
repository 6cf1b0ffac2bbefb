"""What counts as a bare thank-you: a handful of phrases, added, changed and switched off."""

from django.contrib import admin

from helpdesk.console.site import ConsoleAdmin

from ..models import ThankYouPhrase


@admin.register(ThankYouPhrase)
class ThankYouPhraseAdmin(ConsoleAdmin):
    list_display = ["phrase", "is_active"]
    sortable_by = ()
    fields = ["phrase", "is_active"]
