"""What only PostgreSQL can do to a stream: cut its connections, and commit in another order than it numbers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from tickets.models import Ticket, TicketEvent
from tickets.tests.factories import TicketFactory

from .reader import kinds_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_after_the_database_cut_every_connection_streams_recover_by_themselves(listen, ticket, admin):
    reader = listen(admin)
    ticket.take(by=admin)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    ticket.note("Nobody hears this one, perhaps.", by=admin)

    assert "refresh" in kinds_until(reader, "refresh")
    ticket.start(by=admin)
    assert "started" in kinds_until(reader, "started")


def test_an_event_whose_number_is_older_but_whose_commit_is_later_is_told(listen, requester, admin):
    slow, quick = TicketFactory(requester=requester), TicketFactory(requester=requester)
    reader = listen(admin)
    is_written, may_commit = Event(), Event()

    def take_slowly():
        try:
            with transaction.atomic():
                Ticket.objects.get(pk=slow.pk).take(by=admin)
                is_written.set()
                assert may_commit.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        taking = pool.submit(take_slowly)
        assert is_written.wait(20)
        quick.take(by=admin)
        assert reader.next().data["ticket"] == quick.pk
        may_commit.set()
        taking.result()

    assert reader.next().data["ticket"] == slow.pk
    numbers = dict(TicketEvent.objects.filter(kind="assigned").values_list("ticket_id", "pk"))
    assert numbers[slow.pk] < numbers[quick.pk]
