"""People are found by folded names, and each address has one spelling."""

import logging

from django.db import migrations

import helpdesk.db.folded_field
from helpdesk.db.folded_field import BATCH, refold
from helpdesk.mail.addresses import one_spelling
from helpdesk.text.folding import composed

logger = logging.getLogger(__name__)


def respell(apps, schema_editor):
    """Write names and addresses as they are kept from now on.

    Where two accounts had one address in two spellings, both stay as they are, and somebody is told.
    """
    users, addresses = (
        apps.get_model("accounts", "User").objects,
        apps.get_model("account", "EmailAddress").objects,
    )
    invitations = apps.get_model("accounts", "Invitation").objects
    for person in _all(users.only("email", "first_name", "last_name")):
        names = {name: composed(getattr(person, name)) for name in ("first_name", "last_name")}
        if any(names[name] != getattr(person, name) for name in names):
            users.filter(pk=person.pk).update(**names)
        email = one_spelling(person.email)
        if email != person.email and users.filter(email=email).exists():
            logger.warning(
                "%s and %s are one address and have two accounts: deactivate one.", person.email, email
            )
        elif email != person.email:
            users.filter(pk=person.pk).update(email=email)
            addresses.filter(user=person, email=person.email).update(email=email)
            invitations.filter(email=person.email).update(email=email)
    refold(users.model)


def _all(rows):
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0001_initial"),
        ("accounts", "0002_announced_request"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="folded",
            field=helpdesk.db.folded_field.FoldedField(of=["email", "first_name", "last_name"]),
        ),
        migrations.RunPython(respell, migrations.RunPython.noop, elidable=True),
    ]
