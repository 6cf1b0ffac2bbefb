"""The page of one ticket with everything on it: few queries, however much happened."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets.models import CannedReply, Draft, Presence, Status, Upload, Visibility
from tickets.tests.factories import RequestTypeFactory
from tickets.timeline import SHOWN
from tickets.uploads.form_keys import note_key, reply_key

MOST_QUERIES = 13


@pytest.fixture
def upload():
    """Send a file to a form."""

    def send(owner, form):
        file = SimpleUploadedFile("log.txt", b"hello")
        return Upload.objects.receive(file, owner=owner, form=form)

    return send


@pytest.fixture
def full_house(taken, requester, admin, other_admin, upload):
    """A ticket with files, mentions, other types and assignees, a rating, drafts, a colleague who writes."""
    first, other = taken.request_type, RequestTypeFactory(name="Something else")
    taken.reply("See the log.", by=requester, files=[upload(requester, "new-1")])
    taken.note(f"@{other_admin.email} Look.", by=admin, files=[upload(admin, "new-2")])
    taken.assign(other_admin, by=admin)
    for request_type in (other, first):
        taken.change_properties(
            by=admin,
            version=taken.version,
            status=Status.IN_PROGRESS,
            hold_reason="",
            assignee=admin,
            request_type=request_type,
        )
    taken.resolve(by=admin, text="New cable.")
    taken.rate(4, by=requester, comment="Quick.")
    for visibility in Visibility:
        Draft.objects.keep("Begun.", ticket=taken, visibility=visibility, by=admin)
    for key in (reply_key(taken), note_key(taken)):
        upload(admin, key)
    Presence.objects.enter(other_admin, taken, writing=True)
    return taken


@pytest.fixture
def queries(console, address):
    def count(**params):
        with CaptureQueriesContext(connection) as captured:
            assert console.get(address(), params).status_code == 200
        return len(captured)

    return count


def test_a_page_with_everything_on_it_keeps_to_the_budget(console, address, full_house, queries):
    canned = CannedReply.objects.create(title="Hello", body="Hello {{requester}}")

    # The first opening also marks as read what its reader was told.
    assert queries() <= MOST_QUERIES
    page = console.get(address()).content.decode()

    for words in ("log.txt", "hd-mention", "Quick.", "Begun.", "is writing a reply", "Something else"):
        assert words in page
    assert queries() < queries(canned=canned.pk) <= MOST_QUERIES


def test_the_number_of_queries_does_not_grow_with_the_history(full_house, queries, admin):
    full_house.reopen(by=admin, text="Again.")
    queries()
    few = queries()

    for turn in range(2 * SHOWN):
        full_house.note(f"Note {turn}.", by=admin)

    assert queries() == few
    assert queries(all="") == few
