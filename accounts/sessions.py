"""Where somebody is signed in."""

from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

if TYPE_CHECKING:
    from .models import User


def end_sessions(user: "User") -> None:
    """Sign this person out everywhere, for good: opening the account again brings no session back.

    Reads every living session, as only their content says whose they are.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    living = Session.objects.filter(expire_date__gte=timezone.now())
    theirs = [
        session.pk
        for session in living.iterator()
        if store.decode(session.session_data).get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
