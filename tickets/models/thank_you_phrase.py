"""The list of what counts as a bare thank-you; admins edit it in the console."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..text.thank_you import plain


class ThankYouPhrase(models.Model):
    phrase = models.CharField(
        _("phrase"),
        max_length=60,
        unique=True,
        help_text=_("Case and punctuation do not count. Replies of such phrases alone reopen nothing."),
    )

    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["phrase"]
        verbose_name = _("thank-you phrase")
        verbose_name_plural = _("thank-you phrases")

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        self.phrase = plain(self.phrase)
        if not self.phrase:
            raise ValidationError({"phrase": gettext("Write at least one word.")})
