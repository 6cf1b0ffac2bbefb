"""For load balancers and supervisors: is the process alive, can it serve. Nothing more is told."""

import logging
import time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .readiness import why_not_ready

logger = logging.getLogger(__name__)

# However often strangers ask.
KEPT_SECONDS = 1.0
_lately: dict[str, tuple[float, str]] = {}


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
    """Answer 200 if the help desk can do its work, else 503; the reason goes to the log, once."""
    asked_at, reason = _lately.get("ready", (float("-inf"), ""))
    if time.monotonic() - asked_at >= KEPT_SECONDS:
        before, reason = reason, why_not_ready()
        _lately["ready"] = time.monotonic(), reason
        if reason and reason != before:
            logger.error("Not ready: %s.", reason)
    return _says("not ready", status=503) if reason else _says("ok")


def _says(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
