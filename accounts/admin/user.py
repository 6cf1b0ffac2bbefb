"""Manage Users: the list, and where each page about a person has its address."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import PagedAdmin
from helpdesk.db.keyset import Ordering

from ..models import Invitation, User, UserQuerySet
from ..roles import Role
from .name_ordering import NameOrdering
from .user_page import ActivateView, DeactivateView, DeleteView, HistoryPage, UserPage

INVITED, DELETED, NEVER, LONG_AGO = "invited", "deleted", "never", "long"


class UserFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="filter_words",
        label=_("Search"),
        max_length=254,
        widget=forms.SearchInput(attrs={"placeholder": _("Search name or email")}),
    )
    role = django_filters.ChoiceFilter(
        choices=Role, method="filter_role", label=_("Role"), empty_label=_("All roles")
    )
    active = django_filters.ChoiceFilter(
        choices=[
            ("yes", _("Active")),
            ("no", _("Deactivated")),
            (INVITED, _("Invited")),
            (DELETED, _("Deleted")),
        ],
        method="filter_active",
        label=_("State"),
        empty_label=_("Active or not"),
    )
    seen = django_filters.ChoiceFilter(
        choices=[
            (NEVER, _("Never")),
            ("30", _("In the last 30 days")),
            ("90", _("In the last 90 days")),
            (LONG_AGO, _("Longer than 90 days ago")),
        ],
        method="filter_seen",
        label=_("Last seen"),
        empty_label=_("Any time"),
    )

    class Meta:
        model = User
        fields = ["q", "role", "active", "seen"]

    @property
    def qs(self) -> UserQuerySet:
        """Without the accounts that were deleted, unless they are asked for."""
        people = super().qs
        return people if self.form.cleaned_data.get("active") == DELETED else people.filter(deleted_at=None)

    def filter_words(self, people: UserQuerySet, name: str, text: str) -> UserQuerySet:
        return people.named_like(text)

    def filter_role(self, people: UserQuerySet, name: str, role: str) -> UserQuerySet:
        return people.with_role(role)

    def filter_active(self, people: UserQuerySet, name: str, answer: str) -> UserQuerySet:
        if answer == DELETED:
            return people.exclude(deleted_at=None)
        return people.filter(is_active=answer == "yes")

    def filter_seen(self, people: UserQuerySet, name: str, when: str) -> UserQuerySet:
        if when == NEVER:
            return people.filter(last_login=None)
        if when == LONG_AGO:
            return people.filter(last_login__lt=timezone.now() - timedelta(days=90))
        return people.filter(last_login__gte=timezone.now() - timedelta(days=int(when)))


@admin.register(User)
class UserAdmin(PagedAdmin):
    heading = _("Manage Users")
    filter_class = UserFilter
    orderings = {
        "surname": NameOrdering(),
        "email": Ordering(_("By email"), "email", False),
        "-joined": Ordering(_("Newest first"), "id", True),
    }

    def listed(self, request: HttpRequest) -> QuerySet[Any]:
        return User.objects.defer("password")

    def list_page(self, request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the people. Who is invited is nobody here yet: they have a list of their own."""
        may_see_invited = request.user.has_perm("accounts.view_invitation")
        if request.GET.get("active") == INVITED and may_see_invited:
            return redirect("admin:accounts_invitation_changelist")
        invited = Invitation.objects.waiting().count() if may_see_invited else 0
        return super().list_page(request, status=status, invited=invited, **more)

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        pages = {
            "change": UserPage,
            "deactivate": DeactivateView,
            "activate": ActivateView,
            "delete": DeleteView,
            "history": HistoryPage,
        }
        return [
            path("", gate(self.changelist_view), name="accounts_user_changelist"),
            *(
                path(f"<int:pk>/{name}/", gate(page.as_view(model_admin=self)), name=f"accounts_user_{name}")
                for name, page in pages.items()
            ),
        ]
