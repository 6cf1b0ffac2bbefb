"""What kind of help is asked for. Rows, so that an admin may add and rename them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.text.folding import composed

from ..text.validators import validate_one_line, validate_visible


class RequestType(models.Model):
    name = models.CharField(
        _("name"), max_length=60, unique=True, validators=[validate_visible, validate_one_line]
    )
    hint = models.CharField(
        _("hint"),
        max_length=80,
        blank=True,
        help_text=_("A few examples, shown under the name."),
        validators=[validate_one_line],
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Smaller numbers come first.")
    )
    is_active = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Switch off instead of deleting: old tickets keep their type."),
    )

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("request type")
        verbose_name_plural = _("request types")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        # Before it is asked whether another has this name.
        self.name, self.hint = composed(self.name), composed(self.hint)
