"""Moments, lengths and lists in words: ours in English, the language's own order and clock in any other."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.html import escape
from django.utils.translation import override

from helpdesk.templatetags.interface import ago, day, duration, listed, minute, time

NOW = datetime(2027, 3, 3, 14, 48, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


def words_of(drawn):
    return drawn.partition(">")[2].removesuffix("</time>")


def test_a_moment_in_english():
    assert (day(NOW), day(date(2026, 9, 1)), minute(NOW)) == ("3 Mar 2027", "1 Sep 2026", "3 Mar 2027, 14:48")


def test_another_language_writes_moments_its_own_way():
    with override("de"):
        assert (day(NOW), minute(NOW)) == ("3. März 2027", "3. März 2027, 14:48")
    with override("en-us"):
        assert (day(NOW), minute(NOW)) == ("March 3, 2027", "March 3, 2027, 2:48 p.m.")


@pytest.mark.parametrize(
    ("passed", "words", "in_list"),
    [
        (timedelta(hours=14), "today 00:48", "today 00:48"),
        (timedelta(hours=15), "yesterday 23:48", "yesterday"),
        (timedelta(days=3), "28 Feb 2027, 14:48", "28 Feb 2027"),
    ],
)
def test_a_moment_is_named_by_its_distance(passed, words, in_list):
    drawn = time(NOW - passed)

    assert words_of(drawn) == words
    assert words_of(time(NOW - passed, "day")) == in_list
    assert f'title="{escape(minute(NOW - passed))}"' in drawn


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "24 Feb 2027"),
    ],
)
def test_how_long_ago(passed, words):
    assert ago(NOW - passed) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (None, "–"),
        (timedelta(minutes=38), "38 min"),
        (timedelta(hours=2, minutes=5), "2 h 5 min"),
        (timedelta(days=3, hours=4, minutes=50), "3 d 4 h"),
    ],
)
def test_how_long_something_took(length, words):
    assert duration(length) == words


def test_things_are_listed_in_one_sentence_and_escaped():
    assert listed() == listed("", "") == ""
    assert listed("", "the title") == "the title"
    assert listed("a", "", "<b>", "c") == "a and &lt;b&gt; and c"
