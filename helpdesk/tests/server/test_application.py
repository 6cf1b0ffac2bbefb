"""What becomes of a request's body before any page sees it."""

import asyncio
import errno
import re
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.urls import resolve, reverse

from helpdesk.asgi import application as made_of_all
from helpdesk.server import request_limits
from helpdesk.server.application import Application
from helpdesk.server.request_limits import BODY_BYTES, FILES_BYTES, GUEST_BYTES
from helpdesk.wsgi import application as pages

from ..answers import check_headers

# Every page says whose desk it is, in a thread of the server's.
asks_whose_desk_it_is = pytest.mark.django_db(transaction=True)


@pytest.fixture
def application():
    made = Application(pages, lambda cookies: "known=yes" in cookies, apart=["/health/live/"], threads=1)
    yield made
    made.close()


def in_a_loop(coroutine):
    """Run it in a thread of its own: browser tests leave a loop running in the thread of tests."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


def ask(application, *messages, method="POST", path="/auth/login/", query=b"", headers=()):
    """Send one request of these ASGI messages; answer its status, headers and body, or None for silence."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(b"host", b"localhost"), *headers],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 40000),
    }
    queue, sent = list(messages), []

    async def receive():
        return queue.pop(0) if queue else await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    in_a_loop(application(scope, receive, send))
    if not sent:
        return None
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


def piece(body=b"", more=False):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_page_is_answered(application):
    status, headers, body = ask(application, piece(), method="GET", path="/health/live/")

    assert (status, body) == (200, b"ok")
    check_headers(headers)


@asks_whose_desk_it_is
def test_a_body_in_pieces_reaches_the_page_whole(application):
    # Nine long fields: a form that is understood, but has no security token.
    fields = "&".join(f"field{letter}=" + letter * 30 for letter in "abcdefghi").encode()
    pieces = [piece(fields[n : n + 50], more=True) for n in range(0, len(fields), 50)]

    form = (b"content-type", b"application/x-www-form-urlencoded")
    status, _, body = ask(application, *pieces, piece(), headers=[form, (b"transfer-encoding", b"chunked")])

    assert status == 403
    assert all(letter * 30 in body.decode() for letter in "abcdefghi")


