"""What must not be served: a database of the demo, in production."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.utils.translation import gettext as _

from ..models import Ticket
from . import seed


@register(Tags.database)
def check_no_demo_data(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Everybody knows the demo's passwords."""
    # By its tickets, which only seed_demo makes: anybody may register with one of its addresses.
    return [
        Error(
            _("The database %(database)s holds demo data; everybody knows its passwords.")
            % {"database": repr(alias)},
            hint=_("Start with an empty database: name another one in DATABASE_URL or HELPDESK_DATA_DIR."),
            id="helpdesk.E002",
        )
        for alias in databases or ()
        if not settings.DEMO and _has_tickets_table(alias) and seed.tickets().using(alias).exists()
    ]


def _has_tickets_table(alias: str) -> bool:
    """Not while migrations were applied in part."""
    with connections[alias].cursor() as cursor:
        return Ticket._meta.db_table in connections[alias].introspection.table_names(cursor)
