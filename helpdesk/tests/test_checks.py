"""What `check --database default`, and so every start of the server, refuses."""

from contextlib import contextmanager

import pytest
from django.core import checks
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import UserFactory
from helpdesk.checks import check_durability, check_history_is_guarded
from tickets.demo import seed
from tickets.demo.checks import check_no_demo_data

ON_DEFAULT = {"databases": ["default"], "app_configs": None}


def ids(messages):
    return [message.id for message in messages]


def test_this_database_passes_all_checks(db):
    assert checks.run_checks(databases=["default"]) == []


def test_nothing_looks_into_a_database_that_was_not_asked_for():
    # No fixture of a database: a query would fail.
    assert check_durability(databases=None) == check_history_is_guarded(databases=[]) == []


@pytest.mark.parametrize(
    ("pragma", "usual"),
    [("synchronous = NORMAL", "synchronous = FULL"), ("journal_mode = DELETE", "journal_mode = WAL")],
)
def test_sqlite_that_could_lose_the_last_commits_is_refused(transactional_db, pragma, usual, tmp_path):
    if connection.vendor == "postgresql":
        assert check_durability(**ON_DEFAULT) == []
        return
    # A file of its own: a server of other tests may have the usual one open.
    with on_file(tmp_path / "other.sqlite3"):
        check_what_is_refused(pragma, usual)


@contextmanager
def on_file(path):
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def check_what_is_refused(pragma, usual):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        found = check_durability(**ON_DEFAULT)
        cursor.execute(f"PRAGMA {usual}")

    assert ids(found) == ["helpdesk.E001"]
    assert "power cut" in found[0].msg
    assert check_durability(**ON_DEFAULT) == []


def test_production_with_demo_data_is_refused_and_the_demo_is_not(db, settings):
    seed.seed_demo(timezone.now())
    assert check_no_demo_data(**ON_DEFAULT) == []

    settings.DEMO = False

    assert ids(check_no_demo_data(**ON_DEFAULT)) == ["helpdesk.E002"]


def test_nobody_stops_production_by_registering_with_an_address_of_the_demo(db, settings):
    UserFactory(email="admin@example.com")
    settings.DEMO = False

    assert check_no_demo_data(**ON_DEFAULT) == []


def test_a_history_that_has_lost_a_trigger_is_refused(db):
    on_table = " ON tickets_ticketevent" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER tickets_ticketevent_no_update{on_table}")

    found = check_history_is_guarded(**ON_DEFAULT)

    assert ids(found) == ["helpdesk.E003"]
    assert "tickets_ticketevent_no_update" in found[0].msg


def test_a_trigger_that_is_switched_off_counts_as_lost(db):
    if connection.vendor == "sqlite":
        # SQLite cannot switch a trigger off.
        assert check_history_is_guarded(**ON_DEFAULT) == []
        return
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tickets_message DISABLE TRIGGER tickets_message_no_delete")

    assert ids(check_history_is_guarded(**ON_DEFAULT)) == ["helpdesk.E003"]


@pytest.mark.parametrize(("setting", "durable"), [("off", False), ("local", True), ("on", True)])
def test_postgresql_that_could_lose_the_last_commits_is_refused(db, setting, durable):
    if connection.vendor == "sqlite":
        assert check_durability(**ON_DEFAULT) == []
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL synchronous_commit = {setting}")

    found = check_durability(**ON_DEFAULT)

    assert ids(found) == ([] if durable else ["helpdesk.E001"])
    assert all("synchronous_commit=off" in error.msg for error in found)


def test_postgresql_that_does_not_write_through_is_refused(db):
    if connection.vendor == "sqlite":
        assert check_durability(**ON_DEFAULT) == []
        return
    with connection.cursor() as cursor:
        # Of the whole server, and read when it starts: here one function answers in the place of the server's.
        cursor.execute("CREATE SCHEMA elsewhere")
        cursor.execute(
            "CREATE FUNCTION elsewhere.current_setting(name text) RETURNS text LANGUAGE sql AS "
            "$$ SELECT CASE name WHEN 'fsync' THEN 'off' ELSE pg_catalog.current_setting(name) END $$"
        )
        cursor.execute("SET LOCAL search_path = elsewhere, pg_catalog, public")

    found = check_durability(**ON_DEFAULT)

    assert ids(found) == ["helpdesk.E001"]
    assert "fsync=off" in found[0].msg
