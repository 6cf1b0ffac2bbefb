"""Everybody who has an account: finding them, and making accounts."""

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self
from unicodedata import east_asian_width

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import BaseUserManager, Group
from django.db import models, transaction
from django.utils.crypto import get_random_string

from helpdesk.mail.addresses import address_in, addresses_in, one_spelling
from helpdesk.models import AuditEvent
from helpdesk.text.folding import fold

from ..audit import AccountEventKind
from ..roles import Role
from .registration import Registration

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User


# What stands between names and addresses where mail programs list them: "Berg, Anna <anna@example.com>".
BETWEEN_NAMES = re.compile(r'[\s,;:<>()\[\]"“”„|\x00-\x1f]+')
# Before and after a name: quotation marks, and the dot of an initial.
AROUND_NAMES = "'’‘.,"
MOST_WORDS = 5
# Names in scripts without spaces are written as one word, the family's first.
LONGEST_JOINED_NAME = 8
# The columns it takes to say what somebody is called.
NAME = ("first_name", "last_name", "email")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def admins(self) -> Self:
        """People with the role Admin, active or not."""
        return self.filter(groups__name=Role.ADMIN)

    def active_admins(self) -> Self:
        """People who look after people: not staff who may only look, whom operators can have."""
        members = self.model.groups.through.objects.filter(group__name=Role.ADMIN)
        looks_after = models.Q(pk__in=members.values("user")) | models.Q(is_superuser=True)
        return self.active().filter(looks_after, is_staff=True)

    def with_role(self, role: str) -> Self:
        return self.admins() if role == Role.ADMIN else self.exclude(groups__name=Role.ADMIN)

    def named_like(self, text: str) -> Self:
        """People whose name or address holds every word of `text`, however either is spelled; where it holds whole
        addresses, people with one of those, whatever stands beside them.

        Words after the fifth do not count. White space alone narrows nothing; a text without a word finds nobody.
        """
        if addresses := addresses_in(text)[:MOST_WORDS]:
            return self.filter(reduce(or_, map(_holds, addresses)))
        words = [word for part in BETWEEN_NAMES.split(text) if (word := part.strip(AROUND_NAMES))]
        if not words and text.strip():
            return self.none()
        people = self
        for word in words[:MOST_WORDS]:
            people = people.filter(_holds(one_spelling(word) if "@" in word or "xn--" in word else word))
        return people

    def meant_by(self, *texts: str) -> Self:
        """For each text, the one whose address it is or has in brackets ("Anna Berg <anna@example.com>"), or else
        all who are named like it. One query at once.
        """
        addresses = {text: address_in(text) for text in texts}
        addressed = self.filter(email__in=addresses.values())
        known = set(addressed.values_list("email", flat=True))
        people = addressed
        for text, address in addresses.items():
            if address not in known:
                people |= self.named_like(text)
        return people

    def who_can_work_tickets(self) -> Self:
        """Active people whose groups (or superuser flag) let them work tickets."""
        return self._who_may("change_ticket")

    def who_can_see_every_ticket(self) -> Self:
        """Active people whose groups (or superuser flag) let them see every ticket."""
        return self._who_may("view_ticket")

    def who_could_succeed(self, person: "User") -> Self:
        """Active people who can take over somebody's tickets, by surname."""
        able = self.who_can_work_tickets().exclude(pk=person.pk)
        return able.order_by("last_name", "first_name", "pk")

    def names(self) -> dict[int, str]:
        """Answer what each is called, by id, in order. One query, of no more than it takes."""
        rows = self.values_list("pk", *NAME)
        return {pk: f"{first} {last}".strip() or email for pk, first, last, email in rows}

    def _who_may(self, codename: str) -> Self:
        # From the permission to its few people: a join would begin with everybody who has an account.
        members = self.model.groups.through.objects.filter(
            group__permissions__codename=codename, group__permissions__content_type__app_label="tickets"
        )
        return self.active().filter(models.Q(pk__in=members.values("user")) | models.Q(is_superuser=True))


