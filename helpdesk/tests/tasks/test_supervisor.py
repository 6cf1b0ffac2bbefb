"""Workers as processes: killed at random, told to stop, run once. On this run's database."""

import signal
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from helpdesk.mail.delivery import deliver
from helpdesk.models import WorkerHeartbeat
from tickets.benchmarks import worker_crashes

from ..processes import ROOT, environment, manage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]


@pytest.fixture
def env(settings, tmp_path):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    (tmp_path / "mails").mkdir()
    return environment(
        tmp_path,
        HELPDESK_MODE="demo",
        DATABASE_URL=worker_crashes.database_url(),
        EMAIL_URL=f"filemail:///{tmp_path}/mails",
    )


def test_two_workers_killed_at_random_deliver_every_mail_and_leave_nothing(env, tmp_path):
    outcome = worker_crashes.run(mails=150, crashes=4, folder=tmp_path / "mails", environment=env)

    assert outcome.crashes == 4
    assert (outcome.arrived, outcome.left, outcome.withdrawn) == (150, 0, 0)
    # At most the one at hand of each that died, and then as the same message.
    assert outcome.twice <= outcome.crashes
    assert outcome.most_copies <= 2
    assert outcome.changed_ids == 0


def test_a_worker_told_to_stop_ends_cleanly(env):
    worker = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "worker"], env=env, stderr=subprocess.PIPE, text=True
    )
    for line in worker.stderr:
        if "Starting worker" in line:
            break
    assert WorkerHeartbeat.objects.count() == 1

    worker.send_signal(signal.SIGTERM)

    assert "Traceback" not in worker.communicate(timeout=30)[1]
    assert worker.returncode == 0
    assert not WorkerHeartbeat.objects.exists()


def test_a_worker_run_once_does_what_is_due_and_ends(env, tmp_path):
    for subject in ("one", "two"):
        deliver.enqueue(subject, "Text", "", "help@example.com", ["rita@example.com"], {})

    done = manage("worker", "--once", env=env)

    assert done.returncode == 0, done.stderr
    # Not the files: Django may write two mails of one second into one.
    mails = worker_crashes.arrived(tmp_path / "mails")
    assert sorted(mail["Subject"] for mail in mails) == ["one", "two"]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}


@pytest.mark.parametrize("interval", [0, 0.01, 61, float("nan")])
def test_nonsense_is_refused(interval):
    with pytest.raises(CommandError, match=r"from 0\.1 to 60"):
        call_command("worker", interval=interval)
