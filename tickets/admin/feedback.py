"""What requesters thought: read here, changed nowhere."""

import django_filters
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path

from helpdesk.console import PagedAdmin

from ..models import Feedback
from ..models.feedback import SCORES
from ..paging import Ordering


class FeedbackFilter(django_filters.FilterSet):
    score = django_filters.ChoiceFilter(
        choices=[(score, f"{score} · {word}") for score, word in SCORES.items()],
        label="Rating",
        empty_label="All ratings",
    )

    class Meta:
        model = Feedback
        fields = ["score"]


@admin.register(Feedback)
class FeedbackAdmin(PagedAdmin):
    heading = "Feedback"
    filter_class = FeedbackFilter
    orderings = {
        "-given": Ordering("Latest first", "given_at", True),
        "given": Ordering("Oldest first", "given_at", False),
    }

    def listed(self, request: HttpRequest) -> QuerySet:
        people_and_ticket = Feedback.objects.select_related("ticket__requester", "resolver")
        return people_and_ticket.filter(ticket__trashed_at=None).defer("ticket__description")

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        return [path("", gate(self.changelist_view), name="tickets_feedback_changelist")]
