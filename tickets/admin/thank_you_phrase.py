"""What counts as a bare thank-you: a handful of phrases, added, changed and switched off."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import ConsoleAdmin
from helpdesk.console.site import ConsoleSite, moved

from ..models import ThankYouPhrase


@admin.register(ThankYouPhrase)
class ThankYouPhraseAdmin(ConsoleAdmin):
    what_for = _("A reply of nothing but such words does not reopen a ticket.")
    list_display = ["phrase", "in_use"]
    sortable_by = ()
    fields = ["phrase", "is_active"]

    @admin.display(description=_("State"))
    def in_use(self, phrase: ThankYouPhrase) -> str:
        return gettext("In use") if phrase.is_active else gettext("Switched off")


ConsoleSite.add_pages(moved("tickets/thanksphrase/", "tickets/thankyouphrase/"))
