"""A query composed once answers as its queryset does, to each caller with their own values."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import AdminFactory, UserFactory
from helpdesk.composed import Composed
from tickets.models import Draft, Ticket
from tickets.tests.factories import TicketFactory

pytestmark = pytest.mark.django_db


def tickets_of(person, since):
    drafts = Draft.objects.filter(ticket=OuterRef("pk"), person=person)
    mine = Ticket.objects.filter(requester=person, created_at__gte=since)
    return mine.select_related("requester").annotate(has_draft=Exists(drafts), name=F("title")).order_by("pk")


@pytest.fixture
def rita():
    return UserFactory()


@pytest.fixture
def omar():
    return UserFactory()


@pytest.fixture
def yesterday():
    return timezone.now() - timedelta(days=1)


def test_rows_relations_and_annotations_are_those_of_the_queryset(
    rita, omar, yesterday, django_assert_num_queries
):
    begun, other = TicketFactory(requester=rita), TicketFactory(requester=rita)
    Draft.objects.keep("Please", ticket=begun, voice="reply", by=rita)
    TicketFactory(requester=omar)
    asked = Composed(tickets_of)
    values = {"person": rita.pk, "since": yesterday}

    with django_assert_num_queries(1):
        rows = asked(**values)
        assert [row.requester.email for row in rows] == [rita.email, rita.email]

    assert rows == list(tickets_of(**values)) == [begun, other]
    assert [(row.has_draft, row.name) for row in rows] == [(True, begun.title), (False, other.title)]
    assert rows[0].created_at == begun.created_at


def test_each_call_is_answered_by_its_own_values(rita, omar, yesterday):
    hers, his = TicketFactory(requester=rita), TicketFactory(requester=omar)
    asked = Composed(tickets_of)

    assert asked(person=rita.pk, since=yesterday) == [hers]
    assert asked(person=omar.pk, since=yesterday) == [his]
    assert asked(person=omar.pk, since=timezone.now() + timedelta(days=1)) == []
    assert asked(person=rita.pk, since=yesterday) == [hers]


def test_what_has_changed_meanwhile_is_read_anew(rita, yesterday):
    ticket = TicketFactory(requester=rita)
    asked = Composed(tickets_of)
    asked(person=rita.pk, since=yesterday)

    ticket.edit(title="Another", description=ticket.description, request_type=ticket.request_type, by=rita)
    newer = TicketFactory(requester=rita)

    assert [row.title for row in asked(person=rita.pk, since=yesterday)] == ["Another", newer.title]


def test_it_is_composed_once(rita):
    times = []

    def make(person):
        times.append(person)
        return User.objects.filter(pk=person)

    asked = Composed(make)

    assert asked(person=rita.pk) == asked(person=rita.pk) == [rita]
    assert len(times) == 1


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (lambda people: people.values_list("email", flat=True), lambda person: person.email),
        (lambda people: people.values_list("pk", "email"), lambda person: (person.pk, person.email)),
        (lambda people: people.values("email"), lambda person: {"email": person.email}),
    ],
    ids=["one column", "columns", "by name"],
)
def test_columns_alone_come_as_they_were_asked_for(rita, chosen, expected):
    asked = Composed(lambda person: chosen(User.objects.filter(pk=person)))

    assert asked(person=rita.pk) == [expected(rita)]


def test_a_value_is_no_part_of_the_statement(rita):
    asked = Composed(lambda address: User.objects.filter(email=address))

    assert asked(address=rita.email) == [rita]
    assert asked(address="' OR 1=1 --") == asked(address="%s") == []


@pytest.mark.parametrize("values", [{}, {"person": None}, {"person": 1, "typo": 2}])
def test_values_that_do_not_fit_are_refused(values):
    with pytest.raises(TypeError, match="person"):
        Composed(lambda person: User.objects.filter(pk=person))(**values)


def test_what_depends_on_a_person_s_rights_cannot_be_composed_for_everybody():
    with pytest.raises(AttributeError, match="can_see_every_ticket"):
        Composed(lambda viewer: Ticket.objects.visible_to(viewer))(viewer=AdminFactory().pk)


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_connections_of_their_own(rita):
    asked = Composed(lambda person: User.objects.filter(pk=person))
    assert asked(person=rita.pk) == [rita]

    def ask(_):
        try:
            return asked(person=rita.pk), connection.connection
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        answer, theirs = pool.submit(ask, None).result()

    assert answer == [rita]
    assert theirs is not connection.connection
