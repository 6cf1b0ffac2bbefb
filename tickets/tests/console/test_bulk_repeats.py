"""Bulk changes ask before a text repeats what internal notes say."""

from tickets.models import Ticket
from tickets.tests.factories import TicketFactory

from .bulk import confirm, plan, text_of

NOTED = "Their manager asked us to wait."


def fates_of(page):
    groups = [*page.context["changed"], *page.context["refused"]]
    return {group.words: sorted(group.numbers) for group in groups}


def test_a_text_that_repeats_a_ticket_s_note_spares_that_ticket(console, admin, three):
    for ticket in three:
        ticket.take(by=admin)
    three[1].note(NOTED, by=admin)
    address = plan(console, "status", *three)

    console.post(address, {"status": "resolve", "text": f"{NOTED} Done."})
    preview = console.get(address)

    repeats = f"The requester would read a sentence of an internal note: “{NOTED}”"
    assert fates_of(preview) == {"Open": [three[0].pk, three[2].pk], repeats: [three[1].pk]}
    assert "Send it anyway" in text_of(preview)
    assert f"{NOTED} Done.</textarea>" in text_of(preview)
    # Afterwards the sentence is nowhere kept.
    repeated = "The requester would read a sentence of an internal note."
    assert fates_of(confirm(console, address))[repeated] == [three[1].pk]
    assert Ticket.objects.get(pk=three[1].pk).status == "open"


def test_a_text_that_repeats_notes_goes_to_all_once_its_author_is_sure(console, admin, three):
    for ticket in three:
        ticket.take(by=admin)
        ticket.note(NOTED, by=admin)
    address = plan(console, "status", *three)

    console.post(address, {"status": "resolve", "text": NOTED, "sure": "on"})
    preview = console.get(address)

    assert preview.context["number_changed"] == 3
    assert 'name="sure" id="id_sure" checked' in text_of(preview)
    assert confirm(console, address).context["number_changed"] == 3
    assert [ticket.events.last().text for ticket in three] == [NOTED] * 3


def test_a_text_that_repeats_no_note_of_many_is_not_asked_about(console, admin, three):
    for ticket in three:
        ticket.take(by=admin)
        ticket.note(NOTED, by=admin)
    address = plan(console, "status", *three)

    console.post(address, {"status": "resolve", "text": "The new cable is in. All is well."})

    assert "Send it anyway" not in text_of(console.get(address))
    assert confirm(console, address).context["number_changed"] == 3


def test_a_note_written_after_the_preview_is_not_repeated_either(console, admin, three):
    for ticket in three:
        ticket.take(by=admin)
    address = plan(console, "status", *three)
    console.post(address, {"status": "resolve", "text": NOTED})
    assert console.get(address).context["number_changed"] == 3

    three[0].note(NOTED, by=admin)
    report = confirm(console, address)

    assert (report.context["number_changed"], report.context["number_unchanged"]) == (2, 1)
    assert "would read a sentence of an internal note" in text_of(report)


def test_looking_for_repeated_notes_takes_one_query_for_all_tickets(
    console, requester, admin, django_assert_max_num_queries
):
    for _ in range(20):
        ticket = TicketFactory(requester=requester)
        ticket.take(by=admin)
        ticket.note(NOTED, by=admin)
    address = plan(console, "status", all="on", list="")
    console.post(address, {"status": "resolve", "text": NOTED})

    with django_assert_max_num_queries(13):
        page = console.get(address)

    assert page.context["number_changed"] == 0
