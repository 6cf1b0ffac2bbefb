"""What the server, its pages and its streams hand each other: ASGI messages, and where in a request's scope
they leave what is no part of ASGI.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# An application, or a part of one.
Answer = Callable[[Message, Receive, Send], Awaitable[None]]

# The connection itself among the scope's extensions, for a stream to be bounded and, if nobody reads any more, cut.
TRANSPORT = "helpdesk.transport"
# A status with which a request is refused before any page looks at it.
REFUSAL = "helpdesk.refusal"
# Whether that is because nobody is signed in by the cookies that came along.
STRANGER = "helpdesk.stranger"
