"""Removing later work that says somebody's words or address: mail that waits, that failed, or that has just gone."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from django_tasks_db.models import DBTaskResult


def forget_tasks(texts: Iterable[str]) -> int:
    """Remove every task whose arguments, result or error hold one of these texts, and answer how many.

    texts: as they were typed; empty ones are left out. A mail that is removed before it went is not sent.
    Reads the whole table, in which nothing that is done stays for longer than an hour.
    """
    # Whole words: Pat Person is not Pat Persons, nor a@example.com the end of sara@example.com.
    wanted = [re.compile(rf"(?<![\w.+-]){re.escape(text)}(?!\w)") for text in texts if text.strip()]
    if not wanted:
        return 0
    rows = DBTaskResult.objects.only("pk", "args_kwargs", "return_value", "traceback")
    found = [
        row.pk
        for row in rows.iterator(chunk_size=100)
        if any(pattern.search(said) for said in _said(row) for pattern in wanted)
    ]
    return sum(
        DBTaskResult.objects.filter(pk__in=found[start : start + 500]).delete()[0]
        for start in range(0, len(found), 500)
    )


def forget_tasks_about(fragments: Iterable[str]) -> int:
    """Remove every task whose arguments hold one of these, which are plain ASCII, and answer how many. One query.

    fragments: such as the path of a page that mails lead to.
    """
    matches = models.Q()
    for fragment in fragments:
        matches |= models.Q(said__contains=fragment)
    if not matches:
        return 0
    said = DBTaskResult.objects.annotate(said=Cast("args_kwargs", models.TextField()))
    return DBTaskResult.objects.filter(
        pk__in=list(said.filter(matches).values_list("pk", flat=True))
    ).delete()[0]


def _said(row: "DBTaskResult[Any, Any]") -> Iterable[str]:
    yield row.traceback
    yield from _texts([row.args_kwargs, row.return_value])


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
