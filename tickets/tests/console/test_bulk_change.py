"""Bulk changes: tick, look, confirm, read the report; who may not, and what is refused."""

import pytest

from tickets.models import BulkChange, HoldReason, RequestType, Ticket
from tickets.models.bulk_change import IN_ONE_REQUEST, TIME_TO_BEGIN
from tickets.tests.factories import TicketFactory

from .bulk import LIST, PLAN, confirm, plan, text_of


def test_the_list_offers_what_can_be_done_together(console, three):
    page = text_of(console.get(LIST))

    for action in ("take", "assign", "status", "request_type", "trash"):
        assert f'value="{action}"' in page
    assert 'value="restore"' not in page
    assert page.count('class="action-select"') == 3
    assert "that match" not in page


def test_the_trash_offers_to_restore(console, three, admin):
    three[0].trash(by=admin)

    page = text_of(console.get(LIST, {"trash": "true"}))

    assert 'value="restore"' in page
    assert 'value="assign"' not in page


def test_taking_shows_first_and_then_does(console, admin, other_admin, three):
    three[1].take(by=other_admin)
    three[2].take(by=admin)

    address = plan(console, "take", *three)
    preview = console.get(address)

    assert "Nothing has been changed yet" in text_of(preview)
    assert preview.context["number_changed"] == 2
    assert {group.words: group.numbers for group in preview.context["changed"]} == {
        "Nobody": [three[0].pk],
        "Oskar Otheradmin": [three[1].pk],
    }
    assert [group.numbers for group in preview.context["same"]] == [[three[2].pk]]
    assert Ticket.objects.get(pk=three[0].pk).assignee is None

    report = confirm(console, address)

    assert (report.context["number_changed"], report.context["number_unchanged"]) == (2, 1)
    assert f'href="/admin/tickets/ticket/{three[0].pk}/change/"' in text_of(report)
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {admin.pk}


def test_a_colleague_is_chosen_on_the_next_page(console, other_admin, three):
    address = plan(console, "assign", *three)
    assert "changed" not in console.get(address).context

    console.post(address, {"assignee": other_admin.pk})
    preview = console.get(address)

    assert preview.context["decision"] == "Assignee: Oskar Otheradmin"
    assert confirm(console, address).context["number_changed"] == 3


def test_a_colleague_chosen_in_the_list_is_looked_at_at_once(console, other_admin, three):
    address = plan(console, "", *three, assign_to=other_admin.pk)

    preview = console.get(address)

    assert preview.context["decision"] == "Assignee: Oskar Otheradmin"
    assert Ticket.objects.filter(assignee=None).count() == 3
    assert confirm(console, address).context["number_changed"] == 3
    # Nobody is a choice as well; who works no tickets is none, and is asked for again.
    preview = console.get(plan(console, "", *three, assign_to=""))
    assert preview.context["decision"] == "Assignee: Nobody"
    assert "decision" not in console.get(plan(console, "", *three, assign_to="999999")).context


def test_the_list_names_whom_tickets_can_be_handed_to(console, client_of, viewer, requester, other_admin):
    menu = text_of(console.get("/admin/tickets/ticket/bulk/colleagues/"))

    assert (
        f'<button type="submit" name="assign_to" value="{other_admin.pk}">Oskar Otheradmin</button>' in menu
    )
    assert str(requester) not in menu
    assert client_of(viewer).get("/admin/tickets/ticket/bulk/colleagues/").status_code == 403


def test_preview_and_report_name_the_tickets_and_count_them_in_words(console, admin, three):
    three[1].take(by=admin)
    three[2].take(by=admin)
    address = plan(console, "take", *three)

    preview, report = text_of(console.get(address)), text_of(confirm(console, address))

    assert "1 ticket will change" in preview
    assert "2 tickets will not change" in preview
    assert '<b class="hd-num">1</b> ticket – now: Nobody' in preview
    assert "1 ticket changed" in report
    assert "2 tickets not changed" in report
    assert "2</b> tickets – nothing to change" in report
    for ticket in three:
        named = f'<span class="hd-ref">{ticket.reference}</span> <bdi>{ticket.title}</bdi>'
        assert named in preview
        assert named in report


