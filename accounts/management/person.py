"""What the commands about one person share."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from helpdesk.mail.addresses import one_spelling
from helpdesk.management.base import BaseCommand

from ..errors import AccountError
from ..models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PersonCommand(BaseCommand):
    """A command that finds one person by address and does one thing. Subclasses say what in `act`."""

    help: "StrOrPromise"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("the address the person signs in with"))

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            person = User.objects.get_by_natural_key(email)
        except User.DoesNotExist as error:
            raise CommandError(
                _("Nobody has an account with the address %(email)s.") % {"email": email}
            ) from error
        try:
            self.stdout.write(self.act(person, **options))
        except (AccountError, ValidationError) as error:
            raise CommandError(sentences(error)) from error

    def act(self, person: User, **options: Any) -> str:
        """Do it, and answer in a sentence what was done."""
        raise NotImplementedError


class HandOverCommand(PersonCommand):
    """One after which the person works no tickets any more: theirs may need a successor."""

    help: "StrOrPromise"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--successor",
            metavar="EMAIL",
            help=_("the admin who takes over the person's unresolved tickets"),
        )

    def act(self, person: User, *, successor: str | None = None, **options: Any) -> str:
        heir = None
        if (
            successor is not None
            and (heir := User.objects.filter(email=one_spelling(successor)).first()) is None
        ):
            raise CommandError(_("Nobody has an account with the address %(email)s.") % {"email": successor})
        return self.act_with(person, heir, **options)

    def act_with(self, person: User, successor: User | None, **options: Any) -> str:
        """As `act`, with who takes over."""
        raise NotImplementedError


def sentences(error: Exception) -> str:
    """Put an error's messages into one line for the terminal."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)
