"""The portal's forms about tickets: they turn what was typed into values; the verbs decide."""

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .models import RequestType, Ticket
from .models.feedback import SCORES
from .text.validators import DESCRIPTION_RULES, TEXT_LENGTH, TITLE_LENGTH, TITLE_RULES, normalize
from .uploads.pending import WaitingFiles


class WordsField(forms.CharField):
    """Text of several lines, kept as typed; each line ends in one LF, as the length is counted."""

    is_counted = True

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(**{"max_length": TEXT_LENGTH, "strip": False, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> str:
        return normalize(super().to_python(value) or "")


class KeptField(WordsField):
    """What a page has kept of a text last, as a draft. Written by static/js/drafts.js; without script it is empty."""

    is_counted = False

    def __init__(self) -> None:
        super().__init__(required=False, max_length=None, widget=forms.HiddenInput)


class TitleField(forms.CharField):
    """One line, without white space around it."""

    is_counted = True

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
        super().__init__(
            **{"max_length": TITLE_LENGTH, "validators": TITLE_RULES, "widget": widget, **kwargs}
        )

    def to_python(self, value: Any) -> str:
        return normalize(super().to_python(value) or "")


class BringsFiles(forms.Form):
    """A form that files are sent along with.

    waiting: the places where they wait, one for each field of files. sent: the one that goes with what is
    typed; None while there are none.
    """

    waiting: Sequence[WaitingFiles] = ()
    sent: WaitingFiles | None = None

    def bring(self, *waiting: WaitingFiles, sent: WaitingFiles) -> None:
        """Say where files wait. With a file a message needs no text."""
        self.waiting, self.sent = waiting, sent
        if "text" in self.fields and self.is_bound and sent.uploads:
            self.fields["text"].required = False

    def lay_aside(self) -> None:
        """Show what was typed without judging it: the form was sent for its files only."""
        self.initial = {**self.initial, **dict(self.data.items())}
        self.is_bound = False

    def clean(self) -> dict[str, Any]:
        for error in [error for files in self.waiting for error in files.errors]:
            self.add_error(None, error)
        return self.cleaned_data


class VerbForm(forms.Form):
    """A form for one verb, drawn by crispy inside the page's own <form>."""

    layout: tuple[Any, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*(self.layout or self.fields))
        # The summary above the form names them, with links.
        self.helper.form_show_errors = True


class SubmitForm(BringsFiles, VerbForm):
    """draft: what its page had kept of it last."""

    title = TitleField(label=_("Title"), help_text=_("One sentence, as you would say it to a colleague."))
    request_type = forms.ModelChoiceField(
        RequestType.objects.none(),
        label=_("Request type"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose what kind of help you need.")},
    )
    description = WordsField(
        label=_("Description"),
        validators=DESCRIPTION_RULES,
        help_text=_("What happens, and since when? The exact error text helps most."),
    )
    # Names this copy of the form, and where its files wait.
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    draft = KeptField()

    # The page draws the token; the draft is its script's.
    layout: tuple[Any, ...] = (
        Field("title", data_focus="true"),
        Field("request_type", template="components/tiles.html"),
        "description",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid.uuid4())
        self._offer_types(Q(is_active=True))

    def _offer_types(self, condition: Q) -> None:
        field = self.fields["request_type"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101, for the type checker
        field.queryset = RequestType.objects.filter(condition)


class EditForm(SubmitForm):
    """version: the number of the newest event the person could see when these words were shown."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    layout = ("title", Field("request_type", template="components/tiles.html"), "description", "version")

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["token"], self.fields["draft"]
        # A type that is not offered any more stays the ticket's until somebody changes it.
        self._offer_types(Q(is_active=True) | Q(pk=ticket.request_type_id))


class FeedbackForm(VerbForm):
    score = forms.TypedChoiceField(
        coerce=int,
        choices=list(SCORES.items()),
        label=_("How satisfied are you with the solution?"),
        widget=forms.RadioSelect,
        help_text=_("1 is very poor, 5 is excellent."),
        error_messages={
            "required": _("Choose a rating from 1 to 5."),
            "invalid_choice": _("Choose a rating from 1 to 5."),
        },
    )
    comment = WordsField(
        label=_("What should we keep or change? (optional)"),
        required=False,
        rows=4,
        help_text=_("Read by the IT team, not by other employees."),
    )

    layout = (Field("score", template="components/rating.html"), "comment")


class ReasonForm(VerbForm):
    """A verb that may be given a reason."""

    text = WordsField(label=_("Why? (optional)"), required=False, rows=4)


class ReplyForm(BringsFiles, VerbForm):
    """version: the number of the newest event the person could see when the page was shown; None overlooks
    what others have written since. is_outdated: whether it was refused for that.
    """

    is_outdated = False
    text = WordsField(rows=4, label=_("Your reply"), error_messages={"required": _("Write something first.")})
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    draft = KeptField()
