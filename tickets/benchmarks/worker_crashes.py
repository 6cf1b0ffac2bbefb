"""Workers killed at random among many mails: does each arrive, how many twice, is anything left?

Each worker is a process of its own, killed with SIGKILL and replaced at once. Mail goes into a folder. What
dead workers were at is taken back after five seconds here instead of a minute.
"""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from random import Random
from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from helpdesk.mail.delivery import enqueue

WORKERS = 2
MOST_SECONDS = 300


@dataclass(frozen=True)
class Outcome:
    """arrived: different mails. twice: those that came more often than once. changed_ids: mails of which two
    copies had different Message-IDs. withdrawn: those of changes that were rolled back. left: tasks not done.
    """

    arrived: int
    twice: int
    most_copies: int
    changed_ids: int
    withdrawn: int
    left: int
    crashes: int
    seconds: float


def run(mails: int, crashes: int, folder: Path, environment: dict[str, str], seed: int = 1) -> Outcome:
    """Deliver so many mails, with so many crashes on the way.

    folder: an empty one for the mails. environment: of the worker processes, which lead to this database.
    """
    moments = sorted(Random(seed).sample(range(1, mails), crashes))  # noqa: S311, no secret
    env = {**environment, "EMAIL_URL": f"filemail:///{folder}", "PYTHONPATH": str(settings.BASE_DIR)}
    _enqueue(mails)
    begun = time.monotonic()
    workers = [_start(env) for _ in range(WORKERS)]
    try:
        while (left := _left()) and time.monotonic() - begun < MOST_SECONDS:
            if moments and mails - left >= moments[0]:
                number = moments.pop(0) % WORKERS
                workers[number].kill()
                workers[number].wait()
                workers[number] = _start(env)
            time.sleep(0.01)
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        for worker in workers:
            worker.wait(30)
    return _outcome(folder, crashes - len(moments), time.monotonic() - begun)


def _enqueue(mails: int) -> None:
    for number in range(mails):
        enqueue(_mail(f"mail {number}"))
        if number % 10 == 0:
            with transaction.atomic():
                enqueue(_mail(f"withdrawn {number}"))
                transaction.set_rollback(True)


def _mail(subject: str) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(subject, "Text", "help@example.com", ["rita@example.com"])


def _left() -> int:
    return DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).count()


def _start(env: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tickets.benchmarks.crashing_worker"], env=env)


def _outcome(folder: Path, crashes: int, seconds: float) -> Outcome:
    copies: Counter[str] = Counter()
    ids: dict[str, set[str]] = {}
    for message in arrived(folder):
        copies[message["Subject"]] += 1
        ids.setdefault(message["Subject"], set()).add(message["Message-ID"])
    return Outcome(
        arrived=sum(subject.startswith("mail") for subject in copies),
        twice=sum(number > 1 for number in copies.values()),
        most_copies=max(copies.values(), default=0),
        changed_ids=sum(len(found) > 1 for found in ids.values()),
        withdrawn=sum(subject.startswith("withdrawn") for subject in copies),
        left=_left(),
        crashes=crashes,
        seconds=seconds,
    )


def arrived(folder: Path) -> Iterator[Message]:
    """Read the files of Django's file-based backend, which may hold several mails each."""
    for file in folder.iterdir():
        *whole, _ = file.read_bytes().split(b"-" * 79 + b"\n")
        yield from map(message_from_bytes, whole)


def database_url() -> str:
    """Answer the address of the database this process works with, for DATABASE_URL of another."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    user = quote(parts["USER"]) + (f":{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else "")
    return f"postgres://{user}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"
