"""What a new installation takes for a bare thank-you. Admins edit the list in the console."""

from django.db import migrations

PHRASES = [
    "all good",
    "cheers",
    "danke",
    "danke schön",
    "great",
    "it works",
    "it works now",
    "many thanks",
    "merci",
    "perfect",
    "solved",
    "thank you",
    "thank you so much",
    "thank you very much",
    "thanks",
    "thanks a lot",
    "thx",
    "vielen dank",
    "works",
    "works now",
]


def add(apps, schema_editor):
    model = apps.get_model("tickets", "ThanksPhrase")
    model.objects.bulk_create(model(phrase=phrase) for phrase in PHRASES)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_thanks_phrases")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
