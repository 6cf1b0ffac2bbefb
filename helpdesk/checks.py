"""What must hold before the help desk is served. `manage.py check --database default` runs all of it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http.request import split_domain_port, validate_host
from django.utils.translation import gettext as _

from helpdesk.db.triggers import missing_triggers
from helpdesk.db.upgrades import unapplied_migrations

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


@register(Tags.database)
def check_durability(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Each commit must reach the disk: read back, because a network disk, an old file or a server may differ."""
    found: list[CheckMessage] = []
    for alias, connection in _chosen(databases):
        if connection.vendor == "postgresql":
            found += _not_durable_on_postgresql(alias, connection)
            continue
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            level = cursor.execute("PRAGMA synchronous").fetchone()[0]
        if (mode, level) != ("wal", 2):
            found.append(
                Error(
                    _not_durable(alias, f"journal_mode={mode}, synchronous={level}"),
                    hint=_("Keep the file on a local disk that this account may write to."),
                    id="helpdesk.E001",
                )
            )
    return found


def _not_durable_on_postgresql(alias: str, connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
        synchronous_commit, fsync = cursor.fetchone()
    if synchronous_commit != "off" and fsync == "on":
        return []
    return [
        Error(
            _not_durable(alias, f"synchronous_commit={synchronous_commit}, fsync={fsync}"),
            hint=_("Set both to on in postgresql.conf, and for this database and its role."),
            id="helpdesk.E001",
        )
    ]


def _not_durable(alias: str, values: str) -> str:
    return _(
        "The database %(database)s runs with %(settings)s; a power cut could lose acknowledged tickets."
    ) % {"database": repr(alias), "settings": values}


@register(Tags.database)
def check_history_is_guarded(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The history is insert-only by the database's own promise. What migrations are to bring is not missed yet."""
    return [
        Error(
            _("The database %(database)s lacks triggers: %(triggers)s.")
            % {"database": repr(alias), "triggers": ", ".join(missing)},
            hint=_("Put them back with: %(command)s") % {"command": "python manage.py migrate --skip-checks"},
            id="helpdesk.E003",
        )
        for alias, connection in _chosen(databases)
        if (missing := missing_triggers(connection)) and not unapplied_migrations(connection)
    ]


@register(Tags.security, deploy=True)
def check_deployment(**kwargs: Any) -> list[CheckMessage]:
    """What is right on one's own machine and wrong for others."""
    found: list[CheckMessage] = []
    if settings.DEMO:
        found.append(Error(_("HELPDESK_MODE=demo is for one's own machine."), id="helpdesk.E004"))
    elif not settings.PROXIES:
        found.append(
            Warning(
                _(
                    "HELPDESK_PROXIES is 0, but pages are only shown over https and the server speaks plain http."
                ),
                hint=_(
                    "Put a proxy with a certificate in front and say how many there are: HELPDESK_PROXIES=1"
                ),
                id="helpdesk.W001",
            )
        )
    if not settings.DEMO and set(settings.HOSTS) <= LOOPBACK:
        found.append(
            Warning(
                _("HELPDESK_HOSTS names only this machine."),
                hint=_("Name what people type: HELPDESK_HOSTS=help.example.com"),
                id="helpdesk.W002",
            )
        )
    if not settings.DEMO and not validate_host(_host_of(settings.SITE_URL), settings.ALLOWED_HOSTS):
        found.append(
            Warning(
                _(
                    "HELPDESK_URL is %(address)s, and HELPDESK_HOSTS does not name this host: links in mail "
                    "would lead to an error."
                )
                % {"address": settings.SITE_URL},
                hint=_("Name it in HELPDESK_HOSTS, too."),
                id="helpdesk.W003",
            )
        )
    return found


def _host_of(address: str) -> str:
    return split_domain_port(urlsplit(address).netloc)[0]


def _chosen(databases: Sequence[str] | None) -> list[tuple[str, BaseDatabaseWrapper]]:
    return [(alias, connections[alias]) for alias in databases or ()]
