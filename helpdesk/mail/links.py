"""Where the help desk is, for those who read of it in a mail: under HELPDESK_URL, whatever host a request
named (a reset link to somebody else's host would give the account away).
"""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """Make a whole address of a path that starts with a slash."""
    return f"{settings.SITE_URL}{path}"


def host() -> str:
    """What identifiers in the headers of mail end in."""
    name = urlsplit(settings.SITE_URL).hostname or ""
    return f"[IPv6:{name}]" if ":" in name else name
