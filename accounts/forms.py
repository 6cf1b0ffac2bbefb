"""Forms about accounts."""

from django import forms


class RegisterForm(forms.Form):
    pass
