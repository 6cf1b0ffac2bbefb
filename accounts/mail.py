"""What accounts send by mail, each asked for in the transaction of the verb that it tells of."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.mail.delivery import HEADERS, enqueue
from helpdesk.mail.subject import with_desk_name
from helpdesk.tasks.task import task

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names: models ask for mail, mail imports none.
    from django.contrib.auth.models import _User as User


@task(words=_("Tell admins who asks to become one"))
@transaction.atomic
def announce_admin_request(request_id: int) -> None:
    """Tell each active admin that somebody asks to become one, all in one transaction. Does nothing the
    second time, nor once it is decided.

    One task whatever the number of admins, so that registering takes the same time for everybody.
    """
    people = get_user_model().objects
    person = people.filter(admin_requests__pk=request_id, admin_requests__outcome="").first()
    if person is None:
        return
    # The update holds the row: of two workers at once the second finds it announced.
    if not person.admin_requests.filter(pk=request_id, announced_at=None).update(announced_at=timezone.now()):
        return
    for admin in people.active().admins():
        _send("admin_request_waiting", gettext("Somebody asks to be an admin"), admin.email, {"user": person})


def send_admin_request_decided(person: "User", *, granted: bool) -> None:
    """Tell the person whether they are an admin now."""
    subject = (
        gettext("You are an admin of the help desk now")
        if granted
        else gettext("Your request to be an admin")
    )
    _send("admin_request_decided", subject, person.email, {"user": person, "granted": granted})


def send_address_changed(user: "User", old: str) -> None:
    """Tell the old address that an admin or operator has given the account another one."""
    _send("address_changed", gettext("Your email address was changed"), old, {"person": user, "old": old})


def send_invitation(email: str, link: str, *, role: str, by: "User", has_account: bool = False) -> None:
    """Ask somebody to make an account, by the only place where the link stands.

    has_account: whether it was made for them, and waits for a password.
    """
    context = {"link": link, "role": role, "invited_by": by, "has_account": has_account}
    _send("invitation", gettext("You are invited to the help desk"), email, context)


def _send(template: str, subject: str, recipient: str, context: dict[str, object]) -> None:
    text = render_to_string(f"accounts/email/{template}.txt", context)
    enqueue(EmailMultiAlternatives(with_desk_name(subject), text.strip(), to=[recipient], headers=HEADERS))
