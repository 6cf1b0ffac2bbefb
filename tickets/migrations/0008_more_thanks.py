"""Thanks in more languages, and "ok"; what admins have put there or switched off stays as it is."""

from django.db import migrations

# Written as they are compared: lower case, letters only.
PHRASES = (
    *(
        "ok",
        "okay",
        "thank you all",
        "thanks all",
        "thanks so much",
        "much appreciated",
        "ty",
        "works fine now",
    ),
    *("besten dank", "herzlichen dank", "danke sehr", "danke vielmals", "dankeschön", "merci beaucoup"),
    *(
        "gracias",
        "muchas gracias",
        "mil gracias",
        "grazie",
        "grazie mille",
        "obrigada",
        "obrigado",
        "muito obrigado",
    ),
    *("bedankt", "dank je", "dank je wel", "dank u wel", "tack", "tack så mycket", "tak", "takk", "kiitos"),
    *("dziękuję", "děkuji", "díky", "ďakujem", "köszönöm", "mulțumesc", "teşekkürler", "teşekkür ederim"),
    *("спасибо", "большое спасибо", "дякую", "ευχαριστώ", "תודה", "شكرا"),
    *("谢谢", "謝謝", "ありがとう", "ありがとうございます", "감사합니다"),
)


def add_phrases(apps, schema_editor):
    model = apps.get_model("tickets", "ThankYouPhrase")
    model.objects.bulk_create([model(phrase=phrase) for phrase in PHRASES], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0007_codes_of_refusals")]

    operations = [migrations.RunPython(add_phrases, migrations.RunPython.noop, elidable=True)]
