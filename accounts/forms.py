"""Forms about one's account. They turn strings into values and show errors; verbs decide."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth_forms
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.mail.addresses import one_spelling, validate_mailable

from .models import User
from .password_validation import MAXIMUM, maximum_in_words
from .roles import Role
from .time_zones import zones

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ADVICE = _("At least 12 characters. A few words that only you would put together work well.")


def helper(*fields: Any) -> FormHelper:
    """Lay out fields only: the template writes the form element and its buttons."""
    made = FormHelper()
    made.form_tag, made.disable_csrf = False, True
    made.layout = Layout(*fields)
    return made


class AddressField(forms.EmailField):
    """An address in its one spelling, before anything asks whether it is one that mail can be sent to."""

    default_validators = [*forms.EmailField.default_validators, validate_mailable]

    def to_python(self, value: Any) -> str:
        return one_spelling(super().to_python(value) or "")


class PlainFields(forms.BaseForm):
    """Words and limits for the fields of allauth's forms.

    A label stands above each field instead of a placeholder in it, and no password is longer than what
    we hash: the limit is checked before any hashing.
    """

    words: ClassVar["dict[str, StrOrPromise]"] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            if isinstance(field.widget, forms.PasswordInput):
                field.help_text = ADVICE if name == "password1" else ""
                too_long = gettext("This is longer than %(maximum)s characters.")
                field.validators.append(
                    MaxLengthValidator(MAXIMUM, too_long % {"maximum": maximum_in_words()})
                )
        self.helper = helper(*self.fields)


class SignInForm(PlainFields, allauth_forms.LoginForm):
    words: ClassVar = {"login": _("Email"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean_login(self) -> str:
        return one_spelling(self.cleaned_data["login"])


class ReauthenticateForm(PlainFields, allauth_forms.ReauthenticateForm):
    words: ClassVar = {"password": _("Password")}


class PasswordAgainForm(ReauthenticateForm):
    """sent: what goes on once the password was right, as password_again.py has sealed it; empty for nothing."""

    sent = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs["data-focus"] = True


class ChangePasswordForm(PlainFields, allauth_forms.ChangePasswordForm):
    words: ClassVar = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password (again)"),
    }


class ResetPasswordForm(PlainFields, allauth_forms.ResetPasswordForm):
    users: list[User]
    words: ClassVar = {"email": _("Email")}

    def clean_email(self) -> str:
        self.cleaned_data["email"] = one_spelling(self.cleaned_data["email"])
        email: str = super().clean_email()
        # Not those who only wish to change to this address: it may be a typing error of theirs, and
        # its owner must not get into their account.
        self.users = [user for user in self.users if user.email == email]
        return email


class ResetPasswordKeyForm(PlainFields, allauth_forms.ResetPasswordKeyForm):
    words: ClassVar = {"password1": _("New password"), "password2": _("New password (again)")}


class NameForm(forms.ModelForm[User]):
    """First name and surname, as they are typed at registration and on the profile."""

    class Meta:
        model = User
        fields = ("first_name", "last_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, autocomplete in (
            ("first_name", gettext("First name"), "given-name"),
            ("last_name", gettext("Surname"), "family-name"),
        ):
            self.fields[name].label = label
            self.fields[name].widget.attrs["autocomplete"] = autocomplete
        self.helper = helper(Div("first_name", "last_name", css_class="pt-two"))


class NewAccountForm(NameForm):
    """A name and a password for an account that is to be made."""

    password1 = forms.CharField(
        label=_("Password"),
        max_length=MAXIMUM,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=ADVICE,
    )
    password2 = forms.CharField(
        label=_("Password (again)"),
        max_length=MAXIMUM,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            # A browser that cuts a pasted password off would make one nobody knows.
            self.fields[name].widget.attrs.pop("maxlength", None)
        self.helper = helper(Div("first_name", "last_name", css_class="pt-two"), "password1", "password2")

    def get_email(self) -> str:
        """The address the account will have: no password is made of it."""
        return str(self.cleaned_data.get("email", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        password = cleaned.get("password1")
        if password:
            name = {field: cleaned.get(field, "") for field in ("first_name", "last_name")}
            person = User(email=self.get_email(), **name)
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password1", error)
            if "password2" in cleaned and password != cleaned["password2"]:
                self.add_error("password2", gettext("The two passwords do not match."))
        return cleaned


class RegisterForm(NewAccountForm):
    """What a guest tells about themselves. Whether the address is known is not its question."""

    email = AddressField(
        label=_("Email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect, initial=Role.USER.value
    )
    field_order = ["first_name", "last_name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field("role", template="accounts/_role_tiles.html"),
            Div("first_name", "last_name", css_class="pt-two"),
            "email",
            "password1",
            "password2",
        )


class InvitedForm(NewAccountForm):
    """What somebody who was invited tells. email: the invitation's, not theirs to choose."""

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def get_email(self) -> str:
        return self.email


class ProfileForm(NameForm):
    """One's name, and where one's clock hangs."""

    time_zone = forms.ChoiceField(
        required=False,
        label=_("Time zone"),
        help_text=_("Used for all times on pages and in emails, and for your email hours."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101, for the type checker
        usual = gettext("The help desk's (%(zone)s)") % {"zone": settings.TIME_ZONE}
        field.choices = [("", usual), *((name, name) for name in zones())]
        self.initial["time_zone"] = self.instance.time_zone
        self.helper = helper(Div("first_name", "last_name", css_class="pt-two"), "time_zone")


class ChangeEmailForm(forms.Form):
    email = AddressField(
        label=_("New email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = helper("email")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email == self.user.email:
            raise ValidationError(gettext("This is already your address."), code="same")
        return email
