"""What kind of help is asked for. Rows, so that an admin may add and rename them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.text.folding import composed

from ..text.validators import validate_one_line, validate_visible


class RequestTypeIcon(models.TextChoices):
    """Drawings of helpdesk/templatetags/icons.py that may stand for a kind of help."""

    TAG = "tag", _("Tag")
    HELP = "help", _("Question mark")
    KEY = "key", _("Key")
    LOCK = "lock", _("Lock")
    SHIELD = "shield", _("Shield")
    USER = "user", _("Person")
    USERS = "users", _("People")
    USER_PLUS = "user-plus", _("Person who comes")
    USER_MINUS = "user-minus", _("Person who leaves")
    LAPTOP = "laptop", _("Laptop")
    PHONE = "phone", _("Phone")
    PRINTER = "printer", _("Printer")
    WINDOW = "window", _("Window")
    WIFI = "wifi", _("Wi-Fi")
    MAIL = "mail", _("Envelope")
    MESSAGE = "msg", _("Speech bubble")
    CLOCK = "clock", _("Clock")
    FILE = "file", _("Sheet of paper")
    CHART = "chart", _("Chart")
    GEAR = "gear", _("Gear")
    BOX = "box", _("Box")


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
    icon = models.CharField(
        _("icon"),
        max_length=20,
        choices=RequestTypeIcon,
        default=RequestTypeIcon.TAG,
        # The version before knows no such column and may add a row meanwhile.
        db_default=RequestTypeIcon.TAG,
        help_text=_("Shown beside the name where people choose."),
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
