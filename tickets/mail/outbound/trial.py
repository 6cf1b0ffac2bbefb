"""A mail to oneself, to see whether mail goes out at all."""

from email.utils import make_msgid

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.mail.delivery import HEADERS, hand_over
from helpdesk.mail.links import host
from helpdesk.mail.subject import with_desk_name
from helpdesk.tasks.task import task

from ...models import Organisation

# Three more within a good minute: who waits for it is to read soon why it does not come.
ATTEMPTS = 4


@transaction.atomic
def ask_for_test_mail(person: User) -> None:
    """Send this person a test mail, once the current transaction is committed."""
    Organisation.note_test_mail(is_sent=False)
    send_test_mail.enqueue(person.pk, make_msgid(domain=host()))


@task(attempts=ATTEMPTS, words=_("Send a test mail"))
def send_test_mail(person_id: int, message_id: str) -> None:
    """Hand a test mail to the mail server the way every mail goes, and note that it took it.

    Does nothing for a person who has left. message_id: the same whenever it is tried. Raises as `deliver` does.
    """
    person = User.objects.active().filter(pk=person_id).first()
    if person is None:
        return
    hand_over(
        EmailMultiAlternatives(
            with_desk_name(gettext("Test mail")),
            render_to_string("email/test_mail.txt", {"person": person}).strip(),
            to=[person.email],
            headers={**HEADERS, "Message-ID": message_id},
        )
    )
    Organisation.note_test_mail(is_sent=True)
