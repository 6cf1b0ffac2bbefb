import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.management.person import sentences
from accounts.models import User
from accounts.roles import Role
from helpdesk.mail.addresses import one_spelling
from helpdesk.management.base import BaseCommand


class Command(BaseCommand):
    help = _(
        "Create an account for somebody. Asks for the password; if the account is there, changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=gettext("the address the person will sign in with"))
        parser.add_argument("--first-name", required=True, help=gettext("for example Mara"))
        parser.add_argument("--surname", required=True, help=gettext("for example Lindqvist"))
        parser.add_argument(
            "--role", choices=Role.values, default=Role.USER, help=gettext("User unless told otherwise")
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help=gettext("read the password from standard input, one line"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email, role = one_spelling(options["email"]), options["role"]
        told = {"email": email, "role": Role(role).label}
        if existing := User.objects.filter(email=email).first():
            if existing.role != role:
                raise CommandError(
                    gettext("%(email)s has an account as %(role)s. Use set_role to change that.")
                    % {"email": email, "role": existing.role.label}
                )
            self.stdout.write(
                gettext("%(email)s has an account as %(role)s already. Nothing was changed.") % told
            )
            return
        names = {"first_name": options["first_name"].strip(), "last_name": options["surname"].strip()}
        try:
            User(email=email, **names).full_clean(exclude=["password"])
            password = self._read_password(from_stdin=options["password_stdin"])
            validate_password(password, User(email=email, **names))
            User.objects.create_user(email, password, role=role, **names)
        except ValidationError as error:
            raise CommandError(sentences(error)) from error
        self.stdout.write(self.style.SUCCESS(gettext("%(email)s has an account as %(role)s now.") % told))

    def _read_password(self, *, from_stdin: bool) -> str:
        if from_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        if not sys.stdin.isatty():
            raise CommandError(gettext("There is no terminal to ask for a password. Use --password-stdin."))
        password = getpass.getpass(gettext("Password: "))
        if password != getpass.getpass(gettext("Password (again): ")):
            raise CommandError(gettext("These were two different passwords."))
        return password
