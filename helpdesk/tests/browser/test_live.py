"""Open pages that stay right by themselves, on the real server: what changes comes, what one does stays."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from playwright.sync_api import expect

from tickets.models import HoldReason, SavedView
from tickets.tests.factories import RequestTypeFactory, TicketFactory

from .conftest import UNDER_AXE, violations, wait_until

LIVE = "[data-live-state]"


@pytest.fixture
def come(chromium, real_server):
    """Open a page at the real server, or at `server`, as this person: in a browser of their own, or in
    `beside`'s as another tab.
    """
    contexts, complaints = [], []

    def complain(page, text):
        if "Content Security Policy" in text and page not in UNDER_AXE:
            complaints.append(text)

    def open_page(person, address, *, server=real_server, beside=None, script="", blocked=False):
        if beside is None:
            context = chromium.new_context(base_url=server.url, viewport={"width": 1280, "height": 700})
            context.set_default_timeout(15_000)
            context.add_cookies([server.cookie_of(person)])
            contexts.append(context)
            if script:
                context.add_init_script(script)
            if blocked:
                context.route(
                    re.compile("/live/"),
                    lambda route: route.abort() if is_stream(route.request) else route.continue_(),
                )
        else:
            context = beside.context
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("console", lambda said: complain(page, said.text))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def is_stream(request):
    return "/live/" in request.url and request.resource_type == "eventsource"


def is_live(page):
    expect(page.locator(LIVE)).to_have_attribute("data-live-state", "live", timeout=15_000)


def console_page(ticket):
    return f"/admin/tickets/ticket/{ticket.pk}/change/"


def top_of(locator):
    return locator.evaluate("(element) => element.getBoundingClientRect().top")


def rest(page):
    """Wait for the end of the scrolling by which the browser brings what is typed into view."""
    page.evaluate("""() => new Promise((done) => {
        let [place, frames] = [scrollY, 0];
        const look = () => {
            frames = scrollY === place ? frames + 1 : 0;
            place = scrollY;
            if (frames === 10) done(); else requestAnimationFrame(look);
        };
        look();
    })""")


@pytest.mark.live_feed
def test_what_happens_comes_while_a_reply_is_typed(come, requester, admin, ticket):
    for number in range(6):
        ticket.reply(f"It happened again, {number}.\n\nAnd again.", by=requester)
    page = come(requester, f"/tickets/{ticket.pk}/")
    field = page.locator("textarea[name=text]")
    field.press_sequentially("It is the one in the hall.")
    for _ in range(5):
        field.press("ArrowLeft")
    is_live(page)
    page.evaluate("window.field = document.activeElement")
    rest(page)
    before = top_of(field)

    ticket.take(by=admin)
    ticket.start(by=admin)
    ticket.reply("Which printer is it?\n\n" + "Tell me more. " * 60, by=admin)

    expect(page.locator("#timeline")).to_contain_text("Which printer is it?", timeout=3_000)
    expect(page.locator("#ticket-head")).to_contain_text("In Progress")
    expect(page.locator("#ticket-aside")).to_contain_text("Ada Admin")
    assert page.evaluate("window.field === document.activeElement && window.field.isConnected")
    assert page.evaluate("[window.field.selectionStart, window.field.selectionEnd]") == [21, 21]
    expect(field).to_have_value("It is the one in the hall.")
    # Above it the page has grown; where one types stays where it is.
    assert abs(top_of(field) - before) < 2
    expect(page.locator("[data-live-voice]")).to_have_text(re.compile("new entr|Status: "))

    field.press_sequentially("!")
    ticket.resolve(by=admin)
    ticket.close(by=admin)
    expect(page.get_by_text("no longer takes replies")).to_be_visible()
    expect(field).to_have_value("It is the one in the !hall.")
    assert violations(page) == []


def test_new_tickets_are_put_in_on_request_and_others_change_in_place(come, requester, admin, ticket):
    first = TicketFactory(requester=requester, title="First")
    page = come(admin, "/admin/tickets/ticket/?sort=-number")
    is_live(page)
    rows, offer = page.locator("#result_list tbody tr"), page.locator(".hd-fresh")
    page.get_by_label(f"Select {first.reference}").check()
    page.get_by_role("link", name=first.title).focus()
    place = top_of(rows.first)

    # At once, to be told in one sentence: the next would come half a minute later.
    with transaction.atomic():
        ticket.take(by=admin)
        new = [TicketFactory(requester=requester, title=f"New {number}") for number in range(2)]

    expect(offer).to_have_text("2 new tickets. Show")
    expect(page.locator(f"tr[data-key='{ticket.pk}']")).to_contain_text("Ada Admin")
    expect(rows).to_have_count(2)
    assert top_of(rows.first) == place
    expect(page.get_by_role("link", name=first.title)).to_be_focused()
    expect(page.locator("[data-live-voice]")).to_contain_text("new ticket")
    assert violations(page) == []

    offer.click()
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text(new[1].title)
    expect(offer).to_be_hidden()
    expect(page.get_by_label(f"Select {first.reference}")).to_be_checked()


def test_a_form_in_use_is_left_and_says_what_changed_meanwhile(come, admin, other_admin, ticket):
    ticket.take(by=admin)
    page = come(admin, console_page(ticket))
    is_live(page)
    page.locator("summary", has_text="Resolve").click()
    page.locator("form[action$='/resolve/'] textarea").fill("New cable.")

    ticket.assign(other_admin, by=admin)

    expect(page.get_by_label("Assignee").locator("option:checked")).to_have_text("Oskar Otheradmin")
    expect(page.locator("form[action$='/resolve/'] textarea")).to_have_value("New cable.")
    ticket.resolve(by=other_admin)
    expect(page.locator("form[action$='/resolve/'] .hd-meanwhile")).to_contain_text("no longer possible")
    expect(page.locator("form[action$='/resolve/'] textarea")).to_have_value("New cable.")


def test_a_refused_form_keeps_its_reason_and_what_was_chosen(come, admin, other_admin, ticket):
    other_type = RequestTypeFactory(name="Another Issue")
    ticket.take(by=other_admin)
    page = come(admin, console_page(ticket))
    is_live(page)

    def resolve_first(route):
        ticket.resolve(by=other_admin)
        route.continue_()

    page.route("**/properties/", resolve_first, times=1)

    page.get_by_label("Request type").select_option(str(other_type.pk))
    expect(page.locator("#ticket-aside").get_by_role("alert")).to_contain_text("no longer allows this")
    expect(page.locator("#ticket-head")).to_contain_text("Resolved")
    ticket.note("It was the cable.", by=other_admin)

    expect(page.get_by_text("It was the cable.")).to_be_visible()
    expect(page.locator("#ticket-aside").get_by_role("alert")).to_contain_text("no longer allows this")
    expect(page.get_by_label("Request type")).to_have_value(str(other_type.pk))


def test_what_was_just_drawn_is_not_fetched_again(come, admin, ticket):
    page = come(admin, "/notifications/")
    # From the first stream on the server watches what happens.
    is_live(page)
    # What one opens is read, and the bell says so.
    page.goto(console_page(ticket))
    is_live(page)
    page.wait_for_load_state("networkidle")
    fetched = []
    page.on("request", lambda request: fetched.append(request))
    for address in ("/admin/tickets/ticket/", console_page(ticket), "/tickets/"):
        fetched.clear()
        page.goto(address)
        is_live(page)
        page.wait_for_load_state("networkidle")

        paths = [request.url.split("?")[0] for request in fetched if request.resource_type == "fetch"]
        assert paths
        assert not [path for path in paths if path.endswith("/live/")]


def test_what_happens_between_drawing_and_listening_is_shown(come, requester, admin, ticket):
    is_live(come(requester, "/tickets/"))
    page = come(requester, "/notifications/")
    held = []
    page.context.route(
        re.compile("/live/"),
        lambda route: held.append(route) if is_stream(route.request) else route.continue_(),
    )
    page.goto(f"/tickets/{ticket.pk}/")
    expect(page.locator("#timeline")).to_be_visible()

    ticket.take(by=admin)
    wait_until(page, lambda: held)
    for route in held:
        route.continue_()

    is_live(page)
    expect(page.locator("#ticket-aside")).to_contain_text("Ada Admin")


def test_tabs_share_one_stream_and_the_next_takes_over(come, requester, admin, ticket):
    page = come(requester, f"/tickets/{ticket.pk}/")
    is_live(page)
    streams = []
    page.context.on("request", lambda request: streams.append(request) if is_stream(request) else None)
    other = come(requester, "/tickets/", beside=page)
    is_live(other)
    assert not streams

    ticket.take(by=admin)
    expect(page.locator("#ticket-aside")).to_contain_text("Ada Admin")
    expect(other.locator("#rows")).to_contain_text("Ada Admin")
    page.close()
    is_live(other)
    ticket.start(by=admin)

    expect(other.locator("#rows")).to_contain_text("In Progress")
    assert len(streams) == 1


def test_a_laptop_that_slept_shows_what_is_now(come, requester, admin, ticket):
    page = come(requester, f"/tickets/{ticket.pk}/")
    is_live(page)

    page.context.set_offline(True)
    expect(page.locator(LIVE)).to_contain_text("Offline")
    ticket.take(by=admin)
    for _ in range(6):
        ticket.start(by=admin)
        ticket.hold(HoldReason.THIRD_PARTY, by=admin)
        ticket.reply("Still waiting.", by=admin)
    ticket.resolve(by=admin)
    page.context.set_offline(False)

    is_live(page)
    expect(page.locator("#ticket-head")).to_contain_text("Resolved")
    expect(page.locator("#timeline article", has_text="Still waiting.")).to_have_count(6)
    expect(page.locator("#ticket-aside").get_by_role("link", name="Give Feedback")).to_be_visible()


def test_a_hidden_tab_rests_and_is_right_when_seen_again(come, requester, admin, ticket):
    hide = "Object.defineProperty(document, 'hidden', { get: () => Boolean(window.isHidden) });"
    page = come(requester, f"/tickets/{ticket.pk}/", script=hide)
    is_live(page)
    look = "(hidden) => { window.isHidden = hidden; document.dispatchEvent(new Event('visibilitychange')); }"

    page.evaluate(f"document.querySelector('{LIVE}').dataset.away = '0.1'")
    page.evaluate(look, True)
    expect(page.locator(LIVE)).to_have_attribute("data-live-state", "reconnecting")
    # Not before: the page asks once more when it has become live.
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    ticket.take(by=admin)
    page.wait_for_timeout(700)
    assert asked == []
    page.evaluate(look, False)

    is_live(page)
    expect(page.locator("#ticket-aside")).to_contain_text("Ada Admin")


def test_a_server_that_was_restarted_is_found_again(come, start_server, requester, admin, ticket):
    server = start_server()
    page = come(requester, f"/tickets/{ticket.pk}/", server=server)
    is_live(page)

    assert server.stop() == 0
    expect(page.locator(LIVE)).to_have_attribute("data-live-state", re.compile("reconnecting|offline"))
    ticket.take(by=admin)
    start_server(server.port)

    expect(page.locator("#ticket-aside")).to_contain_text("Ada Admin", timeout=30_000)
    is_live(page)


@pytest.mark.live_feed
def test_who_is_no_admin_any_more_is_told_and_keeps_what_they_typed(come, admin, other_admin, ticket):
    page = come(admin, console_page(ticket))
    is_live(page)
    page.locator("form[data-composer] textarea[name=text]").fill("Have you restarted it?")

    admin.set_role("User", by=other_admin)

    expect(page.get_by_role("alert")).to_contain_text("no longer have access")
    expect(page.locator("form[data-composer] textarea[name=text]")).to_have_value("Have you restarted it?")


@pytest.mark.live_feed
def test_who_signed_out_elsewhere_is_told(come, requester, ticket):
    page = come(requester, f"/tickets/{ticket.pk}/")
    is_live(page)

    Session.objects.all().delete()

    expect(page.locator(LIVE)).to_contain_text("Signed out")


def test_where_streams_are_blocked_pages_ask_every_so_often(come, requester, admin, ticket):
    page = come(requester, f"/tickets/{ticket.pk}/", blocked=True)
    page.evaluate(f"document.querySelector('{LIVE}').dataset.poll = '0.5'")
    expect(page.locator(LIVE)).to_contain_text("Updated every 30 s")

    ticket.take(by=admin)

    expect(page.locator("#ticket-aside")).to_contain_text("Ada Admin")


def test_the_front_page_follows_what_colleagues_do(come, requester, admin, other_admin, ticket):
    page = come(admin, "/admin/")
    is_live(page)
    free, mine = page.locator("#free"), page.locator("#mine")
    expect(mine).to_contain_text("Nothing is assigned to you.")
    other, third = (TicketFactory(requester=requester) for _ in range(2))
    page.get_by_role("button", name="2 new tickets. Show").click()

    ticket.take(by=other_admin)
    other.take(by=admin)

    expect(mine).to_contain_text(other.reference)
    expect(page.locator("#figures")).to_contain_text(re.compile(r"Unassigned\s*1"))
    # Nothing jumps away from under the pointer that was about to take it.
    expect(free.locator("tr.hd-gone")).to_contain_text([ticket.reference, other.reference])
    page.get_by_role("button", name="2 tickets no longer here. Update").click()
    expect(free.locator("tbody tr")).to_have_count(1)
    expect(free).to_contain_text(third.reference)


@pytest.mark.live_feed
def test_colleagues_are_seen_coming_writing_and_going(come, admin, other_admin, ticket):
    mine, theirs = (come(person, console_page(ticket)) for person in (admin, other_admin))
    is_live(mine)

    expect(mine.get_by_text("Oskar Otheradmin is viewing this ticket")).to_be_visible()
    theirs.locator("form[data-composer] textarea[name=text]").press_sequentially("Have you")
    expect(mine.get_by_text("Oskar Otheradmin is writing a reply")).to_be_visible()
    theirs.goto("/admin/")
    expect(mine.locator("[data-presence-words]")).not_to_contain_text("Oskar")


@pytest.mark.live_feed
def test_reading_in_one_tab_clears_the_mark_in_the_other_s_list(come, requester, admin, ticket):
    ticket.take(by=admin)
    agent, person = come(admin, "/admin/tickets/ticket/"), come(requester, "/tickets/")
    for page in (agent, person):
        is_live(page)
    marked, new = agent.locator("tr.is-unread"), person.locator(".pt-list .is-new")

    ticket.reply("Is the cable in?", by=admin)
    expect(new).to_contain_text(f"Unread: {ticket.title}")
    ticket.reply("It is.", by=requester)
    expect(marked).to_contain_text(f"Unread: {ticket.title}")
    expect(marked).to_contain_text("Requester answered just now")

    come(admin, console_page(ticket), beside=agent)
    come(requester, f"/tickets/{ticket.pk}/", beside=person)

    expect(marked).to_have_count(0)
    expect(new).to_have_count(0)
    expect(agent.locator("#result_list tbody")).to_contain_text("Requester answered")


@pytest.mark.live_feed
def test_of_two_tabs_only_the_one_on_the_screen_reads(come, requester, admin, ticket):
    hide = "Object.defineProperty(document, 'hidden', { get: () => Boolean(window.isHidden) });"
    look = "(hidden) => { window.isHidden = hidden; document.dispatchEvent(new Event('visibilitychange')); }"
    ticket.take(by=admin)
    page = come(requester, f"/tickets/{ticket.pk}/", script=hide)
    beside = come(requester, "/tickets/", beside=page)
    is_live(page)
    is_live(beside)
    new, bell = beside.locator(".pt-list .is-new"), beside.locator("#bell .hd-bell__n")

    page.evaluate(look, True)
    ticket.reply("Is the cable in?", by=admin)
    expect(new).to_contain_text(f"Unread: {ticket.title}")
    expect(bell).to_have_text("1 unread")
    page.evaluate(look, False)

    expect(page.locator("#timeline")).to_contain_text("Is the cable in?")
    expect(new).to_have_count(0)
    expect(bell).to_have_count(0)


@pytest.mark.live_feed
def test_the_bell_and_the_counts_of_saved_views_follow(come, requester, admin, ticket):
    SavedView.objects.create(name="Green ones", query="q=green")
    hers, his = come(admin, "/admin/accounts/user/"), come(requester, "/tickets/")
    counts = hers.locator("#saved-views")
    is_live(hers)
    is_live(his)
    expect(counts.get_by_role("link", name="Green ones 0 tickets")).to_be_visible()
    expect(his.locator("#bell .hd-bell__n")).to_have_count(0)
    his.locator(".hd-bell").click()
    latest = his.get_by_role("dialog", name="Notifications")
    expect(latest).to_contain_text("Nothing yet")

    ticket.take(by=admin)
    ticket.reply("Which one?", by=admin)
    TicketFactory(requester=requester, title="A green light")

    expect(his.locator("#bell")).to_contain_text("2 unread")
    # What it had shown stays, until it is opened again.
    expect(latest).to_contain_text("Nothing yet")
    expect(latest).to_be_focused()
    expect(his.locator(".hd-bell")).to_have_attribute("aria-expanded", "true")
    his.keyboard.press("Escape")
    his.keyboard.press("Enter")
    expect(latest).to_contain_text("Which one?")
    expect(hers.locator("#bell")).to_contain_text("unread")
    expect(counts.get_by_role("link", name="Green ones 1 ticket")).to_be_visible()
    expect(counts.get_by_role("link", name="Unassigned open 1 ticket")).to_be_visible()

    # Read in another tab: the bell here is quiet, too.
    come(requester, f"/tickets/{ticket.pk}/", beside=his)
    expect(his.locator("#bell .hd-bell__n")).to_have_count(0)
