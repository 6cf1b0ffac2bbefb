"""Writes the dump of a version that later versions are tested to upgrade from.

    python -m helpdesk.tests.upgrades.make_dump 0.4.0 [postgres://...]

The address names a PostgreSQL server (a database of its own is made there and dropped); without one it is SQLite.
To be run once, when the version is tagged, and never again: a dump is what that version wrote.
"""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .databases import FOLDER, dropped_after, dump_sqlite

NOW = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)
# What pg_dump says to psql, not to the server.
ASIDES = ("--", "\\")


def main(version: str, server: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "HELPDESK_MODE": "demo",
            "HELPDESK_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        }
        if not server:
            _fill()
            from django.conf import settings

            text = dump_sqlite(Path(settings.DATABASES["default"]["NAME"]))
        else:
            with dropped_after(server) as address:
                os.environ["DATABASE_URL"] = address
                _fill()
                text = subprocess.run(
                    ["pg_dump", "--inserts", "--no-owner", "--no-privileges", address],
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout
            text = "".join(
                line
                for line in text.splitlines(keepends=True)
                if not line.startswith(ASIDES) and line.strip()
            )
    engine = "postgresql" if server else "sqlite"
    (FOLDER / f"{version}.{engine}.sql").write_text(text)


def _fill() -> None:
    """Make one of each thing, by the verbs."""
    import django
    import time_machine

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from accounts.models import Invitation, User
    from accounts.roles import Role
    from helpdesk.tasks.worker import Worker
    from tickets.models import (
        AfterSolvingPreference,
        Announcement,
        BulkChange,
        CannedReply,
        ColumnPreference,
        Draft,
        HoldReason,
        NotificationPreference,
        Organisation,
        RequestType,
        SavedView,
        SubmissionDraft,
        Ticket,
        Upload,
    )
    from tickets.uploads.form_keys import reply_key

    with time_machine.travel(NOW, tick=True):
        admin = User.objects.create_user(
            "ada@example.com",
            "quiet river under stones",
            role=Role.ADMIN,
            first_name="Ada",
            last_name="Brandt",
        )
        rita = User.objects.create_user(
            "rita@example.com", "quiet river under stones", first_name="Rita", last_name="Møller"
        )
        CannedReply.objects.create(title="Restart", body="Please restart it, {{requester_first_name}}.")
        hardware, access = (
            RequestType.objects.get(name="Hardware Issue"),
            RequestType.objects.get(name="Access Request"),
        )

        def submit(title: str) -> Ticket:
            return Ticket.submit(
                title=title,
                request_type=hardware,
                description="Since this morning – früh um 8.",
                requester=rita,
                by=rita,
            )

        submit("Nobody has this one")
        rated = submit("Screen stays dark")
        rated.take(by=admin)
        rated.start(by=admin)
        rated.note("A loose cable, I think.", by=admin)
        Upload.objects.receive(SimpleUploadedFile("cable.txt", b"grey\n"), owner=admin, form=reply_key(rated))
        rated.reply("Is it plugged in?", by=admin, files=Upload.objects.filter(owner=admin))
        rated.hold(HoldReason.REQUESTER, by=admin, text="Please look.")
        rated.reply("It was not. Thank you!", by=rita)
        rated.resolve(by=admin, text="Plugged in.")
        rated.rate(5, by=rita, comment="Quick.")
        moved = submit("Access to the archive")
        moved.edit(by=rita, version=moved.version, title="Access to the old archive", request_type=access)
        moved.withdraw(by=rita, text="Found a copy.")
        submit("Typed twice").trash(by=admin)
        reopened = submit("Printer jams")
        reopened.take(by=admin)
        reopened.resolve(by=admin, text="Cleaned.")
        reopened.reopen(by=rita, text="Again.")
        reopened.note("@Ada, once more?", by=admin)
        SavedView.objects.create(name="Open hardware", query="status=open", owner=admin)
        Draft.objects.keep("Half an answer", ticket=reopened, visibility="reply", by=admin)
        AfterSolvingPreference.objects.remember("next", by=admin)
        ColumnPreference.objects.choose(["status", "requester"], by=admin)
        wishes = NotificationPreference.objects.of(rita)
        wishes.choose("replied", in_app=True, mail="daily")
        wishes.save()
        change = BulkChange.objects.plan(Ticket.objects.filter(pk=reopened.pk), by=admin, action="assign")
        change.choose("assign", assignee=admin.pk)
        change.confirm()
        change.work()
        rita.ask_to_be_admin()
        rita.choose_time_zone("Asia/Tokyo")
        desk = Organisation.current()
        desk.name, desk.colour, desk.hours = "Nord IT", "#7a1fa2", "Mo-Fr 8-17"
        desk.revise(by=admin)
        Announcement.objects.create(
            text="No mail on Saturday.", starts_at=NOW, ends_at=NOW + timedelta(days=7)
        )
        SubmissionDraft.objects.keep(
            title="Half a title", description="", request_type=access, token=None, by=rita
        )
        Invitation.objects.invite_caller(
            "carl@example.com",
            first_name="Carl",
            last_name="Caller",
            by=admin,
            address_of="/invited/{}/".format,
        )
        # Who hears of all this is told.
        Worker(batch=True, periodic_jobs=False).run()
    connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
