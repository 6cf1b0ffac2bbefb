"""What the console's tests have in common."""

import pytest


@pytest.fixture
def console(client_of, admin):
    """The admin's browser."""
    return client_of(admin)


@pytest.fixture
def taken(ticket, admin):
    ticket.take(by=admin)
    return ticket


@pytest.fixture
def resolved(taken, admin):
    taken.resolve(by=admin, text="New cable.")
    return taken


@pytest.fixture
def address(ticket):
    """Answer the console's address of the ticket's page or verb."""
    return lambda name="change": f"/admin/tickets/ticket/{ticket.pk}/{name}/"
