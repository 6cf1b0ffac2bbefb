"""Reads the environment strictly: nonsense stops the start and names the variable.

django-environ reads "flase" as False; a typing error would silently switch something off.
"""

import re
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator
from environ import Env

T = TypeVar("T")

PREFIX = "HELPDESK_"
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
HOW_TO_MAKE_ONE = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"


class Environment:
    """The HELPDESK_* variables of one process, and DATABASE_URL and EMAIL_URL.

    values: the process's environment. known: the full names read so far, and those of the tests. Each reading
    method takes the name without its prefix and answers the default where the variable is missing or empty;
    raises ImproperlyConfigured with the variable's full name where its value makes no sense.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        # The test runner and the tests read these themselves.
        own = (
            "TEST_DATABASE_URL",
            "TEST_CHROMIUM",
            "TEST_SHARED",
            "TEST_NO_SKIPS",
            "TEST_EXAMPLES",
            "TEST_KILLS",
        )
        self.known = {PREFIX + name for name in own}

    def flag(self, name: str, default: bool) -> bool:
        return self._read(name, default, self._as_flag, "Write yes or no.")

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        def parse(text: str) -> int:
            number = int(text)
            if not least <= number <= most:
                raise ValueError
            return number

        return self._read(name, default, parse, f"Write a whole number from {least} to {most}.")

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """Read one of `options`; the first is the default."""

        def parse(text: str) -> str:
            if text not in options:
                raise ValueError
            return text

        return self._read(name, options[0], parse, f"Write one of: {', '.join(options)}.")

    def hosts(self, name: str, default: list[str]) -> list[str]:
        """Read names of hosts separated by commas: no scheme, no port, no "*"."""
        advice = "Write the names people type, separated by commas: help.example.com,help"
        return self._read(name, default, lambda text: [_host(word) for word in text.split(",")], advice)

    def address(self, name: str, default: str, *, schemes: tuple[str, ...]) -> str:
        """Read where people open the help desk: a scheme, a host, perhaps a port, nothing behind it."""

        def parse(text: str) -> str:
            parts = re.fullmatch(r"([a-z]+)://([^/:@\[\]]+|\[[0-9a-f:.]+\])(?::([1-9]\d{0,4}))?/?", text)
            if parts is None or parts[1] not in schemes or int(parts[3] or 1) > 65535 or parts[2][0] == ".":
                raise ValueError
            return f"{parts[1]}://{_host(parts[2])}" + (f":{parts[3]}" if parts[3] else "")

        return self._read(name, default, parse, f"Write: {schemes[0]}://help.example.com")

    def secret(self, name: str) -> str:
        """Read a secret; empty where there is none. No message repeats it."""
        text = self._read(name, "", str, "")
        return _checked_secret(PREFIX + name, text) if text else ""

    def secrets(self, name: str) -> list[str]:
        """Read secrets separated by commas. No message repeats one."""
        words = self._read(name, "", str, "").split(",")
        return [_checked_secret(PREFIX + name, word.strip()) for word in words if word.strip()]

    def mailbox(self, name: str, default: str) -> str:
        """Read a sender: an address, or a name and an address."""

        def parse(text: str) -> str:
            try:
                EmailValidator(allowlist=["localhost"])(parseaddr(text)[1])
            except ValidationError as error:
                raise ValueError from error
            if not text.isprintable():
                raise ValueError
            return text

        return self._read(name, default, parse, "Write: Helpdesk <help@example.com>")

    def folder(self, name: str, default: Path) -> Path:
        """Read a folder's absolute path, and make the folder (mode 0750) if it is not there."""

        def parse(text: str) -> Path:
            path = Path(text)
            if not path.is_absolute():
                raise ValueError
            try:
                path.mkdir(mode=0o750, parents=True, exist_ok=True)
            except OSError as error:
                raise ValueError from error
            return path

        return self._read(
            name, default, parse, "Write the absolute path of a folder this account may write to."
        )

    def time_zone(self, name: str, default: str) -> str:
        def parse(text: str) -> str:
            try:
                return ZoneInfo(text).key
            except (KeyError, OSError) as error:
                raise ValueError from error

        return self._read(name, default, parse, "Write a zone of the tz database, such as Europe/Berlin.")

    def database(self, default: Path) -> dict[str, Any]:
        """Read DATABASE_URL into one entry of DATABASES.

        default: the SQLite file to use without it.
        """
        if not self._values.get("DATABASE_URL", "").strip():
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
        advice = "Write sqlite:////absolute/path/to/file or postgres://user:password@host:5432/name."
        return self._read_url("DATABASE_URL", "", _database, advice)

    def email(self, default: str) -> dict[str, Any]:
        """Read EMAIL_URL into the EMAIL_* settings."""
        advice = "Write smtp+tls://user:password@host:587, or smtp://host:25."
        return self._read_url("EMAIL_URL", default, _email, advice)

    def refuse_unknown(self) -> None:
        """Raise ImproperlyConfigured for a HELPDESK_* variable nothing reads: it is a typing error."""
        for name in sorted(self._values):
            if name.startswith(PREFIX) and name not in self.known:
                raise ImproperlyConfigured(
                    f"{name} is not a setting of the help desk. Known: {', '.join(sorted(self.known))}."
                )

    def _read(self, name: str, default: T, parse: Callable[[str], T], advice: str) -> T:
        full_name = PREFIX + name
        self.known.add(full_name)
        text = self._values.get(full_name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            raise ImproperlyConfigured(f"{full_name} cannot be {text[:80]!r}. {advice}".strip()) from error

    def _read_url(
        self, name: str, default: str, parse: Callable[[str], dict[str, Any]], advice: str
    ) -> dict[str, Any]:
        """Read an address; it may hold a password, so that no message repeats it."""
        try:
            return parse(self._values.get(name, "").strip() or default)
        except (ValueError, ImproperlyConfigured) as error:
            raise ImproperlyConfigured(f"{name} makes no sense. {advice}") from error

    @staticmethod
    def _as_flag(text: str) -> bool:
        if text.lower() in TRUE:
            return True
        if text.lower() in FALSE:
            return False
        raise ValueError


def _checked_secret(full_name: str, text: str) -> str:
    # As Django's own check security.W009 asks.
    if len(text) < 50 or len(set(text)) < 5:
        raise ImproperlyConfigured(f"{full_name} must be at least 50 random characters. {HOW_TO_MAKE_ONE}")
    return text


def _host(text: str) -> str:
    host = text.strip().lower()
    if not re.fullmatch(
        r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\]", host
    ):
        raise ValueError
    return host


def _database(url: str) -> dict[str, Any]:
    if urlsplit(url).scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError
    config: dict[str, Any] = Env.db_url_config(url)
    # A database in memory would be another one in each thread, and a relative path in each folder.
    if config["ENGINE"].endswith("sqlite3") and not Path(config["NAME"]).is_absolute():
        raise ValueError
    if not config["NAME"]:
        raise ValueError
    return config


def _email(url: str) -> dict[str, Any]:
    config: dict[str, Any] = Env.email_url_config(url)
    if config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]:
        raise ValueError
    return config
