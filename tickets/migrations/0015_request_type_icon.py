"""A drawing for each kind of help."""

from django.db import migrations, models

ICONS = [
    ("tag", "Tag"),
    ("help", "Question mark"),
    ("key", "Key"),
    ("lock", "Lock"),
    ("shield", "Shield"),
    ("user", "Person"),
    ("users", "People"),
    ("user-plus", "Person who comes"),
    ("user-minus", "Person who leaves"),
    ("laptop", "Laptop"),
    ("phone", "Phone"),
    ("printer", "Printer"),
    ("window", "Window"),
    ("wifi", "Wi-Fi"),
    ("mail", "Envelope"),
    ("msg", "Speech bubble"),
    ("clock", "Clock"),
    ("file", "Sheet of paper"),
    ("chart", "Chart"),
    ("gear", "Gear"),
    ("box", "Box"),
]


class Migration(migrations.Migration):
    dependencies = [("tickets", "0014_labels")]

    operations = [
        migrations.AddField(
            model_name="requesttype",
            name="icon",
            field=models.CharField(
                choices=ICONS,
                db_default="tag",
                default="tag",
                help_text="Shown beside the name where people choose.",
                max_length=20,
                verbose_name="icon",
            ),
        ),
    ]
