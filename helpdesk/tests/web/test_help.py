"""The guides at /help/: who is shown which, in whose look, and what Markdown becomes."""

import pytest

from helpdesk.web import help as guides

PORTAL, CONSOLE = b'class="pt-bar"', b'id="cs-side"'


def titles(response):
    return [guide.title for guide in response.context["guides"]]


def test_guests_sign_in_first_and_come_back(client):
    response = client.get("/help/users/tickets/")

    assert response.status_code == 302
    assert response.url == "/auth/login/?next=/help/users/tickets/"


def test_requesters_read_their_guide_in_the_look_of_the_portal(client_of, requester):
    client = client_of(requester)
    overview, page = client.get("/help/"), client.get("/help/users/tickets/")

    assert titles(overview) == ["Guide for users"]
    for response in (overview, page):
        assert PORTAL in response.content and CONSOLE not in response.content
    assert page.context["title"] == "Tickets"


def test_admins_read_every_guide_in_the_look_of_the_console(client_of, admin):
    client = client_of(admin)
    overview = client.get("/help/")

    assert titles(overview) == ["Guide for users", "Guide for admins", "Guide for operators"]
    for guide in overview.context["guides"]:
        for page in guide.pages:
            response = client.get(page.href)
            assert response.status_code == 200, page.href
            assert CONSOLE in response.content and PORTAL not in response.content


def test_those_who_only_read_tickets_are_not_shown_the_guide_for_operators(client_of, other_admin):
    from django.contrib.auth.models import Group, Permission

    reader = other_admin
    reader.groups.set([Group.objects.create(name="Readers")])
    reader.groups.get().permissions.add(Permission.objects.get(codename="view_ticket"))
    client = client_of(reader)

    assert titles(client.get("/help/")) == ["Guide for users", "Guide for admins"]
    assert client.get("/help/operators/settings/").status_code == 404


def test_a_guide_costs_what_its_frame_costs(client_of, requester, admin, django_assert_max_num_queries):
    for person, most in ((requester, 4), (admin, 5)):
        client = client_of(person)
        with django_assert_max_num_queries(most):
            client.get("/help/users/tickets/")


@pytest.mark.parametrize(
    "path",
    [
        "/help/admins/tickets/",
        "/help/operators/settings/",
        # Its words are part of the overview.
        "/help/users/index/",
        "/help/users/nothing/",
        "/help/nobody/tickets/",
        "/help/users/tickets",
        "/help/users/../users/tickets/",
        "/help/users/tickets.md/",
        "/help/users/",
    ],
)
def test_what_is_not_there_or_not_for_the_reader_is_not_found(path, client_of, requester):
    # Without the slash Django leads to the address with it.
    response = client_of(requester).get(path, follow=path.endswith("tickets"))

    assert response.status_code == (200 if path.endswith("tickets") else 404)


@pytest.fixture
def written(monkeypatch, tmp_path):
    """Let a guide be read that holds this text."""

    def write(text):
        (tmp_path / "users").mkdir()
        (tmp_path / "users" / "page.md").write_text(text)
        monkeypatch.setattr(guides, "DOCS", tmp_path)
        return guides.read("users", "page")

    return write


def test_headings_can_be_linked_to_and_those_of_the_second_rank_are_the_contents(written):
    document = written("# The `page`\n\n## What & why\n\n### Details\n\n## What & why\n")

    assert document.title == "The page"
    assert document.contents == [("What & why", "#what-why"), ("What & why", "#what-why-")]
    assert "<h1" not in document.html
    assert '<h3 id="details">' in document.html


def test_links_between_files_lead_to_pages(written):
    document = written("# T\n\n[A](a.md), [B](../admins/b.md#c), [C](/tickets/), [D](#e)\n")

    assert document.pages == [("A", "/help/users/a/"), ("B", "/help/admins/b/")]
    for href in ("/help/users/a/", "/help/admins/b/#c", "/tickets/", "#e"):
        assert f'href="{href}"' in document.html


def test_tables_and_code_scroll_by_themselves_and_html_stays_text(written):
    document = written("# T\n\n| a |\n|---|\n| b |\n\n```\nlong\n```\n\n<script>\n")

    assert '<div class="hd-guide__wide" role="group" aria-label="Table" tabindex="0"><table>' in document.html
    assert '<pre role="group" aria-label="Code" tabindex="0"><code>long' in document.html
    assert "&lt;script&gt;" in document.html
