"""Reads the environment strictly: nonsense stops the start and names the variable.

django-environ reads "flase" as False; a typing error would silently switch something off.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environ import Env

T = TypeVar("T")

PREFIX = "HELPDESK_"
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class Environment:
    """The HELPDESK_* variables of one process, and DATABASE_URL and EMAIL_URL.

    values: the process's environment. Each reading method takes the name without its prefix and
    answers the default where the variable is missing or empty; raises ImproperlyConfigured with the
    variable's full name where its value makes no sense.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        # The test runner and the tests read these themselves.
        own = ("TEST_DATABASE_URL", "TEST_CHROMIUM", "TEST_SHARED", "TEST_NO_SKIPS")
        self._known = {PREFIX + name for name in own}

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

    def words(self, name: str, default: list[str]) -> list[str]:
        """Read a list separated by commas."""
        return self._read(name, default, lambda text: [word.strip() for word in text.split(",")], "")

    def text(self, name: str, default: str = "") -> str:
        return self._read(name, default, str, "")

    def folder(self, name: str, default: Path) -> Path:
        def parse(text: str) -> Path:
            path = Path(text)
            if not path.is_absolute():
                raise ValueError
            return path

        return self._read(name, default, parse, "Write an absolute path.")

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
            if name.startswith(PREFIX) and name not in self._known:
                raise ImproperlyConfigured(
                    f"{name} is not a setting of the help desk. Known: {', '.join(sorted(self._known))}."
                )

    def _read(self, name: str, default: T, parse: Callable[[str], T], advice: str) -> T:
        full_name = PREFIX + name
        self._known.add(full_name)
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


def _database(url: str) -> dict[str, Any]:
    if urlsplit(url).scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError
    config = Env.db_url_config(url)
    # A database in memory would be another one in each thread, and a relative path in each folder.
    if config["ENGINE"].endswith("sqlite3") and not Path(config["NAME"]).is_absolute():
        raise ValueError
    if not config["NAME"]:
        raise ValueError
    return config


def _email(url: str) -> dict[str, Any]:
    config = Env.email_url_config(url)
    if config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]:
        raise ValueError
    return config
