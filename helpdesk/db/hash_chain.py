"""Ties each row of a log to the one before it, so that a changed, removed or inserted row shows.

A row's hash covers the row and the hash before it (as in RFC 6962's logs, without the tree). Texts enter
by their digest alone: a person's words can be blanked later and the chain still holds.
"""

import hashlib
import json
import secrets
from typing import Any

# What a random salt is long: enough that nobody finds a short text by trying all of them (128 bit).
SALT_BYTES = 16


def digest(*facts: Any) -> str:
    """Hash some facts: SHA-256 in hexadecimal over JSON with sorted keys and no spaces.

    facts: strings, whole numbers, None, and lists and dicts of these.
    """
    plain = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # A lone surrogate can be in a text that a file brought; it is hashed as it is.
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(SALT_BYTES)
