"""Many streams and a few readers of pages, from one process: only to a server on this machine."""

import asyncio
from collections.abc import Iterable
from time import perf_counter

HOST = "127.0.0.1"
# So many at once begin: each is a page until it is open.
OPENING_AT_ONCE = 50
OPEN_SECONDS, PAGE_CONNECTIONS = 120, 8


class Listeners:
    """Open streams. heard: for each arrival of a ticket's event, its version and when it came."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._gate = asyncio.Semaphore(OPENING_AT_ONCE)
        self._tasks: list[asyncio.Task[None]] = []
        self._writers: list[asyncio.StreamWriter] = []
        self.heard: list[tuple[int, float]] = []

    async def open(self, cookies: Iterable[str]) -> None:
        """Open a stream for each cookie; returns when every one was greeted. Raises RuntimeError if not."""
        async with asyncio.timeout(OPEN_SECONDS):
            await asyncio.gather(*(self._open_one(cookie) for cookie in cookies))

    async def wait_for(self, arrivals: int, seconds: float) -> None:
        """Wait until so many have come, but no longer than that; whoever asked counts `heard`."""
        deadline = perf_counter() + seconds
        while len(self.heard) < arrivals and perf_counter() < deadline:
            await asyncio.sleep(0.02)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks, self._writers, self.heard = [], [], []

    async def _open_one(self, cookie: str) -> None:
        async with self._gate:
            reader, writer = await asyncio.open_connection(HOST, self._port)
            self._writers.append(writer)
            writer.write(_get("/live/", cookie, self._port))
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"A stream was answered {head.splitlines()[0].decode()}.")
            await reader.readuntil(b"event: hello")
        self._tasks.append(asyncio.create_task(self._listen(reader)))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b'data: {"ticket"'):
                version = int(line.split(b'"version":')[1].split(b",")[0])
                self.heard.append((version, perf_counter()))


async def pages_per_second(port: int, path: str, cookie: str, seconds: float) -> float:
    """Ask for one page again and again over a few connections."""
    until = perf_counter() + seconds
    answered = await asyncio.gather(*(_ask(port, path, cookie, until) for _ in range(PAGE_CONNECTIONS)))
    return sum(answered) / seconds


async def _ask(port: int, path: str, cookie: str, until: float) -> int:
    reader, writer = await asyncio.open_connection(HOST, port)
    answered = 0
    while perf_counter() < until:
        writer.write(_get(path, cookie, port))
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{path} was answered {head.splitlines()[0].decode()}.")
        length = next(line for line in head.lower().splitlines() if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        answered += 1
    writer.close()
    return answered


def _get(path: str, cookie: str, port: int) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
