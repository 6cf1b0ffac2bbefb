"""What each released version wrote is there, whole, after this version's migrations; what came before is refused."""

import shutil
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection

from helpdesk.db.append_only import AppendOnlyModel
from helpdesk.tests.processes import ROOT, environment, manage
from helpdesk.tests.server.test_port import free_port
from helpdesk.tests.upgrades.databases import FOLDER, dropped_after, load_postgresql, load_sqlite
from helpdesk.tests.upgrades.old_code import (
    ask,
    opened,
    refused_writes,
    schema_of,
    stops_old_code,
    without_rows,
)

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


# -- with a migration that is not written yet ------------------------------------------------------
LATER = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("helpdesk", "{after}")]
    operations = [{operation}]
"""


def with_later(env, folder, operation):
    """Answer the environment of a later version, which has one migration more in the kit."""
    package = folder / "later"
    shutil.copytree(ROOT / "helpdesk" / "migrations", package, ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.stem for path in package.glob("0*.py"))
    (package / "9000_later.py").write_text(LATER.format(after=last, operation=operation))
    settings = 'from helpdesk.settings import *\nMIGRATION_MODULES = {"helpdesk": "later"}\n'
    (folder / "later_settings.py").write_text(settings)
    return {**env, "DJANGO_SETTINGS_MODULE": "later_settings", "PYTHONPATH": str(folder)}


@pytest.mark.django_db
def test_no_check_stops_a_migration_that_would_satisfy_it(tmp_path):
    """What a later version wants of the database comes with its migrations, and is not missed before."""
    with database(tmp_path, kept("0.2.0")) as env:
        assert manage("migrate", env=env).returncode == 0
        on_table = " ON helpdesk_auditevent" if connection.vendor == "postgresql" else ""
        ask(env, f"DROP TRIGGER helpdesk_auditevent_no_update{on_table}")
        refused = manage("check", "--database", "default", env=env)
        assert "lacks triggers: helpdesk_auditevent_no_update" in refused.stderr
        later = with_later(env, tmp_path, "migrations.RunPython(migrations.RunPython.noop)")

        migrated = manage("migrate", env=later)

        assert migrated.returncode == 0, migrated.stderr
        assert manage("check", "--database", "default", env=later).returncode == 0


@contextmanager
def before_and_after(version, tmp_path):
    """Answer the environments of a released version, with what it wrote, and of what it is upgraded to, empty."""
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
    text = kept(version)
    with (
        database(tmp_path / "before", text) as before,
        database(tmp_path / "after", without_rows(text)) as after,
    ):
        yield before, after


def writes_refused(before, after):
    blankable = {
        model._meta.db_table: model.blankable
        for model in apps.get_models()
        if issubclass(model, AppendOnlyModel) and model.blankable
    }
    with opened(before) as old, opened(after) as new:
        return refused_writes(old, new, blankable)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.django_db
def test_the_code_of_a_released_version_can_write_until_it_is_stopped(version, tmp_path):
    with before_and_after(version, tmp_path) as (before, after):
        known = schema_of(before)
        assert {"tickets_ticket", "accounts_user"} <= set(known)

        migrated = manage("migrate", env=after)
        assert migrated.returncode == 0, migrated.stderr

        assert stops_old_code(known, schema_of(after)) == []
        assert writes_refused(before, after) == {}


@pytest.mark.django_db
def test_a_migration_the_version_before_could_not_live_with_is_found(tmp_path):
    operations = (
        'migrations.AddField("chainhead", "note", models.CharField(max_length=9, default=""))',
        'migrations.AddField("chainhead", "word", models.CharField(max_length=9, db_default=""))',
        'migrations.RenameField("periodictask", "next_run_at", "due_at")',
        # Whoever knows nothing of this table removes a worker and leaves its tools.
        'migrations.CreateModel("Tool", [("id", models.BigAutoField(primary_key=True)), '
        '("worker", models.ForeignKey("workerheartbeat", models.CASCADE))])',
    )
    with before_and_after("0.2.0", tmp_path) as (before, after):
        later = with_later(after, tmp_path, ", ".join(operations))

        assert manage("migrate", env=later).returncode == 0

        assert stops_old_code(schema_of(before), schema_of(after)) == [
            "helpdesk_chainhead.note must be given",
            "helpdesk_periodictask.due_at must be given",
            "helpdesk_periodictask.next_run_at is gone",
        ]
        refused = writes_refused(before, after)
        assert set(refused) == {
            "INSERT INTO helpdesk_chainhead",
            "INSERT INTO helpdesk_periodictask",
            "UPDATE helpdesk_periodictask.*",
            "UPDATE helpdesk_periodictask.next_run_at",
            "DELETE FROM helpdesk_workerheartbeat",
        }
        assert "note" in refused["INSERT INTO helpdesk_chainhead"]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({"a": {"x": (False, True), "y": (True, False)}}, []),
        ({"a": {"x": (False, True), "y": (True, False), "z": (False, True)}, "b": {}}, []),
        ({}, ["table a is gone"]),
        ({"a": {"x": (False, True)}}, ["a.y is gone"]),
        ({"a": {"x": (False, True), "y": (False, False)}}, ["a.y must be given"]),
        ({"a": {"x": (False, False), "y": (True, False)}}, ["a.x must be given"]),
    ],
)
def test_what_old_code_stumbles_over(after, told):
    before = {"a": {"x": (False, True), "y": (True, False)}}

    assert stops_old_code(before, after) == told
