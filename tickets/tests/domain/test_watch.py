"""Watching a ticket, and muting it."""

from tickets.models import Watch
from tickets.tests.heard import K, R, heard


def test_who_takes_part_watches_from_then_on(worked, people):
    worked.note("@Oskar Otheradmin: look", by=people["admin"])
    worked.reply("Hello.", by=people["watcher"])

    watching = Watch.objects.filter(ticket=worked, muted=False).values_list("person", flat=True)
    assert set(watching) == {people[name].pk for name in ("admin", "other_admin", "watcher")}


def test_the_requester_need_not_watch_their_own_ticket(worked, people):
    worked.reply("Hello?", by=people["requester"])

    assert not Watch.objects.filter(person=people["requester"]).exists()


def test_who_muted_hears_nothing_and_taking_part_does_not_start_it_again(worked, people):
    for name in ("watcher", "requester"):
        Watch.objects.mute(people[name], worked)
    worked.note("I look.", by=people["watcher"])

    worked.reply("Hello.", by=people["admin"])

    assert heard(people) == {}
    assert Watch.objects.get(person=people["watcher"]).muted


def test_a_mention_reaches_who_muted(worked, people):
    Watch.objects.mute(people["watcher"], worked)

    worked.note("@Wanda Watcher: look", by=people["admin"])

    assert heard(people) == {"watcher": (K.MENTIONED, R.MENTIONED)}


def test_being_assigned_ends_the_mute(worked, people):
    Watch.objects.mute(people["watcher"], worked)

    worked.assign(people["watcher"], by=people["admin"])
    assert heard(people)["watcher"] == (K.ASSIGNED, R.ASSIGNEE)
    worked.reply("Hello?", by=people["requester"])

    assert heard(people)["watcher"] == (K.REPLIED, R.ASSIGNEE)


def test_watching_is_no_event_of_the_ticket(ticket, other_admin):
    before = ticket.events.count()

    Watch.objects.watch(other_admin, ticket)
    Watch.objects.mute(other_admin, ticket)
    Watch.objects.watch(other_admin, ticket)

    assert ticket.events.count() == before
    assert Watch.objects.get().muted is False
