"""Each HELPDESK_* variable is read strictly; nonsense is refused and named."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from helpdesk.conf.environment import Environment

FILE = Path("/data/helpdesk.sqlite3")


def refusal(read):
    with pytest.raises(ImproperlyConfigured) as error:
        read()
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "flag"), [("yes", True), ("ON", True), (" 1 ", True), ("no", False), ("False", False)]
)
def test_a_flag_is_read(text, flag):
    assert Environment({"HELPDESK_X": text}).flag("X", not flag) is flag


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_variable_is_a_missing_one(text):
    values = Environment({"HELPDESK_X": text})

    assert values.flag("X", True) is True
    assert values.number("X", 5, least=0, most=9) == 5
    assert values.choice("X", ("a", "b")) == "a"
    assert values.hosts("X", ["a"]) == ["a"]
    assert values.secret("X") == ""
    assert values.mailbox("X", "a@b.example") == "a@b.example"
    assert values.folder("X", Path("/a")) == Path("/a")
    assert values.time_zone("X", "UTC") == "UTC"


def test_each_kind_is_read():
    values = Environment(
        {"HELPDESK_N": "7", "HELPDESK_C": "b", "HELPDESK_W": "a.example, .b.example ", "HELPDESK_T": "t"}
    )

    assert values.number("N", 0, least=0, most=9) == 7
    assert values.choice("C", ("a", "b")) == "b"
    assert values.hosts("W", []) == ["a.example", ".b.example"]
    assert Environment({"HELPDESK_F": "/srv"}).folder("F", FILE) == Path("/srv")
    assert Environment({"HELPDESK_Z": "Europe/Berlin"}).time_zone("Z", "UTC") == "Europe/Berlin"


@pytest.mark.parametrize("text", ["flase", "2", "y", "ja", "tru e"])
def test_a_flag_that_is_none_is_refused_with_its_name(text):
    said = refusal(lambda: Environment({"HELPDESK_DEBUG": text}).flag("DEBUG", False))

    assert said == f"HELPDESK_DEBUG cannot be {text!r}. Write yes or no."


@pytest.mark.parametrize("text", ["-1", "10", "1.5", "x", "1e1", "9" * 30])
def test_a_number_out_of_range_is_refused_with_its_name(text):
    said = refusal(lambda: Environment({"HELPDESK_PROXIES": text}).number("PROXIES", 0, least=0, most=9))

    assert said.startswith("HELPDESK_PROXIES cannot be")
    assert "from 0 to 9" in said


def test_other_nonsense_is_refused_with_its_name():
    values = Environment({"HELPDESK_X": "no/such thing"})

    assert "HELPDESK_X cannot be" in refusal(lambda: values.choice("X", ("production", "demo")))
    assert "absolute" in refusal(lambda: values.folder("X", FILE))
    assert "Europe/Berlin" in refusal(lambda: values.time_zone("X", "UTC"))


@pytest.mark.parametrize("text", ["../../etc/passwd", "/etc/passwd", "Europe", "\x00", "Mars/Base"])
def test_a_time_zone_that_is_none_is_refused(text):
    assert "HELPDESK_Z cannot be" in refusal(lambda: Environment({"HELPDESK_Z": text}).time_zone("Z", "UTC"))


def test_a_long_value_is_not_repeated_whole():
    assert len(refusal(lambda: Environment({"HELPDESK_X": "x" * 5000}).flag("X", True))) < 200


def test_a_variable_nothing_reads_is_refused():
    values = Environment({"HELPDESK_MODE": "demo", "HELPDESK_HOST": "a", "OTHER": "1"})
    values.choice("MODE", ("production", "demo"))
    values.hosts("HOSTS", [])

    said = refusal(values.refuse_unknown)

    assert said.startswith("HELPDESK_HOST is not a setting")
    assert "HELPDESK_HOSTS" in said


def test_what_was_read_and_what_tests_read_is_known():
    values = Environment({"HELPDESK_MODE": "demo", "HELPDESK_TEST_DATABASE_URL": "x", "OTHER": "1"})
    values.choice("MODE", ("production", "demo"))

    values.refuse_unknown()


def test_without_an_address_the_database_is_a_file_whatever_its_folder_is_called():
    path = Path("/srv/my desk/c++ 100%/#1?/helpdesk.sqlite3")

    assert Environment({}).database(path) == {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}


def test_a_database_address_is_read():
    sqlite = Environment({"DATABASE_URL": "sqlite:////srv/x.sqlite3"}).database(FILE)
    url = "postgres://me:p%40ss@db:5433/desk?sslmode=require"
    postgresql = Environment({"DATABASE_URL": url}).database(FILE)

    assert sqlite["NAME"] == "/srv/x.sqlite3"
    assert postgresql["ENGINE"] == "django.db.backends.postgresql"
    assert (postgresql["USER"], postgresql["PASSWORD"], postgresql["PORT"]) == ("me", "p@ss", 5433)
    assert postgresql["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "sqlite",
        "sqlite://",
        "sqlite:///relative.sqlite3",
        "sqlite://:memory:",
        "postgress://me:secretword@db/desk",
        "postgres://",
        "postgres://me:secretword@db/",
        "postgres://me:secretword@db:port/desk",
        "postgres://me:secretword@db:99999/desk",
        "mysql://me:secretword@db/desk",
        "http://[x",
    ],
)
def test_a_database_address_that_is_none_is_refused_without_repeating_its_password(url):
    said = refusal(lambda: Environment({"DATABASE_URL": url}).database(FILE))

    assert said.startswith("DATABASE_URL makes no sense.")
    assert "secretword" not in said


def test_a_mail_address_is_read():
    mail = Environment({"EMAIL_URL": "smtp+tls://me:word@mail:587"}).email("consolemail://")

    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == ("mail", 587, True)
    assert "console" in Environment({}).email("consolemail://")["EMAIL_BACKEND"]


@pytest.mark.parametrize(
    "url", ["nonsense", "http://x", "smtp://", "smtp://h:port", "smtp://me:secretword@h:99999"]
)
def test_a_mail_address_that_is_none_is_refused(url):
    said = refusal(lambda: Environment({"EMAIL_URL": url}).email("consolemail://"))

    assert said.startswith("EMAIL_URL makes no sense.")
    assert "secretword" not in said


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("hosts", "*"),
        ("hosts", "https://help.example.com"),
        ("hosts", "help.example.com:8443"),
        ("hosts", "a b"),
        ("hosts", " , "),
        ("hosts", "a.example,,b.example"),
        ("mailbox", "nonsense"),
        ("mailbox", "Helpdesk <help@example.com>\nBcc: all@example.com"),
    ],
)
def test_a_host_or_sender_that_cannot_be_is_refused_and_named(read, text):
    values = Environment({"HELPDESK_X": text})

    with pytest.raises(ImproperlyConfigured, match="HELPDESK_X"):
        getattr(values, read)("X", [])


@pytest.mark.parametrize("text", ["short", "a" * 66, "0123456789" * 5 + ",x"])
def test_a_weak_secret_is_refused_named_and_not_repeated(text):
    values = Environment({"HELPDESK_X": text})

    with pytest.raises(ImproperlyConfigured) as refusal:
        values.secrets("X")

    assert "HELPDESK_X must be at least 50" in str(refusal.value)
    assert text not in str(refusal.value)


def test_a_folder_that_cannot_be_made_is_refused_and_named(tmp_path):
    (tmp_path / "file").touch()
    values = Environment({"HELPDESK_X": str(tmp_path / "file" / "folder")})

    with pytest.raises(ImproperlyConfigured, match="HELPDESK_X"):
        values.folder("X", tmp_path)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://help.example.com", "https://help.example.com"),
        (" https://help.example.com/ ", "https://help.example.com"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_the_address_people_open_is_read(text, address):
    values = Environment({"HELPDESK_URL": text})

    assert values.address("URL", "", schemes=("https", "http")) == address


@pytest.mark.parametrize(
    "text",
    [
        "help.example.com",
        "http://help.example.com",
        "ftp://help.example.com",
        "https://",
        "https://.example.com",
        "https://help.example.com/desk",
        "https://help.example.com?x",
        "https://me@help.example.com",
        "https://help.example.com:0",
        "https://help.example.com:65536",
        "https://help.example.com\n.evil.example",
        "https://help example",
    ],
)
def test_an_address_that_is_none_is_refused_with_its_name(text):
    said = refusal(lambda: Environment({"HELPDESK_URL": text}).address("URL", "", schemes=("https",)))

    assert said.startswith("HELPDESK_URL cannot be")
    assert "https://help.example.com" in said
