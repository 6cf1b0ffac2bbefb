"""Readers who do not read, and guests who send requests ahead, keep nobody else from their pages."""

import http.client
import socket
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from helpdesk.server.http_protocol import MOST_PIPELINED
from tickets.models import Attachment, Upload

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
    pytest.mark.xdist_group("server"),
]
# As many as the server has threads for pages.
READERS = 8


@pytest.fixture
def address(real_server, server_environment, requester, ticket, settings):
    """Of a file of 24 MB."""
    settings.MEDIA_ROOT = Path(server_environment["HELPDESK_DATA_DIR"]) / "files"
    content = SimpleUploadedFile("dump.bin", b"\0\1\2\3" * 6 * 1024 * 1024)
    ticket.reply("", by=requester, files=[Upload.objects.receive(content, owner=requester, form="any")])
    return f"/tickets/{ticket.pk}/files/{Attachment.objects.get().pk}/"


def connected(port):
    visitor = socket.socket()
    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    visitor.settimeout(20)
    visitor.connect(("127.0.0.1", port))
    return visitor


def ask(server, path):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as visitor:
        visitor.request("GET", path)
        return visitor.getresponse().status


def test_those_who_leave_a_file_unread(real_server, requester, address):
    cookie = real_server.cookie_of(requester)
    head = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie['name']}={cookie['value']}\r\n\r\n"

    with ExitStack() as opened:
        for _ in range(READERS):
            visitor = opened.enter_context(connected(real_server.port))
            visitor.sendall(head.encode())
            # It has begun.
            assert visitor.recv(12) == b"HTTP/1.1 200"
        assert ask(real_server, "/auth/login/") == 200


def test_guests_who_ask_for_much_ahead_and_leave_it_unread(real_server):
    one = b"GET /static/css/portal.css HTTP/1.1\r\nHost: localhost\r\n\r\n"

    with ExitStack() as opened:
        for ahead in [MOST_PIPELINED] * READERS + [1000] * READERS:
            opened.enter_context(connected(real_server.port)).sendall(one * ahead)
        assert ask(real_server, "/auth/login/") == 200
        assert ask(real_server, "/health/live/") == 200


def test_a_guest_fills_neither_memory_nor_disk(real_server):
    before = real_server.peak_memory()
    head = (
        b"POST /tickets/uploads/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=forged\r\n"
        b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 300000000\r\n\r\n"
    )

    with connected(real_server.port) as visitor:
        visitor.sendall(head)
        assert visitor.recv(12) == b"HTTP/1.1 413"

    assert real_server.peak_memory() - before < 10


def test_who_is_signed_in_sends_more_than_a_guest(real_server, requester, ticket):
    cookie = real_server.cookie_of(requester)
    form = (
        f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\nreply-{ticket.pk}\r\n'
        '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        f"{'x' * 2_000_000}\r\n--x--\r\n"
    )
    token = "a" * 32
    headers = {
        "Cookie": f"{cookie['name']}={cookie['value']}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "multipart/form-data; boundary=x",
        "Accept": "application/json",
    }

    with closing(http.client.HTTPConnection("127.0.0.1", real_server.port, timeout=20)) as visitor:
        visitor.request("POST", "/tickets/uploads/", form, headers)
        assert visitor.getresponse().status == 200

    assert Upload.objects.get().size == 2_000_000
