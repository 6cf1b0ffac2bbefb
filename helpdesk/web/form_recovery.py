"""What somebody typed survives the end of their session: it waits in the browser's next, anonymous one.

SignInMiddleware puts it there, FormRecoveryMixin gives it back to its author and to nobody else.
"""

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names, or nobody who is signed in.
    from django.contrib.auth.models import _AnyUser as AnyUser
    from django.views.generic import FormView

    _View = FormView[Any]
else:
    _View = object

SESSION_KEY = "form_recovery"
MAXIMUM = 200_000
NEVER_KEPT = ("csrfmiddlewaretoken", "author")
SALT = "helpdesk.web.form_recovery"


def author_token(user: "AnyUser") -> str:
    """Sign who a form was shown to. It grants nothing: it only says whose the typed text is."""
    return signing.TimestampSigner(salt=SALT).sign_object(user.pk)


def author_of(request: HttpRequest) -> int | None:
    """Answer who says to have typed this form: None unless we showed it to them, not longer ago than a session
    lasts.
    """
    try:
        author: int = signing.TimestampSigner(salt=SALT).unsign_object(
            request.POST.get("author", ""), max_age=settings.SESSION_COOKIE_AGE
        )
    except signing.BadSignature:
        return None
    return author


def stash(request: HttpRequest) -> None:
    """Keep the text fields of a guest's POST in their session, under its path.

    Nothing is kept without a signed author, so that strangers cannot fill the session table, and no
    password ever is. Beyond 200,000 characters the oldest text is given up.
    """
    author = author_of(request)
    if author is None:
        return
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT and "password" not in name
    }
    kept = [entry for entry in request.session.get(SESSION_KEY, []) if entry["path"] != request.path]
    kept.append({"path": request.path, "author": author, "fields": fields})
    while len(json.dumps(kept)) > MAXIMUM and kept:
        kept.pop(0)
    request.session[SESSION_KEY] = kept


def take(request: HttpRequest) -> dict[str, Any]:
    """Answer what the signed-in person typed at this path before, and forget it.

    Another person's text is forgotten with it.
    """
    if SESSION_KEY not in request.session:
        return {}
    entries = request.session.pop(SESSION_KEY)
    own = [entry for entry in entries if entry["author"] == request.user.pk]
    here = [entry for entry in own if entry["path"] == request.path]
    if rest := [entry for entry in own if entry not in here]:
        request.session[SESSION_KEY] = rest
    if not here:
        return {}
    return {name: v[0] if len(v) == 1 else v for name, v in here[0]["fields"].items()}


def give_back(request: HttpRequest) -> dict[str, Any]:
    """Answer what the signed-in person typed at this path before, and tell them that it is not saved."""
    typed = take(request)
    if typed:
        messages.warning(
            request, gettext("You were signed out; what you typed is still here. It is not saved yet.")
        )
    return typed


def author_field(user: "AnyUser") -> str:
    """Draw the hidden field that says who types."""
    return format_html('<input type="hidden" name="author" value="{}">', author_token(user))


class FormRecoveryMixin(_View):
    """A form whose text outlives its session. Name it before FormView, CreateView or UpdateView.

    Put {{ view.author_field }} inside the form element of the template: a hidden field that says who
    types. If the session has ended when the form is posted, the person signs in, comes back to the same
    address, and finds what they typed as the form's initial data, with a message that it is not saved.
    """

    recovers_form = True

    @property
    def author_field(self) -> str:
        """The hidden field for the template."""
        return author_field(self.request.user)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **self._typed_before}

    @cached_property
    def _typed_before(self) -> dict[str, Any]:
        return give_back(self.request) if self.request.method == "GET" else {}
