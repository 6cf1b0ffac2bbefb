"""Tie the events there are to each other. The words enter by their digests."""

from django.db import migrations

from helpdesk.db.hash_chain import digest, new_salt
from tickets.integrity.triggers import remove_triggers
from tickets.models.event import OPENINGS


def hash_events(apps, schema_editor):
    # Once, before the triggers watch over it: post_migrate puts them back.
    remove_triggers(schema_editor.connection)
    alias = schema_editor.connection.alias
    tickets = apps.get_model("tickets", "Ticket").objects.using(alias)
    events = apps.get_model("tickets", "TicketEvent").objects.using(alias)
    head = {"length": 0, "hash": ""}
    for ticket in tickets.order_by("pk").only("pk").iterator(chunk_size=500):
        previous = head["hash"]
        for event in events.filter(ticket_id=ticket.pk).order_by("version").prefetch_related("messages"):
            previous = hash_event(event, previous)
            if event.version == 1:
                head = {"length": head["length"] + 1, "hash": event.hash}
        tickets.filter(pk=ticket.pk).update(log_hash=previous)
    if head["length"]:
        heads = apps.get_model("accounts", "ChainHead").objects.using(alias)
        heads.update_or_create(name=OPENINGS, defaults=head)


def hash_event(event, previous):
    messages = list(event.messages.all())
    for message in messages:
        message.salt = new_salt()
        message.digest = digest(message.salt, message.body)
        message.save(update_fields=["salt", "digest"])
    event.previous_hash = previous
    event.hash = digest(
        previous,
        event.ticket_id,
        event.version,
        event.kind,
        event.actor_id,
        event.at.isoformat(),
        event.data,
        sorted([message.part, message.digest] for message in messages),
        [],
    )
    event.save(update_fields=["previous_hash", "hash"])
    return event.hash


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_event_chain"), ("accounts", "0004_event_chain")]
    operations = [migrations.RunPython(hash_events, migrations.RunPython.noop)]
