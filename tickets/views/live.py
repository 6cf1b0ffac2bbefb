"""The address of the live updates."""

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View

from accounts.models import User
from accounts.sessions import Standing, Visit

from ..live.handshake import HANDSHAKE
from ..live.message import Listener


@method_decorator(login_not_required, name="dispatch")
class LiveView(View):
    """Says who may listen; live/streams.py then keeps the answer open. A script is not sent to sign in."""

    http_method_names = ["get", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponse("Sign in first.", status=401, content_type="text/plain")
        handshake = request.META.get("asgi.scope", {}).get(HANDSHAKE)
        if handshake is None:
            return HttpResponse("This server has no streams.", status=501, content_type="text/plain")
        handshake.admit(_listener(request, request.user), request.GET.get("since", ""))
        return HttpResponse(content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _listener(request: HttpRequest, person: User) -> Listener:
    visit = Visit(cast(str, request.session.session_key), person.pk, Standing.of(person))
    return Listener(visit, person.can_see_every_ticket, person.can_work_tickets)
