"""Fills in canned replies: a few names between double braces, and nothing else."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from .validators import TEXT_LENGTH

# Name -> what people read about it beside the form.
PLACEHOLDERS = {
    "requester": _("the requester's full name"),
    "requester_first_name": _("their first name"),
    "number": _("the ticket's number, such as HD-41"),
    "title": _("its title"),
    "request_type": _("its request type"),
    "assignee": _("who has the ticket"),
    "me": _("your own full name"),
}
# Never a template engine: whatever is not one of these names stays as it was typed.
PLACEHOLDER = re.compile(r"\{\{\s*(" + "|".join(PLACEHOLDERS) + r")\s*\}\}")


def fill(body: str, values: Mapping[str, str]) -> str:
    """Put values in the place of the names. One pass: a value that looks like a placeholder stays as it is.
    Cut where a reply could not be longer.

    values: one for each name of PLACEHOLDERS.
    """
    return PLACEHOLDER.sub(lambda found: values[found[1]], body)[:TEXT_LENGTH]
