"""Measures pages of the console through Django's test client: the server's time, without a network."""

from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User

from ..models import Ticket

MOST_QUERIES, MOST_TIMES_BARE = 12, 3.5
WARM_UPS = 3


@dataclass(frozen=True)
class Measured:
    """milliseconds: the median of the runs. times_bare: how many bare pages it costs."""

    page: str
    milliseconds: float
    queries: int
    times_bare: float

    @property
    def is_within_target(self) -> bool:
        return self.queries <= MOST_QUERIES and self.times_bare <= MOST_TIMES_BARE


def measure(reader: User, ticket: Ticket, runs: int) -> list[Measured]:
    """Ask each page so many times, in turns so that a slow moment hits all, and answer the bare one first.

    reader: who may enter the console. ticket: whose page is asked.
    Raises RuntimeError if a page does not answer 200.
    """
    # The console writes nothing on GET; static files need not be collected to be measured.
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(ROOT_URLCONF="tickets.benchmarks.urls", STORAGES=storages, ALLOWED_HOSTS=["*"]):
        pages = {
            "Bare page": reverse("benchmark_bare"),
            "Dashboard": reverse("admin:index"),
            "Manage Tickets": reverse("admin:tickets_ticket_changelist"),
            f"Ticket with {ticket.version} events": reverse("admin:tickets_ticket_change", args=[ticket.pk]),
        }
        client = Client(headers={"Accept-Encoding": "gzip"})
        client.force_login(reader)
        for _ in range(WARM_UPS):
            for address in pages.values():
                _ask(client, address)
        queries = {page: _queries(client, address) for page, address in pages.items()}
        times: dict[str, list[float]] = {page: [] for page in pages}
        for _ in range(runs):
            for page, address in pages.items():
                times[page].append(_ask(client, address))
    bare = median(times["Bare page"])
    return [
        Measured(page, 1000 * median(taken), queries[page], median(taken) / bare)
        for page, taken in times.items()
    ]


def _ask(client: Client, address: str) -> float:
    started_at = perf_counter()
    response = client.get(address)
    taken = perf_counter() - started_at
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
    return taken


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        _ask(client, address)
    return len(captured)
