"""The subjects of mails that name no ticket."""

from django.template.loader import render_to_string


def with_desk_name(subject: str) -> str:
    """Put the name of the help desk before a subject, so that people know whose mail it is: "[Helpdesk] Test mail"."""
    return render_to_string("email/subject.txt", {"subject": subject}).strip()
