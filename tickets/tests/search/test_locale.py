"""A database that knows no letters but those of ASCII finds the same."""

from contextlib import contextmanager

import pytest
from django.db import connection

from helpdesk.tests.processes import environment, manage
from helpdesk.tests.upgrades.databases import dropped_after

SEARCH = """
from accounts.models import User
from tickets.models import RequestType, Ticket
from tickets.search.query import search

anna = User.objects.create_user("anna@example.com", first_name="Ärne", last_name="Øye")
kind = RequestType.objects.first()
Ticket.submit(title="Принтер", description="Straße 密码失败", request_type=kind, requester=anna, by=anna)
print([search(Ticket.objects.all(), text).count() for text in ("принтер", "ПРИНТЕР", "STRASSE", "码失", "сканер")])
print([User.objects.named_like(text).count() for text in ("ÄRNE", "oye", "äre")])
"""


@contextmanager
def without_locale(folder):
    """Answer the environment of processes whose database knows no other letters; SQLite's never does."""
    if connection.vendor == "sqlite":
        yield environment(folder, HELPDESK_MODE="demo")
        return
    given = connection.settings_dict
    user = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    server = f"postgres://{user}@{given['HOST']}:{given['PORT']}/"
    with dropped_after(server, "TEMPLATE template0 LC_CTYPE 'C' LC_COLLATE 'C'") as address:
        yield environment(folder, HELPDESK_MODE="demo", DATABASE_URL=address)


@pytest.mark.django_db
def test_letters_of_any_script_are_found(tmp_path):
    with without_locale(tmp_path) as env:
        assert manage("migrate", env=env).returncode == 0
        answer = manage("shell", "-v0", "-c", SEARCH, env=env)

    assert answer.stdout.splitlines() == ["[1, 1, 1, 1, 0]", "[1, 1, 0]"], answer.stderr
