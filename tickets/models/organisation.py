"""Whose desk this is: what it is called, how it looks, and how else it can be reached."""

import hashlib
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.models import AuditEvent
from helpdesk.text.folding import composed
from helpdesk.web.palette import Palette, palette_of, validate_colour

from ..errors import NotAllowed, require
from ..text.validators import normalize, validate_one_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User

PRODUCT = "Helpdesk"
ONLY = 1
TEXT_LENGTH = 1000


class OrganisationAuditKind(models.TextChoices):
    CHANGED = "organisation_changed", _("Organisation changed")
    STEPS_DISMISSED = "steps_dismissed", _("First steps dismissed")


class Organisation(models.Model):
    """One row, which is there from the first change on. Empty fields leave the product as it comes.

    logo: a PNG that was written anew. colour: "#rrggbb". contact, hours: as typed, for the foot of the portal.
    """

    FIELDS: ClassVar[tuple[str, ...]] = ("name", "colour", "logo", "contact", "hours")

    name = models.CharField(
        _("name"),
        max_length=40,
        blank=True,
        validators=[ProhibitNullCharactersValidator(), validate_one_line],
        help_text=_("Shown in place of “Helpdesk” on pages and in emails."),
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text=_("Of buttons and links, as # and six digits. Lighter and darker shades follow from it."),
    )
    logo = models.BinaryField(null=True, editable=False)
    contact = models.TextField(
        _("contact"),
        blank=True,
        validators=[ProhibitNullCharactersValidator(), MaxLengthValidator(TEXT_LENGTH)],
        help_text=_(
            "How else people can reach you: a telephone number, a room. Shown at the foot of the portal."
        ),
    )
    hours = models.TextField(
        _("opening hours"),
        blank=True,
        validators=[ProhibitNullCharactersValidator(), MaxLengthValidator(TEXT_LENGTH)],
        help_text=_("When somebody is there. Shown at the foot of the portal."),
    )
    # Of the logo; empty without one. Pages ask for it and not for the logo.
    logo_digest = models.CharField(max_length=16, blank=True, editable=False)
    # The first steps of an installation, those that leave no other trace: see admin/first_steps.py.
    first_steps_dismissed_at = models.DateTimeField(null=True, editable=False)
    types_approved_at = models.DateTimeField(null=True, editable=False)
    test_mail_asked_at = models.DateTimeField(null=True, editable=False)
    test_mail_sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return self.name or PRODUCT

    @classmethod
    def current(cls) -> Self:
        """Answer the one there is, without its logo. One query."""
        return cls.objects.defer("logo").filter(pk=ONLY).first() or cls(pk=ONLY)

    def clean(self) -> None:
        self.name = composed(self.name.strip())
        self.contact, self.hours = normalize(self.contact).strip(), normalize(self.hours).strip()

    def revise(self, *, by: "User", only: "Collection[str]" = FIELDS) -> None:
        """Keep what was changed, and write down which fields that are.

        only: of FIELDS, those somebody changed; what others changed meanwhile stays.
        by: who has checked them, with full_clean.
        Raises NotAllowed.
        """
        with transaction.atomic():
            before = self._held(by=by)
            for name in set(self.FIELDS) - set(only):
                setattr(self, name, getattr(before, name))
            self.logo_digest = hashlib.sha256(self.logo).hexdigest()[:16] if self.logo else ""
            changed = [name for name in self.FIELDS if _value(self, name) != _value(before, name)]
            if not changed:
                return
            # What was noted of the first steps while the form was open stays.
            self.save(update_fields=[*self.FIELDS, "logo_digest"])
            AuditEvent.log(OrganisationAuditKind.CHANGED, person=None, by=by, fields=changed)

    @classmethod
    @transaction.atomic
    def dismiss_first_steps(cls, *, by: "User") -> None:
        """Lead nobody through the first steps any more. Does nothing the second time. Raises NotAllowed.

        by: the admin acting.
        """
        if cls._held(by=by).first_steps_dismissed_at is None:
            cls._note("first_steps_dismissed_at")
            AuditEvent.log(OrganisationAuditKind.STEPS_DISMISSED, person=None, by=by)

    @classmethod
    @transaction.atomic
    def approve_types(cls) -> None:
        """Note that the request types fit as they are."""
        cls._held()
        cls._note("types_approved_at")

    @classmethod
    @transaction.atomic
    def note_test_mail(cls, *, is_sent: bool) -> None:
        """Note that a test mail was asked for or, is_sent, that the mail server took it."""
        held = cls._held()
        # A worker may hand the same mail over twice.
        if held.test_mail_waits or not is_sent:
            cls._note("test_mail_sent_at" if is_sent else "test_mail_asked_at")

    @classmethod
    def _held(cls, *, by: "User | None" = None) -> Self:
        """Hold the row; an installation's first change makes it. Raises NotAllowed if they may not change it now.

        by: None for what the installation notes itself.
        """
        if by is not None:
            by.lock()
            by.read_rights_anew()
            require(by.has_perm("tickets.change_organisation"), NotAllowed)
        cls.objects.get_or_create(pk=ONLY)
        return cls.objects.select_for_update().defer("logo").get(pk=ONLY)

    @classmethod
    def _note(cls, moment: str) -> None:
        cls.objects.filter(pk=ONLY).update(**{moment: timezone.now()})

    @property
    def test_mail_waits(self) -> bool:
        """Whether the latest test mail that was asked for has not been handed over yet."""
        asked, sent = self.test_mail_asked_at, self.test_mail_sent_at
        return asked is not None and (sent is None or sent < asked)

    @property
    def palette(self) -> Palette | None:
        """The colours that follow from its own; None for the product's."""
        return palette_of(self.colour) if self.colour else None

    @property
    def style_url(self) -> str:
        """Where its colours are, under a name that changes with them; empty without."""
        return reverse("organisation_style", args=[self.colour[1:]]) if self.colour else ""

    @property
    def logo_url(self) -> str:
        """Where its logo is, under a name that changes with it; empty without."""
        return reverse("organisation_logo", args=[self.logo_digest]) if self.logo_digest else ""


def _value(organisation: Organisation, name: str) -> bytes | str:
    value = getattr(organisation, name)
    return value if isinstance(value, str) else bytes(value or b"")
