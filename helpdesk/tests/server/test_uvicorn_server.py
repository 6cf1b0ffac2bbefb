"""`manage.py serve` as a process: what it refuses, what it answers, how it stops."""

import http.client
import json
import os
import signal
import socket
import sys
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command

from ..answers import check_headers, check_headers_of_file
from ..processes import Served, environment, manage, production
from .test_port import free_port

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
    # One after the other in one process: they share an installation that takes seconds to make.
    pytest.mark.xdist_group("server"),
]


@pytest.fixture(scope="module")
def demo(collected):
    """The environment of an installed demo with a database of its own."""
    env = environment(collected, HELPDESK_MODE="demo")
    done = manage("migrate", "-v0", env=env)
    assert done.returncode == 0, done.stderr
    return env


@pytest.fixture(scope="module")
def live(demo):
    """The environment of production on the same data."""
    return production(demo["HELPDESK_DATA_DIR"])


@pytest.fixture(scope="module")
def served(demo):
    server = Served(free_port(), env=demo)
    server.wait_for("Helpdesk is at")
    server.wait_for("Starting worker")
    yield server
    assert server.stop() == 0


def ask(server, method, path, body=None, headers=None, **options):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as visitor:
        visitor.request(method, path, body=body, headers=headers or {}, **options)
        response = visitor.getresponse()
        return (
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )


