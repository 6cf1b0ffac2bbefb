"""Readers that are hung up with the test."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from .reader import Reader

# SQLite has neither connections to cut nor two writers at once.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_postgresql.py"]


@pytest.fixture
def listen(real_server):
    """Open a stream at a server, the one all tests share unless another is given, and read its hello."""
    readers = []

    def open_one(person, *, server=real_server, **options):
        if not readers and server is real_server:
            wait_until_told(server, person)
        readers.append(Reader(server, person, **options))
        return readers[-1].greeted()

    yield open_one
    for reader in readers:
        reader.close()


def wait_until_told(server, person):
    """Wait until the server has told all that was committed before: no stream opened now hears of it."""
    reader = Reader(server, person).greeted()
    # What happened to tickets is read before sessions are looked at.
    Session.objects.filter(pk=reader.cookie["value"]).delete()
    while reader.next().event != "end":
        pass
    reader.close()
