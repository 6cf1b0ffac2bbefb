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

# Tests in a browser take their time.
SECONDS = 180


class RealServer(Served):
    """url: where it is; more than one may run on one database."""

    def __init__(self, env: dict[str, str], port: int) -> None:
        super().__init__(port, "--no-worker", env=env, seconds=SECONDS)
        self.env, self.url = env, f"http://127.0.0.1:{port}"
        self.wait_for("Helpdesk is at")

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def cookie_of(self, person: Any) -> dict[str, str]:
        """Sign this person in; answers a cookie as Playwright's `context.add_cookies([...])` takes it."""
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.url}


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the static files in it; they take seconds to collect."""
    folder = tmp_path_factory.mktemp("real-server")
    done = manage("collectstatic", "--noinput", "-v0", env=environment(folder, HELPDESK_MODE="demo"))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def start_server(transactional_db: None, collected: Path) -> Iterator[Callable[..., RealServer]]:
    """Start a server on this test's database; `port` to start one where another was. Ended with the test."""
    from django.conf import settings

    from tickets.benchmarks.server_process import database_url

    env = environment(
        collected,
        HELPDESK_MODE="demo",
        # Sessions are signed with it.
        HELPDESK_SECRET_KEY=settings.SECRET_KEY,
        DATABASE_URL=database_url(),
    )
    started: list[RealServer] = []

    def start(port: int | None = None) -> RealServer:
        started.append(RealServer(env, port or free_port()))
        return started[-1]

    yield start
    for server in started:
        if server.is_running:
            assert server.stop() == 0, server.said


@pytest.fixture
def real_server(start_server: Callable[..., RealServer]) -> RealServer:
    """One such server."""
    return start_server()
