"""The pytest plugin of the project: settings of a test run, and the one cast of people.

Loaded by `-p` in pyproject.toml, so that it can set the mode before Django reads its settings.
"""

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

os.environ["HELPDESK_MODE"] = "demo"
for name in [n for n in os.environ if n.startswith("HELPDESK_") and n != "HELPDESK_MODE"]:
    if not name.startswith("HELPDESK_TEST_"):
        del os.environ[name]
# Playwright keeps an event loop in the thread of the test; our own database calls there are still synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import hypothesis  # noqa: E402
import pytest  # noqa: E402

pytest_plugins = ["helpdesk.tests.real_server"]


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings
    from django.core.signals import setting_changed

    # Tests do not collect static files, do not reach a mail server, and do not pay for slow hashes.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    # Modules with tasks may have been imported already, and the product's backend made for them.
    setting_changed.send(sender=None, setting="TASKS", value=settings.TASKS, enter=True)
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="helpdesk-test-files-")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]

    if examples := os.environ.get("HELPDESK_TEST_EXAMPLES"):
        hypothesis.settings.register_profile("soak", max_examples=int(examples), deadline=None)
        hypothesis.settings.load_profile("soak")


def pytest_unconfigure(config: pytest.Config) -> None:
    from django.conf import settings

    if settings.configured and "helpdesk-test-files-" in str(settings.MEDIA_ROOT):
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


# -- what runs where ---------------------------------------------------------------------------
LEFT_TO_SQLITE = pytest.StashKey[Counter[str]]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the browser's tests last; and on PostgreSQL, leave out those for which it is no other than SQLite."""
    from django.db import connection

    # Playwright keeps an event loop running in its process, where tests of our own loops cannot be any more.
    items.sort(key=_is_in_browser)
    if connection.vendor == "sqlite":
        return
    left = [item for item in items if _is_left_to_sqlite(item)]
    config.stash[LEFT_TO_SQLITE] = Counter(map(_kind, left))
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_to_sqlite"] = dict(config.stash[LEFT_TO_SQLITE])
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


def pytest_collection_finish(session: pytest.Session) -> None:
    # What was imported and collected stays to the end: looking for garbage in it takes 7 % of the tests' time.
    gc.collect()
    gc.freeze()


def _is_in_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def _kind(item: pytest.Item) -> str:
    if _is_in_browser(item):
        return "in the browser"
    return "for any database" if item.get_closest_marker("any_database") else "without a database"


def _is_left_to_sqlite(item: pytest.Item) -> bool:
    from django.test import TransactionTestCase

    assert isinstance(item, pytest.Function)
    if _is_in_browser(item):
        return item.get_closest_marker("live_feed") is None
    return item.get_closest_marker("any_database") is not None or not (
        item.get_closest_marker("django_db")
        or {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
        or (item.cls and issubclass(item.cls, TransactionTestCase))
    )


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over what a process of pytest-xdist has counted; each has collected the same."""
    if "left_to_sqlite" in getattr(node, "workeroutput", {}):
        node.config.stash[LEFT_TO_SQLITE] = Counter(node.workeroutput["left_to_sqlite"])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left := config.stash.get(LEFT_TO_SQLITE, None):
        counted = " and ".join(f"{number} {kind}" for kind, number in sorted(left.items(), reverse=True))
        terminalreporter.write_line(f"PostgreSQL: {counted} ran on SQLite only")


@pytest.fixture(autouse=True)
def emptied_history(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that commits empty its database at the end; the product never removes history.

    The flush sends post_migrate, which puts the triggers back for the next test.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(request.fixturenames)
    )
    if commits:
        request.getfixturevalue("_django_db_helper")
    yield
    if commits:
        from django.db import connection

        from helpdesk.db.triggers import remove_triggers

        remove_triggers(connection)


@pytest.fixture(autouse=True)
def fresh_counters(request: pytest.FixtureRequest) -> None:
    """Start each test that has a database with empty counters of failed sign-ins."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        from django.core.cache import cache

        request.getfixturevalue("db")
        cache.clear()


# -- the cast ----------------------------------------------------------------------------------
@pytest.fixture
def requester(db: None) -> Any:
    from accounts.tests.factories import UserFactory

    return UserFactory(first_name="Rita", last_name="Requester")


@pytest.fixture
def other_requester(db: None) -> Any:
    from accounts.tests.factories import UserFactory

    return UserFactory(first_name="Otto", last_name="Other")


@pytest.fixture
def admin(db: None) -> Any:
    from accounts.tests.factories import AdminFactory

    return AdminFactory(first_name="Ada", last_name="Admin")


@pytest.fixture
def other_admin(db: None) -> Any:
    from accounts.tests.factories import AdminFactory

    return AdminFactory(first_name="Oskar", last_name="Otheradmin")


@pytest.fixture
def client_of() -> Any:
    """Answer a test client signed in as the given person; None for a guest."""
    from django.test import Client

    def sign_in(user: Any) -> Any:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def console(client_of: Any, admin: Any) -> Any:
    """The admin's browser, where they have just typed their password again."""
    return with_password_typed(client_of(admin), admin)


def with_password_typed(client: Any, person: Any) -> Any:
    """Answer this person's browser as it is once they have typed their password again."""
    from allauth.account.internal.flows.login import record_authentication
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, method="password", reauthenticated=True)
    request.session.save()
    return client


@pytest.fixture
def ticket(requester: Any) -> Any:
    """An open ticket of the requester, assigned to nobody."""
    from tickets.tests.factories import TicketFactory

    return TicketFactory(requester=requester)


@pytest.fixture
def taken(ticket: Any, admin: Any) -> Any:
    """The ticket, once the admin has taken it."""
    ticket.take(by=admin)
    return ticket


@pytest.fixture
def resolved(taken: Any, admin: Any) -> Any:
    """The ticket, once the admin has solved it and said how."""
    taken.resolve(by=admin, text="New cable.")
    return taken


# -- later work --------------------------------------------------------------------------------
@pytest.fixture
def work_off(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Keep later work in its table, and answer what runs all that is due as the worker does."""
    from django_tasks_db.management.commands import db_worker

    from helpdesk.tasks.worker import Worker

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    # It would close the connection that holds the test's transaction.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return lambda: Worker(batch=True, periodic_jobs=False).run()
