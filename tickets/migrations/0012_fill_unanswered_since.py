"""Read from the events of tickets not yet resolved since when they wait; batch by batch, as others write meanwhile.

May be cut off and run again.
"""

from django.db import migrations, transaction

from tickets.text.thank_you import is_bare_thanks

BATCH = 200
UNSOLVED = ("open", "in_progress", "on_hold")
# Kinds with which one side says something to the other: always, or if there are words.
SAID, SAID_WITH_WORDS = ("replied", "resolved"), ("held", "reopened")


def fill(apps, schema_editor):
    tickets = apps.get_model("tickets", "Ticket")._base_manager.filter(status__in=UNSOLVED)
    phrases = apps.get_model("tickets", "ThankYouPhrase").objects.filter(is_active=True)
    phrases, last = set(phrases.values_list("phrase", flat=True)), 0
    while batch := list(tickets.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        left = batch
        # Those that changed while they were read are read again.
        while left:
            left = fill_batch(apps, tickets.filter(pk__in=left), phrases)
        last = batch[-1]


def fill_batch(apps, tickets, phrases):
    """Answer the ids of those that changed meanwhile."""
    rows = list(tickets.filter(unanswered_since=None).select_related("requester", "assignee"))
    messages = apps.get_model("tickets", "Message").objects.filter(part="text", event__ticket__in=rows)
    words = dict(messages.values_list("event_id", "body"))
    files = apps.get_model("tickets", "Attachment").objects.filter(event__ticket__in=rows)
    with_files = set(files.values_list("event_id", flat=True))
    events = {}
    found = apps.get_model("tickets", "TicketEvent").objects.filter(ticket__in=rows)
    for event in found.order_by("ticket_id", "version"):
        events.setdefault(event.ticket_id, []).append(event)
    found = [(row, since_when(row, events.get(row.pk, []), words, with_files, phrases)) for row in rows]
    with transaction.atomic():
        return [
            row.pk
            for row, since in found
            if since and not tickets.filter(pk=row.pk, version=row.version).update(unanswered_since=since)
        ]


def since_when(ticket, events, words, with_files, phrases):
    """Answer the moment of the oldest message of the requester that nobody answered; None if all are."""
    status, since = "open", None
    people = [person for person in (ticket.requester, ticket.assignee) if person]
    names = " ".join(f"{person.first_name} {person.last_name}" for person in people)
    for event in events:
        was_held, status = status == "on_hold", event.data.get("status", [None, status])[1]
        is_said = event.kind in SAID or (event.kind in SAID_WITH_WORDS and event.pk in words)
        is_of_requester = event.actor_id == ticket.requester_id
        is_thanks = (
            event.kind == "replied"
            and not was_held
            and event.pk not in with_files
            and is_bare_thanks(words.get(event.pk, ""), phrases, names)
        )
        if status not in UNSOLVED or (is_said and event.actor_id is not None and not is_of_requester):
            since = None
        elif event.version == 1 or (is_said and is_of_requester and status != "on_hold" and not is_thanks):
            since = since or event.at
    return since


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0011_unanswered_since")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