def raw(server, *parts):
    """Send bytes as they are, and answer the first line of what comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as visitor:
        for part in parts:
            visitor.sendall(part)
        return visitor.makefile("rb").readline().decode()


# -- what it refuses -----------------------------------------------------------------------------
def refusal(*arguments, env):
    done = manage("serve", *arguments, env=env)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_taken_port_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken. Stop what uses it or choose another"):
            call_command("serve", "--port", str(port))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "http"], "A port is a whole number from 1 to 65535"),
        (["--host", "192.0.2.1"], "no address of this machine"),
        (["--threads", "0"], "--threads is a whole number from 1 to 64"),
        (["--threads", "65"], "--threads is a whole number from 1 to 64"),
        (["--threads", "many"], "invalid int value"),
    ],
)
def test_nonsense_is_refused(arguments, says):
    with pytest.raises(CommandError, match=says):
        call_command("serve", *arguments)


def test_an_empty_database_is_refused_with_the_way_out(tmp_path):
    said = refusal("--port", str(free_port()), env=environment(tmp_path, HELPDESK_MODE="demo"))

    assert "migrations" in said
    assert "python manage.py migrate" in said


def test_static_files_not_collected_are_refused_with_the_way_out(demo, tmp_path):
    url = f"sqlite:///{demo['HELPDESK_DATA_DIR']}/helpdesk.sqlite3"

    said = refusal(
        "--port", str(free_port()), env=environment(tmp_path, HELPDESK_MODE="demo", DATABASE_URL=url)
    )

    assert "python manage.py collectstatic" in said


def test_a_database_that_is_away_is_refused_without_a_traceback(demo):
    env = {**demo, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}

    assert "The database nothing at 127.0.0.1:1 cannot be used" in refusal(
        "--port", str(free_port()), env=env
    )


def test_a_database_that_cannot_be_opened_is_refused_with_its_path(demo, tmp_path):
    env = {**demo, "DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder.sqlite3"}

    assert f"The database {tmp_path}/no/such/folder.sqlite3 cannot be used" in refusal(
        "--port", str(free_port()), env=env
    )


# -- what it answers -----------------------------------------------------------------------------
def test_it_is_ready_and_says_nothing_of_what_it_is(served):
    status, headers, body = ask(served, "GET", "/health/ready/")

    assert (status, body) == (200, b"ok")
    check_headers(headers)
    assert f"http://127.0.0.1:{served.port}" in served.said


def test_static_files_carry_the_headers_and_are_kept_for_ever(served, demo):
    with open(os.path.join(demo["HELPDESK_DATA_DIR"], "static", "staticfiles.json")) as file:
        name = json.load(file)["paths"]["css/portal.css"]

    status, headers, body = ask(served, "GET", f"/static/{name}", headers={"Accept-Encoding": "gzip"})

    assert status == 200
    assert body[:2] == b"\x1f\x8b"
    assert headers["cache-control"] == "max-age=315360000, public, immutable"
    check_headers_of_file(headers)


@pytest.mark.parametrize("refused", ["gzip;q=0", "gzip; q=0.000, deflate", "identity, br;q=0, gzip ;q=0"])
def test_static_files_come_plain_to_those_who_refuse_them_packed(served, demo, refused):
    _, headers, body = ask(served, "GET", "/static/css/portal.css", headers={"Accept-Encoding": refused})

    assert "content-encoding" not in headers
    assert body[:2] != b"\x1f\x8b"


def test_a_form_sent_to_a_static_file_is_refused_with_a_page(served):
    status, headers, body = ask(served, "POST", "/static/css/portal.css", body="a=b")

    assert status == 405
    assert headers["allow"] == "GET, HEAD"
    assert b"This cannot be done this way" in body
    check_headers(headers)


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 200), ("TRACE", 405)])
def test_methods_are_answered_as_they_should(served, method, status):
    answer, headers, body = ask(served, method, "/auth/login/")

    assert answer == status
    assert bool(body) == (method == "GET")
    check_headers(headers)


def test_a_chunked_upload_without_end_is_refused_and_not_kept(served):
    before = served.peak_memory()

    status, _, body = ask(
        served,
        "POST",
        "/auth/login/",
        body=(b"x" * 65536 for _ in range(800)),
        headers={"Transfer-Encoding": "chunked"},
        encode_chunked=True,
    )

    assert status == 413
    assert b"That is too large" in body
    assert served.peak_memory() - before < 20


def test_headers_without_end_are_refused_and_not_kept(served):
    before = served.peak_memory()

    with pytest.raises(OSError):
        raw(served, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", *[b"x" * 65536] * 1600)

    assert served.peak_memory() - before < 20
    assert ask(served, "GET", "/health/live/")[0] == 200


@pytest.mark.parametrize(
    "request_line",
    [
        b"\x16\x03\x01\x02\x00\x01",
        b"GET /?q=\xff HTTP/1.1\r\nHost: localhost",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
        b"GET / HTTP/1.1\r\nHost: elsewhere.example",
        b"GET / HTTP/1.1\r\nHost: a b",
    ],
)
def test_what_is_no_proper_request_is_answered_400(served, request_line):
    assert raw(served, request_line + b"\r\n\r\n").startswith("HTTP/1.1 400")


@pytest.mark.parametrize(
    "path", ["/%00", "/%ff%fe", "/..%2f..%2fetc/passwd", "/static/..%2f..%2fmanage.py", "/%0d%0aX"]
)
def test_odd_addresses_are_not_found(served, path):
    status, headers, _ = ask(served, "GET", path)

    assert status == 404
    check_headers(headers)


# -- production ----------------------------------------------------------------------------------
def test_production_speaks_https_only_and_believes_only_the_proxys_own_header(live):
    server = Served(free_port(), "--no-worker", env=live)
    server.wait_for("Helpdesk is at")
    host = {"Host": "help.example.com"}

    plain = ask(server, "GET", "/auth/login/", headers=host)
    forged = ask(server, "GET", "/auth/login/", headers={**host, "X_Forwarded_Proto": "https"})
    proper = ask(server, "GET", "/auth/login/", headers={**host, "X-Forwarded-Proto": "https"})
    healthy = ask(server, "GET", "/health/live/", headers=host)
    elsewhere = ask(server, "GET", "/", headers={"Host": "evil.example", "X-Forwarded-Proto": "https"})
    probe = ask(server, "GET", "/health/live/", headers={"Host": "127.0.0.1"})

    alone = children(server.process.pid) == []
    assert server.stop(signal.SIGINT) == 0
    assert alone
    assert plain[0] == forged[0] == 301
    assert plain[1]["location"] == "https://help.example.com/auth/login/"
    assert proper[0] == 200
    assert proper[1]["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    cookie = proper[1]["set-cookie"]
    assert cookie.startswith("__Host-csrftoken=")
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert (healthy[0], healthy[2]) == (probe[0], probe[2]) == (200, b"ok")
    assert "set-cookie" not in healthy[1]
    assert elsewhere[0] == 400
    for answer in (plain, proper, healthy, elsewhere):
        check_headers(answer[1])


# -- how it stops --------------------------------------------------------------------------------
def test_told_to_stop_it_finishes_what_was_begun_and_ends_with_its_worker(start_server):
    server = start_server(with_worker=True)
    server.wait_for("Starting worker")
    form = b"login=anna%40example.com&password=x"
    head = (
        b"POST /auth/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n" % len(form)
    )

    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as visitor:
        visitor.sendall(head + form[:10])
        # Answered, so the one above has been taken in, too.
        assert ask(server, "GET", "/health/live/")[0] == 200
        server.process.send_signal(signal.SIGTERM)
        with pytest.raises(OSError):
            while True:
                ask(server, "GET", "/health/live/")
        visitor.sendall(form[10:])
        answer = visitor.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 403")
    assert answer.endswith(b"</html>\n") or b"</html>" in answer
    assert server.stop() == 0
    assert "Traceback" not in server.said


def test_a_worker_that_dies_is_replaced_and_one_whose_server_is_killed_ends(start_server):
    server = start_server(with_worker=True)
    server.wait_for("Starting worker")
    (worker,) = children(server.process.pid)

    os.kill(worker, signal.SIGKILL)

    server.wait_for("another starts")
    server.wait_for("Starting worker")
    assert children(server.process.pid) != [worker]
    # Answers when both have let go of the pipe.
    assert server.stop(signal.SIGKILL) == -signal.SIGKILL


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(number) for number in file.read().split()]
