"""Fills an empty database with a believable help desk: people, and 90 days of tickets made by the verbs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction

from accounts.models import AdminRequest, User
from accounts.roles import Role

from ..models import CannedReply, RequestType, Ticket, TicketQuerySet
from . import people, stories
from .stories import Deck, Scenario, Story, WorkingTime

SEED = 2026
DAYS = 90
KEY = "demo:"
# One deck of ratings: most people are content.
SCORES = [5] * 9 + [4] * 7 + [3] * 3 + [2] * 2 + [1]
CANNED_REPLIES = {
    "Restart first": (
        "Hello {{requester_first_name}},\n\ncould you restart the device once and tell me whether it still "
        "happens?\n\nThank you,\n{{me}}"
    ),
    "Send us a screenshot": (
        "Hello {{requester_first_name}},\n\na screenshot of the message would help us with {{number}}. "
        "You can add it to your answer here.\n\nThank you,\n{{me}}"
    ),
    "Solved": (
        "Hello {{requester_first_name}},\n\n“{{title}}” should be solved. If it is not, just answer here.\n\n{{me}}"
    ),
}


class Contents(models.TextChoices):
    """What a database holds, as far as the demo cares."""

    NOTHING = "nothing"
    DEMO = "the demo"
    OTHER = "something else"


def contents() -> Contents:
    """Say what this database holds. OTHER, as soon as one person or ticket is not the demo's."""
    if not User.objects.exists() and not Ticket.objects.exists():
        return Contents.NOTHING
    strangers = User.objects.exclude(email__in=people.EMAILS)
    others = Ticket.objects.exclude(submission_key__startswith=KEY)
    if strangers.exists() or others.exists() or not Ticket.objects.exists():
        return Contents.OTHER
    return Contents.DEMO


def tickets() -> TicketQuerySet[Ticket]:
    """The tickets that only `seed` makes."""
    return Ticket.objects.filter(submission_key__startswith=KEY)


def can_be_signed_in_to() -> bool:
    """Say whether the two accounts are there whose password everybody knows."""
    known = (people.ADMIN_EMAIL, people.USER_EMAIL)
    return bool(User.objects.active().filter(email__in=known).count() == len(known))


@transaction.atomic
def seed_demo(now: datetime, seed: int = SEED) -> int:
    """Make the demo's people and tickets and answer how many tickets. The database must be empty.

    now: the end of the 90 days. seed: of the random numbers; the same two make the same demo.
    """
    random = Random(seed)  # noqa: S311, no secret depends on it
    users = _make_people(now)
    made = sorted(_Plan(random, now, users).stories(), key=lambda story: story.moments[0])
    for number, story in enumerate(made, start=1):
        story.play(f"{KEY}{number}")
    for title, body in CANNED_REPLIES.items():
        CannedReply.objects.create(title=title, body=body)
    return len(made)


def _make_people(now: datetime) -> dict[str, User]:
    """Answer address -> person; all verified, two of them with a password."""
    users = {}
    for role, rows in ((Role.ADMIN, people.ADMINS), (Role.USER, people.USERS)):
        for place, (first_name, last_name, email) in enumerate(rows):
            users[email] = User.objects.create_user(
                email,
                people.PASSWORD if place == 0 else None,
                role=role,
                first_name=first_name,
                last_name=last_name,
                date_joined=now - timedelta(days=DAYS + 30 + 7 * place),
            )
    for place, email in enumerate(people.WAITING, start=1):
        AdminRequest.objects.create(user=users[email], requested_at=now - timedelta(hours=20 * place))
    return users


class _Plan:
    """Decides who has which trouble when."""

    def __init__(self, random: Random, now: datetime, users: dict[str, User]) -> None:
        self.random = random
        self.time = WorkingTime(now, ZoneInfo(settings.TIME_ZONE), DAYS)
        self.demo_user = users[people.USER_EMAIL]
        self.admins = [users[email] for _, _, email in people.ADMINS]
        employees = [users[email] for _, _, email in people.USERS[1:]]
        self.requesters = Deck(employees, random)
        self.assignees = Deck(self.admins, random)
        words = stories.WORDS
        names = sorted({scenario["type"] for scenario in words["scenario"]})
        self.request_types = {name: RequestType.objects.get_or_create(name=name)[0] for name in names}
        # All scenarios about their first thing, then all about their second, and so on.
        self.scenarios = self._scenarios(words["scenario"])
        self.scores = Deck(SCORES, random)
        self.comments = {score: Deck(texts, random) for score, texts in words["comments"].items()}
        self.farewells = Deck(words["withdrawn"]["texts"], random)
        self.notes = Deck(words["notes"]["texts"], random)

    def stories(self) -> Iterator[Story]:
        for finished, plots in ((True, stories.FINISHED), (False, stories.UNFINISHED)):
            own = stories.OF_THE_DEMO_USER["finished" if finished else "unfinished"]
            for steps in own:
                yield self._story(steps.split(), finished, self.demo_user, self.admins[0])
            for steps, count in plots.items():
                for _ in range(count - own.count(steps)):
                    yield self._story(steps.split(), finished, self.requesters.draw(), self.assignees.draw())

    def _story(self, steps: list[str], finished: bool, requester: User, assignee: User) -> Story:
        scenario = next(self.scenarios)
        return Story(
            steps=steps,
            moments=self._moments(steps, finished),
            scenario=scenario,
            request_type=self.request_types[scenario.words["type"]],
            requester=requester,
            assignee=assignee,
            colleague=self.random.choice([admin for admin in self.admins if admin != assignee]),
            scores=self.scores,
            comments=self.comments,
            farewells=self.farewells,
            notes=self.notes,
        )

    def _scenarios(self, rows: list[dict[str, Any]]) -> Iterator[Scenario]:
        for place in range(len(rows[0]["things"])):
            for words in self.random.sample(rows, len(rows)):
                yield Scenario(words, words["things"][place])

    def _moments(self, steps: list[str], finished: bool) -> list[datetime]:
        """Choose the moment of the submission and of each step, all before now."""
        minutes = [0]
        for step in steps:
            least, most, mostly = stories.LASTS[step]
            minutes.append(minutes[-1] + round(self.random.triangular(least, most, mostly)))
        spare = self.time.total - minutes[-1]
        start = self.random.randint(0, spare) if finished else spare - self.random.randint(0, 700)
        moments = [self.time.moment(start + minute, self.random.randrange(60)) for minute in minutes]
        if start % stories.MINUTES_A_DAY < 60 and self.random.random() < 0.5:
            # Some people write in the evening; the help desk reads it in the morning.
            moments[0] -= timedelta(minutes=self.random.randint(600, 760))
        return moments
