"""A form that is sent twice, by a double click, a second tab or a browser that tries again, is done once.

Every form carries a token that names this copy of it: templates write it with {% csrf_token %}. The view does what
the form asks for within `sent_once`; the middleware gives whatever comes again the first answer.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from helpdesk.db.locks import one_at_a_time
from helpdesk.models import SentForm

TOKEN = "token"  # noqa: S105, the name of a field
# Drawn anew with each page; they say nothing of what was typed.
LEFT_OUT = ("csrfmiddlewaretoken", "author")
# Where on a request it stands what is to be taken back.
UNDO = "_undo_if_sent_before"


class SentBefore(Exception):
    """This form was done before, with the same words; nothing was done now."""


class Sending:
    """What comes of a form. answer: where it leads."""

    answer = ""

    def leads_to(self, answer: HttpResponse | str) -> None:
        self.answer = answer if isinstance(answer, str) else answer["Location"]


@contextmanager
def sent_once(request: HttpRequest, answer: HttpResponse | str = "") -> Iterator[Sending]:
    """Do what a form asks for, in one transaction with the note that it is done.

    answer: the redirect it leads to, where that is known before; else `leads_to` is told inside. Without one nothing
        is noted: a form that was refused may be sent again.
    Raises SentBefore, which a view may leave to the middleware.
    """
    name, sending = name_of(request), Sending()
    if answer:
        sending.leads_to(answer)
    if not name:
        yield sending
        return
    with one_at_a_time(name):
        if SentForm.objects.filter(name=name).exists():
            raise SentBefore
        yield sending
        if sending.answer:
            SentForm.objects.create(name=name, answer=sending.answer)


def name_of(request: HttpRequest) -> str:
    """Name a form by its token and all that was typed into it, so that words changed before it is sent again are
    another one. "" for a guest's, and for one without a token.
    """
    if request.method != "POST" or not request.user.is_authenticated or not request.POST.get(TOKEN):
        return ""
    fields = [entry for entry in sorted(request.POST.lists()) if entry[0] not in LEFT_OUT]
    files = [
        (name, file.name, file.size) for name in sorted(request.FILES) for file in request.FILES.getlist(name)
    ]
    told = json.dumps([request.user.pk, request.get_full_path(), fields, files])
    return hashlib.sha256(told.encode()).hexdigest()


class SentOnceMiddleware:
    """Answers a form that was done before as it was answered then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if 300 <= response.status_code < 400:
            return response
        # Refused, perhaps because its twin was faster.
        return first_answer(request) or response

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        return first_answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return first_answer(request) if isinstance(exception, SentBefore) else None


def if_sent_before(request: HttpRequest, undo: Callable[[], object]) -> None:
    """Have something taken back that came with a form, should the form turn out to be done before."""
    vars(request).setdefault(UNDO, []).append(undo)


def first_answer(request: HttpRequest) -> HttpResponse | None:
    """Answer as the same form was answered before; None if it was not done. One query for a form, else none."""
    name = name_of(request)
    done = SentForm.objects.filter(name=name).first() if name else None
    if done is None:
        return None
    for undo in vars(request).pop(UNDO, []):
        undo()
    messages.success(request, gettext("This was sent twice and was done once."))
    return HttpResponseRedirect(done.answer)
