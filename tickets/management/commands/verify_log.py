import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models.event import CHAIN
from tickets.log import Tampered, verify
from tickets.models.event import OPENINGS


class Command(BaseCommand):
    help = (
        "Check that nobody changed, removed or inserted a row of the history behind the help desk's back. "
        "Names the first such row and exits with 1; otherwise prints the heads of both chains: note them "
        "elsewhere, and give them to a later run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for chain in (OPENINGS, CHAIN):
            parser.add_argument(
                f"--expect-{chain}", metavar="N:HASH", help=f"a head of {chain} that an earlier run printed"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        expected = {chain: _head(text) for chain in (OPENINGS, CHAIN) if (text := options[f"expect_{chain}"])}
        try:
            verified = verify(expected, lambda tickets: self.stderr.write(f"{tickets:,} tickets read"))
        except Tampered as error:
            raise CommandError(f"The log was tampered with. {error}") from error
        counts = ", ".join(f"{number:,} {table}" for table, number in verified.rows.items())
        self.stdout.write(self.style.SUCCESS(f"The log is as it was written: {counts}."))
        for chain, (length, newest) in verified.heads.items():
            self.stdout.write(f"--expect-{chain} {length}:{newest}")


def _head(text: str) -> tuple[int, str]:
    match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64}|)", text)
    if match is None or (match[1] != "0") != bool(match[2]):
        raise CommandError(
            f"{text} is no head of a chain. Write it as verify_log printed it, for example 41:9f0c…"
        )
    return int(match[1]), match[2]
