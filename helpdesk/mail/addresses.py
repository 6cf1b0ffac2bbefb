"""One spelling for each e-mail address, so that one mailbox is one account."""

import re

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from ..text.folding import composed

# What mail programs put around an address: "Anna Berg <anna@example.com>".
BRACKETED = re.compile(r"<\s*([^<>\s]+@[^<>\s]+?)\s*>")
# An address among other words: "mailto:anna@example.com", "'anna@example.com';".
ADDRESS = re.compile(r"""[^\s<>()\[\],;:"“”„|@\x00-\x1f]+@[^\s<>()\[\],;:"'’“”„|@\x00-\x1f]+""")
QUOTES = "'’‘"

# RFC 1035, section 2.3.4.
LONGEST_DOMAIN = 253


def one_spelling(address: str) -> str:
    """Write an address as it is kept and compared: in small letters, its domain as people read it.

    address: as somebody typed it, or a browser sent it: most send a domain's Unicode letters in their ASCII form
        (xn--, RFC 5891). What is no address is answered in small letters.
    """
    name, at, domain = composed(address.strip()).lower().rpartition("@")
    return f"{name}{at}{_readable(domain)}"


def validate_mailable(address: str) -> None:
    """Refuse an address no message of ours could be written to.

    Its name must be printable ASCII, as we use no SMTPUTF8 (RFC 6531); the pattern Django looks for lets control
    characters between quotation marks pass, and letters whose capital is an ASCII one.
    """
    name, _, domain = address.rpartition("@")
    try:
        writable = name.isascii() and name.isprintable() and bool(domain.encode("idna"))
    except UnicodeError:
        writable = False
    if not writable or one_spelling(address) != address:
        raise ValidationError(gettext("No mail can be sent to this address."), code="invalid")


def addresses_in(text: str) -> list[str]:
    """Answer the addresses among these words, or the beginnings of some, each in its one spelling."""
    return [one_spelling(found.lstrip(QUOTES).rstrip(".")) for found in ADDRESS.findall(text)]


def address_in(text: str) -> str:
    """Answer the one spelling of the address that `text` has in angle brackets, or alone among its words; else of
    the whole text.
    """
    if bracketed := BRACKETED.search(text):
        return one_spelling(bracketed[1])
    found = addresses_in(text)
    return found[0] if len(found) == 1 else one_spelling(text)


def _readable(domain: str) -> str:
    if (domain.isascii() and "xn--" not in domain) or len(domain) > LONGEST_DOMAIN:
        return domain
    try:
        for_mail = idna.encode(domain, uts46=True).decode("ascii")
        readable = idna.decode(for_mail)
        # Django writes a message's addresses by the older standard, for which "ß" is "ss" (RFC 3490): to
        # whomever that is, it must not go.
        return readable if readable.encode("idna").decode("ascii") == for_mail else for_mail
    except UnicodeError:
        return domain
