"""Reads the HELPDESK_* variables strictly: nonsense stops the start and names the variable.

django-environ reads "flase" as False; a typing error would silently switch something off.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

PREFIX = "HELPDESK_"
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class Environment:
    """The HELPDESK_* variables of one process.

    values: the process's environment. Each reading method takes the name without its prefix and
    answers the default where the variable is missing or empty; raises ImproperlyConfigured with the
    variable's full name where its value makes no sense.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        # The test runner and the tests read these themselves.
        self._known = {PREFIX + "TEST_DATABASE_URL", PREFIX + "TEST_CHROMIUM", PREFIX + "TEST_SHARED"}

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

    @staticmethod
    def _as_flag(text: str) -> bool:
        if text.lower() in TRUE:
            return True
        if text.lower() in FALSE:
            return False
        raise ValueError
