"""The Markdown people may write in descriptions, replies and notes, as HTML that is safe to show.

CommonMark with bare addresses made links, line breaks kept and ~~strikethrough~~. HTML in it stays text. An
allow-list then goes over the result, so that a fault of the parser shows nothing either (ASVS 1.3.1).
"""

from functools import lru_cache

import nh3
from django.utils.html import escape, linebreaks
from markdown_it import MarkdownIt

# Quotes and lists deeper than this are shown as they were typed: 10,000 of them must not cost seconds, and
# the parser leaves out what lies deeper than its own bound.
DEEPEST = 12
# More addresses than this stay text: for each, the parser looks at everything before it again.
MOST_ADDRESSES = 200
# Longer texts are rendered each time: two thousand long ones, with what they become, would fill the memory.
LONGEST_KEPT = 2_000
TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "ul",
}
# Headings of a message must not stand among the page's own.
_HEADINGS = {
    f"<{'/' if end else ''}h{level}>": f"<{'/' if end else ''}h4>" for level in range(1, 7) for end in (0, 1)
}

# Pictures from elsewhere would tell their server who reads (and the policy blocks them): shown as text.
_parser = (
    MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": DEEPEST + 8})
    .enable(["linkify", "strikethrough"])
    .disable(["image"])
)
_parser_without_addresses = (
    MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": DEEPEST + 8})
    .enable(["strikethrough"])
    .disable(["image"])
)


def html_of(text: str) -> str:
    """Render what somebody wrote. text: at most tickets.text.validators.TEXT_LENGTH characters.

    Answers HTML of the tags above; links lead to http, https and mailto only, and tell nobody where they
    were clicked.
    """
    return _rendered(text) if len(text) <= LONGEST_KEPT else _rendered.__wrapped__(text)


@lru_cache(maxsize=2048)
def _rendered(text: str) -> str:
    parser = _parser if text.count("://") <= MOST_ADDRESSES else _parser_without_addresses
    tokens = parser.parse(text)
    if any(token.level >= DEEPEST for token in tokens):
        return linebreaks(escape(text))
    html = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    for heading, ours in _HEADINGS.items():
        html = html.replace(heading, ours)
    return html
