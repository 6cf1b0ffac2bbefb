"""Dying at a commit, in this process: the connection goes, with what was not committed, and nothing runs after."""

from contextlib import contextmanager

from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """Not an Exception: nothing of ours may catch it, as nothing catches SIGKILL."""


class Deaths:
    """commits: how many there were. at: die at this one (1 is the first), None at none; before: or after it."""

    def __init__(self, at=None, *, before=True):
        self.commits, self.at, self.before = 0, at, before

    def commit(self, work):
        self.commits += 1
        if self.at == self.commits and self.before:
            self.die()
        answer = work()
        if self.at == self.commits:
            self.die()
        return answer

    def die(self):
        connection.close()
        raise Killed


@contextmanager
def deaths(at=None, *, before=True):
    """Count the commits of this thread, and die at one of them. Outside of any transaction."""
    assert not connection.in_atomic_block
    found, plain = Deaths(at, before=before), connection.commit

    def write(execute, sql, params, many, context):
        if connection.in_atomic_block or not sql.startswith(WRITES):
            return execute(sql, params, many, context)
        return found.commit(lambda: execute(sql, params, many, context))

    connection.commit = lambda: found.commit(plain)
    try:
        with connection.execute_wrapper(write):
            yield found
    except Killed:
        pass
    finally:
        del connection.commit
