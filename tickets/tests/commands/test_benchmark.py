"""The benchmark's contents are what the verbs would have left; its command keeps to its own database."""

import pytest
from django.utils import timezone

from helpdesk.tests.processes import environment, manage, production
from tickets.benchmarks.dataset import make_conversation, make_people, make_tickets
from tickets.benchmarks.pages import MOST_QUERIES, measure
from tickets.benchmarks.texts import COSTLY
from tickets.integrity.verify import LogVerifier
from tickets.models import Feedback, Status, Ticket
from tickets.models.replay import replay


@pytest.fixture
def full(db, monkeypatch):
    monkeypatch.setattr("tickets.benchmarks.dataset.PEOPLE", 3)
    monkeypatch.setattr("tickets.benchmarks.dataset.ADMINS", 2)
    # Few tickets, and yet of every status.
    monkeypatch.setattr("tickets.benchmarks.dataset.DAYS", 30)
    requesters, admins = make_people()
    story = make_conversation(requesters[0], admins[0], events=8)
    make_tickets(60, requesters, admins, timezone.now())
    return admins[0], story


def test_bulk_leaves_a_history_that_holds(full):
    check = LogVerifier()
    for _ in check.run():
        pass

    assert check.heads["tickets"][0] == Ticket.objects.count() == 61
    assert set(Ticket.objects.values_list("status", flat=True)) == set(Status.values)
    assert Feedback.objects.exists()


def test_replaying_the_events_gives_the_row(full):
    for ticket in Ticket.objects.all():
        row = replay(ticket.events.prefetch_related("messages"))
        now = {**ticket.logged_values(), "title": ticket.title, "description": ticket.description}

        assert {column: value for column, value in now.items() if value not in (None, "")} == {
            column: row[column] for column, value in now.items() if value not in (None, "")
        }
        assert row["version"] == ticket.version
        for name in ("updated_at", "publicly_updated_at"):
            assert row[name] == getattr(ticket, name).isoformat()


def test_pages_are_measured_beside_the_bare_one(full):
    admin, story = full

    bare, *pages = measure(admin, story, runs=1)

    assert (story.version, bare.page, bare.times_bare) == (8, "Bare page", 1)
    assert [page.page for page in pages] == ["Dashboard", "Manage Tickets", "Ticket with 8 events"]
    assert all(page.milliseconds > 0 and bare.queries < page.queries <= MOST_QUERIES for page in pages)


def test_the_command_leaves_the_configured_database_alone(tmp_path):
    done = manage(
        "benchmark", "--tickets=5", "--events=3", "--runs=1", env=environment(tmp_path, HELPDESK_MODE="demo")
    )

    assert done.returncode == 0, done.stderr
    assert "| Dashboard |" in done.stdout
    assert not (tmp_path / "helpdesk.sqlite3").exists()


def test_the_command_is_refused_in_production(tmp_path):
    done = manage("benchmark", env=production(tmp_path))

    assert done.returncode == 1
    assert "HELPDESK_MODE=demo" in done.stderr


@pytest.mark.parametrize("arguments", [["--streams=2001"], ["--streams=-1"], ["--streams=9", "--idle=301"]])
def test_streams_are_bounded_in_number_and_time(arguments, tmp_path):
    done = manage("benchmark", *arguments, env=environment(tmp_path, HELPDESK_MODE="demo"))

    assert done.returncode == 1
    assert "--streams is at most 2000 and --idle 1 to 300." in done.stderr


def test_pictures_sent_at_once_leave_the_server_small_and_get_their_previews(tmp_path):
    done = manage("benchmark", "--pictures=8", env=environment(tmp_path, HELPDESK_MODE="demo"), timeout=180)

    assert done.returncode == 0, done.stderr
    assert "| Previews made | 8.0  | at least 8 |" in done.stdout
    assert "Missed" not in done.stdout


def test_pictures_are_bounded_in_number(tmp_path):
    done = manage("benchmark", "--pictures=51", env=environment(tmp_path, HELPDESK_MODE="demo"))

    assert done.returncode == 1
    assert "--pictures is at most 50." in done.stderr


def test_the_worst_texts_are_drawn_without_a_database(tmp_path):
    done = manage("benchmark", "--texts", env=environment(tmp_path, HELPDESK_MODE="demo"))

    assert done.returncode == 0, done.stderr
    assert f"The slowest of {len(COSTLY)} texts" in done.stdout
    assert not list(tmp_path.glob("*.sqlite3"))