def test_giving_back_to_nobody_says_why_a_started_one_stays(console, admin, three):
    for ticket in three:
        ticket.take(by=admin)
    three[0].start(by=admin)
    address = plan(console, "assign", *three)

    console.post(address, {"assignee": ""})
    preview = console.get(address)

    assert preview.context["number_changed"] == 2
    assert "Only an Open ticket can be without an assignee." in text_of(preview)
    confirm(console, address)
    assert Ticket.objects.filter(assignee=None).count() == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("start", "Status: In Progress"),
        (f"hold:{HoldReason.SCHEDULED}", "Status: On Hold: scheduled"),
        ("resolve", "Status: Resolved"),
    ],
)
def test_a_status_is_set_with_what_it_needs(status, words, console, admin, three):
    for ticket in three:
        ticket.take(by=admin)
    address = plan(console, "status", *three)

    console.post(address, {"status": status, "text": "" if status == "start" else "On Monday."})

    assert console.get(address).context["decision"] == words
    assert confirm(console, address).context["number_changed"] == 3
    assert not Ticket.objects.filter(status="open").exists()


def test_closing_needs_resolved_tickets(console, admin, three):
    three[0].take(by=admin)
    three[0].resolve(by=admin)
    address = plan(console, "status", *three)

    console.post(address, {"status": "close", "text": ""})
    report = confirm(console, address)

    assert (report.context["number_changed"], report.context["number_unchanged"]) == (1, 2)
    assert "status no longer allows this" in text_of(report)


def test_words_nobody_would_read_are_refused(console, three):
    address = plan(console, "status", *three)

    answer = console.post(address, {"status": "close", "text": "Goodbye"})

    assert "nobody would read this" in text_of(answer)
    assert "Goodbye" in text_of(answer)


def test_a_request_type_is_set(console, three):
    network = RequestType.objects.get(name="Network Issue")
    address = plan(console, "request_type", *three)

    console.post(address, {"request_type": network.pk})

    assert confirm(console, address).context["number_changed"] == 3
    assert set(Ticket.objects.values_list("request_type__name", flat=True)) == {"Network Issue"}


def test_into_the_trash_and_back(console, three):
    confirm(console, plan(console, "trash", *three))
    assert not Ticket.objects.present().exists()

    address = plan(console, "restore", *three, list="trash=true")
    report = confirm(console, address)

    assert Ticket.objects.present().count() == 3
    assert f'href="{LIST}?trash=true"' in text_of(report)


def test_all_that_match_the_filter_are_taken_along(console, requester, admin):
    for number in range(30):
        TicketFactory(requester=requester, title=f"Printer {number}")
    other = TicketFactory(requester=requester, title="Mouse")
    page = console.get(LIST, {"q": "printer"})
    assert "All 30 that match" in text_of(page)

    address = plan(console, "take", all="on", list=page.context["here"])

    assert console.get(address).context["number_changed"] == 30
    confirm(console, address)
    other.refresh_from_db()
    assert other.assignee is None
    assert admin.assigned_tickets.count() == 30


def test_a_filter_that_makes_no_sense_chooses_nothing(console, three):
    assert plan(console, "trash", all="on", list="status=nonsense") == f"{LIST}?status=nonsense"
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize("numbers", [[], ["x"], ["-1"], [str(10**30)], ["999999"], ["٣"]])
def test_nothing_ticked_leads_back_to_the_list(numbers, console, three):
    answer = console.post(PLAN, {"action": "trash", "number": numbers, "list": "q=mouse"}, follow=True)

    assert answer.redirect_chain == [(f"{LIST}?q=mouse", 302)]
    assert "Select at least one ticket first." in text_of(answer)


def test_an_action_that_is_none_leads_back_to_the_list(console, three):
    assert plan(console, "explode", *three) == LIST


def test_another_site_is_never_where_the_list_was(console, three):
    page = text_of(console.get(plan(console, "trash", *three, list="//evil.example/?x=1&next=https://evil")))

    assert 'href="//evil' not in page
    assert 'href="https://evil' not in page


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("assign", {"assignee": "999999"}),
        ("assign", {"assignee": "x"}),
        ("status", {"status": "nonsense", "text": ""}),
        ("status", {"status": "hold:nonsense", "text": ""}),
        ("status", {"status": "resolve", "text": "x" * 200_000}),
        ("request_type", {"request_type": "999999"}),
    ],
)
def test_nonsense_is_said_beside_its_field_and_chooses_nothing(action, values, console, three):
    address = plan(console, action, *three)

    answer = console.post(address, values)

    assert 'role="alert"' in text_of(answer)
    assert BulkChange.objects.get().verb == ""


