"""`manage.py serve` on the database of the test: for what a test client or live_server cannot show.

What a test writes there the server sees, and the other way round. Sign in with `cookie_of`: the people of
the tests have passwords hashed in a way only tests know.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .processes import Served, environment, manage
from .server.test_port import free_port

# How long a test with a server of its own may take, and all those that share one.
SECONDS, SHARED_SECONDS = 180, 3600


class RealServer(Served):
    """url: where it is; more than one may run on one database."""

    def __init__(self, env: dict[str, str], port: int, *arguments: str, seconds: int = SECONDS) -> None:
        super().__init__(port, *arguments, env=env, seconds=seconds)
        self.url = f"http://127.0.0.1:{port}"
        self.wait_for("Helpdesk is at")

    def cookie_of(self, person: Any) -> dict[str, str]:
        """Sign this person in; answers a cookie as Playwright's `context.add_cookies([...])` takes it."""
        return session_cookie(person, self.url)


def session_cookie(person: Any, url: str) -> dict[str, str]:
    """Sign this person in at the server at `url`; answers a cookie as `cookie_of` does."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the static files in it; they take seconds to collect."""
    folder = tmp_path_factory.mktemp("real-server")
    done = manage("collectstatic", "--noinput", "-v0", env=environment(folder, HELPDESK_MODE="demo"))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def server_environment(django_db_setup: None, collected: Path) -> dict[str, str]:
    """The environment of a demo on the tests' database."""
    from django.conf import settings

    from tickets.benchmarks.server_process import database_url

    return environment(
        collected,
        HELPDESK_MODE="demo",
        # Sessions are signed with it.
        HELPDESK_SECRET_KEY=settings.SECRET_KEY,
        DATABASE_URL=database_url(),
    )


@pytest.fixture(scope="session")
def shared_server(server_environment: dict[str, str]) -> Iterator[RealServer]:
    server = RealServer(server_environment, free_port(), "--no-worker", seconds=SHARED_SECONDS)
    yield server
    assert server.stop() == 0, server.said


@pytest.fixture
def real_server(transactional_db: None, shared_server: RealServer) -> RealServer:
    """One server for all tests of this process, on the database that each of them finds empty. Not to be stopped."""
    assert shared_server.is_running, shared_server.said
    return shared_server


@pytest.fixture
def start_server(
    transactional_db: None, server_environment: dict[str, str]
) -> Iterator[Callable[..., RealServer]]:
    """Start a server of this test's own, which may stop it. Takes a port to start one where another was, and
    with_worker. Ended with the test.
    """
    started: list[RealServer] = []

    def start(port: int | None = None, *, with_worker: bool = False) -> RealServer:
        arguments = [] if with_worker else ["--no-worker"]
        started.append(RealServer(server_environment, port or free_port(), *arguments))
        return started[-1]

    yield start
    for server in started:
        if server.is_running:
            assert server.stop() == 0, server.said
