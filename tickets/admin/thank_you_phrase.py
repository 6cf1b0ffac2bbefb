"""What counts as a bare thank-you: a handful of phrases, added, changed and switched off."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import ConsoleAdmin
from helpdesk.console.site import ConsoleSite, moved

from ..models import ThankYouPhrase


class ThankYouPhraseForm(forms.ModelForm):
    class Meta:
        model = ThankYouPhrase
        fields = ("phrase", "is_active")
        labels = {"phrase": _("Phrase")}


@admin.register(ThankYouPhrase)
class ThankYouPhraseAdmin(ConsoleAdmin):
    form = ThankYouPhraseForm
    list_display = ["words", "is_active"]
    sortable_by = ()
    fields = ["phrase", "is_active"]

    @admin.display(description=_("Phrase"))
    def words(self, phrase: ThankYouPhrase) -> str:
        return phrase.phrase


ConsoleSite.add_pages(moved("tickets/thanksphrase/", "tickets/thankyouphrase/"))
