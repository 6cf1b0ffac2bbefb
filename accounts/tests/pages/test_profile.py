import pytest

from accounts.models import User
from accounts.roles import Role

URL = "/auth/profile/"
pytestmark = pytest.mark.django_db


def test_the_profile_shows_who_one_is(client_of, requester):
    requester.ask_to_be_admin()
    requester.ask_to_change_email("rita@example.org")

    page = client_of(requester).get(URL).content.decode()

    for text in (requester.email, "rita@example.org, not confirmed yet", "User", "an admin will decide"):
        assert text in page


def test_one_changes_ones_name(client_of, requester):
    response = client_of(requester).post(
        URL, {"first_name": "Margarita", "last_name": "O'Brien"}, follow=True
    )

    requester.refresh_from_db()
    assert str(requester) == "Margarita O'Brien"
    assert "Your name was saved." in response.content.decode()


def test_nothing_but_the_name_can_be_changed(client_of, requester):
    before = (
        User.objects.filter(pk=requester.pk).values("email", "password", "is_active", "date_joined").get()
    )

    client_of(requester).post(
        URL,
        {
            "first_name": "Rita",
            "last_name": "R",
            "role": "Admin",
            "is_staff": "1",
            "is_superuser": "1",
            "groups": "1",
            "email": "x@example.com",
            "password": "x",
            "is_active": "0",
            "id": "999",
            "date_joined": "2000-01-01",
        },
    )

    user = User.objects.get(pk=requester.pk)
    assert (user.role, user.is_staff, user.is_superuser) == (Role.USER, False, False)
    assert [group.name for group in user.groups.all()] == ["User"]
    assert User.objects.filter(pk=requester.pk).values(*before).get() == before
    assert not user.asks_to_be_admin


def test_a_refused_name_keeps_what_was_typed_out_of_the_bar(client_of, requester):
    response = client_of(requester).post(URL, {"first_name": "Typed", "last_name": ""})

    page = response.content.decode()
    assert "This field is required." in response.context["form"].errors["last_name"]
    assert 'value="Typed"' in page
    assert '<span class="pt-me__n">Rita</span>' in page


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Ωμέγα 🙂 \u200bO'Neil"])
def test_any_name_of_one_line_comes_back_exactly(client_of, requester, name):
    client_of(requester).post(URL, {"first_name": name, "last_name": "R"})

    requester.refresh_from_db()
    assert requester.first_name == name
    assert "<script>alert" not in client_of(requester).get(URL).content.decode()


def test_the_page_has_a_budget_of_queries(client_of, requester, django_assert_max_num_queries):
    client = client_of(requester)

    with django_assert_max_num_queries(8):
        client.get(URL)


def test_one_chooses_the_zone_of_all_times(client_of, requester):
    client = client_of(requester)
    assert "The help desk&#x27;s (UTC)" in client.get(URL).content.decode()
    typed = {"first_name": requester.first_name, "last_name": requester.last_name}

    response = client.post(URL, {**typed, "time_zone": "Asia/Kolkata"}, follow=True)

    page = response.content.decode()
    assert User.objects.get(pk=requester.pk).time_zone == "Asia/Kolkata"
    assert "Your time zone was saved." in page
    assert "Your name was saved." not in page
    assert '<option value="Asia/Kolkata" selected>' in page
    assert "Times in Asia/Kolkata" in page


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "x" * 5000, "\0"])
def test_a_zone_that_is_none_is_refused_beside_its_field(client_of, requester, zone):
    typed = {"first_name": requester.first_name, "last_name": requester.last_name, "time_zone": zone}

    page = client_of(requester).post(URL, typed)

    assert "time_zone" in page.context["form"].errors
    assert User.objects.get(pk=requester.pk).time_zone == ""
