"""How long texts of the greatest length take to be drawn: those that are the worst for some rule."""

from dataclasses import dataclass
from time import process_time

from ..text.markdown import render
from ..text.validators import TEXT_LENGTH

MOST_MILLISECONDS = 50
RUNS = 5
# Many that open and none that closes, addresses that touch, nesting, and plain ones beside them.
PIECES = (
    *(
        "[",
        "[a](",
        "*a ",
        "**a ",
        "**a",
        "a**",
        "`",
        "`a",
        "``` ``",
        "![",
        "<",
        "http://a.b/(",
        "http://a.b ",
        "h://",
    ),
    *(
        "_a",
        "~~a",
        "|a",
        "```\n",
        "```a\n",
        "````a\n```\n",
        "> ",
        ">a\n",
        "> a\n",
        "- a\n",
        "- ",
        "1. a\n",
        " - a\n",
    ),
    *(
        "a.de\n",
        "a.de ",
        "www.a.b ",
        "www.",
        "mailto:",
        "mailto:a@",
        "tel:1",
        "http://",
        "&amp;",
        "\\",
        "\n",
        " \n",
    ),
    *(
        "密",
        ">\n",
        "> >\n",
        "- >\n",
        "tel:1 ",
        ",http://a",
        "> ```\n",
        "- ```\n",
        "**a\n",
        "a`b``c```d",
        "http://a.b/*x ",
        "**a** ",
        "`a` ",
        "\t",
        "> - a\n",
        "word ",
    ),
)
COSTLY = (
    *((piece * TEXT_LENGTH)[:TEXT_LENGTH] for piece in PIECES),
    "(**a " * 1_000 + "b**) " * 1_000,
    "- a\n" + "  ```x\n" * 2_000,
    "> - a\n" + ">   ```x\n" * 2_000,
    "".join("`" * length + f"{length}\n" for length in range(3, 190)),
    "".join("`" * length + "a" for length in range(1, 190)),
)


@dataclass(frozen=True)
class Drawn:
    """text: how it begins. milliseconds: of the processor, the least of RUNS."""

    text: str
    milliseconds: float


def measure() -> list[Drawn]:
    """Draw each, and answer the slowest first."""
    drawn = [Drawn(text[:12], min(_draw(text) for _ in range(RUNS))) for text in COSTLY]
    return sorted(drawn, key=lambda one: -one.milliseconds)


def _draw(text: str) -> float:
    begun = process_time()
    render(text)
    return 1000 * (process_time() - begun)
