"""A bare thank-you calls nobody back to work."""

import pytest

from tickets.models import HoldReason, Status, ThankYouPhrase, Upload
from tickets.text.thank_you import is_bare_thanks, plain

PHRASES = {"thanks", "thank you", "thank you very much", "danke schön", "works now", "ok", "gracias"}
PHONES = [
    "Sent from my iPhone",
    "Sent from my Samsung Galaxy S21 5G smartphone",
    "Sent from my Verizon, Samsung Galaxy smartphone",
    "Sent from Yahoo Mail on Android",
    "Sent from Mail for Windows",
    "Get Outlook for iOS",
    "Get Outlook for Android",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android",
    "Diese Nachricht wurde von meinem Android-Mobiltelefon mit GMX Mail gesendet.",
    "Outlook für iOS beziehen",
    "Envoyé de mon iPhone",
    "Télécharger Outlook pour iOS",
    "Enviado desde mi iPhone",
    "Inviato da iPhone",
    "Enviado do meu iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Skickat från min iPhone",
    "Sendt fra min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "iPhone’umdan gönderildi",
    "iPhoneから送信",
    "发自我的iPhone",
    "나의 iPhone에서 보냄",
]


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "thanks!!!",
        "THANK YOU very much.",
        "Works now, thanks 👍",
        "Danke schön!",
        "Thanks, Ada!",
        "Thank you\nAda Byron",
        "👍",
        "👍🏽 🙏",
        "❤️",
        "Thanks!\n-- \nRita Requester\nSales, 2nd floor\n+49 89 1234",
        "Thanks\n\nBest regards,\nRita Requester\nExample Ltd",
        "Danke schön\nViele Grüße\nR. Requester",
        "Thanks\nKind regards\nRita Requester, Head of Sales and Marketing, Example Ltd\n+49 (0)89 1234-0",
        "Thanks\n--\nRita Requester\nIT Department | Example GmbH | Munich\nhttps://example.com/?from=mail",
        "Thanks\n\nRegards\nRita\n\nSent from my iPhone",
        "+1",
        "+1 thanks",
        "OK.",
        "ok, thanks!",
        "¡Gracias!",
        "«Thanks»…",
        *(f"Thanks!\n\n{line}" for line in PHONES),
    ],
)
def test_nothing_but_thanks(text):
    assert is_bare_thanks(text, PHRASES, "Ada Byron")


@pytest.mark.parametrize(
    "text",
    [
        *("", "👎", "👍 😡", "🎈", "Ada", "Thanks, but it is dark again", "Thanks Bob", "no thanks", "thank"),
        *(
            "-- \nThanks",
            "Thanks\nRegards\nPS: does it also print now?",
            "Regards\nThanks but no",
            "thanks " * 100,
        ),
        *(
            "works now?",
            "¿Gracias?",
            "ok？",
            "Thanks\nRegards\nRita?",
            "+1 555 1234",
            "1",
            "+1 for a second screen",
        ),
        *(
            f"Thanks\n{end}\n{more}"
            for end in ("--", "Regards")
            for more in (
                "The second printer still does not work",
                "Still not working",
                "VPN is down",
                "Outlook Error 0x80070005",
                "the screen went dark since then",
                "打印机还是坏的",
                "Der Drucker druckt leider nicht",
                "Принтер не работает",
            )
        ),
        "Thanks\nSent from my iPhone because the laptop is broken",
        "Thanks\nGet Outlook working on my phone",
        "Thanks\nSent the laptop from my phone shop",
        "Thanks\nSent from my iPhone\nThe printer is dark",
        "Sent from my iPhone",
        "Thanks\nmy phone",
    ],
)
def test_more_or_less_than_thanks(text):
    assert not is_bare_thanks(text, PHRASES, "Ada Byron")


def test_a_bare_thanks_leaves_a_resolved_ticket_resolved(ticket, requester, admin):
    ticket.take(by=admin)
    ticket.resolve(by=admin)

    ticket.reply(f"Thank you, {admin.first_name}!", by=requester)

    assert ticket.status == Status.RESOLVED
    assert ticket.events.last().text == f"Thank you, {admin.first_name}!"


def test_agreeing_is_thanks_but_where_something_was_asked(ticket, requester, admin):
    def status_after(text, reason):
        ticket.hold(reason, by=admin)
        ticket.reply(text, by=requester)
        return ticket.status

    ticket.take(by=admin)

    for text in ("OK.", "+1", "👍", "ok thanks"):
        assert status_after(text, HoldReason.THIRD_PARTY) == Status.ON_HOLD
        ticket.start(by=admin)
        assert status_after(text, HoldReason.REQUESTER) == Status.IN_PROGRESS
    assert status_after("Thanks 👍", HoldReason.REQUESTER) == Status.ON_HOLD


@pytest.mark.django_db
def test_the_phrases_there_are_from_the_start_are_written_as_they_are_compared():
    phrases = list(ThankYouPhrase.objects.values_list("phrase", flat=True))

    assert {"ok", "gracias", "thanks"} <= set(phrases)
    assert [plain(phrase) for phrase in phrases] == phrases


def test_the_list_is_the_admins(ticket, requester, admin):
    ticket.take(by=admin)
    ticket.hold("third_party", by=admin)
    ThankYouPhrase.objects.create(phrase="asante")
    ThankYouPhrase.objects.create(phrase="🦄")
    ThankYouPhrase.objects.filter(phrase="thanks").update(is_active=False)

    ticket.reply("Asante!", by=requester)
    ticket.reply("🦄", by=requester)
    assert ticket.status == Status.ON_HOLD

    ticket.reply("Thanks!", by=requester)
    assert ticket.status == Status.IN_PROGRESS


def test_thanks_with_a_file_say_more_than_thanks(ticket, requester, admin):
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    picture = Upload(
        owner=requester,
        form=f"reply-{ticket.pk}",
        name="dark.png",
        content_type="image/png",
        size=1,
        sha256="0" * 64,
        file="00/0",
        created_at=ticket.updated_at,
    )
    picture.save()

    ticket.reply("Thanks", by=requester, files=[picture])

    assert ticket.status == Status.IN_PROGRESS
