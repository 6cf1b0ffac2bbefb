"""The column that holds other columns' words folded."""

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from helpdesk.db import folded_field
from helpdesk.db.folded_field import refold

pytestmark = pytest.mark.django_db


def test_it_follows_the_columns_also_where_only_they_are_saved():
    person = UserFactory(first_name="Jürgen", last_name="Müller", email="jm@example.com")

    person.rename("Jörg", "Groß", by=None)

    assert User.objects.get(pk=person.pk).folded == "jm@example.com jorg gross"


def test_rows_another_version_wrote_are_put_right_batch_by_batch(monkeypatch):
    monkeypatch.setattr(folded_field, "BATCH", 2)
    people = [UserFactory(last_name=f"Ström{n}") for n in range(5)]
    User.objects.filter(pk=people[0].pk).update(last_name="Øye")
    User.objects.filter(pk=people[3].pk).update(folded="")

    assert refold(User) == 2
    assert refold(User) == 0
    assert [User.objects.named_like(word).count() for word in ("oye", "strom", "strom3")] == [1, 4, 1]
