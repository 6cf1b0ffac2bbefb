"""Where the link in a mail about a watched ticket leads: one click, and no more of them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from ..mail.outbound.unsubscribe import named_by
from ..models import Watch


# RFC 8058: the reader's mail program posts here, signed in nowhere and with no token but the address's own.
@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class UnwatchView(TemplateView):
    """GET asks, for programs that look at every link; POST does it, as often as it comes."""

    template_name = "tickets/unwatch.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        named = named_by(kwargs["token"])
        if named is None:
            raise Http404
        self.person, self.ticket = named

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        Watch.objects.mute(self.person, self.ticket)
        return self.render_to_response(self.get_context_data(done=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(reference=self.ticket.reference, **kwargs)
