"""The help desk as an ASGI application: what `manage.py serve` runs; for another server, the factory."""

from django.urls import reverse

from .server.application import Application
from .wsgi import application as pages

# isort: split
# Models, so only once the line above has set Django up.
from accounts.sessions import is_signed_in
from tickets.live.streams import LiveStreams


def application(threads: int = 8) -> Application:
    """Put the pages and the live updates together.

    threads: how many pages are made at once.
    """
    apart = (reverse("health_live"), reverse("health_ready"))
    return Application(pages, is_signed_in, {"/live/": LiveStreams()}, apart=apart, threads=threads)
