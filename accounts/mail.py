"""What accounts send by mail. A message is a row of the task table in the transaction that asked for
it: none goes out for a change that was rolled back, and no page waits for the mail server.
"""

from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from helpdesk.jobs import task

if TYPE_CHECKING:
    from .models import AdminRequest


@task()
def deliver(
    subject: str, text: str, html: str, sender: str, recipients: list[str], headers: dict[str, str]
) -> None:
    """Hand one message to the mail server. html: empty for a message of text alone."""
    message = EmailMultiAlternatives(subject, text, sender, recipients, headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def enqueue(message: EmailMultiAlternatives) -> None:
    """Send a rendered message later, once the current transaction is committed."""
    html = next((str(part[0]) for part in getattr(message, "alternatives", [])), "")
    # One line, whatever was typed: no header can be smuggled in (CVE-2025-48388 at a peer).
    subject = " ".join(str(message.subject).split())
    deliver.enqueue(
        subject, str(message.body), html, message.from_email, list(message.to), dict(message.extra_headers)
    )


def send_admin_request_decided(request: "AdminRequest") -> None:
    """Tell the person whether they are an admin now."""
    context = {"user": request.user, "granted": request.outcome == "granted"}
    subject = "You are an admin of the help desk now" if context["granted"] else "Your request to be an admin"
    enqueue(
        EmailMultiAlternatives(
            f"[Helpdesk] {subject}",
            render_to_string("accounts/email/admin_request_decided.txt", context),
            to=[request.user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
    )
