"""Saved views: kept, renamed, shared and deleted; and what the side bar counts."""

from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AdminRequest, User
from helpdesk.console.base import ConsoleAdmin, ConsolePage
from helpdesk.db.keyset import bounded_count
from helpdesk.web.query_params import whole_number
from helpdesk.web.sent_once import sent_once

from .. import permissions
from ..filters.console import REQUESTER_ANSWERED_LIST, Choices, ConsoleTicketFilter
from ..models import SavedView, Ticket

# The side bar shows no more; the page of the saved views shows all.
MOST_IN_SIDE_BAR = 20


def built_in() -> tuple[SavedView, ...]:
    """Answer the views that everybody has, with their names in the reader's language."""
    return (
        SavedView(name=gettext("Assigned to me"), query="assignee=me&status=unsolved"),
        SavedView(name=gettext("Requester answered"), query=REQUESTER_ANSWERED_LIST),
        SavedView(name=gettext("Unassigned open"), query="assignee=nobody&status=open"),
    )


class SavedViewForm(forms.ModelForm):
    """by: who saves. Those who may not share views are not asked whether they want to."""

    shared = forms.BooleanField(
        required=False, label=_("For everybody in the console. Otherwise only for you.")
    )

    class Meta:
        model = SavedView
        fields = ("name",)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial["shared"] = self.instance.pk is not None and self.instance.is_shared
        if not permissions.may_share_views(by):
            del self.fields["shared"]

    def save(self, commit: bool = True) -> SavedView:
        owner = None if self.cleaned_data.get("shared") else self.by
        if self.instance.pk is None or self.instance.owner != owner:
            self.instance.owner = owner
            self.instance.place_last()
        return super().save(commit)


class NamedList(NamedTuple):
    """What a list is called. view: None for one without a name. is_changed: whether it shows something else by now.
    may_change: whether its reader may let the view show that from now on.
    """

    view: SavedView | None = None
    is_changed: bool = False
    may_change: bool = False


def named_list(filters: ConsoleTicketFilter, reader: User) -> NamedList:
    """Say which view a list is, or began as. One query where its address names one."""
    shown = sorted(filters.kept("view"))
    number = whole_number(filters.data.get("view", ""))
    if number is not None:
        view = SavedView.objects.usable_by(reader).filter(pk=number).first()
        if view is None:
            return NamedList()
        is_changed = shown != sorted(parse_qsl(view.list_query))
        return NamedList(view, is_changed, permissions.may_keep_view(reader, view))
    return NamedList(next((view for view in built_in() if shown == sorted(parse_qsl(view.list_query))), None))


class SavedViewPage(ConsolePage):
    def filters(self, params: QueryDict, choices: Choices | None = None) -> ConsoleTicketFilter:
        tickets = Ticket.objects.visible_to(self.user)
        return ConsoleTicketFilter(params, tickets, user=self.user, choices=choices)

    def in_words(self, view: SavedView, choices: Choices | None = None) -> list[str]:
        """Say what a view narrows by. choices: to ask for people and types once for several views."""
        return self.filters(QueryDict(view.list_query), choices).in_words()

    def chosen_query(self, request: HttpRequest) -> str | None:
        """Answer the parameters of a view that shows what the address says; None if that makes no sense."""
        params = request.GET.copy()
        if params.get("sort") not in self.model_admin.admin_site.get_model_admin(Ticket).orderings:
            params.pop("sort", None)
        filters = self.filters(params)
        return filters.to_be_saved if filters.makes_sense else None

    def get_kept(self, pk: int) -> SavedView:
        """A view this person may change. Another's own one is not there."""
        view = get_object_or_404(SavedView.objects.usable_by(self.user), pk=pk)
        if not permissions.may_keep_view(self.user, view):
            raise PermissionDenied
        return view

    @staticmethod
    def back(request: HttpRequest) -> HttpResponse:
        return redirect(f"{reverse('admin:tickets_ticket_changelist')}?{request.GET.urlencode()}")


class ListPage(SavedViewPage):
    template_name = "admin/tickets/savedview/change_list.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        choices = Choices()
        rows = [
            (view, self.in_words(view, choices), permissions.may_keep_view(self.user, view))
            for view in (*built_in(), *SavedView.objects.usable_by(self.user))
        ]
        return self.render_to_response(self.get_context_data(title=gettext("Saved views"), rows=rows))


