"""Where somebody is signed in."""

from collections.abc import Collection, Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.http import parse_cookie
from django.utils import timezone

from helpdesk.web.form_recovery import SESSION_KEY as TYPED

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User

# How many are looked up in one query: SQLite has a limit.
AT_ONCE = 500


class Standing(NamedTuple):
    """What somebody may do, and how they sign in. password: not the password but a number that changes with it.

    permissions: the keys of those they have themselves or through a group.
    """

    password: int
    is_staff: bool
    is_superuser: bool
    permissions: frozenset[int]

    @classmethod
    def of(cls, person: "User") -> "Standing":
        """Three queries."""
        return _standings([person.pk])[person.pk]


class Visit(NamedTuple):
    """A session somebody is signed in with, as it was when looked at."""

    session: str
    person: int
    standing: Standing


def is_signed_in(cookies: str) -> bool:
    """Say whether a request is of somebody who is signed in, before it is looked at as a request: it may then
    send more than a guest. Two queries.

    cookies: its Cookie header. False as well while the database is away.
    """
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
    try:
        close_old_connections()
        person = import_module(settings.SESSION_ENGINE).SessionStore(key).get(SESSION_KEY) if key else None
        people = apps.get_model("accounts", "User").objects.filter(is_active=True)
        return person is not None and people.filter(pk=person).exists()
    except DatabaseError:
        return False


def ended_and_changed(visits: Iterable[Visit]) -> tuple[set[Visit], set[Visit]]:
    """Tell which visits are over, and which may go on but with other rights or after another sign-in.

    Four queries for each 500 visits. A password of one's own that was changed moves the session elsewhere:
    only the browser knows whether it came along.
    """
    ended, changed = set(), set()
    left = list(visits)
    for start in range(0, len(left), AT_ONCE):
        part = left[start : start + AT_ONCE]
        living = _living([visit.session for visit in part])
        standings = _standings({visit.person for visit in part})
        for visit in part:
            standing = standings.get(visit.person)
            if standing is not None and standing != visit.standing:
                changed.add(visit)
            elif standing is None or visit.session not in living:
                ended.add(visit)
    return ended, changed


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


def _living(sessions: Sequence[str]) -> set[str]:
    found = Session.objects.filter(pk__in=sessions, expire_date__gte=timezone.now())
    return set(found.values_list("pk", flat=True))


def _standings(keys: Collection[int]) -> dict[int, Standing]:
    """The standing of those whose account is open. Three queries."""
    permissions: dict[int, set[int]] = {key: set() for key in keys}
    for path in ("user", "group__user"):
        held = Permission.objects.filter(**{f"{path}__in": keys}).order_by().values_list(path, "pk")
        for person, permission in held:
            permissions[person].add(permission)
    people = apps.get_model("accounts", "User").objects.filter(is_active=True, pk__in=keys)
    return {
        key: Standing(hash(password), is_staff, is_superuser, frozenset(permissions[key]))
        for key, password, is_staff, is_superuser in people.values_list(
            "pk", "password", "is_staff", "is_superuser"
        )
    }


def forget_typed_text(person: "User") -> None:
    """Remove what this person had typed when a session of theirs ended, from whichever session keeps it.

    Reads every living session, as only their content says whose it is.
    """
    engine = import_module(settings.SESSION_ENGINE)
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        content = session.get_decoded()
        kept = [entry for entry in content.get(TYPED, []) if entry.get("author") != person.pk]
        if len(kept) != len(content.get(TYPED, [])):
            store = engine.SessionStore(session.session_key)
            store[TYPED] = kept
            store.save()
