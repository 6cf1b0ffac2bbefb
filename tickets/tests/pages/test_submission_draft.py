"""A new ticket is kept as a draft while it is written, comes back, and is gone once sent or discarded."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from tickets.models import Draft, RequestType, SubmissionDraft, Ticket, Upload

PAGE, ADDRESS, DISCARD = "/tickets/new/", "/tickets/new/draft/", "/tickets/new/draft/discard/"


@pytest.fixture
def typed(db):
    return {
        "title": "Printer eats paper",
        "request_type": RequestType.objects.get(name="Hardware Issue").pk,
        "description": "Since Monday.\r\nOn floor 4.",
        "token": str(uuid.uuid4()),
    }


def values(form):
    return [form[name].value() for name in ("title", "request_type", "description")]


def test_what_is_typed_comes_back_when_the_page_is_opened_again(typed, client_of, requester):
    client = client_of(requester)

    answer = client.post(ADDRESS, typed)

    draft = SubmissionDraft.objects.get()
    assert answer.json()["saved_at"][:19] == draft.updated_at.isoformat()[:19]
    page = client.get(PAGE)
    assert values(page.context["form"]) == [
        typed["title"],
        typed["request_type"],
        "Since Monday.\nOn floor 4.",
    ]
    assert "Your draft is back." in page.content.decode()
    assert f'action="{DISCARD}"' in page.content.decode()


def test_a_form_hardly_begun_is_kept_as_it_is(client_of, requester):
    client = client_of(requester)

    client.post(ADDRESS, {"title": "Pri "})

    assert values(client.get(PAGE).context["form"]) == ["Pri ", None, ""]


def test_a_page_without_a_draft_says_nothing(client_of, requester):
    page = client_of(requester).get(PAGE)

    assert "Your draft is back." not in page.content.decode()


def test_the_last_one_typed_is_the_draft(typed, client_of, requester):
    client = client_of(requester)

    client.post(ADDRESS, typed)
    client.post(ADDRESS, {**typed, "title": "Scanner", "token": str(uuid.uuid4())})

    assert SubmissionDraft.objects.get().title == "Scanner"


def test_an_empty_one_forgets_it(typed, client_of, requester):
    client = client_of(requester)
    client.post(ADDRESS, typed)

    assert client.post(ADDRESS, {"title": " ", "description": "\n"}).json() == {"saved_at": None}

    assert not SubmissionDraft.objects.exists()


def test_nobody_sees_another_s(typed, client_of, requester, other_requester, admin):
    client_of(requester).post(ADDRESS, typed)

    for other in (other_requester, admin):
        client = client_of(other)
        assert typed["title"] not in client.get(PAGE).content.decode()
        client.post(DISCARD)
    assert SubmissionDraft.objects.get().person == requester


def test_who_may_not_create_tickets_keeps_none(typed, client_of, requester):
    requester.groups.clear()

    assert client_of(requester).post(ADDRESS, typed).status_code == 403
    assert not SubmissionDraft.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "x" * 201},
        {"title": "a\x00b"},
        {"description": "x" * 20_001},
        {"request_type": "999999"},
        {"request_type": "x"},
        {"token": "nonsense"},
    ],
)
def test_what_cannot_be_is_refused(wrong, typed, client_of, requester):
    assert client_of(requester).post(ADDRESS, {**typed, **wrong}).status_code == 400

    assert not SubmissionDraft.objects.exists()


def test_a_sent_ticket_leaves_no_draft(typed, client_of, requester):
    client = client_of(requester)
    client.post(ADDRESS, {**typed, "description": "Since Mon"})

    client.post(PAGE, typed)

    assert Ticket.objects.count() == 1
    assert not SubmissionDraft.objects.exists()


def test_one_that_was_changed_since_it_was_kept_goes_with_what_its_page_says(typed, client_of, requester):
    client = client_of(requester)
    client.post(ADDRESS, {**typed, "title": "Printre"})

    client.post(PAGE, {**typed, "draft": SubmissionDraft.objects.get().words.replace("\n", "\r\n")})

    assert not SubmissionDraft.objects.exists()


def test_what_is_typed_in_another_window_stays(typed, client_of, requester):
    client = client_of(requester)
    client.post(ADDRESS, {**typed, "title": "Scanner is slow"})

    client.post(PAGE, {**typed, "draft": f"{typed['title']}\n{typed['request_type']}\nSince"})

    assert Ticket.objects.get().title == "Printer eats paper"
    assert SubmissionDraft.objects.get().title == "Scanner is slow"


def test_a_refused_ticket_leaves_the_draft(typed, client_of, requester):
    client = client_of(requester)
    client.post(ADDRESS, typed)

    page = client.post(PAGE, {**typed, "description": ""})

    assert SubmissionDraft.objects.count() == 1
    # What was sent is younger than what was kept.
    assert page.context["form"]["description"].value() == ""
    assert "Your draft is back." not in page.content.decode()


def test_a_save_that_comes_after_the_sending_brings_nothing_back(typed, client_of, requester):
    client = client_of(requester)
    client.post(PAGE, typed)

    assert client.post(ADDRESS, {**typed, "description": "Since Monday."}).status_code == 409

    assert not SubmissionDraft.objects.exists()


def test_the_same_words_as_in_a_ticket_of_before_are_a_draft(typed, client_of, requester):
    kind = RequestType.objects.get(pk=typed["request_type"])
    words = {"title": typed["title"], "description": typed["description"], "request_type": kind}
    Ticket.submit(**words, requester=requester, by=requester, at=timezone.now() - timedelta(minutes=2))

    assert client_of(requester).post(ADDRESS, typed).status_code == 200


def test_its_files_come_back_and_go_when_it_is_discarded(typed, client_of, requester):
    client, form = client_of(requester), f"new-{typed['token']}"
    client.post(ADDRESS, typed)
    for key in (form, f"new-{uuid.uuid4()}"):
        Upload.objects.receive(SimpleUploadedFile(f"{key}.txt", b"x"), owner=requester, form=key)
    page = client.get(PAGE).content.decode()
    assert f"{form}.txt" in page

    answer = client.post(DISCARD, {"draft": typed["token"]}, follow=True)

    assert "Your draft is discarded." in answer.content.decode()
    assert values(answer.context["form"]) == [None, None, None]
    assert not SubmissionDraft.objects.exists()
    assert [upload.form for upload in Upload.objects.all()] != [form]
    assert Upload.objects.count() == 1


def test_a_type_that_is_gone_leaves_the_rest_of_the_draft(typed, client_of, requester):
    kind = RequestType.objects.create(name="Printing")
    client = client_of(requester)
    client.post(ADDRESS, {**typed, "request_type": kind.pk})

    kind.delete()

    assert values(client.get(PAGE).context["form"])[:2] == [typed["title"], None]


def test_after_a_week_drafts_go(typed, client_of, requester, admin, ticket):
    client_of(requester).post(ADDRESS, typed)
    client_of(admin).post(ADDRESS, typed)
    for visibility in ("reply", "note"):
        Draft.objects.keep("Hello", ticket=ticket, visibility=visibility, by=admin)
    long_ago = timezone.now() - timedelta(days=8)
    SubmissionDraft.objects.filter(person=requester).update(updated_at=long_ago)
    Draft.objects.filter(visibility="note").update(updated_at=long_ago)

    call_command("prune_drafts", stdout=(said := StringIO()))

    assert said.getvalue() == "Removed 2 drafts.\n"
    assert SubmissionDraft.objects.get().person == admin
    assert Draft.objects.get().visibility == "reply"


def test_a_draft_that_comes_back_costs_no_more_queries_than_none(
    typed, client_of, requester, django_assert_max_num_queries
):
    client = client_of(requester)
    client.get(PAGE)
    with django_assert_max_num_queries(30) as without:
        client.get(PAGE)
    number = len(without)
    client.post(ADDRESS, typed)

    with django_assert_max_num_queries(number):
        client.get(PAGE)


def test_what_was_written_in_another_window_is_not_discarded(typed, client_of, requester):
    client = client_of(requester)
    client.post(ADDRESS, typed)
    assert f'name="draft" value="{typed["token"]}"' in client.get(PAGE).text
    client.post(ADDRESS, {**typed, "title": "Newer", "token": str(uuid.uuid4())})

    answer = client.post(DISCARD, {"draft": typed["token"]}, follow=True)

    assert "something newer in another window" in answer.text
    assert SubmissionDraft.objects.get().title == "Newer"
