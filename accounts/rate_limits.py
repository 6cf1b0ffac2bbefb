"""How often something may be tried. The counters live in the shared cache, the same for every process.

Rates are written as allauth writes them: amount / time / what is counted, where "ip" is the caller's
network (an address, or the /64 of an IPv6 one) and "key" is whatever the caller of `take` names.

One at a time counts, which the database sees to. allauth's own lock is a row of the cache: whoever did not get it
within a second counted as one who had tried too often, and each try left an error in PostgreSQL's log.
"""

import time
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import ngettext

from helpdesk.mail.addresses import one_spelling

# Clocks of two machines differ by less.
SKEW_SECONDS = 60
_apply_rate = ratelimit.apply_rate
# The code of a form's error that makes the answer a 429.
TOO_MANY = "too_many"


def past(history: list[float], now: float) -> list[float]:
    """Leave out tries that a clock has noted which was ahead: they would count until it is that late.

    history: of tries, in seconds since 1970, as `now`.
    """
    return [moment for moment in history if moment <= now + SKEW_SECONDS]


def apply_rate(
    history: list[float], now: float, rate: ratelimit.Rate, *, dry_run: bool = False
) -> tuple[bool, list[float]]:
    """Do what allauth's does, for tries of the past alone."""
    return _apply_rate(past(history, now), now, rate, dry_run=dry_run)


def in_words(seconds: int) -> str:
    """Say a waiting time: "1 minute", "5 minutes", "3 hours"."""
    minutes = -(-seconds // 60)
    if minutes < 120:
        # Translators: as in "Please try again in 5 minutes."
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = -(-minutes // 60)
    # Translators: as in "Please try again in 3 hours."
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def too_many(sentence: str, seconds: int) -> ValidationError:
    """Make the error of a form that was tried too often, which the answer's status follows.

    sentence: has {wait} where the waiting time is to stand. seconds: until there is a try again.
    """
    text = sentence.format(wait=in_words(seconds))
    return ValidationError(text, code=TOO_MANY, params={"seconds": seconds})


@dataclass(frozen=True)
class Limit:
    """One thing that is counted. action: its name in the cache."""

    action: str
    rate: str

    def take(self, request: HttpRequest, key: str = "") -> ratelimit.RateLimitUsage | None:
        """Count one try, or answer None if there is none left. The usage can be given back."""
        return ratelimit.consume(
            request, app="accounts", action=self.action, config={self.action: self.rate}, key=key
        )

    def forget(self, request: HttpRequest, key: str = "") -> None:
        ratelimit.clear(request, app="accounts", action=self.action, config={self.action: self.rate}, key=key)

    def seconds_left(self, request: HttpRequest, key: str = "") -> int:
        """Say after how many seconds there will be a try again: 0 if there is one now."""
        rate = ratelimit.parse_rate(self.rate)
        known = cache.get(
            ratelimit.get_cache_key(request, app="accounts", action=self.action, rate=rate, key=key), []
        )
        history = past(known, time.time())
        if len(history) < rate.amount:
            return 0
        return max(1, int(history[-1] + rate.duration - time.time()) + 1)


# Sign-in: only failures are counted in the end. The owner of an account is not locked out by somebody
# elsewhere, until a hundred failures in a day say that the account is under attack from many places: of
# one network's only ten count. A password reset opens it again.
SIGN_IN_PAIR = Limit("sign_in_pair", "5/5m/key")
SIGN_IN_NETWORK = Limit("sign_in_network", "30/5m/ip")
SIGN_IN_ACCOUNT = Limit("sign_in_account", "100/d/key")
SIGN_IN_SHARE = Limit("sign_in_share", "10/d/key")
# A whole office may share one address.
REGISTRATION = Limit("registration", "20/h/ip")
RESET_NETWORK = Limit("reset_network", "20/5m/ip")
RESET_MAILS = Limit("reset_mails", "3/h/key")
KNOWN_ADDRESS_MAILS = Limit("known_address_mails", "1/h/key")
# Of one admin; and of one address, which may not want our mail.
INVITATIONS = Limit("invitations", "100/h/key")
INVITED_ADDRESS = Limit("invited_address", "5/h/key")
# Of one admin, to themselves.
TEST_MAILS = Limit("test_mails", "10/h/key")
# A link's token cannot be guessed; each try with a good one may cost a password's hash.
ACCEPTANCES = Limit("acceptances", "20/h/ip")
EMAIL_CHANGES = Limit("email_changes", "5/h/key")
# Forms kept for one author whose session has ended.
KEPT_FORMS = Limit("kept_forms", "30/h/key")


class SignInAttempt:
    """One try to sign in to one account, counted before the password is looked at.

    So twenty tries at once are still twenty. login: the address as typed.
    """

    def __init__(self, request: HttpRequest, login: str) -> None:
        self.request = request
        account = one_spelling(login)
        pair = f"{account} {ratelimit.get_ip(request)}"
        self._pair, self._account = (SIGN_IN_PAIR, pair), (SIGN_IN_ACCOUNT, account)
        self._share = (SIGN_IN_SHARE, pair)
        self._limits = (self._pair, (SIGN_IN_NETWORK, ""), self._account)
        self._usages: list[ratelimit.RateLimitUsage] = []

    @transaction.atomic
    def take(self) -> bool:
        """Count it, or answer False if one of the limits is reached: then it counts for none.

        One commit for all counters.
        """
        if not all(self._count(limit, key) for limit, key in self._limits):
            self.give_back()
            return False
        if not self._count(*self._share):
            # This network has used its part of the account's hundred up.
            self._usages.pop().rollback()
        return True

    def _count(self, limit: Limit, key: str) -> bool:
        usage = limit.take(self.request, key)
        if usage is not None:
            self._usages.append(usage)
        return usage is not None

    @transaction.atomic
    def give_back(self) -> None:
        """The password was right: this one does not count. Earlier failures still do."""
        # In the order in which they were taken: two who come at once must not wait for each other.
        for usage in self._usages:
            usage.rollback()
        self._usages.clear()

    def seconds_left(self) -> int:
        return max(limit.seconds_left(self.request, key) for limit, key in self._limits)

    @transaction.atomic
    def forget(self) -> None:
        """Open the account again after a password reset; the network's own counter stays."""
        for limit, key in (self._pair, self._account, self._share):
            limit.forget(self.request, key)
