"""What people type in descriptions, replies and notes, as HTML that is safe to show.

Most of it is technical text, so all of it is shown as typed, blanks and line ends included, but for markings nobody
types by accident: code between fences, `code`, **bold**, lists, quotes with >, and addresses that name their scheme
or begin with www. The rules are markdown-it-py's, those of CommonMark, made narrower where they would take away or
renumber something that was only meant as itself. HTML stays text. An allow-list then goes over the result, so that a
fault of the parser shows nothing either (ASVS 1.3.1).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, backtick
from markdown_it.rules_inline.emphasis import tokenize as emphasis
from markdown_it.token import Token

# Quotes and lists deeper than this are shown as they were typed: 10,000 of them must not cost seconds, and
# the parser leaves out what lies deeper than its own bound.
DEEPEST = 12
# Of more lines than these no list is made, of more stars no bold word, and of more backticks no code within a line:
# each takes several of the parser's tokens.
MOST_LINES = MOST_STARS = 2_000
MOST_BACKTICKS = 4_000
# What was drawn is kept, as words never change: of short texts many, of longer ones so few that, with what they
# become at worst, they take some 30 MB.
SHORT, SHORT_ONES, LONG_ONES = 2_000, 2_048, 128
TAGS = {"a", "blockquote", "br", "code", "div", "li", "ol", "p", "pre", "small", "span", "strong", "ul"}
SCHEMES = {"http", "https", "mailto", "tel"}

# An item of a list: its marker, and words after it that are no marker themselves. Lines of a crontab, a log or a
# table of stars are none.
_MARKER = r"(?:[-*+]|\d{1,9}[.)])"
_ITEM = re.compile(rf"{_MARKER}(?: +|\t)(?!{_MARKER}(?:[ \t]|$))\S")
_MARKER_AND_BLANKS = re.compile(rf"({_MARKER})([ \t]*)")
_QUOTE = re.compile(r">[ \t]")
# One star alone marks nothing.
_PLAIN = re.compile(r"(?:[^`*]+|(?<!\*)\*(?!\*))+")
# Addresses that are links: of these schemes, as whoever reads them cannot tell a file's name from a host's.
_ADDRESS = re.compile(
    r"""(?<![^\s(\[{<>"'“‘«„‚:;,=|*])"""
    r"(?:(?P<scheme>https?://(?=[\w\[])|mailto:(?=[^\s@]{1,64}@\w)|tel:(?=\+?\d))|www\.(?=\w))"
    # One that follows a comma is another.
    r"[^\s<>\"`“”«»,;|]*(?:[,;|](?!https?://|mailto:|tel:|www\.)[^\s<>\"`“”«»,;|]*)*",
    re.IGNORECASE,
)
# Digits beside those of a telephone number may be of it: better no link than one that calls somebody else.
_MORE_DIGITS = re.compile(r"[^\S\n]{1,4}[(/+.–-]{0,2}[^\S\n]?\d")
# More addresses than anybody follows stay as they were typed: each costs as much as fifty words.
MOST_LINKS = 1_000
_AFTER_ADDRESS = frozenset(".,;:!?'’*")
# What may stand before bold words, and after them: within a word or a path, stars are stars.
_BEFORE_BOLD = frozenset(" \t\n([{<\"'“‘«„‚–—:")
_AFTER_BOLD = frozenset(" \t\n)]}>\"'”’»“‘.,;:!?…–—")
# For words alone: tags that part no words, and those that do.
_IN_A_LINE, _TAG = re.compile(r"</?(?:a|code|span|strong)(?: [^>]*)?>"), re.compile(r"<[^>]*>")
# What bold words neither begin nor end with: beside these, stars are those of patterns of paths and hidden words.
_PATTERN = frozenset("/\\*")


def html_of(text: str) -> str:
    """Render what somebody wrote. text: at most tickets.text.validators.TEXT_LENGTH characters.

    Answers HTML of the tags above, to be shown with `white-space: pre-wrap`; links lead to http, https, mailto and
    tel only, and tell nobody where they were clicked.
    """
    return _short(text) if len(text) <= SHORT else _long(text)


def render(text: str) -> str:
    """Do what html_of keeps the results of."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    counts = {"stars": text.count("**"), "backticks": text.count("`")}
    tokens = _parser.parse(text, {**counts, "unclosed": {}, "empty_quotes": {}})
    if any(token.level >= DEEPEST for token in tokens):
        html = f"<p>{_lines(text)}</p>"
    else:
        html = "".join(_blocks(tokens, text.split("\n")))
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


_short, _long = lru_cache(SHORT_ONES)(render), lru_cache(LONG_ONES)(render)


def plain_of(text: str) -> str:
    """Answer the words of a text's first 2,000 characters on one line, without what marks them: for an excerpt."""
    html = _IN_A_LINE.sub("", html_of(text[:SHORT]))
    return " ".join(unescape(_TAG.sub(" ", html)).split())


# -- how it is drawn -----------------------------------------------------------------------------
_BLOCK_TAGS = {"paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "blockquote": "blockquote"}


def _blocks(tokens: Sequence[Token], lines: Sequence[str]) -> Iterable[str]:
    """Draw blocks. lines: of the text, for the empty ones between blocks."""
    begun, is_hidden, is_open_line = 0, False, False
    for token in tokens:
        kind, _, end = token.type.rpartition("_")
        empty = ""
        if token.map and token.map[0] > begun and token.nesting != -1:
            begun = token.map[0]
            empty = "<br>" * _empty_lines_before(begun, lines)
            if empty and is_open_line:
                # The first of them only ends a line of words that are in no paragraph.
                empty += "<br>"
        is_open_line = is_hidden if token.type == "inline" else is_open_line and token.hidden
        is_hidden = token.hidden
        if token.type == "inline":
            yield from _inlines(token.children or ())
        elif token.type == "fence":
            caption = token.info.strip()
            yield f"{empty}<pre>{f'<small>{escape(caption)}</small>' if caption else ''}"
            yield f"<code>{escape(token.content)}</code></pre>"
        elif token.type == "list_item_open":
            yield f"<li>{empty}<span>{escape(token.meta['marker'])}</span><div>"
        elif token.type == "list_item_close":
            yield "</div></li>"
        elif not token.hidden:
            yield f"{empty}<{'/' if end == 'close' else ''}{_BLOCK_TAGS[kind]}>"


def _inlines(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type == "text":
            yield _lines(token.content)
        elif token.type == "code_inline":
            yield f"<code>{_lines(token.content)}</code>"
        elif token.type == "link_open":
            yield f'<a href="{escape(str(token.attrs["href"]))}">'
        else:
            yield {"link_close": "</a>", "strong_open": "<strong>", "strong_close": "</strong>"}[token.type]


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _empty_lines_before(number: int, lines: Sequence[str]) -> int:
    before = number
    while before and not lines[before - 1].strip(" \t"):
        before -= 1
    return number - before


# -- what counts as a marking --------------------------------------------------------------------
def _start_of(state: StateBlock, line: int) -> tuple[int, int]:
    return state.bMarks[line] + state.tShift[line], state.eMarks[line]


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """As CommonMark's, but with the blanks around it, and without lines that belong to the block around it."""
    rules = state.md.block.ruler.getRules("paragraph")
    line, around, state.parentType = start + 1, state.parentType, "paragraph"
    while (
        line < end
        and not state.isEmpty(line)
        and state.sCount[line] >= state.blkIndent
        and not any(rule(state, line, end, True) for rule in rules)
    ):
        line += 1
    state.parentType, state.line = around, line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.children = state.getLines(start, line, state.blkIndent, False), []
    state.push("paragraph_close", "p", -1)
    return True


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Three backticks or more, and as many again: without those nobody has marked anything."""
    pos, last = _start_of(state, start)
    opening = state.src[pos:last]
    length = len(opening) - len(opening.lstrip("`"))
    if length < 3 or "`" in opening[length:]:
        return False
    # Up to which line no fence of this length is closed, nor a longer one: so no text is searched for each line.
    unclosed = state.env["unclosed"].setdefault((end, state.blkIndent), {})
    if any(length >= shorter and start < upto for shorter, upto in unclosed.items()):
        return False
    line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        pos, last = _start_of(state, line)
        closing = state.src[pos:last].rstrip(" \t")
        if len(closing) >= length and not closing.strip("`"):
            return fence(state, start, end, silent)
        line += 1
    unclosed[length] = line
    return False


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with >, a blank after the first: no prompt of a shell, no line without, and not > alone."""
    if not _QUOTE.match(state.src, *_start_of(state, start)) or _is_empty_quote(state, start, end):
        return False
    line = start + 1
    while not silent and line < end and state.src.startswith(">", _start_of(state, line)[0]):
        line += 1
    return blockquote(state, start, line, silent)


def _is_empty_quote(state: StateBlock, start: int, end: int) -> bool:
    # Where one begins and ends, so that its lines are not looked at for each of them.
    known = state.env["empty_quotes"]
    begun, over = known.get((end, state.level), (0, 0))
    if begun <= start < over:
        return True
    line = start
    while line < end and state.src.startswith(">", (place := _start_of(state, line))[0]):
        if state.src[place[0] + 1 : place[1]].strip(" \t"):
            return False
        line += 1
    known[end, state.level] = start, line
    return True


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """As CommonMark's, with each marker kept as it was typed."""
    if not _ITEM.match(state.src, *_start_of(state, start)) or state.lineMax > MOST_LINES:
        return False
    first = len(state.tokens)
    if not list_block(state, start, end, silent):
        return False
    for place in range(first, len(state.tokens)):
        item = state.tokens[place]
        # Those of a list in the list have theirs.
        if item.type == "list_item_open" and not item.meta:
            item.meta["marker"] = _typed_marker(state, item)
            if (words := state.tokens[place + 1]).type == "paragraph_open":
                # They stand beside the marker; the end of the paragraph comes after its one token.
                words.hidden = state.tokens[place + 3].hidden = True
    return True


def _typed_marker(state: StateBlock, item: Token) -> str:
    """With the blanks around it, but for more than four after it: those begin the words."""
    assert item.map  # noqa: S101, every block has one
    line = item.map[0]
    typed = _MARKER_AND_BLANKS.match(state.src, *_start_of(state, line))
    assert typed  # noqa: S101, or it were no item
    before = " " * (state.sCount[line] - state.blkIndent)
    return before + typed[1] + (typed[2] if len(typed[2]) <= 4 else " ")


def _text(state: StateInline, silent: bool) -> bool:
    """Go on to the next sign that may be a marking's; the parser's own rule stops at many more."""
    plain = _PLAIN.match(state.src, state.pos, state.posMax)
    if plain is None:
        return False
    state.pending, state.pos = state.pending + plain[0], plain.end()
    return True


def _code(state: StateInline, silent: bool) -> bool:
    """As CommonMark's, with the blanks in it; on one line and by itself, as many type a backtick as apostrophe."""
    start, known = state.pos, len(state.tokens)
    if state.env["backticks"] > MOST_BACKTICKS or not backtick(state, silent):
        return False
    if len(state.tokens) > known and (token := state.tokens[-1]).type == "code_inline":
        length = len(token.markup)
        token.content = state.src[start + length : state.pos - length]
        beside = state.src[max(0, start - 1) : start] + state.src[state.pos : state.pos + 1]
        if "\n" in token.content or any(sign.isalnum() and not _is_wide(sign) for sign in beside):
            del state.tokens[-1], state.tokens_meta[-1]
            state.pending, state.pos = token.markup, start + length
    return True


def _bold(state: StateInline, silent: bool) -> bool:
    return state.src[state.pos] == "*" and state.env["stars"] <= MOST_STARS and emphasis(state, silent)


def _only_bold(state: StateCore) -> None:
    """Leave of all emphasis what is bold: two stars around words of one line, which stand by themselves."""
    for block in state.tokens:
        if block.type == "inline" and block.children:
            # The parser leaves empty ones behind.
            tokens = [token for token in block.children if token.type != "text" or token.content]
            block.children = _joined(_checked(tokens))


def _checked(tokens: list[Token]) -> list[Token]:
    line = 0
    # Where each of them stands, and on which line.
    open_at: list[tuple[int, int]] = []
    for place, token in enumerate(tokens):
        line += token.content.count("\n")
        if token.type in ("em_open", "em_close"):
            token.type, token.content = "text", token.markup
        elif token.type == "strong_open":
            open_at.append((place, line))
        elif token.type == "strong_close":
            opened, its_line = open_at.pop()
            if not (
                _fits(tokens[opened - 1] if opened else None, -1, _BEFORE_BOLD)
                and _fits(tokens[place + 1] if place + 1 < len(tokens) else None, 0, _AFTER_BOLD)
                and its_line == line
                and not _is_pattern(tokens[opened + 1], 0)
                and not _is_pattern(tokens[place - 1], -1)
            ):
                for mark in (tokens[opened], token):
                    mark.type, mark.content = "text", mark.markup
    return tokens


def _fits(beside: Token | None, place: int, allowed: frozenset[str]) -> bool:
    """Say whether bold words may stand beside this. place: -1 for what is before them, 0 for after."""
    if beside is None:
        return True
    if beside.type != "text":
        return False
    sign = beside.content[place : place + 1 or None]
    return sign in allowed or _is_wide(sign)


def _is_pattern(beside: Token, place: int) -> bool:
    """Say whether two stars beside this belong to a pattern: **/build/**, ****secret****."""
    return beside.type == "text" and beside.content[place : place + 1 or None] in _PATTERN


def _is_wide(sign: str) -> bool:
    """Say whether this is of a script that has no blanks between words (Unicode, annex 11)."""
    return unicodedata.east_asian_width(sign) in "WF"


def _joined(tokens: Iterable[Token]) -> list[Token]:
    """Make one text of several, so that an address in them is found in one piece."""
    joined: list[Token] = []
    for token in tokens:
        if token.type == "text" and joined and joined[-1].type == "text":
            joined[-1].content += token.content
        else:
            joined.append(token)
    return joined


def _link_addresses(state: StateCore) -> None:
    left = iter(range(MOST_LINKS))
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = [part for token in block.children for part in _with_links(token, left)]


def _with_links(token: Token, left: Iterator[int]) -> Iterable[Token]:
    """Cut a text where addresses stand in it. Linear: each address is looked at once. left: a step for each link."""
    if token.type != "text":
        yield token
        return
    begun = 0
    for found in _ADDRESS.finditer(token.content):
        if found["scheme"] and found["scheme"][0] in "tT" and _MORE_DIGITS.match(token.content, found.end()):
            continue
        if next(left, None) is None:
            break
        typed = _without_end(found[0])
        href = _parser.normalizeLink(typed if found["scheme"] else f"http://{typed}")
        yield Token("text", "", 0, content=token.content[begun : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": href})
        yield Token("text", "", 0, content=typed)
        yield Token("link_close", "a", -1)
        begun = found.start() + len(typed)
    yield Token("text", "", 0, content=token.content[begun:])


def _without_end(address: str) -> str:
    """Leave out what ends the sentence around an address; a bracket that was opened in it belongs to it."""
    spare = {
        closing: address.count(closing) - address.count(opening) for opening, closing in ("()", "[]", "{}")
    }
    end = len(address)
    while end and ((last := address[end - 1]) in _AFTER_ADDRESS or spare.get(last, 0) > 0):
        spare[last] = spare.get(last, 0) - 1
        end -= 1
    return address[:end]


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": DEEPEST + 8})
    parser.enable(["fence", "blockquote", "list", "backticks", "emphasis", "balance_pairs"])
    parser.block.ruler.at("paragraph", _paragraph)
    parser.block.ruler.at("fence", _fence, {"alt": ["paragraph", "blockquote", "list"]})
    parser.block.ruler.at("blockquote", _blockquote, {"alt": ["paragraph", "blockquote", "list"]})
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "blockquote"]})
    parser.inline.ruler.at("text", _text)
    parser.inline.ruler.at("backticks", _code)
    parser.inline.ruler.at("emphasis", _bold)
    parser.core.ruler.after("inline", "only_bold", _only_bold)
    parser.core.ruler.after("only_bold", "link_addresses", _link_addresses)
    return parser


_parser = _make_parser()
