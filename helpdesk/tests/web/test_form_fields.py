"""How a form's fields are written, by our own templates in place of Django's."""

from django import forms
from django.test import SimpleTestCase

HOSTILE = '"><script>'


class Asked(forms.Form):
    colour = forms.ChoiceField(
        choices=[("", "none"), (1000, HOSTILE), ("Warm", [("r", "Red"), (HOSTILE, "Odd")])], initial="r"
    )
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 1000, "hidden": False, "title": HOSTILE}))


def test_a_select_offers_the_choices_and_their_groups_as_text():
    SimpleTestCase().assertHTMLEqual(
        str(Asked()["colour"]),
        """<select name="colour" id="id_colour" required>
        <option value="">none</option>
        <option value="1000">&quot;&gt;&lt;script&gt;</option>
        <optgroup label="Warm">
        <option value="r" selected>Red</option>
        <option value="&quot;&gt;&lt;script&gt;">Odd</option>
        </optgroup></select>""",
    )


def test_attributes_are_written_as_text_and_false_not_at_all():
    drawn = str(Asked()["text"])

    assert 'rows="1000"' in drawn
    assert 'title="&quot;&gt;&lt;script&gt;"' in drawn
    assert " required" in drawn and 'required="' not in drawn
    assert "hidden" not in drawn
