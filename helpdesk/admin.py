"""The kit's own pages in the console."""

from .console.site import ConsoleSite, moved
from .mail import sent_mail_admin
from .tasks.failed_task_admin import FailedTaskAdmin

__all__ = ["FailedTaskAdmin", "sent_mail_admin"]

# Failed tasks were dead tasks of the tickets.
ConsoleSite.add_pages(moved("tickets/deadtask/", "helpdesk/failedtask/"))
