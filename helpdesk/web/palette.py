"""The colours that go with one colour of an organisation, in light and dark, each pair readable.

Contrast is that of WCAG 2.2: 4.5 to 1 for text (1.4.3). The grounds are those of static/css/ui.css.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

READABLE = 4.5
WHITE, BLACK = "#ffffff", "#000000"
# canvas, surface, sunken, hover; and the palest text there is
LIGHT_GROUNDS, LIGHT_META = ("#f4f6f6", WHITE, "#eef1f2", "#f0f4f4"), "#5c6a70"
DARK_GROUNDS, DARK_META = ("#0f1416", "#171d20", "#1d2528", "#1f282c"), "#93a1a7"
# How much of one colour is put to another, from none to all of it.
STEPS = tuple(step / 50 for step in range(51))


class Shades(NamedTuple):
    """One scheme's colours, as ui.css names them."""

    brand: str
    brand_hover: str
    on_brand: str
    brand_soft: str
    link: str
    link_hover: str


class Palette(NamedTuple):
    """deep: a ground for white words, in light and dark: the side of the sign-in page."""

    light: Shades
    dark: Shades
    deep: tuple[str, str]


def contrast(one: str, other: str) -> float:
    """Answer how far two colours, "#rrggbb", are apart: from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Put a share, from 0 to 1, of the other colour to this one. Both and the answer are "#rrggbb"."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def validate_colour(colour: str) -> None:
    """Raise ValidationError for what is no colour "#rrggbb", or too light for white words on it."""
    try:
        _channels(colour)
    except ValueError:
        raise ValidationError(_("Write the colour as # and six digits from 0 to f: #0b6470")) from None
    if contrast(colour, WHITE) >= READABLE:
        return
    darker = _first(
        lambda share: mixed(colour, BLACK, share), lambda found: contrast(found, WHITE) >= READABLE
    )
    message = _("White words on this colour are hard to read: it has to be darker. %(darker)s would do.")
    raise ValidationError(message, params={"darker": darker})


def palette_of(colour: str) -> Palette:
    """Derive all colours from one that validate_colour takes."""
    light_soft = _first(
        lambda share: mixed(mixed(WHITE, colour, 0.12), WHITE, share),
        lambda soft: contrast(soft, LIGHT_META) >= READABLE,
    )
    light_link = _first(
        lambda share: mixed(colour, BLACK, share),
        lambda link: _is_readable(link, (*LIGHT_GROUNDS, light_soft)),
    )
    light = Shades(
        brand=colour,
        brand_hover=mixed(colour, BLACK, 0.22),
        on_brand=WHITE,
        brand_soft=light_soft,
        link=light_link,
        link_hover=mixed(light_link, BLACK, 0.35),
    )
    brand = _first(
        lambda share: mixed(colour, WHITE, share),
        lambda fill: all(contrast(fill, at) >= 7 for at in DARK_GROUNDS),
    )
    dark_soft = _first(
        lambda share: mixed(mixed(DARK_GROUNDS[1], brand, 0.18), DARK_GROUNDS[1], share),
        lambda soft: contrast(soft, DARK_META) >= READABLE,
    )
    dark = Shades(
        brand=brand,
        brand_hover=mixed(brand, WHITE, 0.25),
        on_brand=mixed(colour, BLACK, 0.75),
        brand_soft=dark_soft,
        link=mixed(brand, WHITE, 0.1),
        link_hover=mixed(brand, WHITE, 0.45),
    )
    # The palest words on it are three quarters white.
    deep = _first(
        lambda share: mixed(mixed(colour, BLACK, 0.35), BLACK, share),
        lambda ground: contrast(ground, mixed(WHITE, ground, 0.25)) >= READABLE,
    )
    return Palette(light, dark, (deep, mixed(deep, BLACK, 0.4)))


def _first(make: Callable[[float], str], fits: Callable[[str], bool]) -> str:
    """The first colour on the way that fits. The end of each way does."""
    return next(found for share in STEPS if fits(found := make(share)))


def _is_readable(colour: str, grounds: tuple[str, ...]) -> bool:
    return all(contrast(colour, ground) >= READABLE for ground in grounds)


def _channels(colour: str) -> tuple[int, int, int]:
    if len(colour) != 7 or colour[0] != "#" or not all(letter in "0123456789abcdef" for letter in colour[1:]):
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
