"""Sessions as Django keeps them in the database, found by nothing but such keys as it gives them."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie may spell any sign, as "\\000" a NUL, which PostgreSQL takes in no question."""

    def _validate_session_key(self, key: str | None) -> bool:
        # At least 8, as Django has it: what is shorter could be guessed.
        return key is not None and len(key) >= 8 and key.isascii() and key.isalnum()
