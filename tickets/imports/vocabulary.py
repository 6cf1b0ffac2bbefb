"""What another help desk calls its request types and statuses, and what they are called here."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk.text.folding import fold
from helpdesk.text.numbers import in_digits

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
        self._statuses = {folded(word): Status(code) for code, word in words_for(Status)}
        for text in type_names:
            theirs, ours = pair(text, "--map-type")
            if (kind := self.request_type(ours)) is None:
                raise TableError(
                    _("%(option)s: there is no request type %(name)s. There are: %(known)s.")
                    % {"option": "--map-type", "name": repr(ours), "known": self.type_names}
                )
            self._types[folded(theirs)] = kind
        for text in status_names:
            theirs, ours = pair(text, "--map-status")
            if (status := self.status(ours)) is None:
                raise TableError(
                    _("%(option)s: there is no status %(name)s. There are: %(known)s.")
                    % {"option": "--map-status", "name": repr(ours), "known": self.status_names}
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
            way_out = (
                _("Say what each is here, such as %(option)s.")
                if self._makes_types
                else _("Say what each is here, such as %(option)s, or make them all with --make-types.")
            ) % {"option": f'--map-type "{types.most_common(1)[0][0]}=Other"'}
            known = _("There are: %(known)s.") % {"known": self.type_names}
            parts += [listed(_("No request type here has one of these names:"), types), way_out, known]
        if statuses:
            way_out = _("Say what each is here, such as %(option)s.") % {
                "option": f'--map-status "{statuses.most_common(1)[0][0]}=On Hold"'
            }
            known = _("There are: %(known)s.") % {"known": self.status_names}
            parts += [listed(_("No status here has one of these names:"), statuses), way_out, known]
        return "\n".join(parts)


def words_for(choices: type[TextChoices]) -> Iterator[tuple[str, str]]:
    """Answer each code with what it may be called in a file: itself, its label, and the label the documentation has."""
    for code, label in choices.choices:
        with translation.override(None):
            documented = str(label)
        for word in (code, code.replace("_", " "), str(label), documented):
            yield code, word


def folded(name: str) -> str:
    """Write a name as it is compared: letter case, spelling and white space do not matter."""
    return " ".join(fold(name).split())


def pair(text: str, option: str) -> tuple[str, str]:
    """Split "theirs=ours". option: the one it was given to. Raises TableError if it is no such pair."""
    theirs, sign, ours = (part.strip() for part in text.rpartition("="))
    if not (theirs and sign and ours):
        raise TableError(
            _('%(option)s needs both names, as in %(option)s "theirs=ours", but it says %(text)s.')
            % {"option": option, "text": repr(text)[:80]}
        )
    return theirs, ours


def listed(heading: str, names: Counter[str]) -> str:
    """Say which names are not known, under a heading. names: with the number of their rows."""
    lines = [heading]
    for name, number in names.most_common(WORDS_SHOWN):
        rows = ngettext("%(count)s row: %(name)s", "%(count)s rows: %(name)s", number)
        lines.append(rows % {"count": f"{in_digits(number):>9}", "name": name[:80]})
    if len(names) > WORDS_SHOWN:
        rest = len(names) - WORDS_SHOWN
        more = ngettext("... and %(count)s more name.", "... and %(count)s more names.", rest)
        lines.append(more % {"count": in_digits(rest)})
    return "\n".join(lines)
