"""One form for each verb of the console. A form turns strings into values; the verb decides."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..forms import BringsFiles, KeptField, TitleField, WordsField
from ..models import AfterSolving, HoldReason, RequestType, Status, Ticket
from ..text.validators import DESCRIPTION_RULES
from ..uploads.form_keys import note_key, reply_key
from ..uploads.pending import WaitingFiles

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STALE = dict.fromkeys(("required", "invalid"), _("This form is not complete. Load the page again."))
# What the column of a version holds.
LARGEST_VERSION = 2**31 - 1


class VerbForm(forms.Form):
    """The decision on one ticket, and the version of the ticket it was made on."""

    version = forms.IntegerField(
        min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, error_messages=STALE
    )

    def __init__(self, data: Any = None, *, ticket: Ticket, name: str) -> None:
        super().__init__(data, initial={"version": ticket.version}, auto_id=f"id_{name}_%s")
        self.ticket = ticket
        self.name = name

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101, for the type checker
        field.queryset = rows

    def _offer_codes(self, name: str, choices: "Iterable[tuple[str, StrOrPromise]]") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101, for the type checker
        field.choices = list(choices)

    def _list(self, name: str, rows: Iterable[Model]) -> None:
        """Draw these rows as the choices, which somebody has read already; what is sent is looked up."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101, for the type checker
        empty = [] if field.empty_label is None else [("", field.empty_label)]
        field.widget.choices = [*empty, *((row.pk, str(row)) for row in rows)]

    def start_from(self, version: int, **taken_over: Any) -> None:
        """Let the next try, with what was typed, be a decision on `version`.

        taken_over: name -> value of fields that take somebody else's value instead.
        """
        self.data = {**dict(self.data.items()), **taken_over, "version": str(version)}


class PlainForm(VerbForm):
    """A verb that asks nothing and overwrites nothing, so that no version is needed."""

    version = None  # type: ignore[assignment]


def assignable(ticket: Ticket) -> QuerySet[User]:
    """Whom this ticket can be handed to, and whoever has it now, by surname."""
    able = User.objects.who_can_work_tickets().values("pk")
    people = User.objects.filter(Q(pk__in=able) | Q(pk=ticket.assignee_id))
    return people.order_by("last_name", "first_name", "pk")


class AssignForm(VerbForm):
    assignee = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label=_("Hand it to"),
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": _("This person does not work tickets. Choose somebody else.")},
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        self._offer("assignee", assignable(ticket))
        self.initial["assignee"] = ticket.assignee_id


class SureForm(forms.Form):
    """Has a text that may repeat an internal note. repeated: what of it does; then its author is asked."""

    sure = forms.BooleanField(required=False, label=_("Send it anyway"))
    repeated: object = ""

    def visible_fields(self) -> list[forms.BoundField]:
        """Without the tick box, which is drawn beside the button, and only if it is asked."""
        return [field for field in super().visible_fields() if field.name != "sure"]


class PublicTextForm(SureForm, VerbForm):
    """A verb with a `text` that the requester reads. is_outdated: whether it was refused for what came meanwhile."""

    is_outdated = False

    @property
    def is_note(self) -> bool:
        """Say whether this one text is for colleagues only."""
        return False

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if not self.is_note and not words.get("sure") and words.get("text"):
            self.repeated = self.ticket.repeats_note(words["text"])
        if self.repeated:
            self.add_error(
                None,
                gettext(
                    "%(requester)s would read a sentence of an internal note: “%(sentence)s” "
                    "Change it, or tick the box to send it anyway."
                )
                % {"requester": self.ticket.requester, "sentence": self.repeated},
            )
        return words


class StatusForm(VerbForm):
    """Leads to a status that needs an assignee. take: whether a ticket nobody has becomes theirs who decide."""

    take = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        self.initial["take"] = ticket.assignee_id is None


