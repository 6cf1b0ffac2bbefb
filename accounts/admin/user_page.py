"""One person in the console: name, address, role; and closing or opening the account."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from helpdesk.console import ConsolePage

from ..errors import AccountError, HasWork, NotAllowed
from ..hand_over import work_of
from ..models import User
from ..roles import Role


class SuccessorField(forms.ModelChoiceField):
    """Who takes over the tickets of somebody who stops working them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            User.objects.none(), required=False, label="Who takes over", empty_label="Nobody", **kwargs
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
    role = forms.ChoiceField(choices=Role)
    successor = SuccessorField(help_text="Needed if somebody with unresolved tickets becomes a User.")

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = self.instance.role
        if self.instance.is_staff:
            self.fields["successor"].queryset = User.objects.who_could_succeed(self.instance)  # type: ignore[attr-defined]
        else:
            del self.fields["successor"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if not self.instance.could_have_email(email):
            raise forms.ValidationError("Another account has this address.", code="unique")
        return email


class PersonPage(ConsolePage):
    """What the pages about one person have in common: who may see it, who may change it."""

    def get_person(self, pk: int) -> User:
        if not self.model_admin.has_view_permission(self.request):
            raise PermissionDenied
        return get_object_or_404(User, pk=pk)

    def get_changeable(self, pk: int) -> User:
        person = self.get_person(pk)
        if not self.model_admin.has_change_permission(self.request, person):
            raise PermissionDenied
        return person

    def log(self, person: User, sentence: str) -> None:
        self.model_admin.log_change(self.request, person, sentence)

    def leave_for(self, person: User) -> HttpResponse:
        """Back to the person's page; to the front door for those who gave up their own rights."""
        if person.pk == self.user.pk and not person.is_admin:
            return redirect("home")
        return redirect("admin:accounts_user_change", person.pk)


class UserPage(PersonPage):
    template_name = "admin/accounts/user/change_form.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_person(pk)
        return self.show(person, UserForm(instance=person))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_changeable(pk)
        form = UserForm(request.POST, instance=person)
        if not form.is_valid():
            return self.show(self.get_person(pk), form)
        try:
            changes = self.save(form)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except AccountError as refusal:
            form.add_error("successor" if isinstance(refusal, HasWork) else "role", str(refusal))
            return self.show(self.get_person(pk), form, status=409)
        except IntegrityError:
            # Somebody else took the address since the form was checked.
            form.add_error("email", "Another account has this address.")
            return self.show(self.get_person(pk), form, status=409)
        if changes:
            messages.success(request, f"{person} is saved: {changes}")
        return self.leave_for(person)

    @transaction.atomic
    def save(self, form: UserForm) -> str:
        """Write what was changed, nothing else, and answer it in words; empty if nothing was."""
        person, typed, said = form.instance, form.cleaned_data, []
        # Before the first change, or two admins who save at once could wait for each other.
        person.lock(with_admins="role" in form.changed_data)
        if {"first_name", "last_name"} & set(form.changed_data):
            person.rename(typed["first_name"], typed["last_name"], by=self.user)
            said.append(f"The name is {person.get_full_name()}.")
        if "email" in form.changed_data:
            person.change_email(typed["email"], by=self.user)
            said.append(f"The email is {person.email}, it was {form.initial['email']}.")
        if "role" in form.changed_data:
            person.set_role(typed["role"], by=self.user, successor=typed.get("successor"))
            said.append(f"The role is {person.role}, it was {form.initial['role']}.")
        sentence = " ".join(said)
        if sentence:
            self.log(person, sentence)
        return sentence

    def show(self, person: User, form: UserForm, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            title=str(person),
            person=person,
            form=form,
            may_change=self.model_admin.has_change_permission(self.request, person),
            admin_request=person.admin_requests.waiting().first(),
        )
        return self.render_to_response(context, status=status)


class DeactivateView(PersonPage):
    """Asks before closing an account, and says what that means."""

    template_name = "admin/accounts/user/deactivate_confirmation.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_changeable(pk)
        return self.show(person) if person.is_active else self.leave_for(person)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_changeable(pk)
        if person.is_active:
            form = HandOverForm(request.POST, person=person)
            if not form.is_valid():
                return self.show(person, form=form)
            try:
                self.deactivate(person, form.cleaned_data.get("successor"))
            except NotAllowed as refusal:
                raise PermissionDenied(str(refusal)) from refusal
            except AccountError as refusal:
                form.add_error(None, str(refusal))
                return self.show(self.get_person(pk), form=form, status=409)
            messages.success(request, f"The account of {person} is deactivated.")
        return self.leave_for(person)

    @transaction.atomic
    def deactivate(self, person: User, successor: User | None) -> None:
        person.deactivate(by=self.user, successor=successor)
        self.log(person, "The account is deactivated.")

    def show(self, person: User, *, form: HandOverForm | None = None, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            title=f"Deactivate {person}?", person=person, form=form or HandOverForm(person=person)
        )
        return self.render_to_response(context, status=status)


class ActivateView(PersonPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_changeable(pk)
        if not person.is_active:
            self.activate(person)
            messages.success(request, f"The account of {person} is active again.")
        return self.leave_for(person)

    @transaction.atomic
    def activate(self, person: User) -> None:
        try:
            person.activate(by=self.user)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        self.log(person, "The account is active again.")
