"""Where a visitor says to come from."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_referer(request: HttpRequest) -> str:
    """Answer the path of the page of ours that the visitor comes from; "" for any other, or if nothing is said.

    Not every path of ours is an address of ours: "//host/" is another site's.
    """
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return ""
    path = urlsplit(referer).path
    return path if url_has_allowed_host_and_scheme(path, None) else ""
