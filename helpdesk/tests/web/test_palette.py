"""One colour makes a palette: whatever colour is taken, every pair can be read."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.web.palette import (
    DARK_GROUNDS,
    DARK_META,
    LIGHT_GROUNDS,
    LIGHT_META,
    contrast,
    mixed,
    palette_of,
    validate_colour,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def suggestion(error):
    return error.params["darker"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # 1.4.3: from 1 to 21; the grey is the palest that passes on white
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


@given(COLOURS)
def test_every_pair_can_be_read(colour):
    try:
        validate_colour(colour)
    except ValidationError as error:
        colour = suggestion(error)
        validate_colour(colour)

    light, dark, deep = palette_of(colour)

    pairs = [(shades.on_brand, shades.brand) for shades in (light, dark)]
    pairs += [(mixed("#ffffff", ground, 0.25), ground) for ground in deep]
    pairs += [(shades.on_brand, shades.brand_hover) for shades in (light, dark)]
    for shades, grounds, meta in ((light, LIGHT_GROUNDS, LIGHT_META), (dark, DARK_GROUNDS, DARK_META)):
        pairs += [(words, ground) for words in (shades.link, shades.link_hover) for ground in grounds]
        pairs += [(words, shades.brand_soft) for words in (shades.link, shades.link_hover, meta)]
    assert min(contrast(*pair) for pair in pairs) >= 4.5
    assert light.brand == colour


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#0B6470", "0b6470", "#0b647g", "#0b6470;", "#٠b6470"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValidationError, match="six digits"):
        validate_colour(colour)


def test_a_colour_too_light_is_refused_with_one_that_would_do():
    with pytest.raises(ValidationError) as refusal:
        validate_colour("#ffcc00")

    assert contrast(suggestion(refusal.value), "#ffffff") >= 4.5
    assert suggestion(refusal.value) in str(refusal.value)
