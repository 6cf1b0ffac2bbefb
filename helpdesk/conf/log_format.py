"""Log lines that stay one line each, whatever a visitor typed (CVE-2025-48432, ASVS 5.0 16.4.1)."""

import logging
import re
from types import TracebackType

from helpdesk.db.outages import in_one_line, is_outage

# The addresses that let in whoever knows them, up to what is secret.
SECRET_ADDRESS = re.compile(r"(/(?:invitation|confirm-email|reset/key|unwatch)/)(?!key/|done/)[^/\s?#'\"]+")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class OneLineFormatter(logging.Formatter):
    """One line for each record; the lines of a traceback are set in, so that none can pass for a record."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        # What a visitor does wrong, a made-up host or an over-large form, is no fault to trace.
        if record.name.startswith("django.security."):
            record = _untraced(record)
        # Nor is a database that is away; and every request would write it.
        elif record.exc_info and is_outage(error := record.exc_info[1]) and error:
            record = _untraced(record, told=f" ({in_one_line(error)})")
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802, the name is logging's
        line = _printable(super().formatMessage(record))
        if record.name == "django.security.DisallowedHost":
            # Django names its own setting; ours is another.
            line = line.replace("ALLOWED_HOSTS", "HELPDESK_HOSTS")
        return without_tokens(line)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802
        return _set_in(without_tokens(super().formatException(ei)))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return _set_in(super().formatStack(stack_info))


def _untraced(record: logging.LogRecord, *, told: str = "") -> logging.LogRecord:
    facts = {"exc_info": None, "exc_text": None, "msg": record.getMessage() + told, "args": None}
    return logging.makeLogRecord({**record.__dict__, **facts})


def without_tokens(text: str) -> str:
    """Answer a text without the secret part of addresses of ours."""
    return SECRET_ADDRESS.sub(r"\1***", text)


def _set_in(text: str) -> str:
    return "\n".join(f"  | {_printable(line)}" for line in text.split("\n"))


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line)
