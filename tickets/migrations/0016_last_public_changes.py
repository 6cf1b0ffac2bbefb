"""Find out from its events when each ticket last changed for its requester."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

INTERNAL = ("trashed", "restored", "noted", "redacted", "purged")


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    if schema_editor.connection.vendor == "postgresql":
        # Of a million tickets it takes longer than a page may.
        schema_editor.execute("SET LOCAL statement_timeout = 0")
    events = apps.get_model("tickets", "TicketEvent").objects.using(alias).exclude(kind__in=INTERNAL)
    newest = events.filter(ticket=OuterRef("pk")).order_by("-version").values("at")[:1]
    apps.get_model("tickets", "Ticket").objects.using(alias).update(publicly_updated_at=Subquery(newest))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0015_publicly_updated_at")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
