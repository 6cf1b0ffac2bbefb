"""Work that happens later. The one import of the task library, so that Django 6's own is a one-line change."""

from django_tasks import task

__all__ = ["task"]
