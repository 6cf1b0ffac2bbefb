"""Form fields drawn in Python look as Django's templates draw them."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from helpdesk.widgets import Renderer, Select

CHOICES = [("", "Nobody"), (1, "Ada <b>"), ("x&y", mark_safe("Two &amp; three")), ("Group", [("2", "Rita")])]


class Everything(forms.Form):
    text = forms.CharField(
        widget=forms.TextInput(attrs={"maxlength": 5, "data-x": True, "hidden": False, "title": '"<&'})
    )
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    number = forms.IntegerField()
    secret = forms.CharField(widget=forms.HiddenInput)
    search = forms.CharField(widget=forms.SearchInput, required=False)
    email = forms.EmailField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField()
    sure = forms.BooleanField()
    choice = forms.ChoiceField(choices=CHOICES)
    radio = forms.ChoiceField(choices=CHOICES[:3], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=CHOICES)


SENT = {
    "text": "<script>\"&'",
    "words": "</textarea><b>\nline",
    "number": "x",
    "secret": "0",
    "email": "nobody",
    "day": "2026-11-26",
    "sure": "on",
    "choice": "x&y",
    "radio": "1",
    "several": ["1", "2"],
}


@pytest.mark.parametrize("data", [None, {}, SENT], ids=["untouched", "empty", "filled in"])
def test_every_field_and_its_errors_are_the_same(data):
    ours, theirs = (Everything(data, renderer=renderer()) for renderer in (Renderer, DjangoTemplates))

    for name in Everything.base_fields:
        assert parts(str(ours[name])) == parts(str(theirs[name])), name
        assert parts(str(ours[name].errors)) == parts(str(theirs[name].errors)), name


@pytest.mark.parametrize("chosen", [None, "", "1", 1, "x&y", "unknown"])
def test_a_select_of_ours_is_drawn_as_django_s(chosen):
    attrs = {"id": "id_choice", "required": True, "data-x": 1}
    ungrouped = [*CHOICES[:3], ("1", "Twice"), (None, mark_safe("<i>")), ("i", "<i>")]

    ours, theirs = (kind(attrs={"class": "wide"}, choices=ungrouped) for kind in (Select, forms.Select))

    drawn = ours.render("choice", chosen, attrs, DjangoTemplates())
    assert parts(drawn) == parts(theirs.render("choice", chosen, attrs, DjangoTemplates()))


def parts(markup):
    """The tags, attributes and texts of some markup, whatever the spaces between them."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, attrs))
    parser.handle_endtag = lambda tag: found.append(tag)
    parser.handle_data = lambda text: found.append(text) if text.strip() else None
    parser.feed(markup)
    parser.close()
    return found
