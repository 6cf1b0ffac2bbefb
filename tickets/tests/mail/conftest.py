"""A real mail server on the loopback, and the help desk's work up to it."""

from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from helpdesk.tests.server.test_port import free_port
from tickets.mail.outbound.delivery import send_due_mail
from tickets.notifications.schedule import BURST

NOON = "2026-03-02 12:00:00+00:00"


class Received:
    """One message as it came over the wire."""

    def __init__(self, envelope):
        self.raw, self.sender, self.recipients = envelope.content, envelope.mail_from, envelope.rcpt_tos
        self.parsed = message_from_bytes(self.raw, policy=policy.default)

    def __getitem__(self, header):
        return self.parsed[header]

    @property
    def text(self):
        return self.parsed.get_body(("plain",)).get_content()

    @property
    def html(self):
        return self.parsed.get_body(("html",)).get_content()


class Postbox:
    """received: every message, in order. answer: what the server says to each recipient."""

    def __init__(self, port):
        self.port, self.received, self.answer = port, [], "250 OK"
        self._controller = None

    def open(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self):
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802, its name
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, its name
        self.received.append(Received(envelope))
        return "250 OK"

    def to(self, person):
        return [message for message in self.received if message.recipients == [person.email]]


@pytest.fixture
def postbox(settings):
    postbox = Postbox(free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postbox.port
    settings.SITE_URL = "https://desk.example.com"
    postbox.open()
    yield postbox
    postbox.close()


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def post(clock, work_off):
    """Do what the workers do until the mails of the moment have gone: the burst passes first."""

    def run(after=BURST):
        work_off()
        clock.shift(after)
        send_due_mail()
        work_off()

    return run
