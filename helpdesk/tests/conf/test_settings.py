"""The start is refused where it would not be safe, with a sentence that names the variable."""

import importlib.util
import os
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured

from ..processes import ROOT, SECRET, environment, manage, production


def read_settings(env):
    """Read settings.py anew, as a process with this environment does."""
    spec = importlib.util.spec_from_file_location(
        "helpdesk.settings_read_anew", ROOT / "helpdesk/settings.py"
    )
    module = importlib.util.module_from_spec(spec)
    with patch.dict(os.environ, env, clear=True):
        spec.loader.exec_module(module)
    return vars(module)


def test_production_starts_with_a_secret_and_hosts(tmp_path):
    settings = read_settings(production(tmp_path))

    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"][:1] == ["help.example.com"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://help.example.com"]
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"


def test_the_demo_starts_with_nothing_but_its_mode_and_keeps_its_secret(tmp_path):
    first = read_settings(environment(tmp_path, HELPDESK_MODE="demo"))["SECRET_KEY"]
    second = read_settings(environment(tmp_path, HELPDESK_MODE="demo"))["SECRET_KEY"]

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "https://help.example.com"),
        ({"HELPDESK_HOSTS": ".example.com,help"}, "https://example.com"),
        ({"HELPDESK_HOSTS": None}, "https://localhost"),
        ({"HELPDESK_URL": "https://desk.example.com:8443/"}, "https://desk.example.com:8443"),
    ],
)
def test_links_in_mail_lead_to_the_first_host_or_where_the_operator_says(tmp_path, variables, address):
    assert read_settings(production(tmp_path, **variables))["SITE_URL"] == address


def test_what_a_database_address_asks_for_is_kept(tmp_path):
    url = "postgres://me@db/desk?sslmode=require"

    options = read_settings(production(tmp_path, DATABASE_URL=url))["DATABASES"]["default"]["OPTIONS"]

    assert options["sslmode"] == "require"
    assert "statement_timeout" in options["options"]


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"HELPDESK_SECRET_KEY": None}, "HELPDESK_SECRET_KEY is missing: at least 50"),
        ({"HELPDESK_SECRET_KEY": "short"}, "HELPDESK_SECRET_KEY must be at least 50"),
        ({"HELPDESK_HOSTS": "*"}, "HELPDESK_HOSTS cannot be '*'"),
        ({"HELPDESK_HOSTS": "a.example,*"}, "HELPDESK_HOSTS cannot be"),
        ({"HELPDESK_URL": "http://help.example.com"}, "HELPDESK_URL cannot be 'http://help"),
        ({"HELPDESK_DEBUG": "yes"}, "HELPDESK_DEBUG"),
        ({"HELPDESK_DEBUG": "maybe"}, "HELPDESK_DEBUG cannot be 'maybe'"),
        ({"HELPDESK_MODE": "staging"}, "HELPDESK_MODE cannot be 'staging'"),
        ({"HELPDESK_PROXIES": "-1"}, "HELPDESK_PROXIES cannot be '-1'"),
        ({"HELPDESK_TIME_ZONE": "Berlin"}, "HELPDESK_TIME_ZONE cannot be 'Berlin'"),
        ({"HELPDESK_HSTS_SECONDS": "long"}, "HELPDESK_HSTS_SECONDS cannot be 'long'"),
        ({"HELPDESK_DATA_DIR": "."}, "HELPDESK_DATA_DIR cannot be '.'"),
        ({"HELPDESK_SECRET": SECRET}, "HELPDESK_SECRET is not a setting"),
        ({"DATABASE_URL": "postgres://me:secretword@db:port/x"}, "DATABASE_URL makes no sense"),
        ({"EMAIL_URL": "mail.example.com"}, "EMAIL_URL makes no sense"),
    ],
)
def test_nonsense_is_refused_and_named(tmp_path, variables, says):
    with pytest.raises(ImproperlyConfigured) as error:
        read_settings(production(tmp_path, **variables))

    assert says in str(error.value)
    assert "secretword" not in str(error.value)


def test_a_refused_start_is_one_sentence_without_a_traceback(tmp_path):
    done = manage("check", env=production(tmp_path, HELPDESK_SECRET_KEY=None))

    assert done.returncode == 1
    assert done.stderr.startswith("HELPDESK_SECRET_KEY is missing: at least 50")
    assert "Traceback" not in done.stderr


def test_production_passes_djangos_deployment_checks_without_a_warning(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", env=production(tmp_path))

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"HELPDESK_MODE": "demo"}, "helpdesk.E004"),
        ({"HELPDESK_PROXIES": "0"}, "helpdesk.W001"),
        ({"HELPDESK_HOSTS": None}, "helpdesk.W002"),
        ({"HELPDESK_URL": "https://hepl.example.com"}, "helpdesk.W003"),
    ],
)
def test_what_suits_only_ones_own_machine_is_found_by_the_deployment_checks(tmp_path, variables, says):
    done = manage("check", "--deploy", "--fail-level", "WARNING", env=production(tmp_path, **variables))

    assert done.returncode != 0
    assert says in done.stderr
