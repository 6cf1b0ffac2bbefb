"""The demo: what is in it, that it is always the same, and where it is refused."""

import io
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase

from accounts.models import AdminRequest, User
from accounts.roles import Role
from accounts.tests.factories import UserFactory
from tickets.demo import people
from tickets.demo.seed import Contents, can_be_signed_in_to, contents
from tickets.demo.seed import seed_demo as make_demo
from tickets.demo.stories import LASTS, WORDS, Deck, WorkingTime
from tickets.models import Feedback, HoldReason, RequestType, Status, Ticket, TicketEvent
from tickets.models.feedback import SCORES
from tickets.tests.database import checksum
from tickets.tests.factories import TicketFactory
from tickets.tests.history import assert_history_tells_every_row

NOW = datetime(2026, 10, 14, 15, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


def seed(**options):
    out = io.StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def told():
    """Answer everything people read in the demo, without the numbers the database gave."""
    first = Ticket.objects.order_by("pk").first().pk
    return [
        (
            event.ticket_id - first,
            event.at,
            event.kind,
            str(event.actor),
            event.title,
            event.description,
            event.text,
        )
        for event in TicketEvent.objects.select_related("actor").prefetch_related("messages").order_by("pk")
    ]


@pytest.mark.xdist_group("demo")
class TestDemo(TestCase):
    """Made once: it takes seconds."""

    @classmethod
    def setUpTestData(cls):
        with time_machine.travel(NOW, tick=False):
            cls.said = seed()

    def test_it_makes_a_believable_help_desk(self):
        tickets = Ticket.objects.all()
        assert f"{tickets.count()} tickets" in self.said
        assert 140 <= tickets.count() <= 165
        assert len(set(tickets.values_list("title", flat=True))) == tickets.count()
        assert set(tickets.values_list("status", flat=True)) == set(Status.values)
        assert set(tickets.values_list("hold_reason", flat=True)) == {"", *HoldReason.values}
        assert set(Feedback.objects.values_list("score", flat=True)) == set(SCORES)
        assert {kind.pk for kind in RequestType.objects.all()} >= set(
            tickets.values_list("request_type", flat=True)
        )
        assert len(set(tickets.values_list("request_type__name", flat=True))) == 9
        assert tickets.filter(withdrawn_at__isnull=False).exists()
        assert 1 <= tickets.in_trash().count() <= 2
        assert tickets.present().unassigned().filter(status=Status.OPEN).count() >= 5
        assert Feedback.objects.exclude(superseded_at=None).exists()
        assert_history_tells_every_row()

    def test_everything_happened_in_the_last_90_days_and_in_order_of_the_numbers(self):
        opened = list(Ticket.objects.order_by("pk").values_list("created_at", flat=True))
        assert opened == sorted(opened)
        assert opened[0] >= NOW - timedelta(days=91)
        assert opened[-1] >= NOW - timedelta(days=2)
        events = TicketEvent.objects.order_by("at")
        assert events.last().at <= NOW
        working = [event for event in events if event.at.weekday() < 5 and 8 <= event.at.hour < 18]
        assert len(working) > 0.97 * len(events)

    def test_the_known_people_can_sign_in_and_nobody_else(self):
        admin, user = (User.objects.get(email=email) for email in (people.ADMIN_EMAIL, people.USER_EMAIL))
        assert (admin.role, user.role) == (Role.ADMIN, Role.USER)
        assert admin.check_password("helpdesk-demo-2026")
        assert user.check_password("helpdesk-demo-2026")
        assert {p for p in User.objects.all() if p.has_usable_password()} == {admin, user}
        assert EmailAddress.objects.filter(verified=True, primary=True).count() == User.objects.count() == 30
        assert User.objects.admins().count() == 5
        assert can_be_signed_in_to()

    def test_the_demo_user_finds_a_ticket_in_every_status(self):
        own = Ticket.objects.filter(requester__email=people.USER_EMAIL)
        assert own.count() == 8
        assert set(own.values_list("status", flat=True)) == set(Status.values)
        assert own.filter(status=Status.RESOLVED, score=None).count() == 1
        assert [ticket.waits_for_requester for ticket in own].count(True) == 1
        assert own.filter(score__isnull=False).exists()

    def test_the_demo_admin_has_work_to_do_and_requests_to_decide(self):
        assigned = Ticket.objects.filter(assignee__email=people.ADMIN_EMAIL)
        assert assigned.unsolved().count() >= 4
        assert AdminRequest.objects.waiting().count() == 2

    def test_a_second_time_changes_nothing_and_says_so(self):
        before = checksum()

        assert "there already" in seed(seed=7)

        assert checksum() == before

    def test_it_is_refused_beside_other_people(self):
        UserFactory()
        before = checksum()

        with pytest.raises(CommandError, match="holds other people or tickets"):
            seed()

        assert checksum() == before

    def test_it_is_refused_beside_other_tickets(self):
        TicketFactory(requester=User.objects.get(email=people.USER_EMAIL))

        assert contents() == Contents.OTHER
        with pytest.raises(CommandError, match="holds other people or tickets"):
            seed()


def test_the_same_seed_tells_the_same_and_another_one_something_else(db):
    versions = []
    for number in (1, 1, 2):
        with transaction.atomic():
            make_demo(NOW, number)
            versions.append(told())
            transaction.set_rollback(True)

    assert versions[0] == versions[1] != versions[2]
    # It tells nobody of all that.
    assert mail.outbox == []


def test_it_is_refused_beside_other_people(db):
    UserFactory()

    with pytest.raises(CommandError, match="holds other people or tickets"):
        seed()

    assert User.objects.count() == 1


def test_it_is_refused_in_production(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="HELPDESK_MODE=demo"):
        seed()

    assert not User.objects.exists()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 10, 12, 3, 0, tzinfo=UTC),
        datetime(2026, 10, 11, 12, 0, tzinfo=UTC),
        datetime(2026, 10, 12, 8, 30, tzinfo=UTC),
        datetime(2026, 10, 12, 23, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_working_time_ends_before_now_whatever_the_hour(now, zone):
    from zoneinfo import ZoneInfo

    working = WorkingTime(now, ZoneInfo(zone), days=90)

    last = working.moment(working.total, 59)
    assert now - timedelta(days=4) < last <= now
    assert working.moment(0) >= now - timedelta(days=91)
    assert working.total > 3 * max(most for _, most, _ in LASTS.values())


def test_a_deck_gives_every_card_once_before_any_again():
    deck = Deck([1, 2, 3, 4], Random(1))  # noqa: S311

    assert sorted(deck.draw() for _ in range(4)) == sorted(deck.draw() for _ in range(4)) == [1, 2, 3, 4]


def test_every_scenario_says_everything():
    parts = {"type", "things", "title", "description", "question", "answer", "supplier", "schedule"}
    parts |= {"solution", "again", "solution_again"}

    assert len(WORDS["scenario"]) >= 40
    for scenario in WORDS["scenario"]:
        assert scenario.keys() == parts
        assert len(set(scenario["things"])) == 4
        assert "{thing}" in scenario["title"]
    assert WORDS["comments"].keys() == set(map(str, SCORES))
