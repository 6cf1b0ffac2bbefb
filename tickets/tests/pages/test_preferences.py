"""How one wants to hear: what the form keeps, what it refuses, and what follows from it."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from tickets.events import NotificationKind
from tickets.models import Notification, NotificationPreference
from tickets.models.notification_preference import DEFAULTS, Mail

AT = "/notifications/preferences/"


@pytest.fixture
def typed(client_of, requester):
    """What the page's form holds as it is shown, ready to be sent."""
    form = client_of(requester).get(AT).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


def saved(person):
    return NotificationPreference.objects.of(person)


def test_it_shows_the_usual_choices_at_first(client_of, requester, typed):
    assert typed["replied_mail"] == Mail.AT_ONCE
    assert typed["status_mail"] == Mail.NEVER
    assert typed["status_bell"]
    assert not NotificationPreference.objects.exists()


def test_requesters_are_asked_only_about_what_they_can_hear_of(client_of, requester, admin):
    asked = {row.label for row in client_of(requester).get(AT).context["form"].rows}

    assert NotificationKind.REPLIED.label in asked
    assert NotificationKind.NOTED.label not in asked
    assert len(client_of(admin).get(AT).context["form"].rows) == len(NotificationKind)


def test_it_keeps_what_was_chosen(client_of, requester, typed):
    chosen = {**typed, "replied_mail": "daily", "digest_hour": "17"}
    chosen |= {"quiet_from": "22:00", "quiet_until": "06:30"}
    del chosen["status_bell"]

    response = client_of(requester).post(AT, chosen)

    assert response.url == AT
    theirs = saved(requester)
    assert theirs.way("replied") == (True, Mail.DAILY)
    assert theirs.way("status") == (False, Mail.NEVER)
    assert theirs.way("noted") == DEFAULTS[NotificationKind.NOTED]
    assert theirs.digest_hour == 17
    assert (theirs.quiet_from, theirs.quiet_until) == (time(22), time(6, 30))
    page = client_of(requester).get(AT).content.decode()
    assert 'value="22:00"' in page


def test_saving_what_is_shown_changes_nothing(client_of, requester, typed):
    client_of(requester).post(AT, typed)

    assert all(saved(requester).way(kind) == way for kind, way in DEFAULTS.items())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"quiet_until": "06:00"}, "quiet_from"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "quiet_until"),
        ({"quiet_from": "late", "quiet_until": "06:00"}, "quiet_from"),
        ({"digest_hour": "24"}, "digest_hour"),
        ({"replied_mail": "sometimes"}, "replied_mail"),
    ],
)
def test_nonsense_is_refused_beside_its_field(changed, field, client_of, requester, typed):
    page = client_of(requester).post(AT, typed | changed)

    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not NotificationPreference.objects.exists()


def test_mails_not_sent_yet_follow_the_new_choice(client_of, requester, admin, ticket, typed, time_machine):
    time_machine.move_to("2026-11-26 12:00 +0000", tick=False)
    ticket.reply("Hello.", by=admin)
    mailed = Notification.objects.get(person=requester)
    Notification.objects.filter(pk=mailed.pk).update(mailed_at=timezone.now())
    ticket.reply("And this.", by=admin)
    waiting = Notification.objects.exclude(pk=mailed.pk).get(person=requester)
    assert waiting.mail_due_at == timezone.now() + timedelta(minutes=2)

    client_of(requester).post(AT, typed | {"replied_mail": "daily", "digest_hour": "17"})
    waiting.refresh_from_db()
    assert waiting.mail_due_at.isoformat() == "2026-11-26T17:00:00+00:00"

    client_of(requester).post(AT, typed | {"replied_mail": "never"})
    waiting.refresh_from_db()
    assert waiting.mail_due_at is None
    mailed.refresh_from_db()
    assert mailed.mail_due_at is not None


def test_mails_not_sent_yet_follow_somebody_to_another_zone(
    client_of, requester, admin, ticket, time_machine
):
    time_machine.move_to("2026-11-26 12:00 +0000", tick=False)
    NotificationPreference(person=requester, ways={"replied": [True, Mail.DAILY]}, digest_hour=17).save()
    ticket.reply("Hello.", by=admin)
    waiting = Notification.objects.get(person=requester)
    assert waiting.mail_due_at.isoformat() == "2026-11-26T17:00:00+00:00"

    requester.choose_time_zone("America/New_York")

    waiting.refresh_from_db()
    assert waiting.mail_due_at.isoformat() == "2026-11-26T22:00:00+00:00"


def test_the_page_names_the_zone_of_its_hours(client_of, requester):
    requester.choose_time_zone("Asia/Kolkata")

    page = client_of(requester).get(AT).content.decode()

    assert "The hours are those of Asia/Kolkata." in page
    assert "Saved" not in page


def test_the_page_has_a_budget_of_queries(client_of, requester, django_assert_max_num_queries):
    client = client_of(requester)

    with django_assert_max_num_queries(6):
        client.get(AT)
