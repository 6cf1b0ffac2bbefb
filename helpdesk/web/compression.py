"""Pages, compressed."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Compress pages of HTML that are whole, and nothing else: no file, no export, no stream.

    The sizes of what is compressed could tell what a page says beside words that somebody else chose (BREACH). So
    each answer is made longer by a random length (Heal the BREACH, Palacios et al. 2022), security tokens are
    masked anew in each page, and cookies are not sent along from other sites' pages but for following a link.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Answer what is sent, compressed if that is wanted and worth it."""
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
