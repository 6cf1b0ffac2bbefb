"""The link in a mail by which one ticket is not heard of any more: it names a person and a ticket, signed.

It may lie in a mailbox for years and still does only this, so that it never ends by itself.
"""

from django.core import signing

from accounts.models import User

from ...models import Ticket

_signer = signing.Signer(salt="tickets.unwatch")


def token_of(person: User, ticket: Ticket) -> str:
    return _signer.sign_object([person.pk, ticket.pk])


def named_by(token: str) -> tuple[User, Ticket] | None:
    """Whose watching of which ticket the link would end; None if it is not one of ours. Two queries."""
    try:
        person_id, ticket_id = _signer.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=person_id).first()
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    return (person, ticket) if person and ticket else None
