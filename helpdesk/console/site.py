"""The console: who gets in, its front page, and what its lists and pages have in common."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, ClassVar, NoReturn, cast

import django_filters
from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Window
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from accounts.models import AdminRequest, User
from accounts.models.managers import NAME
from helpdesk.composed import Composed
from helpdesk.db.keyset import Ordering, Page, bounded_count
from tickets.filters.console import DashboardFilter
from tickets.models import Ticket
from tickets.reports.dashboard import dashboard, numbers, short_lists

SHORT_LIST = 8
OUR_APPS = ("accounts", "helpdesk", "tickets")
WAITING = Composed(
    lambda: (
        AdminRequest.objects.waiting()
        .select_related("user")
        .only("requested_at", *(f"user__{part}" for part in NAME))
        .annotate(number=Window(Count("pk")))
        .order_by("requested_at", "id")[:SHORT_LIST]
    )
)


class ConsoleSite(admin.AdminSite):
    """For people who see every ticket: admins, and staff in groups of the operator's own."""

    site_title = site_header = "Helpdesk"
    index_title = "Dashboard"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take pages made for this console only. Those that other applications bring would go around the
        verbs (allauth's addresses, Django's groups) or show what mails say (the tasks, with reset links).
        """
        models: Any = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model._meta.app_label in OUR_APPS]
        super().register(ours, admin_class, **options)

    # -- the gate ----------------------------------------------------------------------------
    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and user.is_staff and user.can_see_every_ticket

    def admin_view(self, view: Callable, cacheable: bool = False) -> Any:
        """Send guests to sign in; for everybody else who may not enter there is nothing here."""
        inner = super().admin_view(view, cacheable)

        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return update_wrapper(gate, inner)

    def get_urls(self) -> list:
        # The pages of the tickets are made of this module.
        from helpdesk.mail import sent_mail_admin
        from tickets.admin.colleagues import colleagues

        urls = super().get_urls()
        for url in urls:
            # Straight to the one sign-in page, not by way of /admin/login/.
            view: Any = getattr(url, "callback", None)
            if hasattr(view, "login_url"):
                view.login_url = reverse_lazy("account_login")
        own = [
            path("colleagues/", self.admin_view(colleagues), name="colleagues"),
            path("live/", self.admin_view(self.live), name="live"),
        ]
        # Before Django's last, which takes every address.
        return [*own, *sent_mail_admin.pages(self.admin_view), *urls]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Lead to the one sign-in page: a second form would have its own limits to break."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise Http404
            return redirect("admin:index")
        wanted = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
            wanted = reverse("admin:index")
        return redirect_to_login(wanted)

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        """Sign out the way everybody does: by POST; anything else leads to the page that asks."""
        if request.method == "POST":
            return LogoutView.as_view()(request)
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return redirect("account_change_password")

    password_change_done = password_change

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "is_demo": settings.DEMO}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Build the list of everything once for a page: the front page asks twice."""
        if app_label is not None:
            return super().get_app_list(request, app_label)
        known = vars(request).setdefault("_console_apps", {})
        if self not in known:
            known[self] = super().get_app_list(request)
        return known[self]

    # -- the front page ----------------------------------------------------------------------
    def index(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        user, kept = cast(User, request.user), request.GET.copy()
        kept.pop("ratings", None)
        front_page = {
            **dashboard(user, request.GET.get("ratings", "")),
            **self._lists(request),
            "kept": kept.urlencode(),
            "live_src": f"{reverse('admin:live')}?{request.GET.urlencode()}",
        }
        return super().index(request, {**front_page, **(extra_context or {})})

    def live(self, request: HttpRequest) -> HttpResponse:
        """Answer the parts of the front page that change with the tickets, for the open one."""
        user = cast(User, request.user)
        counted = numbers(user, request.GET.get("ratings", ""))
        now = {**counted, **self._lists(request), "live": True}
        return TemplateResponse(request, "admin/index.html", now)

    def _lists(self, request: HttpRequest) -> dict[str, Any]:
        user = cast(User, request.user)
        filters = DashboardFilter(request.GET, Ticket.objects.visible_to(user).present())
        mine, unassigned = short_lists(filters.qs, user, SHORT_LIST)
        waiting = self._waiting_admin_requests(request)
        return {
            "filters": filters,
            "mine": mine,
            "unassigned": unassigned,
            "admin_requests": waiting,
            "admin_requests_waiting": waiting[0].number if waiting else 0,
        }

    @staticmethod
    def _waiting_admin_requests(request: HttpRequest) -> list[Any]:
        """The first few, each with the `number` of all, which the side bar shows as well."""
        return WAITING() if request.user.has_perm("accounts.view_adminrequest") else []


class ConsoleAdmin(admin.ModelAdmin):
    """A model in the console: nothing is deleted here, and what is not there is a 404."""

    actions = None
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        raise Http404


class PagedAdmin(ConsoleAdmin):
    """A model whose list is narrowed by a filter set and paged by key.

    Django's own change list counts every row and pages by OFFSET. A subclass says what it lists in
    `listed`, how it may be narrowed and ordered, and has a template beside Django's.
    """

    heading: ClassVar[str]
    filter_class: ClassVar[type[django_filters.FilterSet]]
    # What the address calls an ordering -> the ordering; the first is the usual one.
    orderings: ClassVar[dict[str, Ordering]]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def listed(self, request: HttpRequest) -> QuerySet:
        raise NotImplementedError

    def live_src(self, request: HttpRequest) -> str:
        """Name where the open list asks for itself anew; empty for a list that does not."""
        return ""

    def filters(self, request: HttpRequest) -> django_filters.FilterSet:
        return self.filter_class(request.GET, self.listed(request))

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.list_page(request, **(extra_context or {}))

    def list_page(self, request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the list. A filter that makes no sense empties it and says so beside its field."""
        filters = self.filters(request)
        rows = filters.qs
        if filters.form.errors:
            rows = rows.none()
        sort = request.GET.get("sort", "")
        sort = sort if sort in self.orderings else next(iter(self.orderings))
        context = {
            # What stands around the list is not asked for again.
            **({} if more.get("live") else self.admin_site.each_context(request)),
            "opts": self.opts,
            "title": self.heading,
            "live_src": self.live_src(request),
            "filters": filters,
            "orderings": self.orderings,
            "sort": sort,
            "number": bounded_count(rows),
            "page": Page(rows, self.orderings[sort], request.GET),
            **more,
        }
        return TemplateResponse(
            request,
            f"admin/{self.opts.app_label}/{self.opts.model_name}/change_list.html",
            context,
            status=status,
        )


class ConsolePage(TemplateResponseMixin, ContextMixin, View):
    """A page of the console that is not one of Django's.

    model_admin: of the model the page is about; whose rights are asked.
    """

    model_admin: Any = None

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = self.model_admin.admin_site.each_context(self.request)
        return super().get_context_data(**{**site, "opts": self.model_admin.opts, **kwargs})

    def leave(self) -> HttpResponse:
        """Lead back to the list the page belongs to."""
        return redirect(f"admin:{self.model_admin.opts.label_lower.replace('.', '_')}_changelist")
