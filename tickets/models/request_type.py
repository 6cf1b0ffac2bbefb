"""What kind of help is asked for. Rows, so that an admin may add and rename them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.text.folding import composed

from ..text.validators import validate_one_line, validate_visible


class RequestType(models.Model):
    name = models.CharField(max_length=60, unique=True, validators=[validate_visible, validate_one_line])
    hint = models.CharField(
        max_length=80,
        blank=True,
        help_text=_("A few examples, shown under the name."),
        validators=[validate_one_line],
    )
    position = models.PositiveSmallIntegerField(default=100, help_text=_("Smaller numbers come first."))
    is_active = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Switch off instead of deleting: old tickets keep their type."),
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        # Before it is asked whether another has this name.
        self.name, self.hint = composed(self.name), composed(self.hint)


# What Django's own pages and refusals call it. Said in the class it would be a migration that changes nothing.
RequestType._meta.verbose_name = _("request type")
RequestType._meta.verbose_name_plural = _("request types")
RequestType._meta.get_field("name").verbose_name = _("name")
RequestType._meta.get_field("hint").verbose_name = _("hint")
RequestType._meta.get_field("position").verbose_name = _("position")
