"""What the kit keeps: the audit, the ends of its chains, and how its workers are."""

from .audit_event import AuditEvent, AuditEventKind, audit_kinds, register_kinds
from .chain_head import ChainHead
from .failed_task import FailedTask
from .periodic_task import PeriodicTask
from .sent_form import SentForm
from .worker_heartbeat import WorkerHeartbeat

__all__ = [
    "AuditEvent",
    "AuditEventKind",
    "ChainHead",
    "FailedTask",
    "PeriodicTask",
    "SentForm",
    "WorkerHeartbeat",
    "audit_kinds",
    "register_kinds",
]
