"""What all commands have in common."""

from typing import TYPE_CHECKING, Any

from django.core.management import base

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class BaseCommand(base.BaseCommand):
    """One whose `help` may be translated when it is shown: argparse takes plain strings alone."""

    help: "StrOrPromise" = ""  # type: ignore[assignment]

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> base.CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.description = str(self.help)
        return parser
