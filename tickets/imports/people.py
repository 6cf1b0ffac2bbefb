"""The people an imported table speaks of: found by their address, made where there is no account.

Nobody made here has a password, a role other than User, or gets a mail.
"""

import hashlib
import re

from accounts.models import User
from helpdesk.mail.addresses import address_in

# Reserved for names that reach nobody (RFC 2606, section 2).
NOWHERE = "example.invalid"


class People:
    """Answers accounts and remembers them, so that each is asked for once.

    What one ticket needed counts only once that ticket is in: `keep` says so, `forget` says that its
    transaction was rolled back and the accounts with it.
    """

    def __init__(self) -> None:
        self.made: set[str] = set()
        self._kept: dict[str, User] = {}
        self._new: dict[str, User] = {}
        self._made_now: set[str] = set()

    def by_code(self, code: str, noun: str) -> User:
        """Answer the account of somebody known by a code only ("Caller 2403"); inactive if it is made.

        noun: what the person is, for a code that is a single word.
        Raises django's ValidationError for a code that cannot be a name.
        """
        words = code.split()
        if len(words) == 1:
            words = [noun, *words]
        return self._find_or_make(
            _address_of(" ".join(words)), " ".join(words[:-1]), words[-1], is_active=False
        )

    def by_email(self, email: str, first_name: str = "", surname: str = "") -> User:
        """Answer the account with this address, which may have a name beside it ("Anna Berg <anna@example.com>").
        One that is made is active and its password can be reset.

        Without names, what the address says: "anna.berg@example.com" becomes Anna Berg.
        Raises django's ValidationError for an address that cannot be.
        """
        email = address_in(email)
        name, _, domain = email.partition("@")
        first, _, last = name.partition(".")
        return self._find_or_make(
            email,
            first_name or first.title(),
            surname or last.title() or domain,
            is_active=True,
        )

    def keep(self) -> None:
        self._kept.update(self._new)
        self.made |= self._made_now
        self._start_anew()

    def forget(self, *, though_counted: bool = False) -> None:
        """though_counted: for a dry run, which counts what it did not keep."""
        if though_counted:
            self.made |= self._made_now
        self._start_anew()

    # -- inside ------------------------------------------------------------------------------
    def _start_anew(self) -> None:
        self._new, self._made_now = {}, set()

    def _find_or_make(self, email: str, first_name: str, last_name: str, *, is_active: bool) -> User:
        person = self._kept.get(email) or self._new.get(email) or User.objects.filter(email=email).first()
        if person is None:
            person = User.objects.create_user(
                email, first_name=first_name, last_name=last_name, is_active=is_active
            )
            self._made_now.add(email)
        self._new[email] = person
        return person


def _address_of(code: str) -> str:
    """Make "Caller 2403" caller-2403@example.invalid. What an address cannot say is told apart by a hash."""
    name = "-".join(re.findall("[a-z0-9]+", code.lower()))
    if not re.fullmatch("[A-Za-z0-9 ]+", code) or len(name) > 60:
        name = f"{name[:40]}-{hashlib.sha256(code.encode()).hexdigest()[:12]}".lstrip("-")
    return f"{name}@{NOWHERE}"
