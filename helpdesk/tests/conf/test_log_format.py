"""Nobody writes a line of our log by what they type."""

import io
import logging
import re

import pytest

from helpdesk.conf.log_format import OneLineFormatter
from helpdesk.tests.site_map import routes


@pytest.fixture
def log():
    """Answer a logger of the given name, and what it has written."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(OneLineFormatter())
    loggers = []

    def logger(name="helpdesk.tests"):
        found = logging.getLogger(name)
        found.addHandler(handler)
        loggers.append(found)
        return found, output

    yield logger
    for used in loggers:
        used.removeHandler(handler)


@pytest.mark.parametrize(
    "typed", ["a\nb", "a\r\nb", "a\u2028b", "a\x1b[31mb", "a\x00b", "a\x85b", "a\u202eb"]
)
def test_a_record_stays_one_line_of_printable_characters(log, typed):
    logger, output = log()

    logger.warning("Not Found: %s", typed)

    line = output.getvalue().removesuffix("\n")
    assert line.isprintable()
    assert line.startswith("20")
    assert "Not Found: a\\" in line


def test_what_can_be_read_stays_as_it_is(log):
    logger, output = log()

    logger.warning("%s", "Grüße, 世界 😀")

    assert "Grüße, 世界 😀" in output.getvalue()


def test_no_line_of_a_traceback_passes_for_a_record(log):
    logger, output = log()

    try:
        raise ValueError("typed\n2026-01-01 00:00:00,000 ERROR django: forged")
    except ValueError:
        logger.exception("Something broke")

    first, *others = output.getvalue().splitlines()
    assert first.startswith("20")
    assert "forged" in output.getvalue()
    assert all(line.startswith("  | ") for line in others)


def test_what_a_visitor_does_wrong_is_one_line_without_a_traceback(log):
    logger, output = log("django.security.DisallowedHost")

    try:
        raise ValueError("a host of theirs")
    except ValueError as error:
        logger.error("Invalid host", exc_info=error)

    assert len(output.getvalue().splitlines()) == 1


@pytest.mark.parametrize("route", [route for route in routes() if "<str:token>" in route or "<key>" in route])
def test_nobody_gets_in_by_an_address_in_the_log(log, route):
    logger, output = log("django.request")
    address = re.sub(r"<[^>]+>", "4ul-SecretToken:x", route)

    logger.warning("Not Found: /%s", address)
    try:
        raise ValueError(f"/{address}?x=1")
    except ValueError:
        logger.exception("Internal Server Error: /%s", address)

    assert "SecretToken" not in output.getvalue()
    assert output.getvalue().count("/***") == 3


def test_other_addresses_stay_as_they_are(log):
    logger, output = log("django.request")

    logger.warning(
        "Not Found: /auth/password/reset/key/done/ and /tickets/41/ and /auth/password/reset/done/"
    )

    assert "key/done/ and /tickets/41/ and /auth/password/reset/done/" in output.getvalue()


def test_a_made_up_host_is_told_with_the_setting_that_would_name_it(log, client):
    _, output = log("django.security.DisallowedHost")

    client.get("/auth/login/", headers={"host": "other.example.com"})

    assert "HELPDESK_HOSTS" in output.getvalue()
    assert "ALLOWED_HOSTS" not in output.getvalue()
