"""The kit's own pages in the console."""

from .tasks.failed_task_admin import FailedTaskAdmin

__all__ = ["FailedTaskAdmin"]
