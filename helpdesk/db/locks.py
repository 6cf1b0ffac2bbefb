"""Letting one at a time do something that no row stands for yet."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_at_a_time(name: str) -> Iterator[bool]:
    """Let nobody else enter under this name until the transaction ends, which begins here if there is none.

    Always answers True: whoever waits is let in, or the database says that it cannot answer. On SQLite the
    IMMEDIATE transaction is the lock. No row is made for it, and so no error written of one that is there.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        yield True
