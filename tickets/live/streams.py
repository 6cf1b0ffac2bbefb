"""The live updates as the server's application takes them: a page admits, the hub keeps the answer open."""

from helpdesk.server.scope import Answer, Message, Receive, Send

from .handshake import OPENING, Opening
from .hub import Hub


class LiveStreams:
    """For the event loop of one server process."""

    def __init__(self) -> None:
        self._hub = Hub()

    async def answer(self, page: Answer, scope: Message, receive: Receive, send: Send) -> None:
        opening = Opening(send)
        await page({**scope, OPENING: opening}, receive, opening.send)
        if opening.admitted:
            await self._hub.listen(opening.admitted, scope, receive, send)

    def stop(self) -> None:
        self._hub.stop()
