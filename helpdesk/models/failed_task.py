"""Later work that came to nothing: an admin tries it again or discards it."""

import re
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from helpdesk.tasks.task import words_of

from .audit_event import AuditEvent, AuditEventKind

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User

LONGEST_ERROR = 200
LINK = re.compile(r"\S+://\S+|\S*/auth/\S*")


class FailedTaskManager(models.Manager["FailedTask"]):
    def get_queryset(self) -> models.QuerySet["FailedTask"]:
        """Those only that failed for good. Never what they would have said: a mail may hold a link that
        resets a password.
        """
        return super().get_queryset().filter(status=TaskResultStatus.FAILED).defer("args_kwargs")


class FailedTask(DBTaskResult):  # type: ignore[type-arg]  # generic for the type checker alone
    objects: ClassVar[FailedTaskManager] = FailedTaskManager()  # type: ignore[assignment]

    class Meta:
        proxy = True
        default_permissions = ("change",)
        verbose_name = _("failed task")

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What the task would have done."""
        return words_of(self.task_path)

    @property
    def attempts(self) -> int:
        return len(self.worker_ids)

    @property
    def error(self) -> str:
        """The last error as one short line; links are left out, as a mail server may repeat one."""
        name = self.exception_class_path.rpartition(".")[2]
        lines = [
            line for line in self.traceback.splitlines() if re.match(rf"[\w.]*\b{re.escape(name)}: ", line)
        ]
        text = LINK.sub(gettext("[link]"), lines[-1].partition(": ")[2]) if lines else ""
        ours = self.exception_class_path.startswith("helpdesk.")
        said = text if ours and text else f"{name}: {text}" if text else name
        return said if len(said) <= LONGEST_ERROR else f"{said[:LONGEST_ERROR]}…"

    @transaction.atomic
    def retry(self, *, by: "User | None") -> bool:
        """Have it tried again from the start. False if somebody else has decided meanwhile.

        by: the admin, or None for an operator.
        """
        found = self._undecided().update(
            status=TaskResultStatus.READY,
            finished_at=None,
            run_after=timezone.now(),
            priority=0,
            worker_ids=[],
            exception_class_path="",
            traceback="",
        )
        return self._log(AuditEventKind.TASK_RETRIED, found, by)

    @transaction.atomic
    def discard(self, *, by: "User | None") -> bool:
        """Remove it with everything it would have said. False as for `retry`."""
        found = self._undecided().delete()[0]
        return self._log(AuditEventKind.TASK_DISCARDED, found, by)

    def _undecided(self) -> models.QuerySet["FailedTask"]:
        return FailedTask.objects.filter(pk=self.pk)

    def _log(self, kind: AuditEventKind, found: int, by: "User | None") -> bool:
        if found:
            AuditEvent.log(kind, person=None, by=by, task=str(self.pk), path=self.task_path)
        return bool(found)
