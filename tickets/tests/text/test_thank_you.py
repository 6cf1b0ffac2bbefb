"""A bare thank-you calls nobody back to work."""

import pytest

from tickets.models import Status, ThankYouPhrase, Upload
from tickets.text.thank_you import is_bare_thanks

PHRASES = {"thanks", "thank you", "thank you very much", "danke schön", "works now"}


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


def test_the_list_is_the_admins(ticket, requester, admin):
    ticket.take(by=admin)
    ticket.hold("third_party", by=admin)
    ThankYouPhrase.objects.create(phrase="obrigado")
    ThankYouPhrase.objects.create(phrase="🦄")
    ThankYouPhrase.objects.filter(phrase="thanks").update(is_active=False)

    ticket.reply("Obrigado!", by=requester)
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
