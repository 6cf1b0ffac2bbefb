"""How long write transactions hold the database: the processor time of this thread inside each, read from the
kernel's counter, so that a busy machine changes nothing. On SQLite it includes the database's own work.
"""

import gc
import time
from contextlib import contextmanager

from django.db import connection

# On SQLite everybody else's writes wait for as long.
MOST_SECONDS = 0.2


@contextmanager
def measured():
    """Answer the list to which each transaction of this thread adds its seconds. Outside of any transaction."""
    assert not connection.in_atomic_block
    seconds, began, plain = [], [], connection.set_autocommit
    # What thousands of other tests have left in this process is not looked through within a transaction of this one.
    gc.collect()
    gc.freeze()

    def set_autocommit(autocommit, *args, **kwargs):
        if autocommit:
            plain(autocommit, *args, **kwargs)
            # A connection that was made anew begins so, without a transaction.
            if began:
                seconds.append(time.thread_time() - began.pop())
        else:
            plain(autocommit, *args, **kwargs)
            began.append(time.thread_time())

    connection.set_autocommit = set_autocommit
    try:
        yield seconds
    finally:
        del connection.set_autocommit
