"""Saved views: one's own and everybody's; what the side bar counts; another's own view is not there."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets.models import SavedView
from tickets.tests.factories import TicketFactory

LIST = "/admin/tickets/ticket/"
VIEWS = "/admin/tickets/savedview/"


@pytest.fixture
def shared(db):
    return SavedView.objects.create(name="Old ones", query="opened=over-30-days")


@pytest.fixture
def secret(other_admin):
    return SavedView.objects.create(name="Secret", query="q=psst", owner=other_admin)


def counts(console):
    return console.get(f"{VIEWS}counts/").content.decode()


def test_the_filters_and_the_order_are_saved_under_a_name(console, admin):
    address = f"{VIEWS}add/?sort=number&status=open&q=a%26b&after=~3&unknown=1&rating="

    page = console.get(address).content.decode()
    answer = console.post(address, {"name": "Open ones"})

    assert "Search is a&amp;b, Status is Open" in page
    view = SavedView.objects.get()
    assert (view.name, view.owner) == ("Open ones", admin)
    assert view.query == "q=a%26b&status=open&sort=number"
    assert answer.url == view.get_absolute_url()
    assert console.get(answer.url).status_code == 200


def test_the_list_offers_to_save_what_is_narrowed_or_sorted(console, ticket):
    assert f"{VIEWS}add/?" not in console.get(LIST).content.decode()
    assert f"{VIEWS}add/?status=open" in console.get(LIST, {"status": "open", "after": "~1"}).content.decode()
    assert f"{VIEWS}add/?" not in console.get(LIST, {"status": "nonsense"}).content.decode()


@pytest.mark.parametrize("nonsense", ["status=nonsense", "requester=%00", "rating=9"])
def test_what_makes_no_sense_is_not_saved_but_explained_by_the_list(nonsense, console):
    assert console.post(f"{VIEWS}add/?{nonsense}", {"name": "x"}).url == f"{LIST}?{nonsense}"
    assert not SavedView.objects.exists()


def test_an_order_there_is_not_is_left_out(console):
    console.post(f"{VIEWS}add/?status=open&sort=password", {"name": "x"})

    assert SavedView.objects.get().query == "status=open"


@pytest.mark.parametrize("name", ["", "\u200b", "a\nb", "a\x00b", "x" * 61])
def test_a_name_that_cannot_be_is_refused_beside_the_field(name, console):
    assert 'class="errorlist"' in console.post(f"{VIEWS}add/?status=open", {"name": name}).content.decode()
    assert not SavedView.objects.exists()


def test_renaming_sharing_and_taking_back(console, admin):
    view = SavedView.objects.create(name="Mine", query="status=open", owner=admin)

    console.post(f"{VIEWS}{view.pk}/change/", {"name": "Ours", "shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.owner, view.query) == ("Ours", None, "status=open")

    console.post(f"{VIEWS}{view.pk}/change/", {"name": "Mine again"})
    view.refresh_from_db()
    assert (view.name, view.owner) == ("Mine again", admin)


def titled(console, view, **more):
    page = console.get(f"{view.get_absolute_url()}&{urlencode(more)}").content.decode()
    return re.search("<h1>(.*?)</h1>", page)[1], page


def test_a_view_is_the_head_of_its_page(console, admin):
    view = SavedView.objects.create(name="R&D", query="status=open&sort=number", owner=admin)

    head, page = titled(console, view)

    assert head == "R&amp;D"
    assert "<title>R&amp;D" in " ".join(page.split()).replace("<title> ", "<title>")
    assert "Update this view" not in page
    assert "Save this view" not in " ".join(page.split())
    built_in = console.get(LIST, {"assignee": "nobody", "status": "open"}).content.decode()
    assert "<h1>Unassigned open</h1>" in built_in


def test_another_s_view_names_nothing(console, secret):
    head, page = titled(console, secret)

    assert head == "Manage Tickets"
    assert "Secret" not in page


def test_a_view_that_was_changed_is_updated_or_saved_anew(console, admin):
    view = SavedView.objects.create(name="Mine", query="status=open", owner=admin)
    shown = f"status=open&status=on_hold&sort=number&view={view.pk}"

    page = " ".join(console.get(f"{LIST}?{shown}").content.decode().split())
    assert "<h1>Mine</h1>" in page
    assert "Save as a new view" in page
    assert f'action="{VIEWS}{view.pk}/update/?{shown.replace("&", "&amp;")}"' in page
    answer = console.post(f"{VIEWS}{view.pk}/update/?{shown}")

    view.refresh_from_db()
    assert view.query == "status=open&status=on_hold&sort=number"
    assert answer.url == view.get_absolute_url()
    assert console.post(f"{VIEWS}{view.pk}/update/?status=nonsense").url == f"{LIST}?status=nonsense"


def test_a_view_says_what_it_shows_whatever_a_list_leaves_out(console, admin, ticket):
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    console.post(f"{VIEWS}add/?opened=today", {"name": "Today's"})
    # One of the version before, when lists left out nothing.
    old = SavedView.objects.create(name="Old", query="opened=today", owner=admin)

    assert SavedView.objects.get(name="Today's").query == "opened=today&status=unsolved"
    assert ticket.title in titled(console, old)[1]
    assert ticket.title not in titled(console, SavedView.objects.get(name="Today's"))[1]


def test_views_are_put_in_an_order(console, admin):
    for name in "ABC":
        SavedView.objects.create(name=name, owner=admin)
    shared = SavedView.objects.create(name="0 shared")

    def names():
        return [view.name for view in SavedView.objects.usable_by(admin)]

    def move(name, steps):
        view = SavedView.objects.get(name=name)
        assert console.post(f"{VIEWS}{view.pk}/move/", {"steps": steps}).url == VIEWS

    assert names() == ["A", "B", "C", "0 shared"]
    move("C", "-1")
    assert names() == ["A", "C", "B", "0 shared"]
    move("A", "1")
    assert names() == ["C", "A", "B", "0 shared"]
    move("C", "-1")
    move("0 shared", "1")
    assert names() == ["C", "A", "B", "0 shared"]
    console.post(f"{VIEWS}add/?status=open", {"name": "0 new"})
    assert names() == ["C", "A", "B", "0 new", "0 shared"]
    assert shared.position == 0


def test_another_s_view_is_not_moved_or_updated(console, secret):
    for page in ("move", "update"):
        assert console.post(f"{VIEWS}{secret.pk}/{page}/?status=open").status_code == 404
    secret.refresh_from_db()
    assert (secret.query, secret.position) == ("q=psst", 0)


def test_the_page_of_the_views_asks_as_little_for_many(console, admin):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            console.get(VIEWS)
        return len(captured)

    SavedView.objects.create(name="A", query="assignee=1&request_type=1", owner=admin)
    few = queries()
    for number in range(10):
        SavedView.objects.create(name=f"{number}", query=f"assignee={number}&request_type=2", owner=admin)

    assert queries() == few


def test_deleting_asks_first(console, shared):
    assert "gone for everybody" in console.get(f"{VIEWS}{shared.pk}/delete/").content.decode()
    assert SavedView.objects.exists()

    assert console.post(f"{VIEWS}{shared.pk}/delete/").url == VIEWS
    assert not SavedView.objects.exists()


def test_another_s_own_view_is_not_there(console, secret):
    assert "Secret" not in console.get(VIEWS).content.decode()
    assert "Secret" not in counts(console)
    for page in ("change", "delete"):
        assert console.get(f"{VIEWS}{secret.pk}/{page}/").status_code == 404
        assert console.post(f"{VIEWS}{secret.pk}/{page}/", {"name": "x"}).status_code == 404
    assert SavedView.objects.get().name == "Secret"


def test_view_only_staff_save_for_themselves_alone(client_of, viewer, shared):
    browser = client_of(viewer)

    assert "shared" not in browser.get(f"{VIEWS}add/?status=open").context["form"].fields
    assert browser.post(f"{VIEWS}add/?status=open", {"name": "x", "shared": "on"}).status_code == 403
    assert browser.post(f"{VIEWS}{shared.pk}/change/", {"name": "x"}).status_code == 403
    assert browser.post(f"{VIEWS}{shared.pk}/delete/").status_code == 403
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Old ones"]

    browser.post(f"{VIEWS}add/?status=open", {"name": "Mine"})
    mine = SavedView.objects.get(name="Mine")
    assert mine.owner == viewer
    assert browser.post(f"{VIEWS}{mine.pk}/change/", {"name": "x", "shared": "on"}).status_code == 403
    page = browser.get(VIEWS).content.decode()
    assert f"{VIEWS}{mine.pk}/change/" in page
    assert f"{VIEWS}{shared.pk}/change/" not in page


def test_a_user_learns_nothing(client_of, other_requester, shared):
    browser = client_of(other_requester)

    for page in ("", "counts/", "add/", f"{shared.pk}/change/", f"{shared.pk}/delete/"):
        assert browser.get(f"{VIEWS}{page}").status_code == 404
        assert browser.post(f"{VIEWS}{page}", {"name": "x"}).status_code == 404


def test_the_fragment_counts_each_view_for_its_reader(console, requester, other_requester, admin, shared):
    TicketFactory(requester=requester).take(by=admin)
    for _ in range(2):
        TicketFactory(requester=requester)
    SavedView.objects.create(name="<b>Rita's", query="requester=rita", owner=admin)
    other_requester.ask_to_be_admin()

    fragment = counts(console)

    numbers = [line.split('<span class="hd-vh"')[0] for line in fragment.split('"hd-count">')[1:]]
    # Assigned to me, requester answered, unassigned open, Rita's, old ones.
    assert numbers == ["1", "0", "2", "3", "0"]
    assert "&lt;b&gt;Rita" in fragment
    assert 'data-count-of="admin-requests">1<' in fragment
    assert "<html" not in fragment


def test_the_fragment_says_nothing_of_requests_to_those_who_may_not_see_them(client_of, viewer):
    assert "admin-requests" not in counts(client_of(viewer))


def test_a_view_that_makes_no_sense_any_more_counts_nothing(console, admin):
    SavedView.objects.create(name="Broken", query="status=gone&request_type=9999", owner=admin)

    assert 'Broken</span> <span class="hd-count">0<' in counts(console)
    assert "Status is gone" in console.get(VIEWS).content.decode()


def test_no_page_of_the_console_counts_views(console, admin, ticket):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            console.get(LIST)
        return len(captured)

    console.get(LIST)
    before = queries()
    for number in range(30):
        SavedView.objects.create(name=str(number), query="status=open", owner=admin)

    assert queries() == before <= 12
    assert counts(console).count("hd-count") == 23
    with CaptureQueriesContext(connection) as captured:
        console.get(VIEWS)
    assert len(captured) <= 8
