"""What `make run` prepares: only what is needed, and nothing is lost."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.tests.factories import UserFactory
from tickets.models import Ticket
from tickets.tests.database import checksum


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def prepare(**options):
    out = io.StringIO()
    call_command("prepare_demo", stdout=out, **options)
    return out.getvalue()


def test_an_empty_database_gets_the_demo_once_and_the_sign_ins_are_said(db, data_folder):
    said = prepare(port=8123)

    assert Ticket.objects.count() > 100
    assert (data_folder / "static" / "bootstrap" / "css" / "bootstrap.min.css").is_file()
    assert "http://127.0.0.1:8123/" in said
    for known in ("admin@example.com", "user@example.com", "helpdesk-demo-2026"):
        assert known in said

    before = checksum()
    collected = (data_folder / "static.stamp").stat().st_mtime_ns

    said = prepare()

    assert checksum() == before
    assert (data_folder / "static.stamp").stat().st_mtime_ns == collected
    assert said.startswith("Open http://127.0.0.1:8000/")


def test_static_files_are_collected_again_when_they_are_gone_or_others(db, data_folder):
    UserFactory()
    prepare()
    (data_folder / "static.stamp").write_text("of another version")

    assert "Collecting static files" in prepare()
    assert "Collecting static files" not in prepare()


def test_what_somebody_has_made_is_kept(db):
    own = UserFactory()

    said = prepare()

    assert list(User.objects.all()) == [own]
    assert "password" not in said


def test_it_is_refused_in_production(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="HELPDESK_MODE=demo"):
        prepare()
