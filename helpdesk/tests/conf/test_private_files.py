"""What the help desk writes is for its own account alone."""

import stat

from helpdesk.tests.processes import environment, manage

SEND = (
    "from django.core.mail import send_mail; send_mail('Subject', 'Text', None, ['r@example.com']); "
    "from django.db import connection; connection.cursor().execute('create table t (a)'); "
    "import os; print(*(f'{name} {os.stat(name).st_mode & 0o777:o}' for name in os.listdir('.')))"
)


def open_to_others(folder):
    return [path for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o007]


def test_neither_the_database_nor_mail_nor_anything_else_is_for_all_to_read(tmp_path):
    database = tmp_path / "helpdesk.sqlite3"
    database.touch(mode=0o644)
    database.chmod(0o644)

    done = manage("shell", "--no-imports", "-c", SEND, env=environment(tmp_path, HELPDESK_MODE="demo"))

    assert "helpdesk.sqlite3-wal 6" in done.stdout, done.stderr
    assert {path.name for path in tmp_path.iterdir()} >= {"helpdesk.sqlite3", "mail", "secret_key"}
    assert open_to_others(tmp_path) == []
