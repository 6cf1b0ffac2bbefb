"""A number in a parameter is read, and nonsense is none."""

import pytest

from helpdesk.web.query_params import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("41", 41), ("9" * 18, 10**18 - 1)])
def test_a_number_is_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "4.5", " 4", "4\n", "٤", "²", "9" * 19, "\0"])
def test_nonsense_is_none(text):
    assert whole_number(text) is None


def test_fewer_digits_can_be_asked_for():
    assert whole_number("999", digits=3) == 999
    assert whole_number("1000", digits=3) is None
