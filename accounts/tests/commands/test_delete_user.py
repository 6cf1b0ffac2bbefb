"""Operators delete an account."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tickets.tests.factories import TicketFactory


def test_a_dry_run_says_what_would_stay_and_changes_nothing(requester, ticket, capsys):
    call_command("delete_user", requester.email, dry_run=True)

    said = capsys.readouterr().out
    assert f"Former user {requester.pk}" in said
    assert "1 tickets they asked for" in said
    assert User.objects.get(pk=requester.pk).email == requester.email


def test_the_account_is_deleted_once(requester, capsys):
    call_command("delete_user", requester.email)
    call_command("delete_user", f"former-{requester.pk}@deleted.invalid")

    assert "Nothing was changed" in capsys.readouterr().out
    assert User.objects.get(pk=requester.pk).deleted_at
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("delete_user", requester.email)


def test_work_needs_a_successor(admin, other_admin, requester, capsys):
    ticket = TicketFactory(requester=requester)
    ticket.take(by=admin)

    call_command("delete_user", admin.email, dry_run=True)
    assert "need a --successor: 1" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Choose who takes over"):
        call_command("delete_user", admin.email)
    call_command("delete_user", admin.email, successor=other_admin.email)

    ticket.refresh_from_db()
    assert ticket.assignee == other_admin


def test_the_last_admin_stays(admin):
    with pytest.raises(CommandError, match="only active admin"):
        call_command("delete_user", admin.email)
