"""The whole database as one number: for promises that nothing was changed."""

import hashlib

from django.db import connection


def checksum() -> str:
    """Read every row of every table."""
    digest = hashlib.sha256()
    for table in sorted(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            digest.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return digest.hexdigest()
