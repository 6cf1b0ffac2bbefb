"""Names: what is refused in one, and how people are found by theirs."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["åsa", "ÅSA", "Åsa", "ström", "STRÖM", "åsa sjöström", "a@x.example ÅSA"])
def test_people_are_found_whatever_the_case(typed):
    person = UserFactory(first_name="Åsa", last_name="Sjöström", email="a@x.example")
    UserFactory(first_name="Asa", last_name="Sjostrom")

    assert list(User.objects.named_like(typed)) == [person]


@pytest.mark.parametrize("name", ["Eve\nBcc: all@example.com", "Eve\r", "Eve\u2028", "E\0ve"])
def test_a_name_is_one_line_whoever_writes_it(name):
    for field in ("first_name", "last_name"):
        with pytest.raises(ValidationError, match="line breaks or control characters"):
            UserFactory(**{field: name})
