"""Pages in threads, and what is sent without one."""

import asyncio
import threading
from io import BytesIO

import pytest

from helpdesk.server.pages import IN_MEMORY, FileAnswer, Pages, environ_of

from .test_application import in_a_loop

SCOPE = {
    "type": "http",
    "http_version": "1.1",
    "method": "GET",
    "path": "/größe/",
    "query_string": b"q=%C3%A4",
    "headers": [],
    "server": ("127.0.0.1", 8000),
    "client": ("192.0.2.7", 40000),
    "scheme": "http",
}


def answer(page, send=None, *, threads=1, **scope):
    """Answer what a page of this WSGI application sends."""
    pages, sent = Pages(page, threads=threads), []

    async def keep(message):
        sent.append(message)

    in_a_loop(pages.answer({**SCOPE, **scope}, BytesIO(b"typed"), send or keep))
    pages.close()
    return sent


def whole(sent):
    return b"".join(message.get("body", b"") for message in sent)


def test_a_page_is_made_and_sent_with_its_headers():
    def page(environ, start_response):
        start_response("201 Created", [("X-Said", environ["wsgi.input"].read().decode())])
        return [b"he", b"", b"llo"]

    begin, *body = answer(page)

    assert (begin["status"], begin["headers"]) == (201, [(b"x-said", b"typed")])
    assert whole(body) == b"hello"
    assert [message["more_body"] for message in body][-2:] == [True, False]


def test_a_page_larger_than_memory_holds_comes_whole():
    pieces = [bytes([n]) * 100_000 for n in range(IN_MEMORY // 100_000 + 5)]

    def page(environ, start_response):
        start_response("200 OK", [])
        return iter(pieces)

    assert whole(answer(page)) == b"".join(pieces)


def test_a_reader_who_does_not_read_keeps_no_thread():
    made, closed = threading.Event(), threading.Event()

    class Body(list):
        def close(self):
            closed.set()

    def page(environ, start_response):
        start_response("200 OK", [])
        made.set()
        return Body([b"x" * 100_000] * 30)

    async def never(message):
        await asyncio.Event().wait()

    async def both():
        pages = Pages(page, threads=1)
        stuck = [asyncio.create_task(pages.answer(SCOPE, BytesIO(), never)) for _ in range(8)]
        await asyncio.to_thread(made.wait, 20)
        sent = []

        async def read(message):
            sent.append(message)

        await pages.answer(SCOPE, BytesIO(), read)
        for task in stuck:
            task.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)
        pages.close()
        return sent

    found = []

    async def keep():
        found.extend(await asyncio.wait_for(both(), 20))

    in_a_loop(keep())
    assert len(whole(found)) == 3_000_000
    assert closed.is_set()


class Opened(BytesIO):
    closings = 0

    def close(self):
        self.closings += 1


@pytest.mark.parametrize(("method", "sent"), [("GET", b"x" * 200_000), ("HEAD", b"")])
def test_a_file_is_read_as_it_is_sent_and_closed_once(method, sent):
    file = Opened(b"x" * 200_000)

    def page(environ, start_response):
        start_response("200 OK", [])
        return environ["wsgi.file_wrapper"](file)

    assert whole(answer(page, method=method)) == sent
    assert file.closings == 1


def test_a_file_whose_reader_is_gone_is_closed():
    file = Opened(b"x" * 200_000)

    async def gone(message):
        raise ConnectionError

    def page(environ, start_response):
        start_response("200 OK", [])
        return FileAnswer(file)

    with pytest.raises(ConnectionError):
        answer(page, gone)
    assert file.closings == 1


@pytest.mark.parametrize("begun", [True, False])
def test_half_a_page_does_not_pass_for_all_of_it(begun):
    sent = []

    async def keep(message):
        sent.append(message)

    def page(environ, start_response):
        if begun:
            start_response("200 OK", [])
            yield b"half"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answer(page, keep)
    assert all(message.get("more_body", True) for message in sent)
    assert bool(sent) == begun


def test_a_request_is_told_as_wsgi_has_it():
    headers = [
        (b"cookie", b"a=1"),
        (b"accept", b"text/html"),
        (b"cookie", b"b=2"),
        (b"accept", b"*/*"),
        (b"content-type", b"text/plain"),
        (b"content-length", b"5"),
    ]

    environ = environ_of({**SCOPE, "headers": headers}, BytesIO())

    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "text/html,*/*"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("text/plain", "5")
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/größe/"
    assert (environ["REMOTE_ADDR"], environ["QUERY_STRING"]) == ("192.0.2.7", "q=%C3%A4")


@pytest.mark.parametrize("threads", [2, 8])
def test_pages_that_only_read_are_made_while_all_that_may_write_wait(threads):
    lock, waiting = threading.Event(), threading.Semaphore(0)

    def page(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            waiting.release()
            assert lock.wait(60)
        start_response("200 OK", [])
        return [environ["REQUEST_METHOD"].encode()]

    async def ask_all():
        async def ask(method):
            sent = []

            async def keep(message):
                sent.append(message)

            await pages.answer({**SCOPE, "method": method}, BytesIO(), keep)
            return whole(sent)

        async with asyncio.timeout(20):
            writes = [asyncio.ensure_future(ask("POST")) for _ in range(3 * threads)]
            # Whoever goes away leaves their thread at work.
            gone = [writes.pop(0) for _ in range(threads // 2)]
            await asyncio.to_thread(waiting.acquire)
            for write in gone:
                write.cancel()
            reads = [await ask("GET") for _ in range(3)]
            lock.set()
            return reads, await asyncio.gather(*writes)

    pages, answers = Pages(page, threads=threads), []
    try:
        in_a_loop(keep_result(ask_all(), answers))
    finally:
        lock.set()
        pages.close()

    assert answers == [([b"GET"] * 3, [b"POST"] * (3 * threads - threads // 2))]


async def keep_result(coroutine, results):
    results.append(await coroutine)
