"""A database that is away or cannot be opened is told by its name, whatever the command, and without a traceback."""

import pytest

from helpdesk.tests.processes import environment, manage


@pytest.mark.parametrize(
    "command,address,place",
    [
        ("migrate", "sqlite:////no/such/folder/helpdesk.sqlite3", "/no/such/folder/helpdesk.sqlite3"),
        ("verify_log", "postgres://nobody@127.0.0.1:1/nothing", "nothing at 127.0.0.1:1"),
    ],
)
def test_a_command_names_the_database_it_cannot_use(tmp_path, command, address, place):
    done = manage(command, env=environment(tmp_path, HELPDESK_MODE="demo", DATABASE_URL=address))

    assert done.returncode == 1
    assert f"The database {place} cannot be used: " in done.stderr
    assert "Traceback" not in done.stderr
