"""Pages are read and forms are sent; no page knows another method."""

import pytest

from helpdesk.tests.site_map import routes


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_no_address_knows_any_other_method(client_of, path_of, admin, requester, method):
    for person in (admin, requester):
        client = client_of(person)
        for route in routes():
            answer = getattr(client, method)(path_of(route))

            assert (answer.status_code, route) == (405, route)
            assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_an_empty_put_withdraws_nothing(client_of, ticket, requester):
    assert client_of(requester).put(f"/tickets/{ticket.pk}/withdraw/").status_code == 405

    ticket.refresh_from_db()
    assert not ticket.is_withdrawn
