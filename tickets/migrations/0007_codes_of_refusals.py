"""Why a bulk change left a ticket alone is kept as a code: the sentences of before held words of internal notes."""

from django.db import migrations


def forget_sentences(apps, schema_editor):
    steps = apps.get_model("tickets", "BulkStep").objects.filter(reason__contains=" ")
    steps.filter(reason__startswith="The requester would read").update(reason="RepeatsNote")
    steps.update(reason="TicketError")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_time_zone")]

    operations = [migrations.RunPython(forget_sentences, migrations.RunPython.noop, elidable=True)]
