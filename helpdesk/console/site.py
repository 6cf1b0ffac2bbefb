"""The console as a site: who gets in, and what rooms put there beside the pages of their models."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, ClassVar

from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, resolve, reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .base import ConsoleAdmin

# The console's own around each view.
Gate = Callable[..., Any]


class ConsoleSite(admin.AdminSite):
    """For people who see every ticket: admins, and staff in groups of the operator's own."""

    site_title = site_header = "Helpdesk"
    index_title = _("Dashboard")
    enable_nav_sidebar = False

    _pages: ClassVar[list[Callable[[Gate], list[URLPattern]]]] = []
    _front_page: ClassVar[list[Callable[[HttpRequest], dict[str, Any]]]] = []

    # -- what rooms put there ------------------------------------------------------------------
    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take pages made for this console only. Those that other applications bring would go around the
        verbs (allauth's addresses, Django's groups) or show what mails say (the tasks, with reset links).
        """
        if admin_class is not None and issubclass(admin_class, ConsoleAdmin):
            super().register(model_or_iterable, admin_class, **options)

    @classmethod
    def add_pages(cls, pages: Callable[[Gate], list[URLPattern]]) -> None:
        """Add pages that belong to no model. Called where they are defined, as @admin.register is.

        pages: makes their addresses, under the console's own, of the gate to put around each view.
        """
        cls._pages.append(pages)

    @classmethod
    def set_front_page(cls, template: str, context: Callable[[HttpRequest], dict[str, Any]]) -> None:
        """Say what the console opens with.

        template: draws it, with what Django's own front page is told as well.
        context: answers what else the template needs.
        """
        cls.index_template, cls._front_page = template, [context]

    # -- the gate ----------------------------------------------------------------------------
    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.can_enter_console

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Send guests to sign in; for everybody else who may not enter there is nothing here."""
        inner = super().admin_view(view, cacheable)

        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            # Nothing is named with a NUL, and PostgreSQL refuses to look.
            if not self.has_permission(request) or "\0" in request.path:
                raise Http404
            answer: HttpResponse = inner(request, *args, **kwargs)
            return answer

        return update_wrapper(gate, inner)

    def get_urls(self) -> list[Any]:
        urls = super().get_urls()
        for url in urls:
            # Straight to the one sign-in page, not by way of /admin/login/.
            view: Any = getattr(url, "callback", None)
            if hasattr(view, "login_url"):
                view.login_url = reverse_lazy("account_login")
        # Before Django's last, which takes every address.
        return [*(url for pages in self._pages for url in pages(self.admin_view)), *urls]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the one sign-in page: a second form would have its own limits to break."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise Http404
            return redirect("admin:index")
        wanted = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
            wanted = reverse("admin:index")
        return redirect_to_login(wanted)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out the way everybody does: by POST; anything else leads to the page that asks."""
        if request.method == "POST":
            return LogoutView.as_view()(request)
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

    password_change_done = password_change

    # -- every page ----------------------------------------------------------------------------
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        own = {name: value for context in self._front_page for name, value in context(request).items()}
        return super().index(request, {**own, **(extra_context or {})})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Lead to the dashboard: the side bar lists all there is."""
        return redirect("admin:index")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "is_demo": settings.DEMO}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Build the list of everything once for a page: the front page asks twice."""
        if app_label is not None:
            return super().get_app_list(request, app_label)
        known: dict[Any, list[Any]] = vars(request).setdefault("_console_apps", {})
        if self not in known:
            known[self] = super().get_app_list(request)
        return known[self]


def moved(old: str, new: str) -> Callable[[Gate], list[URLPattern]]:
    """Lead from addresses of the console that were renamed to those they have now, for ConsoleSite.add_pages.

    old, new: what they begin with, under the console's own. What is no address now is a 404.
    """

    @require_safe
    def lead(request: HttpRequest, rest: str = "") -> HttpResponse:
        address = f"{reverse('admin:index')}{new}{rest}"
        # Django's own for every other address has no name.
        if not resolve(address).url_name:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address, permanent=True)

    return lambda gate: [path(old, gate(lead)), path(f"{old}<path:rest>", gate(lead))]