@asks_whose_desk_it_is
@pytest.mark.parametrize(
    "content_type",
    [
        b"text/plain; charset=hex",
        b"application/x-www-form-urlencoded; charset=idna",
        b"multipart/form-data; boundary=x; charset=hex",
        b"text/plain; \xa0charset=rot13",
        b"text/plain; a*=no-such-charset''b",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_is_read_whatever_it_says_to_be_written_in(application, content_type, method):
    header = (b"content-type", content_type)

    status, _, _ = ask(application, piece(b"a=%ff"), method=method, query=b"next=%ff", headers=[header])

    # A form that is none, or one without a security token.
    assert status == 200 if method == "GET" else status in (400, 403)


@pytest.mark.parametrize("boundary", [b"----WebKitFormBoundary7M", b'"--=_Part(1)+a.b:c"', b"'x'"])
def test_a_form_with_files_is_read_whatever_stands_between_them(boundary):
    read = []

    def page(environ, start_response):
        read.append(WSGIRequest(environ).POST["title"])
        start_response("200 OK", [])
        return [b"ok"]

    application = Application(page, lambda cookies: True, threads=1)
    mark = b"--" + boundary.strip(b'"')
    form = mark + b'\r\nContent-Disposition: form-data; name="title"\r\n\r\nPrinter\r\n' + mark + b"--\r\n"
    header = (b"content-type", b"Multipart/Form-Data; Boundary=" + boundary + b"; charset=utf-8")

    assert ask(application, piece(form), headers=[header])[0] == 200

    application.close()
    assert read == ["Printer"]


def test_half_a_form_is_not_taken_for_a_whole_one(application):
    answer = ask(application, piece(b"login=anna", more=True), {"type": "http.disconnect"})

    assert answer is None


FORM = (b"content-type", b"multipart/form-data; boundary=x")
KNOWN = (b"cookie", b"theme=dark; known=yes")


@pytest.mark.parametrize(
    "path", ["/tickets/new/", "/tickets/uploads/", "/tickets/41/reply/", "/auth/login/", "/no/"]
)
@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("cookie", [[], [(b"cookie", b"sessionid=forged")]])
def test_a_guest_may_send_little_at_any_address(application, monkeypatch, path, announced, cookie):
    kept = []
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", lambda self: kept.append("on disk"))
    pieces = [piece(b"x" * 65536, more=True) for _ in range(GUEST_BYTES // 65536 + 1)]
    length = [(b"content-length", str(GUEST_BYTES + 1).encode())] if announced else []

    status, _, body = ask(
        application, *([] if announced else pieces), piece(), path=path, headers=[FORM, *cookie, *length]
    )

    assert status == 413
    assert b"sign in first" in body
    assert kept == []


@asks_whose_desk_it_is
def test_a_guest_may_send_what_a_form_holds(application):
    typed = b"description=" + b"%F0%9F%91%8D" * 20_000

    form = (b"content-type", b"application/x-www-form-urlencoded")
    status, _, _ = ask(application, piece(typed), headers=[form])

    # Read, and without a security token.
    assert len(typed) < GUEST_BYTES <= 256 * 1024
    assert status == 403


@pytest.mark.parametrize("announced", [True, False])
def test_who_is_signed_in_is_asked_once_and_loses_nothing(announced):
    asked, read = [], []

    def page(environ, start_response):
        read.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return [b"ok"]

    application = Application(page, lambda cookies: asked.append(cookies) or True, threads=1)
    sent = [bytes([n]) * 65536 for n in range(16)]
    length = [(b"content-length", str(16 * 65536).encode())] if announced else []

    # Each in a header of its own, as HTTP/2 may have it (RFC 9113, 8.2.3).
    cookies = [(b"cookie", b"theme=dark"), (b"cookie", b"known=yes")]
    status, _, _ = ask(
        application, *[piece(one, more=True) for one in sent], piece(), headers=[*cookies, *length]
    )

    application.close()
    assert (status, asked, read) == (200, ["theme=dark; known=yes"], [b"".join(sent)])


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_above_the_limit_is_refused(application, announced):
    pieces = [piece(b"x" * 65536, more=True) for _ in range(BODY_BYTES // 65536 + 1)]
    headers = [(b"content-length", str(BODY_BYTES + 1).encode())] if announced else []

    status, found, body = ask(application, *([] if announced else pieces), headers=[KNOWN, *headers])

    assert status == 413
    assert b"That is too large" in body
    check_headers(found)


@asks_whose_desk_it_is
@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/tickets/new/", [FORM], 400),
        ("/tickets/uploads/", [FORM], 400),
        ("/tickets/41/reply/", [FORM], 400),
        ("/admin/tickets/ticket/41/message/", [FORM], 400),
        ("/admin/tickets/ticket/add/", [FORM], 400),
        ("/tickets/new/", [(b"content-type", b"application/x-www-form-urlencoded")], 413),
        ("/tickets/new/", [], 413),
        ("/auth/login/", [FORM], 413),
        ("/tickets/41/draft/", [FORM], 413),
    ],
)
def test_only_forms_that_bring_files_may_be_larger(application, path, headers, status):
    # 400: it was read, and is no form.
    given, _, _ = ask(application, piece(b"x" * (BODY_BYTES + 1)), path=path, headers=[KNOWN, *headers])

    assert given == status


def test_files_have_a_limit_too(application):
    announced = (b"content-length", str(FILES_BYTES + 1).encode())

    status, _, body = ask(application, piece(b"x"), path="/tickets/new/", headers=[KNOWN, FORM, announced])

    assert status == 413
    assert b"at most 25 MB" in body


def test_the_addresses_that_take_files_are_those_of_the_forms():
    forms = [
        reverse("ticket_create"),
        reverse("uploads"),
        reverse("ticket_reply", args=[41]),
        reverse("admin:tickets_ticket_message", args=[41]),
    ]

    assert all(re.fullmatch(settings.UPLOAD_PATHS, path) for path in forms)


def test_a_body_that_does_not_come_to_an_end_is_given_up(application, monkeypatch):
    monkeypatch.setattr(request_limits, "BODY_SECONDS", 0.01)

    status, found, _ = ask(application, piece(b"login=anna", more=True))

    assert status == 408
    check_headers(found)


def test_other_protocols_are_closed(application):
    sent = []

    async def send(message):
        sent.append(message)

    in_a_loop(application({"type": "websocket"}, None, send))

    assert sent == [{"type": "websocket.close", "code": 1000}]


def test_a_page_apart_waits_for_no_other(application, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slow(request):
        begun.set()
        go_on.wait(30)
        return HttpResponse("done")

    monkeypatch.setattr(
        resolve("/auth/login/").func.view_class, "dispatch", lambda self, request: slow(request)
    )
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(ask, application, piece(), method="GET")
        begun.wait(30)
        try:
            assert ask(application, piece(), method="GET", path="/health/live/")[0] == 200
            assert not other.done()
        finally:
            go_on.set()
        assert other.result()[0] == 200


def test_the_health_pages_are_apart():
    made = made_of_all(threads=1)

    assert set(made._apart) == {reverse("health_live"), reverse("health_ready")}
    made.close()


def test_a_full_disk_is_told_as_such(application, monkeypatch):
    def full(self):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", full)
    status, found, body = ask(
        application, piece(b"x" * (GUEST_BYTES + 1)), path="/tickets/new/", headers=[KNOWN, FORM]
    )

    assert status == 507
    assert b"No room left" in body
    check_headers(found)


@asks_whose_desk_it_is
@pytest.mark.parametrize(("most", "on_disk"), [(1, []), (0, ["on disk"])])
def test_bodies_of_many_requests_at_once_do_not_fill_the_memory(application, monkeypatch, most, on_disk):
    kept, rollover = [], tempfile.SpooledTemporaryFile.rollover

    def noticed(self):
        kept.append("on disk")
        rollover(self)

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", noticed)
    monkeypatch.setattr("helpdesk.server.application.MOST_IN_MEMORY", most)

    assert ask(application, piece(b"login=anna"))[0] == 403
    assert kept == on_disk
    assert application._requests == 0
