"""Give Feedback."""

import pytest

from tickets.models import Feedback, Status


def url_of(ticket):
    return f"/tickets/{ticket.pk}/feedback/"


def test_the_dashboard_and_the_ticket_offer_feedback_beside_a_resolved_ticket(requester, resolved, client_of):
    client = client_of(requester)

    assert url_of(resolved) in client.get("/tickets/").content.decode()
    assert url_of(resolved) in client.get(f"/tickets/{resolved.pk}/").content.decode()


def test_nothing_is_chosen_beforehand(requester, resolved, client_of):
    page = client_of(requester).get(url_of(resolved)).content.decode()

    assert page.count('name="score"') == 5
    assert "checked" not in page


@pytest.mark.parametrize("score", ["1", "4", "5"])
def test_a_link_in_a_mail_chooses_a_score_and_gives_none(requester, resolved, client_of, score):
    page = client_of(requester).get(url_of(resolved), {"score": score})

    assert page.context["form"]["score"].value() == int(score)
    assert page.content.decode().count("checked") == 1
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("score", ["0", "6", "-1", "4.5", "five", "", "4\x00", "٤", "04"])
def test_a_link_with_a_score_that_is_none_chooses_nothing(requester, resolved, client_of, score):
    page = client_of(requester).get(url_of(resolved), {"score": score})

    assert page.status_code == 200
    assert "checked" not in page.content.decode()


def test_a_guest_with_such_a_link_comes_back_to_it_after_signing_in(requester, resolved, client_of):
    answer = client_of(None).get(f"{url_of(resolved)}?score=4")

    assert answer.url == f"/auth/login/?next={url_of(resolved)}%3Fscore%3D4"


def test_rating_thanks_closes_and_offers_no_second_one(requester, resolved, client_of):
    client = client_of(requester)

    answer = client.post(url_of(resolved), {"score": "4", "comment": "Quick."}, follow=True)

    resolved.refresh_from_db()
    page = answer.content.decode()
    assert "Thank you." in page
    assert (resolved.status, resolved.score) == (Status.CLOSED, 4)
    assert Feedback.objects.get().comment == "Quick."
    assert url_of(resolved) not in page


@pytest.mark.parametrize("score", ["", "0", "6", "-1", "4.5", "five", "99999999999999999999", "1\x00"])
def test_what_is_no_rating_gets_an_error_and_keeps_the_comment(requester, resolved, client_of, score):
    answer = client_of(requester).post(url_of(resolved), {"score": score, "comment": "Almost lost"})

    assert answer.status_code == 200
    assert "Choose a rating from 1 to 5." in answer.content.decode()
    assert "Almost lost" in answer.content.decode()
    assert not Feedback.objects.exists()


def test_a_second_rating_is_refused(requester, resolved, client_of):
    client = client_of(requester)
    client.post(url_of(resolved), {"score": "4"})

    answer = client.post(url_of(resolved), {"score": "1", "comment": "Changed my mind"})

    assert answer.status_code == 409
    assert "already rated" in answer.content.decode()
    assert "Changed my mind" in answer.content.decode()
    assert Feedback.objects.get().score == 4


def test_an_open_ticket_cannot_be_rated(requester, ticket, client_of):
    client = client_of(requester)

    assert client.get(url_of(ticket)).url == f"/tickets/{ticket.pk}/"
    assert client.post(url_of(ticket), {"score": "5"}).status_code == 409
    assert not Feedback.objects.exists()


def test_another_s_ticket_is_not_found(other_requester, resolved, client_of):
    client = client_of(other_requester)

    assert client.get(url_of(resolved)).status_code == 404
    assert client.post(url_of(resolved), {"score": "5"}).status_code == 404
    assert not Feedback.objects.exists()


def test_an_admin_cannot_rate_for_the_requester(admin, resolved, client_of):
    answer = client_of(admin).post(url_of(resolved), {"score": "5"})

    assert answer.status_code == 409
    assert not Feedback.objects.exists()
