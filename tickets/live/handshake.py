"""How a stream begins: as a page, so that all that holds for a page holds for it."""

from helpdesk.server.scope import Message, Send

from .message import Listener

# Where in the scope streams.py leaves it for the page.
HANDSHAKE = "helpdesk.handshake"


class Handshake:
    """The answer of the page at the stream's address. If it admits somebody, its head opens the stream."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._listener: Listener | None = None
        self.admitted: Listener | None = None
        self.since = ""

    def admit(self, listener: Listener, since: str = "") -> None:
        """For the page, in its thread: let somebody listen, if nothing after it refuses them.

        since: the mark of the page they look at, as it says; "" if it has none.
        """
        self._listener, self.since = listener, since

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200 and self._listener:
            self.admitted = self._listener
            # Its buffers are made small for a stream: nothing else follows on this connection.
            headers = [(name, value) for name, value in message["headers"] if name != b"content-length"]
            await self._send({**message, "headers": [*headers, (b"connection", b"close")]})
        elif not self.admitted:
            await self._send(message)
