"""Headers every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Heeded where a page is shown, and not where it loads a script.
FOR_PAGES = (
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "X-Frame-Options",
)


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
        # Files say themselves for how long they are kept; a page about one that is not there shows who asked.
        response.setdefault("Cache-Control", "private, no-store")
        if request.path.startswith("/static/") and "immutable" in response["Cache-Control"]:
            # A file of ours, of which a page has dozens: a third of what they weigh would be headers. Nobody asks
            # whether it has changed, and somebody who opens it by itself gets nothing that may do anything.
            for name in ("ETag", "Last-Modified", *FOR_PAGES):
                del response.headers[name]
            response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        return response
