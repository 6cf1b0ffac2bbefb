"""What requesters thought: a list, a report and a table to take along. Changed nowhere."""

from datetime import date, datetime, timedelta
from typing import Any, cast

import django_filters
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.console.base import ConsolePage, PagedAdmin
from helpdesk.db.keyset import Ordering
from helpdesk.models import AuditEvent

from ..audit import AuditKind
from ..filters.periods import between
from ..models import Feedback
from ..models.feedback import SCORES, FeedbackQuerySet
from ..reports.chart import Series, bar_chart
from ..reports.csv_export import csv_rows, csv_text
from ..reports.response_times import first_day
from ..reports.satisfaction import FEWEST, MOST_RATINGS, WEEKS, counted, report, weeks

ALL_TIME = "all"
PERIODS = [
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("365", _("Last year")),
    (ALL_TIME, _("All time")),
]
USUAL_PERIOD = "90"
ALL, CONTENT = Series("hd-f2", 10, 38), Series("hd-f1", 10, 38)


class FeedbackFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="filter_words",
        label=_("Words in the comment"),
        max_length=200,
        widget=forms.SearchInput(attrs={"placeholder": _("Search comments")}),
    )
    score = django_filters.ChoiceFilter(
        choices=[(score, format_lazy("{} · {}", score, word)) for score, word in SCORES.items()],
        label=_("Rating"),
        empty_label=_("All ratings"),
    )

    given_from = django_filters.DateFilter(
        method="filter_day",
        label=_("Given from"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    counts = django_filters.ChoiceFilter(
        choices=[("true", _("In reports"))],
        method="filter_counted",
        label=_("Counted"),
        empty_label=_("In reports or not"),
    )

    class Meta:
        model = Feedback
        fields = ["q", "score"]

    def filter_day(self, ratings: FeedbackQuerySet, name: str, day: date) -> QuerySet[Any]:
        return ratings.filter(between("given_at", day, None))

    def filter_counted(self, ratings: FeedbackQuerySet, name: str, choice: str) -> QuerySet[Any]:
        return ratings.that_count()

    def filter_words(self, ratings: FeedbackQuerySet, name: str, text: str) -> QuerySet[Any]:
        """Look into the newest MOST_RATINGS comments only: no index helps to find words within them."""
        newest = Feedback.objects.order_by("-given_at", "-id").values("pk")[:MOST_RATINGS]
        return ratings.commented_like(text).filter(pk__in=newest)


class PeriodForm(forms.Form):
    period = forms.ChoiceField(choices=PERIODS, required=False, label=_("Period"))


class Period:
    """Whole days up to today, as the dashboard's figures, and as many before them to compare with.

    label: its name. first, last: its days; before_first, before_last: those before. start, before: when each of the two
    begins. All but label and last are None for all time.
    """

    first: date | None = None
    before_first: date | None = None
    before_last: date | None = None
    start: datetime | None = None
    before: datetime | None = None

    def __init__(self, code: str, now: datetime) -> None:
        """code: of PERIODS."""
        self.label, self.last = dict(PERIODS)[code], timezone.localdate(now)
        if code == ALL_TIME:
            return
        days = int(code)
        self.first, self.start = first_day(now, days)
        self.before_first, self.before = first_day(now, 2 * days)
        self.before_last = self.first - timedelta(days=1)


class FeedbackPage(ConsolePage):
    """A page for those who may read what requesters thought."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReportPage(FeedbackPage):
    template_name = "admin/tickets/feedback/report.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        code, now = request.GET.get("period") or USUAL_PERIOD, timezone.now()
        form = PeriodForm({"period": code})
        period = Period(code, now) if form.is_valid() else None
        shown = weeks(now)
        # The content are a part of all, drawn over them.
        numbers = [(week.monday, (week.ratings.number, week.ratings.content)) for week in shown]
        context = {
            "periods": [(choice, label, choice == code) for choice, label in PERIODS],
            "period": period,
            "report": report(period.start, period.before) if period else None,
            "weeks": shown,
            "week_count": WEEKS,
            "chart": bar_chart((ALL, CONTENT), numbers),
            "fewest": FEWEST,
            "most_ratings": MOST_RATINGS,
        }
        return self.render_to_response(
            self.get_context_data(title=gettext("Feedback report"), form=form, **context)
        )


class DownloadPage(FeedbackPage):
    """The list as CSV. By POST, as it is written down who took what away."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        filters = FeedbackFilter(request.POST, counted())
        if not filters.form.is_valid():
            # The list says beside the field what makes no sense.
            asked = request.POST.copy()
            asked.pop("csrfmiddlewaretoken", None)
            return redirect(f"{reverse('admin:tickets_feedback_changelist')}?{asked.urlencode()}")
        ratings = filters.qs.order_by("-given_at", "-id")
        AuditEvent.log(AuditKind.EXPORTED, person=None, by=cast(User, request.user), rows=ratings.count())
        rows = csv_rows(ratings, timezone.get_current_timezone())
        response = StreamingHttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="feedback-{timezone.localdate()}.csv"'
        return response


@admin.register(Feedback)
class FeedbackAdmin(PagedAdmin):
    heading = _("Feedback")
    filter_class = FeedbackFilter
    orderings = {
        "-given": Ordering(_("Latest first"), "given_at", True),
        "given": Ordering(_("Oldest first"), "given_at", False),
    }

    def listed(self, request: HttpRequest) -> QuerySet[Any]:
        people_and_ticket = Feedback.objects.select_related("ticket__requester", "resolver")
        return people_and_ticket.present().defer("ticket__description")

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        return [
            path("", gate(self.changelist_view), name="tickets_feedback_changelist"),
            path("report/", gate(ReportPage.as_view(model_admin=self)), name="tickets_feedback_report"),
            path("csv/", gate(DownloadPage.as_view(model_admin=self)), name="tickets_feedback_csv"),
        ]
