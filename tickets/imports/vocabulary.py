"""What another help desk calls its request types and statuses, and what they are called here."""

from collections import Counter
from collections.abc import Iterable

from helpdesk.text.folding import fold

from ..models import RequestType, Status
from .csv_table import Row, TableError

# Of each kind; a column of free text should not fill the screen.
WORDS_SHOWN = 20
NAME_LENGTH = RequestType._meta.get_field("name").max_length or 0


class Vocabulary:
    """type_names, status_names: "theirs=ours", where a name there is another one here.
    makes_types: whether a request type that is not here is to be made.

    Letter case, spelling and white space do not matter. Raises TableError for a name on the right that is not here.
    """

    def __init__(
        self, type_names: Iterable[str] = (), status_names: Iterable[str] = (), *, makes_types: bool = False
    ) -> None:
        self._makes_types = makes_types
        self._types = {folded(kind.name): kind for kind in RequestType.objects.all()}
        self._statuses = {
            folded(str(word)): Status(code) for code, label in Status.choices for word in (code, label)
        }
        self._statuses |= {word.replace("_", " "): status for word, status in self._statuses.items()}
        for text in type_names:
            theirs, ours = pair(text, "--map-type")
            if (kind := self.request_type(ours)) is None:
                raise TableError(
                    f"--map-type: there is no request type {ours!r}. There are: {self.type_names}."
                )
            self._types[folded(theirs)] = kind
        for text in status_names:
            theirs, ours = pair(text, "--map-status")
            if (status := self.status(ours)) is None:
                raise TableError(
                    f"--map-status: there is no status {ours!r}. There are: {self.status_names}."
                )
            self._statuses[folded(theirs)] = status

    @property
    def type_names(self) -> str:
        return ", ".join(dict.fromkeys(kind.name for kind in self._types.values() if kind.pk))

    @property
    def status_names(self) -> str:
        return ", ".join(map(str, Status.labels))

    def request_type(self, name: str) -> RequestType | None:
        """Answer what is called so there; not saved where it is to be made, None where nothing is known."""
        kind = self._types.get(folded(name))
        if kind is None and self._makes_types and len(name) <= NAME_LENGTH:
            kind = self._types[folded(name)] = RequestType(name=" ".join(name.split()))
        return kind

    def status(self, name: str) -> Status | None:
        """Answer what is called so there; None where nothing is known."""
        return self._statuses.get(folded(name))

    def unknown_in(self, rows: Iterable[Row]) -> str:
        """Say which names of these rows are not known and what to do about them; empty if all are."""
        types, statuses = Counter[str](), Counter[str]()
        for row in rows:
            if (name := row["request_type"]) and self.request_type(name) is None:
                types[name] += 1
            if (name := row["status"]) and self.status(name) is None:
                statuses[name] += 1
        parts = []
        if types:
            way_out = f'Say what each is here, such as --map-type "{types.most_common(1)[0][0]}=Other"'
            if not self._makes_types:
                way_out += ", or make them all with --make-types"
            parts += [listed("request type", types), f"{way_out}.", f"There are: {self.type_names}."]
        if statuses:
            way_out = (
                f'Say what each is here, such as --map-status "{statuses.most_common(1)[0][0]}=On Hold".'
            )
            parts += [listed("status", statuses), way_out, f"There are: {self.status_names}."]
        return "\n".join(parts)


def folded(name: str) -> str:
    """Write a name as it is compared: letter case, spelling and white space do not matter."""
    return " ".join(fold(name).split())


def pair(text: str, option: str) -> tuple[str, str]:
    """Split "theirs=ours". option: the one it was given to. Raises TableError if it is no such pair."""
    theirs, sign, ours = (part.strip() for part in text.rpartition("="))
    if not (theirs and sign and ours):
        raise TableError(
            f'{option} needs both names, as in {option} "theirs=ours", but it says {text!r:.80}.'
        )
    return theirs, ours


def listed(noun: str, names: Counter[str]) -> str:
    """Say which names are not known. noun: what they name. names: with the number of their rows."""
    lines = [f"No {noun} here has one of these names:"]
    lines += [f"{number:>9,} rows: {name:.80}" for name, number in names.most_common(WORDS_SHOWN)]
    if len(names) > WORDS_SHOWN:
        lines.append(f"... and {len(names) - WORDS_SHOWN:,} more names.")
    return "\n".join(lines)
