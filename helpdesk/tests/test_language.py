"""Every sentence can be translated: seen in a made-up language, on pages whose data is Greek."""

from copy import deepcopy

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from accounts.tests.factories import AdminFactory, UserFactory
from tickets.models import RequestType, ThankYouPhrase
from tickets.tests.factories import RequestTypeFactory, TicketFactory

from .made_up_language import MadeUpLanguage, untranslated_in_page
from .site_map import routes

# Guides are whole texts of their own. Scripts of Django's own and machines' answers are for no reader.
NOT_READ = ("help/<slug:guide>", "admin/jsi18n/", "health/", "live/", "admin/mail/<str:name>/html/")


@pytest.fixture
def made_up(monkeypatch):
    """Let everything be said in the made-up language."""
    language = MadeUpLanguage()
    monkeypatch.setitem(trans_real._translations, settings.LANGUAGE_CODE, language)
    monkeypatch.setattr(trans_real, "_default", language)
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def requester(db):
    return UserFactory(first_name="Ρίτα", last_name="Παπά")


@pytest.fixture
def other_requester(db):
    return UserFactory(first_name="Όθων", last_name="Άλλος")


@pytest.fixture
def admin(db):
    return AdminFactory(first_name="Άδα", last_name="Μάρκου")


@pytest.fixture
def ticket(requester):
    for number, thing in enumerate([*RequestType.objects.all(), *ThankYouPhrase.objects.all()]):
        field = "name" if isinstance(thing, RequestType) else "phrase"
        type(thing).objects.filter(pk=thing.pk).update(**{field: f"είδος {number}"})
    RequestType.objects.update(hint="")
    return TicketFactory(
        requester=requester,
        request_type=RequestTypeFactory(name="Βλάβη"),
        title="Η οθόνη μένει σκοτεινή",
        description="Χθες ήταν καλά.",
    )


def test_every_page_and_every_refusal_can_be_translated(
    requester, admin, client_of, console, path_of, made_up
):
    visitors = {"guest": client_of(None), "user": client_of(requester), "admin": console}
    addresses = [(route, path_of(route)) for route in routes() if not route.startswith(NOT_READ)]

    found = set()
    for who, signed_in in visitors.items():
        for route, path in addresses:
            for method in ("get", "post"):
                visitor = Client()
                visitor.cookies = deepcopy(signed_in.cookies)
                before = transaction.savepoint()
                answer = getattr(visitor, method)(path, follow=True)
                transaction.savepoint_rollback(before)
                if "html" in answer.get("Content-Type", ""):
                    found |= {(route, method, who, words) for words in untranslated_in_page(answer.text)}
    seen, said = set(), []
    for route, method, who, words in sorted(found):
        if words not in seen:
            said.append(f"{method} {route} ({who}): {words}")
        seen.add(words)

    assert not said, "\n".join(said)
