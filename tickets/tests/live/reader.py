"""A browser's end of a stream, without a browser."""

import http.client
import json
import socket
from typing import NamedTuple


class Told(NamedTuple):
    event: str
    data: dict
    id: str


class Reader:
    """Listens at a server as `person`, None for a guest. last_id: what it says it heard last.

    since: the mark of the page it shows.
    buffer: how many bytes its kernel takes in for it; it never takes in fewer than a few thousand.
    """

    def __init__(self, server, person, *, last_id="", since="", buffer=None, cookie=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        if buffer:
            self.connection.sock = socket.socket()
            self.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            self.connection.sock.settimeout(20)
            self.connection.sock.connect(("127.0.0.1", server.port))
        headers = {"Last-Event-ID": last_id} if last_id else {}
        if person is not None:
            self.cookie = cookie or server.cookie_of(person)
            headers["Cookie"] = f"{self.cookie['name']}={self.cookie['value']}"
        self.connection.request("GET", f"/live/?since={since}" if since else "/live/", headers=headers)
        self.response = self.connection.getresponse()
        self.status, self.headers = self.response.status, self.response.headers

    def next(self, *, bells=False):
        """Wait for the next message and answer it; None at the end of the stream.

        bells: whether news of the bell, which follows most events, counts as a message.
        """
        fields = {}
        while line := self.response.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif fields.get("event") == "bell" and not bells:
                fields = {}
            elif "event" in fields:
                return Told(fields["event"], json.loads(fields["data"]), fields.get("id", ""))
        return None

    def greeted(self):
        """Read the first message, which says hello, and answer this reader."""
        assert self.next().event == "hello"
        return self

    def close(self):
        self.response.close()
        self.connection.close()


def kinds_until(reader, last):
    """Read on until the kind `last` is told; answer what was told so far."""
    heard = []
    while last not in heard:
        told = reader.next()
        heard.append(told.data.get("kind", told.event))
    return heard
