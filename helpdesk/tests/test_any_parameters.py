"""Whatever a parameter holds, at whatever address, and whoever asks: an answer, soon, and never a 500."""

import os
import re
import time
from contextlib import contextmanager
from copy import deepcopy
from itertools import cycle
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import url_has_allowed_host_and_scheme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .hostile import DIGITS, FITTING, PARTS, VALUES, values_for
from .site_map import routes

EXAMPLES = int(os.environ.get("HELPDESK_TEST_EXAMPLES", "150"))
MOST_QUERIES, MOST_SECONDS = 20, 1.0
# What begins and ends a step asks nothing. How often somebody tries is counted in the cache, whose table it is, and
# that a form was sent in a table of its own: a few queries for each, whatever is asked for.
UNCOUNTED = re.compile(
    r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b|.*(helpdesk_cache|helpdesk_sentform|pg_advisory)",
    re.I | re.S,
)
# Through WSGI alone there are no streams, and no worker is alive: they say so.
HONEST = {"live/": 501, "health/ready/": 503}
PEOPLE, METHODS = ("guest", "requester", "admin"), ("get", "post")
LONGEST_QUERY = 20_000
# In UTC it lies before the first day there is.
FIRST_MOMENT = "0001-01-01T00:00:00%2B14:00"
# Changes that need no parameter and so go through: rights, tasks and history of several people are written, and a mail
# that says whose desk it is.
MORE_QUERIES = {
    "admin/accounts/adminrequest/<int:pk>/grant/": 26,
    "admin/accounts/user/<int:pk>/delete/": 50,
}


@pytest.fixture
def ask(path_of, client_of, console, requester, admin, settings):
    """Ask for an address as somebody, check the answer, and take back what it changed."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    people = dict(zip(PEOPLE, (None, requester, admin), strict=True))
    cookies = {who: client_of(person).cookies for who, person in people.items()}
    cookies["admin"] = console.cookies

    def ask(who, method, route, params, part=None):
        path = path_of(route) if part is None else hostile_path(route, part)
        visitor = Client()
        visitor.cookies = deepcopy(cookies[who])
        query = encoded(params)
        form = (
            {"data": query, "content_type": "application/x-www-form-urlencoded"} if method == "post" else {}
        )
        with taken_back(), CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            # Whatever page the visitor says to come from, nothing leads off the site.
            headers = {"Referer": f"http://testserver//evil.example/?{query[:100]}"}
            response = getattr(visitor, method)(f"{path}?{query[:LONGEST_QUERY]}", headers=headers, **form)
            if response.streaming:
                b"".join(response.streaming_content)
            seconds = time.process_time() - began
        asked = [query["sql"] for query in queries if not UNCOUNTED.match(query["sql"])]
        said = f"{who} {method} {path} {response.status_code}"
        assert response.status_code < 500 or response.status_code == HONEST.get(route), said
        assert leads_nowhere_else(response), (said, response["Location"])
        assert len(asked) <= MORE_QUERIES.get(route, MOST_QUERIES), (said, len(asked), asked)
        assert seconds <= MOST_SECONDS, (said, seconds)

    return ask


@pytest.fixture
def parameters(ask, monkeypatch):
    """Answer which parameters each address reads, by asking it: (address, method) -> their names."""
    read = set()
    for name in ("get", "getlist", "pop", "__getitem__", "__contains__"):
        monkeypatch.setattr(QueryDict, name, noting(getattr(QueryDict, name), read))
    found = {}
    for route in routes():
        for method in METHODS:
            read.clear()
            ask("admin" if route.startswith("admin/") else "requester", method, route, {})
            ask("guest", method, route, {})
            found[route, method] = sorted(read)
    monkeypatch.undo()
    return found


def noting(method, read):
    def note(self, key, *args, **kwargs):
        read.add(key)
        return method(self, key, *args, **kwargs)

    return note


def leads_nowhere_else(response):
    # Of a longer one nothing more is looked at than of this.
    address = response.headers.get("Location", "/")[:1000]
    return url_has_allowed_host_and_scheme(address, {"testserver"})


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def encoded(params):
    """Write parameters as a hostile visitor can, lone surrogates included."""
    return urlencode(params, errors="surrogatepass")


def hostile_path(route, part):
    return "/" + re.sub(r"<[^>]+>", quote(part, errors="surrogatepass"), route)


def test_no_address_breaks_when_all_its_parameters_are_nonsense(ask, parameters):
    hostile, fitting = cycle(VALUES), {name: cycle(values) for name, values in FITTING.items()}

    for (route, method), names in parameters.items():
        for who in PEOPLE:
            ask(who, method, route, {name: next(hostile) for name in names})
            ask(who, method, route, {name: next(fitting.get(name, hostile)) for name in names})


@pytest.mark.parametrize(
    "address",
    [
        *(f"/tickets/?{way}={FIRST_MOMENT}~1" for way in ("after", "before")),
        *(f"/admin/tickets/ticket/?{way}={FIRST_MOMENT}~1" for way in ("after", "before")),
        f"/admin/tickets/ticket/{{}}/neighbours/?at={FIRST_MOMENT}~1",
        *(f"/admin/tickets/feedback/?{way}={FIRST_MOMENT}~1" for way in ("after", "before")),
        f"/admin/tickets/ticketevent/?after={FIRST_MOMENT}~t~1",
        "/admin/tickets/ticketevent/?until=9999-12-31",
        f"/admin/tickets/ticket/{{}}/change/?canned={'0' * 20}{DIGITS}",
    ],
)
def test_the_ends_of_what_can_be_counted_break_no_page(address, console, ticket):
    assert console.get(address.format(ticket.pk)).status_code == 200


def test_no_address_breaks_when_its_own_parts_are_nonsense(ask):
    parts = cycle(PARTS)

    for route in routes():
        if "<" in route:
            for who in ("guest", "requester", *["admin"] * 12):
                ask(who, "get", route, {}, next(parts))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="HELPDESK_TEST_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_address_breaks_whatever_a_parameter_holds(ask, parameters, data):
    route, method = data.draw(st.sampled_from([place for place, names in parameters.items() if names]))
    names = data.draw(
        st.lists(st.sampled_from(parameters[route, method]), min_size=1, max_size=3, unique=True)
    )
    params = {name: data.draw(values_for(name)) for name in names}

    ask(data.draw(st.sampled_from(PEOPLE)), method, route, params)
