"""What the console's tests have in common."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import User
from accounts.tests.factories import UserFactory
from tickets.tests.factories import TicketFactory


@pytest.fixture
def address(ticket):
    """Answer the console's address of the ticket's page or verb."""
    return lambda name="change": f"/admin/tickets/ticket/{ticket.pk}/{name}/"


@pytest.fixture
def viewer(db):
    """Staff in a group of the operator's own, who may look at tickets and nothing else."""
    group = Group.objects.create(name="Auditors")
    group.permissions.add(Permission.objects.get(codename="view_ticket"))
    user = UserFactory(first_name="Vera", last_name="Viewer")
    user.groups.add(group)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    return User.objects.get(pk=user.pk)


@pytest.fixture
def three(requester):
    return [TicketFactory(requester=requester, title=title) for title in ("One", "Two", "Three")]
