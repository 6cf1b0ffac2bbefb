"""The help desk as an ASGI application: what `manage.py serve` runs; for another server, the factory."""

from .server.application import Application
from .wsgi import application as pages

# isort: split
# Models, so only once the line above has set Django up.
from tickets.live.streams import LiveStreams


def application(threads: int = 8) -> Application:
    """Put the pages and the live updates together.

    threads: how many pages are made at once.
    """
    return Application(pages, {"/live/": LiveStreams()}, threads=threads)
