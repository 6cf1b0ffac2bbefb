"""Mail on its way. A message is a row of the task table in the transaction that asked for it: none goes out
for a change that was rolled back, and no page waits for the mail server.
"""

from email.errors import MessageError
from email.header import Header
from email.utils import make_msgid
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from helpdesk.tasks.task import Final, task

from .links import host

Refused = SMTPRecipientsRefused | SMTPSenderRefused | SMTPDataError

# RFC 3834: nobody's holiday notice should answer, and no help desk open a ticket for it. Exchange wants its
# own word; of what it can suppress, the report that a message could not be delivered should still come.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply, DR, RN, NRN"}
# Over eight hours for a mail server that is away.
ATTEMPTS = 100


class Message(EmailMultiAlternatives):
    """One whose subject is read as it is written, also where it looks like something encoded."""

    def message(self, *args: Any, **kwargs: Any) -> Any:
        written = super().message(*args, **kwargs)
        if "=?" in str(self.subject):
            # Django sends ASCII as it is; mail programs would decode what begins so (RFC 2047, section 5).
            written.replace_header(
                "Subject", Header(str(self.subject), "utf-8", header_name="Subject").encode()
            )
        return written


@task(attempts=ATTEMPTS, words=_("Send a mail"))
def deliver(
    subject: str, text: str, html: str, sender: str, recipients: list[str], headers: dict[str, str]
) -> None:
    """Hand one message to the mail server, which may happen twice: with one Message-ID, fixed by `headers`.

    html: empty for a message of text alone. Raises Final for what the server refuses for good, and for what
    cannot be written as a mail at all.
    """
    message = Message(subject, text, sender, recipients, headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    try:
        # As the mail server gets it; what cannot be written now never can.
        message.message().as_bytes(linesep="\r\n")
    except (ValueError, MessageError) as error:
        # An address or header no mail can have; its text would be in the error's.
        raise Final(f"The message cannot be written: {type(error).__name__}") from None
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as error:
        if _is_final(error):
            raise Final(_in_words(error, recipients)) from error
        raise


def _is_final(error: Refused) -> bool:
    """Say whether the server refused for good, every recipient: 5xx. With 4xx it asks to come again
    (RFC 5321, 4.2.1); greylisting does so for every first message.
    """
    return all(code >= 500 for code, text in _answers(error))


def _in_words(error: Refused, recipients: list[str]) -> str:
    code, text = _answers(error)[0]
    return f"The mail server refuses mail for {', '.join(recipients)}: {code} {text}"


def _answers(error: Refused) -> list[tuple[int, str]]:
    """What the server said, of each recipient or once, as one line each."""
    answers: list[tuple[int, bytes | str]]
    if isinstance(error, SMTPRecipientsRefused):
        answers = [*error.recipients.values()]
    else:
        answers = [(error.smtp_code, error.smtp_error)]
    return [
        (code, " ".join((text.decode(errors="replace") if isinstance(text, bytes) else text).split()))
        for code, text in answers
    ]


def enqueue(message: EmailMultiAlternatives) -> None:
    """Send a rendered message later, once the current transaction is committed. One of text alone gets the
    product's look as well.

    A message to nobody costs the same row and is never sent: an address without an account then takes
    as long as one with.
    """
    deliver.enqueue(*_written(message))


def hand_over(message: EmailMultiAlternatives) -> None:
    """Hand a rendered message to the mail server now, as `enqueue` has it done later. For tasks, which may wait.

    message: names its Message-ID itself if it may be tried again. Raises as `deliver` does.
    """
    deliver.call(*_written(message))


def _written(message: EmailMultiAlternatives) -> tuple[str, str, str, str, list[str], dict[str, str]]:
    """What `deliver` takes."""
    # One line, whatever was typed: no header can be smuggled in (CVE-2025-48388 at a peer).
    subject, text = " ".join(str(message.subject).split()), str(message.body)
    html = next((str(part[0]) for part in getattr(message, "alternatives", [])), "")
    html = html or render_to_string("email/words.html", {"subject": subject, "text": text})
    # Named now: however often it is tried, it is the same message to those who get it.
    headers = {"Message-ID": make_msgid(domain=host()), **message.extra_headers}
    return subject, text, html, message.from_email, list(message.to), headers
