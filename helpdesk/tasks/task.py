"""Work that happens later. The one import of the task library, so that Django 6's own is a one-line change.

A task runs at least once: when a worker dies, or the task raises anything, it runs again. What it does
twice must come to the same.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, overload

import django_tasks
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks.utils import normalize_json

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "Final",
    "Task",
    "attempts_of",
    "enqueue_unless_waiting",
    "known_tasks",
    "pause_after",
    "task",
    "words_of",
]

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 10
# A fault that passes at once, then one that takes minutes. Not longer: who repairs a server does not wait.
PAUSE_SECONDS = (2, 10, 60, 120, 240, 300)
LONGEST_PAUSE = timedelta(seconds=1.25 * max(PAUSE_SECONDS))


class Final(Exception):
    """Raised by a task that no further attempt could help: it becomes a failed task at once.

    Admins read the text, so it names the cause and nothing of what a message says.
    """


@dataclass(frozen=True)
class _Declared:
    attempts: int
    words: "StrOrPromise"


_DECLARED: dict[str, _Declared] = {}


@overload
def task(function: Callable[P, T], /) -> Task[P, T]: ...
@overload
def task(
    *, attempts: int = ATTEMPTS, words: "StrOrPromise" = "", **options: Any
) -> Callable[[Callable[P, T]], Task[P, T]]: ...
def task(
    function: Callable[..., Any] | None = None,
    /,
    *,
    attempts: int = ATTEMPTS,
    words: "StrOrPromise" = "",
    **options: Any,
) -> Any:
    """Make a function a task, for `.enqueue(...)` inside the transaction that asks for it.

    attempts: how often it is tried in all; with 10 the last is after half an hour, each 12 more add an hour.
    words: what admins call it, such as "Send a mail".
    """

    def declare(function: Callable[..., Any]) -> Any:
        name = f"{function.__module__}.{function.__qualname__}"
        _DECLARED[name] = _Declared(attempts, words or _plain_words(name))
        return django_tasks.task(**options)(function)

    return declare(function) if function else declare


def known_tasks() -> list[str]:
    """Answer the dotted paths of all tasks whose modules are imported."""
    return sorted(_DECLARED)


def enqueue_unless_waiting(task: Task[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Enqueue a task, unless it waits already with the same arguments: one that goes on from where it is."""
    from django_tasks_db.models import DBTaskResult

    given = normalize_json({"args": args, "kwargs": kwargs})
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, args_kwargs=given)
    if not waiting.filter(status=TaskResultStatus.READY).exists():
        task.enqueue(*args, **kwargs)


def attempts_of(task_path: str) -> int:
    """Answer how often the task with this dotted path is tried in all."""
    found = _declared(task_path)
    return found.attempts if found else ATTEMPTS


def words_of(task_path: str) -> str:
    """Answer what admins call the task with this dotted path, which may be of an older version."""
    found = _declared(task_path)
    return str(found.words) if found else _plain_words(task_path)


def _declared(task_path: str) -> _Declared | None:
    if task_path not in _DECLARED:
        # Declared when its module is imported, which no page needs to have done.
        with suppress(ImportError):
            import_module(task_path.rpartition(".")[0])
    return _DECLARED.get(task_path)


def _plain_words(name: str) -> str:
    return name.rpartition(".")[2].replace("_", " ").capitalize()


def pause_after(attempt: int) -> timedelta:
    """Answer how long a task rests after its attempt failed (1 is the first): a quarter more or less, so
    that what failed together does not come back together.
    """
    seconds = PAUSE_SECONDS[min(attempt, len(PAUSE_SECONDS)) - 1]
    return timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311, no secret