def _holds(word: str) -> models.Q:
    """Say how a name or address that holds this word is found."""
    word = fold(word)
    found = models.Q(folded__contains=word)
    if len(word) <= LONGEST_JOINED_NAME and all(east_asian_width(sign) in "WF" for sign in word):
        for place in range(1, len(word)):
            found |= models.Q(folded__contains=word[:place]) & models.Q(folded__contains=word[place:])
    return found


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email: str | None) -> "User":
        person: User = self.get(email=one_spelling(email or ""))
        return person

    def create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        role: str = Role.USER,
        verified: bool = True,
        **fields: Any,
    ) -> "User":
        """Make an account.

        password: None for an account nobody can sign in to by password.
        role: of accounts.roles.Role. Callers decide who may ask for Admin.
        verified: whether somebody vouches that the address is the person's own.
        """
        return self._create(email, make_password(password), role=role, verified=verified, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, role=Role.ADMIN, **{**fields, "is_superuser": True})

    def register(
        self, email: str, password: str, *, first_name: str, last_name: str, role: str = Role.USER
    ) -> "Registration":
        """Make the account somebody asks for themselves; for a known address, change nothing.

        Both cases do the same work and answer alike, so that nobody learns who has an account.
        role: what the person wishes. Admin makes a User and a request that an admin decides. Only where
        nobody is an active admin does the first such person become one, unless the operator has
        switched that off with FIRST_ADMIN_BY_REGISTRATION: at once, or, where addresses must be
        confirmed, by User.become_first_admin once theirs is.
        """
        encoded = make_password(password)
        with transaction.atomic():
            lacks_admin = self.lacks_first_admin()
            becomes_admin = role == Role.ADMIN and lacks_admin
            admin_at_once = becomes_admin and settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory"
            account: dict[str, Any] = {
                "role": Role.ADMIN if admin_at_once else Role.USER,
                "verified": False,
                "by_themselves": True,
                "first_name": first_name,
                "last_name": last_name,
            }
            if self.filter(email=one_spelling(email)).exists():
                self._rehearse(encoded, **account)
                return Registration(None, becomes_admin)
            user = self._create(email, encoded, **account)
            if role == Role.ADMIN and not admin_at_once:
                user.ask_to_be_admin()
        return Registration(user, becomes_admin)

    def create_invited(self, email: str, encoded: str, *, role: str, invitation: int, **name: str) -> "User":
        """Make the account an invitation was for. Only for Invitation.accept, which holds the locks.

        encoded: the hashed password.
        """
        account: dict[str, Any] = {"role": role, "verified": True, "by_themselves": True, **name}
        return self._create(email, encoded, why={"invitation": invitation}, **account)

    def create_for(self, email: str, *, first_name: str, last_name: str, by: "User") -> "User":
        """Make the account of somebody who does not ask for it themselves: a User, who cannot sign in until they have
        chosen a password. Only for InvitationQuerySet.invite_caller, which holds the locks.

        by: the admin acting. Nobody has proved yet that the address is the person's own.
        Raises ValidationError for what is no name or address.
        """
        return self._create(
            email,
            make_password(None),
            role=Role.USER,
            verified=False,
            made_by=by,
            first_name=first_name,
            last_name=last_name,
        )

    def lacks_first_admin(self) -> bool:
        """Say whether the next who registers as Admin becomes one, and let nobody else ask meanwhile.

        Inside a transaction only. One registration at a time: two at once must not both find that there
        is no admin yet, nor that an address is new.
        """
        Group.objects.select_for_update(no_key=True).get(name=Role.ADMIN)
        return settings.FIRST_ADMIN_BY_REGISTRATION and not self.active_admins().exists()

    def _rehearse(self, encoded: str, **account: Any) -> None:
        """Make an account of no address and take it back, so that no clock tells who is known."""
        with transaction.atomic():
            self._create(f"{get_random_string(24)}@example.invalid", encoded, **account)
            transaction.set_rollback(True)

    @transaction.atomic
    def _create(
        self,
        email: str,
        encoded: str,
        *,
        role: str,
        verified: bool,
        by_themselves: bool = False,
        made_by: "User | None" = None,
        why: dict[str, int] | None = None,
        **fields: Any,
    ) -> "User":
        user: User = self.model(email=email, password=encoded, **fields)
        user.full_clean(exclude=["password"])
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
        user.enter_role(role)
        by = user if by_themselves else made_by
        AuditEvent.log(AccountEventKind.CREATED, person=user, by=by, role=role, **(why or {}))
        return user
