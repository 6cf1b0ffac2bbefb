"""A ticket that several people have to do with."""

import pytest

from accounts.tests.factories import AdminFactory
from tickets.models import Notification, Watch


@pytest.fixture
def watcher(db):
    return AdminFactory(first_name="Wanda", last_name="Watcher")


@pytest.fixture
def people(requester, other_requester, admin, other_admin, watcher):
    """admin has the ticket, watcher watches it, other_admin and other_requester have no part in it."""
    return {
        "requester": requester,
        "other_requester": other_requester,
        "admin": admin,
        "other_admin": other_admin,
        "watcher": watcher,
        None: None,
    }


@pytest.fixture
def worked(ticket, people):
    """The requester's ticket, which admin works on and watcher watches; nobody has heard of it yet."""
    ticket.assign(people["admin"], by=people["admin"])
    ticket.start(by=people["admin"])
    Watch.objects.watch(people["watcher"], ticket)
    Notification.objects.all().delete()
    return ticket


@pytest.fixture
def resolved(worked, people):
    worked.resolve(by=people["admin"], text="Replaced it.")
    Notification.objects.all().delete()
    return worked
