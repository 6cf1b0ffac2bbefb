"""What the console's lists and pages have in common."""

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, cast

import django_filters
from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from helpdesk.db.keyset import Ordering, Page, bounded_count
from helpdesk.web.sent_once import sent_once

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User
    from django_stubs_ext import StrOrPromise

    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


class ConsoleAdmin(_ModelAdmin):
    """A model in the console: nothing is deleted here, and what is not there is a 404.

    what_for: a sentence that an empty list says.
    """

    what_for: "StrOrPromise" = ""
    actions = None
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        # Django takes an empty ?_to_field= for the name of a column.
        return super().get_object(request, object_id, from_field or None)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        # A button no page of ours has: Django's page then knows no row any more, and breaks.
        if "_saveasnew" in request.POST:
            raise BadRequest
        with sent_once(request) as sending:
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if response.has_header("Location"):
                sending.leads_to(response)
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        with sent_once(request) as sending:
            response = super().delete_view(request, object_id, extra_context)
            if response.has_header("Location"):
                sending.leads_to(response)
        return response

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        raise Http404


class PagedAdmin(ConsoleAdmin):
    """A model whose list is narrowed by a filter set and paged by key.

    Django's own change list counts every row and pages by OFFSET. A subclass says what it lists in
    `listed`, how it may be narrowed and ordered, and has a template beside Django's.
    """

    heading: ClassVar["StrOrPromise"]
    filter_class: ClassVar[type[django_filters.FilterSet]]
    # What the address calls an ordering -> the ordering; the first is the usual one.
    orderings: ClassVar[dict[str, Ordering]]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def listed(self, request: HttpRequest) -> QuerySet[Any]:
        raise NotImplementedError

    def live_src(self, request: HttpRequest) -> str:
        """Name where the open list asks for itself anew; empty for a list that does not."""
        return ""

    def beside(self, request: HttpRequest, filters: Any, page: Page) -> dict[str, Any]:
        """Answer what a list's own template needs as well."""
        return {}

    def filters(self, request: HttpRequest) -> django_filters.FilterSet:
        return self.filter_class(request.GET, self.listed(request))

    def sort_of(self, params: QueryDict) -> str:
        """Answer the code of the order a list with these parameters has; of nonsense the usual one."""
        sort = params.get("sort", "")
        return sort if sort in self.orderings else next(iter(self.orderings))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
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
        sort = self.sort_of(request.GET)
        page = Page(rows, self.orderings[sort], request.GET)
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
            "page": page,
            **self.beside(request, filters, page),
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
    def user(self) -> "User":
        return cast("User", self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = self.model_admin.admin_site.each_context(self.request)
        return super().get_context_data(**{**site, "opts": self.model_admin.opts, **kwargs})

    def leave(self) -> HttpResponse:
        """Lead back to the list the page belongs to."""
        return redirect(f"admin:{self.model_admin.opts.label_lower.replace('.', '_')}_changelist")
