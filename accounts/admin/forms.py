"""Forms about one person in the console. They turn strings into values and show errors; verbs decide."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.mail.addresses import one_spelling

from ..models import User
from ..offboarding import work_of
from ..roles import Role

# What the page of a person offers to change.
EDITED = ("first_name", "last_name", "email", "role")


class SuccessorField(forms.ModelChoiceField):
    """Who takes over the tickets of somebody who stops working them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            User.objects.none(), required=False, label=_("Who takes over"), empty_label=_("Nobody"), **kwargs
        )


class HandOverForm(forms.Form):
    successor = SuccessorField()

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work_of(person)
        if self.work:
            self.fields["successor"].queryset = User.objects.who_could_succeed(person)  # type: ignore[attr-defined]
        else:
            del self.fields["successor"]


class UserForm(forms.ModelForm):
    role = forms.ChoiceField(choices=Role, label=_("Role"))
    successor = SuccessorField(help_text=_("Needed if somebody with unresolved tickets becomes a User."))

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = self.instance.role
        for name in EDITED:
            self.fields[name].show_hidden_initial = True
        if self.instance.is_staff:
            self.fields["successor"].queryset = User.objects.who_could_succeed(self.instance)  # type: ignore[attr-defined]
        else:
            del self.fields["successor"]

    def clean_email(self) -> str:
        email = one_spelling(self.cleaned_data["email"])
        if not self.instance.could_have_email(email):
            raise forms.ValidationError(gettext("Another account has this address."), code="unique")
        return email

    # -- what was changed, and by whom -------------------------------------------------------
    @cached_property
    def changed_data(self) -> list[str]:
        """What was changed on the page: compared with what it showed, not with what the row is by now.

        So that saving one field never takes back what a colleague has changed in another.
        """
        return [name for name in EDITED if self.cleaned_data.get(name) != self.shown(name)]

    def shown(self, name: str) -> str:
        """The value the page was opened with; what the row had when the form came, if it does not say."""
        return str(self.data.get(self.add_initial_prefix(name), self.initial[name])).strip()

    def add_conflicts(self, person: User) -> bool:
        """Mark what was changed here and, to something else, by a colleague. Answers whether there is any.

        person: as they are now. The next try starts from that.
        """
        now = {name: str(getattr(person, name)) for name in EDITED}
        typed = self.cleaned_data
        overtaken = [n for n in self.changed_data if now[n] not in (self.shown(n), typed[n])]
        if not overtaken:
            return False
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, value in now.items():
            data[self.add_initial_prefix(name)] = value
            if name not in self.changed_data:
                data[name] = value
        self.data = data
        for name in overtaken:
            self.add_error(
                name,
                gettext(
                    "Somebody has changed this to “%(value)s” since you opened the page. "
                    "Save once more to replace it."
                )
                % {"value": now[name]},
            )
        return True


class DeleteForm(HandOverForm):
    understood = forms.BooleanField(
        label=_("I understand that this cannot be undone."),
        error_messages={"required": _("Tick the box if you want to delete the account.")},
    )