def test_a_requester_cannot_be_assigned(console, requester, three):
    address = plan(console, "assign", *three)

    assert "does not work tickets" in text_of(console.post(address, {"assignee": requester.pk}))


def test_what_was_chosen_anew_meanwhile_is_not_confirmed(console, admin, other_admin, three):
    address = plan(console, "assign", *three)
    console.post(address, {"assignee": admin.pk})
    seen = console.get(address).context["change"].code
    console.post(address, {"assignee": other_admin.pk})

    answer = console.post(f"{address}confirm/", {"code": seen}, follow=True)

    assert "something else in the meantime" in text_of(answer)
    assert not Ticket.objects.exclude(assignee=None).exists()


def test_confirming_twice_does_it_once(console, three):
    address = plan(console, "take", *three)
    code = console.get(address).context["change"].code

    for _ in range(2):
        console.post(f"{address}confirm/", {"code": code})

    assert [ticket.events.count() for ticket in three] == [2, 2, 2]


def test_many_are_done_by_the_worker_and_the_page_says_how_far_it_is(console, requester, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    for _ in range(IN_ONE_REQUEST + 10):
        TicketFactory(requester=requester)
    address = plan(console, "take", all="on", list="")

    working = confirm(console, address)

    assert f'<progress max="{IN_ONE_REQUEST + 10}" value="0">' in text_of(working)
    assert "Carry on" not in text_of(working)
    change = BulkChange.objects.get()
    change.work(seconds=0)
    assert f'value="1">1 of {IN_ONE_REQUEST + 10}' in text_of(console.get(address))
    BulkChange.objects.update(confirmed_at=change.confirmed_at - TIME_TO_BEGIN)
    assert "Carry on if it has stopped" in text_of(console.get(address))
    assert console.post(f"{address}carry-on/").url == address
    change.work()
    done = console.get(address)
    assert "<progress" not in text_of(done)
    assert done.context["number_changed"] == IN_ONE_REQUEST + 10


def test_three_hundred_at_once(console, requester, admin):
    for _ in range(300):
        TicketFactory(requester=requester)

    report = confirm(console, plan(console, "take", all="on", list=""))

    assert report.context["number_changed"] == 300
    assert "and 100 more" in text_of(report)
    assert admin.assigned_tickets.count() == 300


def test_a_colleague_s_bulk_change_is_not_there(console, client_of, other_admin, three):
    address = plan(console, "trash", *three)
    colleague = client_of(other_admin)

    assert colleague.get(address).status_code == 404
    for page in ("", "confirm/", "carry-on/"):
        assert colleague.post(f"{address}{page}").status_code == 404
    assert Ticket.objects.present().count() == 3


@pytest.mark.parametrize("action", ["take", "assign", "status", "request_type", "trash", "restore"])
def test_view_only_staff_cannot_forge_one(action, client_of, viewer, three):
    own = TicketFactory(requester=viewer, by=None)
    browser = client_of(viewer)

    answer = browser.post(PLAN, {"action": action, "number": [own.pk, three[0].pk]})

    assert answer.status_code == 403
    assert not BulkChange.objects.exists()
    assert 'id="bulk"' not in text_of(browser.get(LIST))


def test_who_lost_the_right_after_planning_cannot_confirm(console, admin, other_admin, three):
    address = plan(console, "trash", *three)
    code = console.get(address).context["change"].code
    admin.set_role("User", by=other_admin)

    assert console.post(f"{address}confirm/", {"code": code}).status_code == 404
    assert Ticket.objects.present().count() == 3


def test_the_preview_takes_as_many_queries_for_many_tickets(
    console, requester, django_assert_max_num_queries
):
    for _ in range(30):
        TicketFactory(requester=requester)
    address = plan(console, "take", all="on", list="")

    with django_assert_max_num_queries(12):
        console.get(address)
