"""What: the table of contents of the domain."""

from .attachment import Attachment
from .event import TicketEvent
from .feedback import Feedback
from .message import Message
from .request_type import RequestType
from .status import HoldReason, Status
from .thanks import ThanksPhrase
from .ticket import Ticket, TicketQuerySet
from .upload import Upload

__all__ = [
    "Attachment",
    "Feedback",
    "HoldReason",
    "Message",
    "RequestType",
    "Status",
    "ThanksPhrase",
    "Ticket",
    "TicketEvent",
    "TicketQuerySet",
    "Upload",
]
