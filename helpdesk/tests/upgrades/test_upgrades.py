"""What each released version wrote is there, whole, after this version's migrations; what came before is refused."""

from contextlib import contextmanager

import pytest
from django.db import connection

from helpdesk.tests.processes import environment, manage
from helpdesk.tests.server.test_port import free_port
from helpdesk.tests.upgrades.databases import FOLDER, dropped_after, load_postgresql, load_sqlite

VERSIONS = sorted({path.name.rsplit(".", 2)[0] for path in FOLDER.glob("*.sql")})
# The history of migrations as the versions before 0.2.0 wrote it.
BEFORE = """
CREATE TABLE django_migrations (id integer PRIMARY KEY, app varchar(255), name varchar(255), applied timestamp);
INSERT INTO django_migrations VALUES (1, 'accounts', '0001_initial', '2026-11-22 10:00:00');
INSERT INTO django_migrations VALUES (2, 'tickets', '0001_initial', '2026-11-22 10:00:00');
"""


@contextmanager
def database(folder, text):
    """Answer the environment of processes whose database holds what `text` says."""
    if connection.vendor == "sqlite":
        load_sqlite(folder / "helpdesk.sqlite3", text)
        yield environment(folder, HELPDESK_MODE="demo")
        return
    given = connection.settings_dict
    user = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    with dropped_after(f"postgres://{user}@{given['HOST']}:{given['PORT']}/") as address:
        load_postgresql(address, text)
        yield environment(folder, HELPDESK_MODE="demo", DATABASE_URL=address)


def kept(version):
    return (FOLDER / f"{version}.{connection.vendor}.sql").read_text()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.django_db
def test_a_released_version_is_upgraded_with_its_whole_history(version, tmp_path):
    with database(tmp_path, kept(version)) as env:
        migrated = manage("migrate", env=env)
        assert migrated.returncode == 0, migrated.stderr

        verified = manage("verify_log", "--without-files", env=env)
        assert verified.returncode == 0, verified.stderr
        assert manage("check", "--database", "default", env=env).returncode == 0

        # A search finds what was there.
        indexed = manage("index_tickets", env=env)
        assert indexed.stdout == "Indexed 0 tickets and 0 comments.\n", indexed.stderr
        again = manage("index_tickets", "--all", env=env)
        assert int(again.stdout.split()[1]) > 0, again.stderr


@pytest.mark.django_db
def test_the_zone_people_chose_for_their_mail_is_theirs_everywhere(tmp_path):
    schema = "public." if connection.vendor == "postgresql" else ""
    chosen = (
        f"INSERT INTO {schema}tickets_notificationpreference (person_id, ways, digest_hour, time_zone) "
        f"SELECT MIN(id), '{{}}', 8, 'Asia/Tokyo' FROM {schema}accounts_user;\n"
    )
    with database(tmp_path, kept("0.2.0") + chosen) as env:
        assert manage("migrate", env=env).returncode == 0

        read = "from accounts.models import User; print(User.objects.exclude(time_zone='').get().time_zone)"
        assert manage("shell", "--no-imports", "-c", read, env=env).stdout == "Asia/Tokyo\n"


def test_the_version_of_today_has_its_dumps():
    assert VERSIONS[0] == "0.2.0"
    assert all(
        (FOLDER / f"{version}.{engine}.sql").is_file()
        for version in VERSIONS
        for engine in ("sqlite", "postgresql")
    )


@pytest.mark.django_db
def test_a_database_from_before_is_told_in_one_sentence(tmp_path):
    with database(tmp_path, BEFORE) as env:
        for command in (
            ["migrate"],
            ["prepare_demo"],
            ["serve", "--port", str(free_port())],
            ["worker", "--once"],
        ):
            refused = manage(*command, env=env)

            assert (refused.returncode, refused.stderr) == (
                1,
                "CommandError: The demo's data was made before version 0.2.0: remove it with `make clean`, "
                "then start again.\n",
            )