class FormPage(SavedViewPage):
    """A name for a view, and whether it is everybody's."""

    template_name = "admin/tickets/savedview/change_form.html"

    def show(self, form: SavedViewForm) -> HttpResponse:
        shown = self.in_words(form.instance)
        title = gettext("Rename the view") if form.instance.pk else gettext("Save this view")
        return self.render_to_response(self.get_context_data(title=title, form=form, shown=shown))

    def save(self, request: HttpRequest, view: SavedView) -> HttpResponse:
        if request.POST.get("shared") and not permissions.may_share_views(self.user):
            raise PermissionDenied
        form = SavedViewForm(request.POST, instance=view, by=self.user)
        if not form.is_valid():
            return self.show(form)
        with sent_once(request) as sending:
            view = form.save()
            sending.leads_to(redirect(view))
        messages.success(request, gettext("The view “%(view)s” is saved.") % {"view": view})
        return redirect(view)


class AddPage(FormPage):
    """Saves the filters and the order in its own address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        view = self.begun(request)
        # The list says beside the field what makes no sense.
        return self.show(SavedViewForm(instance=view, by=self.user)) if view else self.back(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        view = self.begun(request)
        return self.save(request, view) if view else self.back(request)

    def begun(self, request: HttpRequest) -> SavedView | None:
        query = self.chosen_query(request)
        return None if query is None else SavedView(query=query)


class ChangePage(FormPage):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(SavedViewForm(instance=self.get_kept(pk), by=self.user))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.save(request, self.get_kept(pk))


class UpdateView(SavedViewPage):
    """Lets a view show from now on what the address says, as AddPage saves it."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        view, query = self.get_kept(pk), self.chosen_query(request)
        if query is None:
            return self.back(request)
        view.query = query
        with sent_once(request, redirect(view)):
            view.save(update_fields=["query"])
        messages.success(request, gettext("The view “%(view)s” is saved.") % {"view": view})
        return redirect(view)


class MoveView(SavedViewPage):
    """Takes `steps`: -1 for up, 1 for down."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        view = self.get_kept(pk)
        with sent_once(request, self.leave()):
            view.move(-1 if request.POST.get("steps") == "-1" else 1)
        return self.leave()


class DeletePage(SavedViewPage):
    template_name = "admin/tickets/savedview/delete_confirmation.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        view = self.get_kept(pk)
        return self.render_to_response(
            self.get_context_data(title=gettext("Delete “%(view)s”?") % {"view": view}, view=view)
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        view = self.get_kept(pk)
        with sent_once(request, self.leave()):
            view.delete()
        messages.success(request, gettext("The view “%(view)s” is deleted.") % {"view": view})
        return self.leave()


class CountsView(SavedViewPage):
    """The list in the side bar below Manage Tickets, and nothing around it: for a script, and for live pages.

    One query for each view, up to the bound, and a few more; no page of the console waits for it.
    """

    template_name = "admin/tickets/savedview/_side_bar.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        tickets = self.model_admin.admin_site.get_model_admin(Ticket)
        views = (*built_in(), *SavedView.objects.usable_by(self.user)[:MOST_IN_SIDE_BAR])
        counted = [
            (view, bounded_count(tickets.narrowed(QueryDict(view.list_query), self.user))) for view in views
        ]
        waiting = None
        if request.user.has_perm("accounts.view_adminrequest"):
            waiting = AdminRequest.objects.waiting().count()
        return self.render_to_response({"views_id": "saved-views", "counted": counted, "waiting": waiting})


@admin.register(SavedView)
class SavedViewAdmin(ConsoleAdmin):
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Any]] = {
            "changelist": ("", ListPage),
            "add": ("add/", AddPage),
            "counts": ("counts/", CountsView),
            "change": ("<int:pk>/change/", ChangePage),
            "update": ("<int:pk>/update/", UpdateView),
            "move": ("<int:pk>/move/", MoveView),
            "delete": ("<int:pk>/delete/", DeletePage),
        }
        return [
            path(
                address,
                self.admin_site.admin_view(page.as_view(model_admin=self)),
                name=f"tickets_savedview_{name}",
            )
            for name, (address, page) in pages.items()
        ]
