"""Nothing that was acknowledged is lost when the server is killed, at whatever moment.

A few kills in each run; `make soak` kills far more often.
"""

import http.client
import os
import re
import sys
import threading
import uuid
from contextlib import closing
from random import Random

import pytest
from django.core.management import call_command

from accounts.tests.factories import UserFactory
from helpdesk.tests.processes import manage
from helpdesk.tests.real_server import SECONDS, RealServer
from tickets.models import Attachment, Ticket
from tickets.tests.factories import RequestTypeFactory

from .test_port import free_port

KILLS = int(os.environ.get("HELPDESK_TEST_KILLS", "3"))
PEOPLE = 4
# In seconds: how long it goes on at most once something was acknowledged, and between two looks for that.
LONGEST, PAUSE = 0.5, 0.01
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|token|version)" value="([^"]*)"')

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]


class Person(threading.Thread):
    """Opens tickets with a file, and replies to them with another, for as long as the server is there.

    opened, replied: what was acknowledged: title -> number, text -> number.
    """

    def __init__(self, port, cookie, request_type, known):
        super().__init__(daemon=True)
        self.port, self.request_type = port, request_type
        self.cookie = f"{cookie['name']}={cookie['value']}"
        self.opened, self.replied = known

    def run(self):
        try:
            while True:
                self.open_one()
        except (OSError, http.client.HTTPException):
            # Killed: what was not answered may be in or not.
            return

    def open_one(self):
        title = f"Ticket {uuid.uuid4()}"
        fields = {"title": title, "description": "It happened.", "request_type": self.request_type}
        place = self.send("/tickets/new/", fields)
        self.opened[title] = number = int(re.search(r"/tickets/(\d+)/", place)[1])
        text = f"Reply {uuid.uuid4()}"
        self.send(f"/tickets/{number}/", {"text": text}, to=f"/tickets/{number}/reply/")
        self.replied[text] = number

    def send(self, page, fields, *, to=""):
        """Fill in the form of a page and answer where that leads."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as browser:
            form = self.ask(browser, "GET", page)
            status, headers, body = form
            assert status == 200, (status, body[:300])
            hidden = dict(TOKEN.findall(body))
            cookies = "; ".join(
                cookie.partition(";")[0] for name, cookie in headers if name.lower() == "set-cookie"
            )
            content, kind = multipart({**hidden, **fields}, f"{uuid.uuid4()}.log", b"x" * 20_000)
            status, headers, body = self.ask(
                browser, "POST", to or page, content, {"Content-Type": kind}, cookies
            )
            # Of more than that nothing is said to be kept.
            assert status in (302, 429, 503), (status, body[:2000])
            if status != 302:
                raise http.client.HTTPException
            return dict(headers)["location"]

    def ask(self, browser, method, page, body=None, headers=(), cookies=""):
        browser.request(
            method,
            page,
            body,
            {"Cookie": f"{self.cookie}; {cookies}", **dict(headers), "Referer": self.url(page)},
        )
        answer = browser.getresponse()
        return answer.status, answer.getheaders(), answer.read().decode()

    def url(self, page):
        return f"http://127.0.0.1:{self.port}{page}"


def multipart(fields, file_name, content):
    """A form with one file, as browsers send it (RFC 7578)."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{file_name}"\r\n'
    parts += [head.encode(), b"Content-Type: text/plain\r\n\r\n", content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def test_what_was_acknowledged_outlives_any_kill(server_environment, tmp_path, settings):
    settings.MEDIA_ROOT = os.path.join(server_environment["HELPDESK_DATA_DIR"], "files")
    env = {**server_environment, "TMPDIR": str(tmp_path)}
    random = Random(KILLS)  # noqa: S311, no secret
    request_type = RequestTypeFactory().pk
    opened, replied = {}, {}

    for _ in range(KILLS):
        server = RealServer(env, free_port(), "--no-worker")
        # Others each time: what one person may send in an hour is bounded.
        crowd = [
            Person(server.port, server.cookie_of(UserFactory()), request_type, (opened, replied))
            for _ in range(PEOPLE)
        ]
        before = len(replied)
        for one in crowd:
            one.start()
        # However busy the machine is, something was acknowledged before it is killed.
        while len(replied) == before:
            assert any(one.is_alive() for one in crowd)
            crowd[0].join(PAUSE)
        crowd[0].join(random.uniform(0, LONGEST))
        server.process.kill()
        server.stop()
        for one in crowd:
            one.join(SECONDS)
            assert not one.is_alive()

    assert opened and replied
    tickets = dict(Ticket.objects.values_list("title", "pk"))
    assert {title: tickets.get(title) for title in opened} == opened
    texts = {
        event.text: event.ticket_id
        for ticket in Ticket.objects.all()
        for event in ticket.events.filter(kind="replied")
    }
    assert {text: texts.get(text) for text in replied} == replied
    # Nothing was taken twice, and each file is there, whole.
    assert Ticket.objects.count() == len(tickets)
    assert Attachment.objects.count() >= len(opened) + len(replied)
    call_command("sweep_files")
    assert not list(tmp_path.iterdir())
    done = manage("verify_log", env=env)
    assert done.returncode == 0, done.stdout + done.stderr
