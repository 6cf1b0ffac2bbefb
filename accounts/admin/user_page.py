"""One person in the console: name, address, role, history; closing, opening and deleting the account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from helpdesk.db.keyset import Ordering, Page, bounded_count
from helpdesk.models import AuditEvent
from helpdesk.web.sent_once import sent_once

from ..errors import AccountError, HasWork, NotAllowed
from ..models import User
from ..offboarding import retained_data
from .forms import DeleteForm, HandOverForm, UserForm
from .people_page import PeoplePage


class PersonPage(PeoplePage):
    """What the pages about one person have in common: who may see it, who may change it."""

    def get_person(self, pk: int) -> User:
        if not self.model_admin.has_view_permission(self.request):
            raise PermissionDenied
        return get_object_or_404(User, pk=pk)

    def get_changeable(self, pk: int) -> User:
        person = self.get_person(pk)
        if not self.model_admin.has_change_permission(self.request, person):
            raise PermissionDenied
        if person.deleted_at:
            # Nobody's row: its own page says so.
            raise Http404
        return person

    def leave_for(self, person: User) -> HttpResponse:
        """Back to the person's page; to the front door for those who gave up their own rights."""
        if person.pk == self.user.pk and not person.is_admin:
            return redirect("home")
        return redirect("admin:accounts_user_change", person.pk)


class Overtaken(Exception):
    """A colleague has changed the same field; the form says which."""


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
            if "role" in form.changed_data:
                person.hand_over_work(form.cleaned_data.get("successor"), by=self.user)
            with sent_once(request) as sending:
                changes = self.save(form)
                sending.leads_to(self.leave_for(person))
        except Overtaken:
            return self.show(self.get_person(pk), form, status=409)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except AccountError as refusal:
            form.add_error("successor" if isinstance(refusal, HasWork) else "role", str(refusal))
            return self.show(self.get_person(pk), form, status=409)
        except IntegrityError:
            # Somebody else took the address since the form was checked.
            form.add_error("email", _("Another account has this address."))
            return self.show(self.get_person(pk), form, status=409)
        if changes:
            messages.success(
                request, _("%(person)s is saved: %(changes)s") % {"person": person, "changes": changes}
            )
        return self.leave_for(person)

    @transaction.atomic
    def save(self, form: UserForm) -> str:
        """Write what was changed, nothing else, and answer it in words; empty if nothing was."""
        person, typed, changed, said = form.instance, form.cleaned_data, form.changed_data, []
        # Before the first change, or two admins who save at once could wait for each other.
        person.lock(by=self.user, with_admins="role" in changed)
        if form.add_conflicts(person):
            raise Overtaken
        was_email, was_role = person.email, person.role
        if name := {field for field in ("first_name", "last_name") if field in changed}:
            first, last = (
                typed[field] if field in name else getattr(person, field)
                for field in ("first_name", "last_name")
            )
            person.rename(first, last, by=self.user)
            said.append(_("The name is %(name)s.") % {"name": person.get_full_name()})
        if "email" in changed:
            person.change_email(typed["email"], by=self.user)
            said.append(
                _("The email is %(email)s, it was %(before)s.") % {"email": person.email, "before": was_email}
            )
        if "role" in changed:
            person.set_role(typed["role"], by=self.user, successor=typed.get("successor"))
            said.append(
                _("The role is %(role)s, it was %(before)s.")
                % {"role": person.role.label, "before": was_role.label}
            )
        return " ".join(said)

    def show(self, person: User, form: UserForm, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            title=str(person),
            person=person,
            form=form,
            may_change=not person.deleted_at and self.model_admin.has_change_permission(self.request, person),
            is_oneself=person.pk == self.user.pk,
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
            successor = form.cleaned_data.get("successor")
            try:
                person.hand_over_work(successor, by=self.user)
                with sent_once(request, self.leave_for(person)):
                    person.deactivate(by=self.user, successor=successor)
            except NotAllowed as refusal:
                raise PermissionDenied(str(refusal)) from refusal
            except AccountError as refusal:
                form.add_error(None, str(refusal))
                return self.show(self.get_person(pk), form=form, status=409)
            messages.success(request, _("The account of %(person)s is deactivated.") % {"person": person})
        return self.leave_for(person)

    def show(self, person: User, *, form: HandOverForm | None = None, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            title=_("Deactivate %(person)s?") % {"person": person},
            person=person,
            form=form or HandOverForm(person=person),
        )
        return self.render_to_response(context, status=status)


class ActivateView(PersonPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_changeable(pk)
        if not person.is_active:
            try:
                person.activate(by=self.user)
            except NotAllowed as refusal:
                raise PermissionDenied(str(refusal)) from refusal
            except AccountError as refusal:
                messages.error(request, str(refusal))
                return self.leave_for(person)
            messages.success(request, _("The account of %(person)s is active again.") % {"person": person})
        return self.leave_for(person)


class HistoryPage(PersonPage):
    """What was done to the account, latest first."""

    template_name = "admin/accounts/user/history.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_person(pk)
        events = AuditEvent.objects.filter(person=person).select_related("actor")
        page = Page(events, Ordering(_("Latest first"), "id", True), request.GET)
        number = bounded_count(events)
        return self.render_to_response(
            self.get_context_data(
                title=_("History of %(person)s") % {"person": person}, person=person, page=page, number=number
            )
        )


class DeleteView(PersonPage):
    """Says what goes and what stays, and asks, before an account is deleted for good."""

    template_name = "admin/accounts/user/delete_confirmation.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_changeable(pk)
        return self.show(person, DeleteForm(person=person))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = self.get_changeable(pk)
        form, name = DeleteForm(request.POST, person=person), str(person)
        if not form.is_valid():
            return self.show(person, form)
        successor = form.cleaned_data.get("successor")
        try:
            # Nobody deletes their own account, which the verb says: then nothing changes hands, either.
            if person.pk != self.user.pk:
                person.hand_over_work(successor, by=self.user)
            with sent_once(request, self.leave()):
                person.delete_account(by=self.user, successor=successor)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except AccountError as refusal:
            form.add_error(None, str(refusal))
            return self.show(self.get_person(pk), form, status=409)
        messages.success(
            request,
            _("The account of %(person)s is deleted. The history says “%(neutral_name)s” now.")
            % {"person": name, "neutral_name": person},
        )
        return self.leave()

    def show(self, person: User, form: DeleteForm, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            title=_("Delete the account of %(person)s?") % {"person": person},
            person=person,
            form=form,
            remains=retained_data(person),
        )
        return self.render_to_response(context, status=status)
