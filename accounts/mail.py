"""What accounts send by mail. A message is a row of the task table in the transaction that asked for
it: none goes out for a change that was rolled back, and no page waits for the mail server.
"""

from datetime import timedelta
from email.utils import make_msgid
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from helpdesk.addresses import host
from helpdesk.jobs import task

if TYPE_CHECKING:
    from .models import AdminRequest, Invitation, User

# RFC 3834: nobody's holiday notice should answer, and no help desk open a ticket for it. Exchange wants its
# own word; of what it can suppress, the report that a message could not be delivered should still come.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply, DR, RN, NRN"}
ATTEMPTS = 10


@task()
def deliver(
    subject: str,
    text: str,
    html: str,
    sender: str,
    recipients: list[str],
    headers: dict[str, str],
    attempt: int = 1,
) -> None:
    """Hand one message to the mail server; where it cannot be reached, again after 1, 2, 4 ... minutes,
    ten times in all, which is over eight hours.

    html: empty for a message of text alone. Raises what the last attempt raised, and at once what no
    further attempt could change.
    """
    message = EmailMultiAlternatives(subject, text, sender, recipients, headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    try:
        message.send()
    except OSError as error:
        # smtplib's errors are OSErrors.
        if attempt == ATTEMPTS or _is_final(error):
            raise
        later = timezone.now() + timedelta(minutes=2 ** (attempt - 1))
        deliver.using(run_after=later).enqueue(subject, text, html, sender, recipients, headers, attempt + 1)


def _is_final(error: OSError) -> bool:
    """Say whether every recipient was refused for good: 5xx. With 4xx a server asks to come again
    (RFC 5321, 4.2.1); greylisting does so for every first message.
    """
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )


def enqueue(message: EmailMultiAlternatives) -> None:
    """Send a rendered message later, once the current transaction is committed. One of text alone gets the
    product's look as well.

    A message to nobody costs the same row and is never sent: an address without an account then takes
    as long as one with.
    """
    # One line, whatever was typed: no header can be smuggled in (CVE-2025-48388 at a peer).
    subject, text = " ".join(str(message.subject).split()), str(message.body)
    html = next((str(part[0]) for part in getattr(message, "alternatives", [])), "")
    html = html or render_to_string("email/words.html", {"subject": subject, "text": text})
    # Named now: however often it is tried, it is the same message to those who get it.
    headers = {"Message-ID": make_msgid(domain=host()), **message.extra_headers}
    deliver.enqueue(subject, text, html, message.from_email, list(message.to), headers)


@task()
def announce_admin_request(request_id: int) -> None:
    """Tell each active admin that somebody asks to become one. Does nothing once it is decided.

    One task whatever the number of admins, so that registering takes the same time for everybody.
    """
    from .models import AdminRequest, User

    request = AdminRequest.objects.waiting().select_related("user").filter(pk=request_id).first()
    if request is None:
        return
    for admin in User.objects.active().admins():
        _send("admin_request_waiting", "Somebody asks to be an admin", admin.email, {"user": request.user})


def send_admin_request_decided(request: "AdminRequest") -> None:
    """Tell the person whether they are an admin now."""
    granted = request.outcome == "granted"
    subject = "You are an admin of the help desk now" if granted else "Your request to be an admin"
    _send("admin_request_decided", subject, request.user.email, {"user": request.user, "granted": granted})


def send_address_changed(user: "User", old: str) -> None:
    """Tell the old address that an admin or operator has given the account another one."""
    _send("address_changed", "Your email address was changed", old, {"person": user, "old": old})


def send_invitation(invitation: "Invitation", link: str) -> None:
    """Ask somebody to make an account, by the only place where the link stands."""
    context = {"invitation": invitation, "link": link}
    _send("invitation", "You are invited to the help desk", invitation.email, context)


def _send(template: str, subject: str, recipient: str, context: dict[str, object]) -> None:
    text = render_to_string(f"accounts/email/{template}.txt", context)
    enqueue(
        EmailMultiAlternatives(
            f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", text.strip(), to=[recipient], headers=HEADERS
        )
    )
