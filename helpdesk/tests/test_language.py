"""Every sentence can be translated: seen in a made-up language, on pages whose data is Greek."""

import re
from copy import deepcopy
from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from accounts.tests.factories import AdminFactory, UserFactory
from tickets.mail.outbound.delivery import send_due_mail
from tickets.mail.outbound.trial import ask_for_test_mail
from tickets.models import HoldReason, Organisation, RequestType, ThankYouPhrase
from tickets.tests.factories import RequestTypeFactory, TicketFactory

from .made_up_language import CODE, MadeUpLanguage, untranslated, untranslated_in_page
from .site_map import routes

pytestmark = pytest.mark.any_database

# Guides are whole texts of their own. Scripts of Django's own and machines' answers are for no reader.
NOT_READ = ("help/", "admin/jsi18n/", "health/", "live/", "admin/mail/<str:name>/html/")


@pytest.fixture
def made_up(monkeypatch):
    """Let everything be said in the made-up language."""
    language = MadeUpLanguage()
    monkeypatch.setitem(trans_real._translations, CODE, language)
    monkeypatch.setattr(trans_real, "_default", language)
    with translation.override(CODE):
        yield


@pytest.fixture
def requester(db):
    return UserFactory(first_name="Ρίτα", last_name="Παπά")


@pytest.fixture
def other_requester(db):
    return UserFactory(first_name="Όθων", last_name="Άλλος")


@pytest.fixture
def admin(db):
    return AdminFactory(first_name="Άδα", last_name="Μάρκου")


@pytest.fixture
def other_admin(db):
    return AdminFactory(first_name="Ορέστης", last_name="Μάρκου")


@pytest.fixture
def ticket(requester):
    for number, thing in enumerate([*RequestType.objects.all(), *ThankYouPhrase.objects.all()]):
        field = "name" if isinstance(thing, RequestType) else "phrase"
        type(thing).objects.filter(pk=thing.pk).update(**{field: f"είδος {number}"})
    RequestType.objects.update(hint="")
    Organisation.objects.create(pk=1, name="Γραφείο", contact="Όροφος 2", hours="8-17")
    return TicketFactory(
        requester=requester,
        request_type=RequestTypeFactory(name="Βλάβη"),
        title="Η οθόνη μένει σκοτεινή",
        description="Χθες ήταν καλά.",
    )


@pytest.fixture
def said(client_of, console, requester):
    """Ask for addresses as everybody, take back what that changed, and answer what was not translated.

    The answer: each line once, with where it stood first.
    """
    signed_in = {"guest": client_of(None), "user": client_of(requester), "admin": console}

    def ask(addresses, *, who=tuple(signed_in), methods=("get", "post"), data=None):
        found = {}
        for name, path, method in product(who, addresses, methods):
            visitor = Client()
            visitor.cookies = deepcopy(signed_in[name].cookies)
            before = transaction.savepoint()
            answer = getattr(visitor, method)(path, data, follow=True)
            transaction.savepoint_rollback(before)
            if answer.streaming:
                b"".join(answer.streaming_content)
            if "html" in answer.get("Content-Type", ""):
                ask.fields.update(re.findall(r'name="([\w-]+)"', answer.text))
                for words in untranslated_in_page(answer.text):
                    found.setdefault(words, f"{method} {path} ({name})")
        return [f"{where}: {words}" for words, where in found.items()]

    ask.fields = set()
    return ask


def test_every_page_and_every_refusal_can_be_translated(said, path_of, made_up):
    addresses = [path_of(route) for route in routes() if not route.startswith(NOT_READ)]

    found = said(addresses)
    # And again, with something in every field there is.
    found += said(addresses, who=["user", "admin"], methods=["post"], data=dict.fromkeys(said.fields, "ω"))

    assert not found, "\n".join(found)


def test_the_first_steps_can_be_translated(said, admin, work_off, made_up):
    Organisation.objects.create(pk=1, name="Γραφείο")
    RequestType.objects.update(hint="")
    steps = "/admin/first-steps/"

    found = said(["/admin/", "/tickets/"])
    found += said([f"{steps}{step}/" for step in ("dismiss", "request-types", "test-mail")], methods=["post"])
    Organisation.note_test_mail(is_sent=False)
    found += said(["/admin/"], who=["admin"])
    Organisation.note_test_mail(is_sent=True)
    found += said(["/admin/", "/admin/tickets/feedback/report/?period=all"], who=["admin"], methods=["get"])
    ask_for_test_mail(admin)
    work_off()
    message = mail.outbox[-1]
    found += [*untranslated(message.subject), *untranslated(message.body)]

    assert not found, "\n".join(found)


def test_every_state_of_a_ticket_can_be_translated(said, ticket, requester, admin, other_admin, made_up):
    def addresses():
        number = ticket.pk
        pages = [f"/tickets/{number}/", f"/tickets/{number}/edit/", f"/tickets/{number}/feedback/"]
        console = f"/admin/tickets/ticket/{number}/"
        pages += [
            console + page for page in ("change/", "peek/", "quick/", "properties/", "edit/", "requester/")
        ]
        return [
            *pages,
            "/tickets/",
            "/admin/",
            "/admin/tickets/ticket/?status=all",
            "/notifications/",
            "/notifications/bell/",
            "/notifications/latest/",
        ]

    words = "Ποια οθόνη;"
    steps = [
        lambda: ticket.assign(other_admin, by=admin),
        lambda: ticket.start(by=other_admin),
        lambda: ticket.note(words, by=admin),
        *(partial(ticket.hold, reason, by=admin, text=words) for reason in HoldReason),
        lambda: ticket.reply(words, by=requester),
        lambda: ticket.edit(by=requester, title="Καμία εικόνα", description=words),
        lambda: ticket.edit(by=admin, request_type=RequestTypeFactory(name="Άλλο")),
        lambda: ticket.resolve(by=admin, text=words),
        lambda: ticket.reopen(by=requester, text=words),
        lambda: ticket.resolve(by=admin),
        lambda: ticket.rate(2, by=requester, comment=words),
        lambda: ticket.trash(by=admin),
    ]
    found = []
    for step in steps:
        step()
        ticket.refresh_from_db()
        found += said(addresses(), who=["user", "admin"], methods=["get"])

    assert not found, "\n".join(found)


