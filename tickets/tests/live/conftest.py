"""Readers that are hung up with the test."""

import pytest
from django.db import connection

from .reader import Reader

# SQLite has neither connections to cut nor two writers at once.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_postgresql.py"]


@pytest.fixture
def listen(request):
    """Open a stream at a server, the test's own unless another is given, and read its hello."""
    readers = []

    def open_one(person, *, server=None, **options):
        server = server or request.getfixturevalue("real_server")
        readers.append(Reader(server, person, **options))
        return readers[-1].greeted()

    yield open_one
    for reader in readers:
        reader.close()
