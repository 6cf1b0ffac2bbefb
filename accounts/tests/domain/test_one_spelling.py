"""People from before names and addresses had one spelling."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps

from accounts.models import User
from accounts.tests.factories import UserFactory

respell = import_module("accounts.migrations.0003_one_spelling").respell


@pytest.mark.django_db
def test_names_and_addresses_of_before_are_written_as_today_s(caplog):
    old, twin, its_twin = UserFactory(), UserFactory(), UserFactory(email="twin@bücher.example")
    for person, email in ((old, "old@xn--bcher-kva.example"), (twin, "twin@xn--bcher-kva.example")):
        User.objects.filter(pk=person.pk).update(email=email, last_name="Mu\u0308ller", folded="")
        EmailAddress.objects.filter(user=person).update(email=email)

    respell(apps, None)
    respell(apps, None)

    old.refresh_from_db()
    assert (old.email, old.last_name) == ("old@bücher.example", "Müller")
    assert EmailAddress.objects.get(user=old).email == old.email
    assert set(User.objects.named_like("muller")) == {old, twin}
    # Two accounts of one address: nothing is lost, and the operator is told.
    assert User.objects.get(pk=twin.pk).email == "twin@xn--bcher-kva.example"
    assert User.objects.get(pk=its_twin.pk).email == "twin@bücher.example"
    assert "twin@xn--bcher-kva.example and twin@bücher.example are one address" in caplog.text
