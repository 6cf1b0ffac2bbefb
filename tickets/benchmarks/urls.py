"""The product's site map, and beside it the barest page of the console: the measure of the others."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from ..models import Ticket

BARE = """{% extends "admin/base_site.html" %}{% block content %}<p>{{ ticket.title }}</p>{% endblock content %}"""


def bare(request: HttpRequest) -> HttpResponse:
    """The console's frame around one ticket: one query beside those of session, user and rights."""
    ticket = Ticket.objects.order_by("-pk").first()
    context = {**admin.site.each_context(request), "title": "Bare page", "ticket": ticket}
    return TemplateResponse(request, engines["django"].from_string(BARE), context)


urlpatterns = [
    path("benchmark/bare/", admin.site.admin_view(bare), name="benchmark_bare"),
    path("", include("helpdesk.urls")),
]
