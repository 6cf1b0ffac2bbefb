"""For load balancers and supervisors: is the process alive, can it serve. Nothing more is told."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from helpdesk.db.upgrades import unapplied_migrations


@login_not_required
@csrf_exempt
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer that this process answers."""
    return _says("ok")


@login_not_required
@csrf_exempt
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database is there with every migration, else 503. Two queries."""
    try:
        return _says("not ready", status=503) if unapplied_migrations(connection) else _says("ok")
    except DatabaseError:
        return _says("not ready", status=503)


def _says(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
