"""The form of one's preferences: a row for each kind of notification, and when mail may come."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..events import NotificationKind
from ..models import NotificationPreference
from ..models.notification_preference import Mail

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class Row(NamedTuple):
    label: "StrOrPromise"
    bell: forms.BoundField
    mail: forms.BoundField


class ClockField(forms.TimeField):
    """A time of the day, to the minute; may be left empty."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(
            **{"required": False, "widget": widget, "input_formats": ["%H:%M", "%H:%M:%S"], **kwargs}
        )


class PreferenceForm(forms.Form):
    """preference: the person's, changed by `save`. kinds: those they can hear of."""

    digest_hour = forms.TypedChoiceField(
        coerce=int,
        choices=HOURS,
        label=_("Send the daily email at"),
        help_text=_("What you chose “Once a day” for."),
    )
    quiet_from = ClockField(
        label=_("No email from"), help_text=_("Emails wait until then; the bell is not affected.")
    )
    quiet_until = ClockField(
        label=_("No email until"), help_text=_("Leave both empty to get email at any time.")
    )

    def __init__(
        self, *args: Any, preference: NotificationPreference, kinds: Iterable[NotificationKind], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._preference, self._kinds = preference, list(kinds)
        for kind in self._kinds:
            way = preference.way(kind)
            bell, mail = f"{kind}_bell", f"{kind}_mail"
            self.fields[bell] = forms.BooleanField(
                required=False, label=gettext("%(kind)s: in the bell") % {"kind": kind.label}
            )
            self.fields[mail] = forms.ChoiceField(
                choices=Mail, label=gettext("%(kind)s: email") % {"kind": kind.label}
            )
            self.initial.update({bell: way.in_app, mail: way.mail})
        for name in ("digest_hour", "quiet_from", "quiet_until"):
            self.initial.setdefault(name, getattr(preference, name))
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout("digest_hour", "quiet_from", "quiet_until")

    @property
    def rows(self) -> list[Row]:
        return [Row(kind.label, self[f"{kind}_bell"], self[f"{kind}_mail"]) for kind in self._kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if not {"quiet_from", "quiet_until"} & self.errors.keys():
            if (begin is None) != (end is None):
                self.add_error(
                    "quiet_from" if begin is None else "quiet_until", gettext("Enter both times, or neither.")
                )
            elif begin is not None and begin == end:
                self.add_error(
                    "quiet_until", gettext("The start and the end are the same. Choose another end.")
                )
        return cleaned

    def save(self) -> NotificationPreference:
        preference, typed = self._preference, self.cleaned_data
        for kind in self._kinds:
            preference.choose(kind, in_app=typed[f"{kind}_bell"], mail=typed[f"{kind}_mail"])
        for name in ("digest_hour", "quiet_from", "quiet_until"):
            setattr(preference, name, typed[name])
        preference.save()
        return preference
