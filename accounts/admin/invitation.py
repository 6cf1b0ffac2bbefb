"""Who is invited: inviting by e-mail, sending the link again, withdrawing it."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import PagedAdmin
from helpdesk.db.keyset import Ordering
from helpdesk.web.sent_once import sent_once

from ..errors import AccountError, NotAllowed
from ..forms import AddressField
from ..inviting import invitation_address, too_many_invitations
from ..models import Invitation
from ..models.invitation import InvitationQuerySet
from ..roles import Role
from .people_page import PeoplePage


class InvitationFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        method="filter_state",
        choices=[
            ("waiting", _("Waiting")),
            ("expired", _("Expired")),
            ("accepted", _("Accepted")),
            ("withdrawn", _("Withdrawn")),
        ],
        label=_("State"),
        empty_label=_("Not accepted yet"),
    )

    class Meta:
        model = Invitation
        fields = ["state"]

    @property
    def qs(self) -> InvitationQuerySet:
        invitations = super().qs
        return invitations if self.form.cleaned_data.get("state") else invitations.open()

    def filter_state(self, invitations: InvitationQuerySet, name: str, state: str) -> InvitationQuerySet:
        if state == "waiting":
            return invitations.waiting()
        if state == "expired":
            return invitations.expired()
        return invitations.exclude(**{"used_at" if state == "accepted" else "withdrawn_at": None})


class InviteForm(forms.Form):
    email = AddressField(max_length=254, label=_("Email"))
    role = forms.ChoiceField(choices=Role, initial=Role.USER.value, label=_("Role"))


class InvitationAction(PeoplePage):
    """A POST to its own address. Refused: the list again, with the reason and what was typed."""

    http_method_names = ["post", "options"]

    def check_right(self) -> None:
        if not self.model_admin.has_change_permission(self.request):
            raise PermissionDenied


class InviteView(InvitationAction):
    def post(self, request: HttpRequest) -> HttpResponse:
        self.check_right()
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self.model_admin.list_page(request, form=form)
        email = form.cleaned_data["email"]
        if text := too_many_invitations(request, email):
            form.add_error(None, text)
            return self.model_admin.list_page(request, form=form, status=429)
        try:
            with sent_once(request, self.leave()):
                Invitation.objects.invite(
                    email, form.cleaned_data["role"], by=self.user, address_of=invitation_address
                )
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except AccountError as refusal:
            form.add_error("email", str(refusal))
            return self.model_admin.list_page(request, form=form, status=409)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.model_admin.list_page(request, form=form)
        messages.success(
            request,
            gettext("%(email)s is invited. The link in the mail works for 48 hours.") % {"email": email},
        )
        return self.leave()


class OneInvitationView(InvitationAction):
    """withdrawing: or else it is sent again."""

    withdrawing = False

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.check_right()
        invitation = get_object_or_404(Invitation, pk=pk)
        act: Callable[[Invitation], str] = self.withdraw if self.withdrawing else self.send_again
        try:
            with sent_once(request, self.leave()):
                done = act(invitation)
            messages.success(request, done)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except AccountError as refusal:
            messages.error(
                request,
                gettext("%(person)s: %(reason)s") % {"person": invitation.email, "reason": refusal},
            )
            return self.model_admin.list_page(request, status=409)
        return self.leave()

    def withdraw(self, invitation: Invitation) -> str:
        invitation.withdraw(by=self.user)
        return gettext("The invitation of %(email)s was withdrawn. Its link no longer works.") % {
            "email": invitation.email
        }

    def send_again(self, invitation: Invitation) -> str:
        if text := too_many_invitations(self.request, invitation.email):
            raise AccountError(text)
        invitation.send_again(by=self.user, address_of=invitation_address)
        return gettext(
            "%(email)s was sent a new link, which works for 48 hours. The previous one no longer works."
        ) % {"email": invitation.email}


@admin.register(Invitation)
class InvitationAdmin(PagedAdmin):
    heading = _("Invitations")
    filter_class = InvitationFilter
    orderings = {
        "-id": Ordering(_("Latest first"), "id", True),
        "id": Ordering(_("Oldest first"), "id", False),
    }

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whoever makes people admins may invite them; no right of its own that could be given alone.
        return bool(request.user.has_perm("accounts.change_user"))

    def listed(self, request: HttpRequest) -> QuerySet[Any]:
        return Invitation.objects.select_related("invited_by", "person")

    def list_page(self, request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        form = more.pop("form", None) or InviteForm()
        may_invite = self.has_change_permission(request)
        return super().list_page(request, status=status, form=form, may_invite=may_invite, **more)

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        acts = {"withdraw": True, "send": False}
        return [
            path("", gate(self.changelist_view), name="accounts_invitation_changelist"),
            path("invite/", gate(InviteView.as_view(model_admin=self)), name="accounts_invitation_invite"),
            *(
                path(
                    f"<int:pk>/{name}/",
                    gate(OneInvitationView.as_view(model_admin=self, withdrawing=withdrawing)),
                    name=f"accounts_invitation_{name}",
                )
                for name, withdrawing in acts.items()
            ),
        ]
