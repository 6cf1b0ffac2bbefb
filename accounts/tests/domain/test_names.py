"""Names: what is refused in one, and how people are found by theirs."""

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["åsa", "ÅSA", "Åsa", "ström", "STRÖM", "åsa sjöström", "a@x.example ÅSA"])
def test_people_are_found_whatever_the_case(typed):
    person = UserFactory(first_name="Åsa", last_name="Sjöström", email="a@x.example")
    UserFactory(first_name="Asa", last_name="Sjostrom")

    assert list(User.objects.named_like(typed)) == [person]