def test_every_mail_can_be_translated(
    ticket,
    requester,
    other_requester,
    admin,
    other_admin,
    client_of,
    console,
    time_machine,
    work_off,
    made_up,
):
    time_machine.move_to("2026-11-26 12:00 +0000", tick=False)
    words = "Ποια οθόνη;"

    def post():
        work_off()
        time_machine.shift(timedelta(hours=1))
        send_due_mail()
        work_off()

    for step in (
        lambda: ticket.take(by=admin),
        lambda: ticket.reply(words, by=requester),
        lambda: ticket.hold(HoldReason.REQUESTER, by=admin, text=words),
        lambda: ticket.reply(words, by=requester),
        lambda: ticket.edit(by=requester, title="Καμία εικόνα", description=words),
        lambda: ticket.assign(other_admin, by=admin),
        lambda: ticket.note(f"@{other_admin} {words}", by=admin),
        lambda: ticket.resolve(by=admin, text=words),
        lambda: ticket.reopen(by=requester, text=words),
        lambda: ticket.resolve(by=admin),
        lambda: ticket.rate(2, by=requester, comment=words),
    ):
        step()
        ticket.refresh_from_db()
        post()
    # Several at once.
    for title in ("Πρώτο", "Δεύτερο"):
        made = TicketFactory(
            requester=requester, request_type=ticket.request_type, title=title, description=words
        )
        made.take(by=admin)
        made.reply(words, by=admin)
    post()
    other_requester.ask_to_be_admin()
    work_off()
    console.post(f"/admin/accounts/adminrequest/{other_requester.admin_requests.get().pk}/grant/")
    console.post("/admin/accounts/invitation/invite/", {"email": "new@example.com", "role": "User"})
    client_of(None).post("/auth/password/reset/", {"email": requester.email})
    client_of(None).post("/auth/register/", registration("one@example.com"))
    client_of(None).post("/auth/register/", registration(requester.email))
    work_off()

    found = set()
    for message in mail.outbox:
        html = "".join(content for content, kind in message.alternatives if kind == "text/html")
        for line in (
            *untranslated(message.subject),
            *untranslated(message.body),
            *untranslated_in_page(html),
        ):
            found.add(f"{message.subject}: {line}")
    assert len(mail.outbox) > 15
    assert not found, "\n".join(sorted(found))


def registration(address):
    password = "ήσυχο ποτάμι κάτω από πέτρες"
    return {
        "email": address,
        "first_name": "Νέα",
        "last_name": "Εδώ",
        "password1": password,
        "password2": password,
        "role": "User",
    }


# A sentence, or a word that begins one; not in a comment, not a key of the keyboard or of the platform.
SENTENCE = re.compile(r"""(["'`])([A-Z][a-z]+(?: [^"'`]*)?|[a-z“%][^"'`]* [^"'`]*[a-z.])\1""")
KEYS = re.compile(r"^(Enter|Escape|Tab|Arrow\w+|Home|End|Backspace|Files|Accept)$")
CODE_LINE = re.compile(
    r"gettext\(|\s*(?:import|export|\*|//)|.*(?:querySelector|closest|matches|className|find|follow)\(?"
)


def test_every_sentence_of_a_script_can_be_translated():
    found = []
    for script in sorted((settings.BASE_DIR / "static" / "js").rglob("*.js")):
        text = re.sub(r"/\*.*?\*/|^\s*//.*?$", "", script.read_text(), flags=re.S | re.M)
        text = re.sub(r"\bn?gettext\([^()]*(?:\([^()]*\)[^()]*)*\)", "", text)
        text = re.sub(r"\$\{[^{}]*\}", "", text)
        for line in text.splitlines():
            for _, words in SENTENCE.findall(line):
                if not KEYS.match(words) and not CODE_LINE.match(line):
                    found.append(f"{script.name}: {words}")

    assert not found, "\n".join(found)


def test_scripts_get_their_sentences_where_the_page_is_not_in_english(client_of, console):
    english = client_of(None).get("/auth/login/").text
    with translation.override("ar"):
        pages = [client_of(None).get("/auth/login/").text, console.get("/admin/").text]
        catalogue = client_of(None).get("/language.js")

    assert "/language.js" not in english
    assert '<html lang="en-gb"' in english
    for page in pages:
        assert '<script src="/language.js"></script>' in page
        assert 'lang="ar"' in page
        assert 'dir="rtl"' in page
    assert catalogue["Content-Type"].startswith("text/javascript")
    assert "django.gettext" in catalogue.text
    again = client_of(None).get("/language.js", headers={"If-Modified-Since": catalogue["Last-Modified"]})
    assert again.status_code == 304
    assert "no-store" not in catalogue["Cache-Control"]
