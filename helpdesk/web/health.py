"""For load balancers and supervisors: is the process alive, can it serve. Nothing more is told."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


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


def unapplied_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the migrations of this version that the database lacks, such as "tickets.0001_initial"."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in _known_migrations() if (app, name) not in applied]


@cache
def _known_migrations() -> list[tuple[str, str]]:
    """Read the migrations on disk, which takes as long as a hundred answers."""
    return sorted(MigrationLoader(None).disk_migrations)


def _says(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
