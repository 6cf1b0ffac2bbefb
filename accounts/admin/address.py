"""A person's address, changed by an admin: the account's and the rows sign-in keeps, as one."""

from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from ..mail import enqueue
from ..models import User


def is_taken(email: str, *, by_other_than: User) -> bool:
    """Say whether somebody else signs in with this address, or has proved that it is theirs."""
    others = User.objects.exclude(pk=by_other_than.pk).filter(email=email)
    proved = EmailAddress.objects.exclude(user=by_other_than).filter(email=email, verified=True)
    return others.exists() or proved.exists()


@transaction.atomic
def change_address(person: User, *, old: str, new: str) -> str:
    """Give `person` a new address, tell the old one, and answer in words what is done.

    The admin vouches for it, so it is verified; every other address of theirs goes, also one that was
    waiting to be verified, as its link would undo this.
    """
    person.email = new
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    enqueue(
        EmailMultiAlternatives(
            "[Helpdesk] Your email address was changed",
            render_to_string("admin/accounts/user/address_changed.txt", {"person": person, "old": old}),
            to=[old],
            headers={"Auto-Submitted": "auto-generated"},
        )
    )
    return f"The email is {person.email}, it was {old}."
