"""The live updates as the server's application takes them: a page admits, the hub keeps the answer open."""

from helpdesk.server.scope import Answer, Message, Receive, Send

from .handshake import HANDSHAKE, Handshake
from .hub import Hub
from .mark import MARK


class LiveStreams:
    """For the event loop of one server process."""

    def __init__(self) -> None:
        self._hub = Hub()

    async def answer(self, page: Answer, scope: Message, receive: Receive, send: Send) -> None:
        handshake = Handshake(send)
        await page({**scope, HANDSHAKE: handshake}, receive, handshake.send)
        if handshake.admitted:
            await self._hub.listen(handshake.admitted, handshake.since, scope, receive, send)

    def begin_page(self) -> Message:
        return {MARK: self._hub.mark()}

    def stop(self) -> None:
        self._hub.stop()
