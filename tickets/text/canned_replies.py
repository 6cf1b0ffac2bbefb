"""Fills in canned replies: a few names between double braces, and nothing else."""

import re
from collections.abc import Mapping

from .validators import TEXT_LENGTH

# Name -> what people read about it beside the form.
PLACEHOLDERS = {
    "requester": "the requester's full name",
    "requester_first_name": "their first name",
    "number": "the ticket's number, such as HD-41",
    "title": "its title",
    "request_type": "its request type",
    "assignee": "who has the ticket",
    "me": "your own full name",
}
# Never a template engine: whatever is not one of these names stays as it was typed.
PLACEHOLDER = re.compile(r"\{\{\s*(" + "|".join(PLACEHOLDERS) + r")\s*\}\}")


def fill(body: str, values: Mapping[str, str]) -> str:
    """Put values in the place of the names. One pass: a value that looks like a placeholder stays as it is.
    Cut where a reply could not be longer.

    values: one for each name of PLACEHOLDERS.
    """
    return PLACEHOLDER.sub(lambda found: values[found[1]], body)[:TEXT_LENGTH]