class HoldForm(PublicTextForm, StatusForm):
    reason = forms.ChoiceField(choices=HoldReason, label=_("What it waits for"))
    text = WordsField(
        rows=3,
        required=False,
        label=_("Question or note (optional)"),
        help_text=_("The requester reads this."),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        if not self.is_bound:
            # For that it waits already.
            self._offer_codes(
                "reason", [each for each in HoldReason.choices if each[0] != ticket.hold_reason]
            )


class ResolveForm(PublicTextForm, StatusForm):
    text = WordsField(
        rows=3,
        required=False,
        label=_("How it was solved (optional)"),
        help_text=_("The requester reads this."),
    )
    after = forms.ChoiceField(choices=AfterSolving, required=False, label=_("Afterwards"))

    def offer_next(self, remembered: str | None, *, has_list: bool) -> None:
        """Ask where to go on.

        remembered: of AfterSolving, what this person chose last; None for nothing yet.
        has_list: whether the ticket was opened from a list; else there is nowhere to go.
        """
        self.initial["after"] = remembered or AfterSolving.STAY
        if not has_list:
            del self.fields["after"]


class ReopenForm(PublicTextForm):
    text = WordsField(rows=3, required=False, label=_("Why"), help_text=_("The requester reads this."))

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        if not ticket.is_closed:
            self.fields["text"].label = gettext("Why (optional)")


class EditForm(VerbForm):
    """theirs: name of a field -> what somebody else has made of it meanwhile."""

    title = TitleField(label=_("Title"))
    request_type = forms.ModelChoiceField(queryset=RequestType.objects.none(), label=_("Request type"))
    description = WordsField(label=_("Description"), rows=10, validators=DESCRIPTION_RULES)

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        offered = Q(is_active=True) | Q(pk=ticket.request_type_id)
        self._offer("request_type", RequestType.objects.filter(offered))
        self.initial = {
            **self.initial,
            "title": ticket.title,
            "request_type": ticket.request_type_id,
            "description": ticket.description,
        }
        self.theirs: dict[str, str] = {}

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Each field to show, with what somebody else made of it, or an empty string."""
        return [(field, self.theirs.get(field.name, "")) for field in self.visible_fields()]


REPLY, NOTE = "reply", "note"
# What can be set along with a reply: code -> words. On Hold names its reason, too.
THEN = {
    Status.IN_PROGRESS: Status.IN_PROGRESS.label,
    **{f"{Status.ON_HOLD}:{reason}": reason.with_status for reason in HoldReason},
    Status.RESOLVED: Status.RESOLVED.label,
    Status.CLOSED: Status.CLOSED.label,
}

# What a page can have shown as the status at some time.
SEEN = {str(Status.OPEN): Status.OPEN.label, **THEN}


def possible_statuses(ticket: Ticket) -> "dict[str, StrOrPromise]":
    """Name what this ticket's status can be led to in the same step as something else: code -> words."""
    possible = {}
    for code, words in THEN.items():
        status = code.partition(":")[0]
        if ticket.is_unsolved:
            fits = status != Status.CLOSED and code != ticket.status
        else:
            fits = ticket.is_resolved and status in (Status.IN_PROGRESS, Status.CLOSED)
        if fits or (status == Status.IN_PROGRESS and ticket.is_closed):
            possible[code] = words
    return possible


class PropertiesForm(VerbForm):
    """theirs: name of a field -> what somebody else has made of it meanwhile."""

    assignee = AssignForm.base_fields["assignee"]
    request_type = forms.ModelChoiceField(queryset=RequestType.objects.none(), label=_("Request type"))

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        self.fields["assignee"].label = gettext("Assignee")
        if self.is_bound:
            self.look_up_choices()
        self.initial.update(assignee=ticket.assignee_id, request_type=ticket.request_type_id)
        for name, verb in (("assignee", "assign"), ("request_type", "edit")):
            # One that was chosen while it could be is sent to the verb, which says what has happened since.
            self.fields[name].disabled = not ticket.allows(verb) and not self._is_chosen(name)
        self.theirs: dict[str, str] = {}

    def _is_chosen(self, name: str) -> bool:
        before = self.initial[name]
        return name in self.data and self.data[name] != ("" if before is None else str(before))

    def look_up_choices(self) -> None:
        """Offer what there is to choose. A query each, once they are drawn or one is sent."""
        types = RequestType.objects.filter(Q(is_active=True) | Q(pk=self.ticket.request_type_id))
        self._offer("assignee", assignable(self.ticket))
        self._offer("request_type", types)

    # Drawn from rows the page has read; only what is sent is looked up.
    def list_choices(self, people: Iterable[User], types: Iterable[RequestType]) -> None:
        self._list("assignee", people)
        self._list("request_type", types)

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Each field to show, with what somebody else made of it, or an empty string."""
        return [(field, self.theirs.get(field.name, "")) for field in self.visible_fields()]


class QuickChangeForm(PropertiesForm):
    """The properties of a ticket in a row of the list, with the status, which its page sets elsewhere."""

    status = forms.ChoiceField(label=_("Status"))
    field_order = ("status",)

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        current = f"{ticket.status}:{ticket.hold_reason}" if ticket.hold_reason else ticket.status
        words: dict[str, StrOrPromise] = {current: ticket.get_status_display()}
        if not ticket.is_closed:
            # Opening a closed one again needs a reason: its own form asks.
            words |= possible_statuses(ticket)
        if self.is_bound and (sent := self.data.get("status")) in SEEN:
            # What the page had offered then; where that does not fit any more, the verb says so.
            words.setdefault(sent, SEEN[sent])
        self._offer_codes("status", words.items())
        self.initial["status"] = current


class MessageForm(PublicTextForm, BringsFiles):
    """A public reply or an internal note."""

    visibility = forms.ChoiceField(
        label=_("Who reads this"),
        choices=[(REPLY, _("Reply")), (NOTE, _("Internal note"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who reads this.")},
    )
    text = WordsField(rows=1, label=_("Message"), error_messages={"required": _("Write something first.")})
    draft = KeptField()
    take = forms.BooleanField(required=False)
    then = forms.ChoiceField(
        required=False,
        label=_("then set"),
        error_messages={"invalid_choice": _("This no longer fits the ticket. Choose again.")},
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        self.initial["visibility"] = REPLY
        self._offer_codes("then", [("", gettext("no other status")), *possible_statuses(ticket).items()])

    def bring_of(self, user: User, request: HttpRequest) -> WaitingFiles:
        """Bring what waits for the reply and for the note, and answer what is sent: each goes with its own
        visibility only.
        """
        reply = WaitingFiles(user, reply_key(self.ticket))
        note = WaitingFiles(user, note_key(self.ticket), "note_files")
        if request.method == "POST":
            for files in (reply, note):
                files.take_in(request)
        else:
            WaitingFiles.read_together(reply, note)
        sent = note if self.is_note else reply
        self.bring(reply, note, sent=sent)
        return sent

    @property
    def is_note(self) -> bool:
        return self["visibility"].value() == NOTE


class TrashForm(PlainForm):
    understood = forms.BooleanField(
        error_messages={"required": _("Tick the box to confirm that you know what will be deleted.")}
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, ticket=ticket, **kwargs)
        self.fields["understood"].label = gettext(
            "I understand that %(requester)s will no longer see this ticket."
        ) % {"requester": ticket.requester}
