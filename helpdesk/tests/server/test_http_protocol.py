"""What a visitor may keep waiting, send ahead, and have open."""

import asyncio
import socket

import pytest
import uvicorn
from uvicorn.server import ServerState

from helpdesk.server import http_protocol
from helpdesk.server.http_protocol import MOST_PIPELINED, BoundedProtocol

from .test_application import in_a_loop

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Protocol(BoundedProtocol):
    """With counters of the test's own."""


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(Protocol, "_of_address", http_protocol.Counter(), raising=False)


async def large(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while not scope["extensions"][http_protocol.TRANSPORT].is_closing():
        await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})


async def small(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def closing(scope, receive, send):
    """More than the kernel takes in for a reader, less than would be waited for; and the end."""
    headers = [(b"content-length", b"50000"), (b"connection", b"close")]
    scope["extensions"][http_protocol.TRANSPORT].get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_SNDBUF, 4096
    )
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"x" * 50_000})


def visit(application, meet):
    """Serve an application for `meet(port, lost)`; lost: a queue of connections that have ended."""

    async def run():
        lost = asyncio.Queue()

        class Watched(Protocol):
            def connection_lost(self, exc):
                super().connection_lost(exc)
                lost.put_nowait(self)

        state = ServerState()
        config = uvicorn.Config(application, log_config=None)
        server = await asyncio.get_running_loop().create_server(
            lambda: Watched(config, state, {}), "127.0.0.1", 0
        )
        try:
            await asyncio.wait_for(meet(server.sockets[0].getsockname()[1], lost), 20)
        finally:
            server.close()
            for task in state.tasks:
                task.cancel()

    in_a_loop(run())


def connected(port):
    visitor = socket.socket()
    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    visitor.settimeout(20)
    visitor.connect(("127.0.0.1", port))
    return visitor


@pytest.mark.parametrize("application", [large, closing])
def test_a_reader_who_does_not_read_is_cut_off(monkeypatch, application):
    monkeypatch.setattr(http_protocol, "WRITE_SECONDS", 0.05)

    async def meet(port, lost):
        with connected(port) as visitor:
            visitor.sendall(GET)
            await lost.get()

    visit(application, meet)


def test_who_reads_is_not_cut_off(monkeypatch):
    monkeypatch.setattr(http_protocol, "WRITE_SECONDS", 0.5)

    async def meet(port, lost):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        for _ in range(100):
            await reader.readexactly(65536)
        assert lost.empty()
        writer.close()

    visit(large, meet)


@pytest.mark.parametrize(("ahead", "is_kept"), [(MOST_PIPELINED, True), (MOST_PIPELINED + 2, False)])
def test_few_requests_may_be_sent_ahead(ahead, is_kept):
    answered = []

    async def counted(scope, receive, send):
        answered.append(scope)
        await small(scope, receive, send)

    async def meet(port, lost):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET * ahead)
        if is_kept:
            for _ in range(ahead):
                await reader.readuntil(b"ok")
            assert len(answered) == ahead
        else:
            await lost.get()
            assert len(answered) <= 1
        writer.close()

    visit(counted, meet)


async def ask(port):
    """Answer a connection that stays open, and what was said on it: nothing if it was refused."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(GET)
        return writer, await reader.read(12)
    except ConnectionError:
        return writer, b""


def test_connections_are_bounded_in_all_and_free_again_when_they_end(monkeypatch):
    monkeypatch.setattr(Protocol, "most_connections", 2)

    async def meet(port, lost):
        opened = [await ask(port) for _ in range(3)]
        assert [said for _, said in opened] == [b"HTTP/1.1 200", b"HTTP/1.1 200", b""]
        await lost.get()
        opened[0][0].close()
        await lost.get()
        opened.append(await ask(port))
        assert opened[-1][1] == b"HTTP/1.1 200"
        for writer, _ in opened:
            writer.close()

    visit(small, meet)


def test_connections_of_one_address_are_bounded(monkeypatch):
    monkeypatch.setattr(http_protocol, "MOST_OF_ADDRESS", 1)
    monkeypatch.setattr(http_protocol, "_is_of_one_visitor", lambda address: True)

    async def meet(port, lost):
        opened = [await ask(port) for _ in range(2)]
        assert [said for _, said in opened] == [b"HTTP/1.1 200", b""]
        for writer, _ in opened:
            writer.close()

    visit(small, meet)


@pytest.mark.parametrize(
    ("address", "proxies", "is_one"),
    [
        ("192.0.2.7", 0, True),
        ("2001:db8::1", 0, True),
        ("192.0.2.7", 1, False),
        ("127.0.0.1", 0, False),
        ("::1", 0, False),
        ("", 0, False),
    ],
)
def test_an_address_that_brings_many_people_is_not_bounded(settings, address, proxies, is_one):
    settings.PROXIES = proxies

    assert http_protocol._is_of_one_visitor(address) == is_one
