"""What: the table of contents of the domain."""

from .event import TicketEvent
from .feedback import Feedback
from .message import Message
from .request_type import RequestType
from .status import HoldReason, Status
from .ticket import Ticket, TicketQuerySet

__all__ = [
    "Feedback",
    "HoldReason",
    "Message",
    "RequestType",
    "Status",
    "Ticket",
    "TicketEvent",
    "TicketQuerySet",
]
