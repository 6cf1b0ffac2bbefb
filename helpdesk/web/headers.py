"""Headers every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class HeadersMiddleware:
    """Add what Django and django-csp do not send themselves.

    Pages of a signed-in person are never kept by a cache, so that the Back button shows nothing after
    signing out (CVE-2024-3262 at a peer; ASVS 5.0 14.3.2).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "private, no-store")
        elif "immutable" in response.get("Cache-Control", ""):
            # Nobody asks whether it has changed. A page has dozens of them.
            for name in ("ETag", "Last-Modified"):
                del response.headers[name]
        return response
