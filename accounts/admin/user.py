"""Manage Users: the list, and where each page about a person has its address."""

import django_filters
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from helpdesk.console import PagedAdmin
from tickets.paging import Ordering

from ..models import User, UserQuerySet
from ..roles import Role
from .user_page import ActivateView, DeactivateView, UserPage


class UserFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="filter_words",
        label="Search",
        max_length=254,
        widget=forms.SearchInput(attrs={"placeholder": "Search name or email"}),
    )
    role = django_filters.ChoiceFilter(
        choices=Role, method="filter_role", label="Role", empty_label="All roles"
    )
    active = django_filters.ChoiceFilter(
        choices=[("yes", "Active"), ("no", "Deactivated")],
        method="filter_active",
        label="State",
        empty_label="Active or not",
    )

    class Meta:
        model = User
        fields = ["q", "role", "active"]

    def filter_words(self, people: UserQuerySet, name: str, text: str) -> UserQuerySet:
        return people.named_like(text)

    def filter_role(self, people: UserQuerySet, name: str, role: str) -> UserQuerySet:
        return people.with_role(role)

    def filter_active(self, people: UserQuerySet, name: str, answer: str) -> UserQuerySet:
        return people.filter(is_active=answer == "yes")


@admin.register(User)
class UserAdmin(PagedAdmin):
    heading = "Manage Users"
    filter_class = UserFilter
    orderings = {
        "surname": Ordering("By surname", "last_name", False),
        "email": Ordering("By email", "email", False),
        "-joined": Ordering("Newest first", "id", True),
    }

    def listed(self, request: HttpRequest) -> QuerySet:
        return User.objects.defer("password")

    def history_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what admins changed about a person, as Django keeps it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.history_view(request, str(pk))

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        pages = {"change": UserPage, "deactivate": DeactivateView, "activate": ActivateView}
        return [
            path("", gate(self.changelist_view), name="accounts_user_changelist"),
            path("<int:pk>/history/", gate(self.history_page), name="accounts_user_history"),
            *(
                path(f"<int:pk>/{name}/", gate(page.as_view(model_admin=self)), name=f"accounts_user_{name}")
                for name, page in pages.items()
            ),
        ]
