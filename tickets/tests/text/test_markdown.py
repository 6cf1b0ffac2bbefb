"""What people write, as HTML: as typed, useful and inert."""

import re
import time
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.benchmarks.texts import COSTLY
from tickets.mail.outbound.message import message_to
from tickets.models import Notification
from tickets.tests.naughty import NAUGHTY
from tickets.tests.text.technical_texts import MARKINGS, TECHNICAL_TEXTS
from tickets.text.markdown import MOST_BACKTICKS, MOST_LINKS, SCHEMES, TAGS, html_of, plain_of, render

HARMFUL = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](http://tracker.example/pixel.png)",
    "<img src=x onerror=alert(1)>",
    "<a href='x' onclick='alert(1)'>",
    "<style>*{display:none}</style>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example>",
    "`<script>`",
    "```<script>\n</code><script>\n```",
    '[x](http://a.example "onmouseover=alert(1)")',
    'http://a.example/"onmouseover=alert(1)',
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
]
PIECES = [
    *"`*_>#-+~|[]()<&\\:!. \t\n1a=",
    *("**", "```", "\n```\n", "> ", ">> ", "- ", "1. ", "2) ", "\n\n", "    ", "__", "~~", "--", "=="),
    *(
        "http://a.example/_x_",
        "www.a.b",
        "mailto:a@b.c",
        "tel:1",
        ",http://b",
        "tel:+49 30 1",
        "\n>\n",
        "é",
        "é",
        "密码",
        "👍🏽",
        "\u200b",
        "&copy;",
    ),
    *("word", "**bold**", "`code`", "\n- item", "\n> quote", "[x]: y", "<b>"),
]


class Reader(HTMLParser):
    """Reads a page as people do: what stands on which line."""

    BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "small"}

    def __init__(self, html):
        super().__init__()
        self.seen, self.indents, self.is_beside_marker = "", [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "br" or (tag in self.BLOCKS and not self.is_at_start):
            self.seen += "\n"
        self.is_marker = tag == "span"

    def handle_endtag(self, tag):
        if tag in self.BLOCKS and not self.is_at_start:
            self.seen += "\n"
        if tag == "li":
            self.indents.pop()
        self.is_marker = False

    @property
    def is_at_start(self):
        """Whether nothing stands on the line yet, or the marker of an item alone."""
        return not self.seen or self.seen.endswith("\n") or self.is_beside_marker

    def handle_data(self, data):
        for line in data.splitlines(keepends=True):
            self.seen += " " * sum(self.indents) * self.seen.endswith("\n") + line
        # What stands in an item stands right of its marker.
        self.is_beside_marker = self.is_marker
        if self.is_marker:
            self.indents.append(len(data))


def read(text):
    return Reader(html_of(text)).seen


def lines_of(text):
    """What stands on each line; of blanks at its end nobody sees anything, and of a tab how far it goes."""
    return [line.rstrip().expandtabs(4) for line in text.rstrip().splitlines()]


@pytest.mark.parametrize("name", TECHNICAL_TEXTS)
def test_technical_text_is_read_as_it_was_typed(name):
    text = TECHNICAL_TEXTS[name]

    assert lines_of(read(text)) == lines_of(text)


@pytest.mark.parametrize(("text", "html"), MARKINGS.items())
def test_a_marking_is_shown(text, html):
    assert html in html_of(text)


@pytest.mark.parametrize("name", ["error code", "network share", "numbers", "names in code", "columns"])
def test_pages_preview_and_mail_show_it_alike(name, client_of, requester, admin, ticket):
    text = TECHNICAL_TEXTS[name]
    html, client = html_of(text), client_of(requester)
    reply = {"text": text, "version": 1, "preview": "1"}

    preview = client.post(f"/tickets/{ticket.pk}/reply/", reply).content.decode()
    ticket.edit(by=requester, description=text)
    ticket.reply(text, by=admin)
    page = client.get(ticket.get_absolute_url()).content.decode()
    told = Notification.objects.filter(person=requester).select_related("event__actor", "ticket")
    mail = message_to(requester, list(told))

    assert preview.count(html) == 1
    assert page.count(html) == 2
    assert mail.alternatives[0][0].count(html) == 1
    assert f"\n{text}\n" in mail.body


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_of_any_text_only_markers_are_taken_away(text):
    seen, typed = iter("".join(read(text).split())), "".join(text.split())
    sign, lost = next(seen, None), ""
    for letter in typed:
        if letter == sign:
            sign = next(seen, None)
        else:
            lost += letter

    # All of it was typed, in this order; and nothing is missing but stars, backticks and signs of a quote.
    assert sign is None
    assert set(lost) <= set("*`>")
    if not re.search(r"\*\*|`|^\s*(?:[-*+>]|\d+[.)])*\s*>|(?:[-*+]|\d+[.)])\s*\t", text, re.MULTILINE):
        assert lines_of(read(text)) == lines_of(text)


@pytest.mark.parametrize(
    "text", ["setup.sh", "main.py", "README.md", "a@b.example", "sip:a@b.example", "ftp://a.b", "//a.b/c"]
)
def test_only_what_names_its_scheme_or_begins_with_www_is_a_link(text):
    assert "<a" not in html_of(f"see {text} there")


@pytest.mark.parametrize(
    "text",
    [
        "tel:+49 30 123 456",
        "tel:030 / 123",
        "tel:+49 (0)30",
        "tel:112, 3 of us",
        "tel:1\u00a02",
        "tel:1  - 2",
    ],
)
def test_a_number_in_groups_calls_nobody_rather_than_somebody_else(text):
    assert "<a" not in html_of(text)


def test_addresses_with_a_comma_between_them_are_two_links():
    text = "https://a.example/b,c,http://d.example;www.e.example|tel:1,mailto:a@b.example,c@d.example"

    assert re.findall('href="([^"]*)"', html_of(text)) == [
        "https://a.example/b,c",
        "http://d.example",
        "http://www.e.example",
        "tel:1",
        "mailto:a@b.example,c@d.example",
    ]
    assert read(text).strip() == text


@pytest.mark.parametrize("text", [">", "a\n>\nb", "> \n>", "- >", "- a\n  >\n  >\n- b"])
def test_a_sign_of_a_quote_without_words_is_read(text):
    assert "<blockquote>" not in html_of(text)
    assert lines_of(read(text)) == lines_of(text)


def test_a_link_reads_as_it_was_typed():
    assert ">https://a.example/a%20b%2F</a>" in html_of("https://a.example/a%20b%2F")


@pytest.mark.parametrize("text", [*HARMFUL, *NAUGHTY, *TECHNICAL_TEXTS.values(), *MARKINGS])
def test_whatever_is_written_only_harmless_tags_come_out(text):
    html = html_of(text)

    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= TAGS
    schemes = "|".join(SCHEMES)
    for tag in re.findall(r"<[^>]*>", html):
        assert re.fullmatch(
            rf'</?[a-z0-9]+( href="({schemes}):[^"]*" rel="noopener noreferrer nofollow")?>',
            tag,
            re.IGNORECASE,
        )


@pytest.mark.parametrize(
    "text", ["> " * 9_000 + "deep", "- a\n" + "".join(f"{' ' * n}- x\n" for n in range(2, 90, 2))]
)
def test_what_is_nested_too_deep_is_shown_as_typed(text):
    html = html_of(text)

    assert lines_of(read(text)) == lines_of(text)
    assert "<blockquote>" not in html
    assert "<ul>" not in html


@pytest.mark.parametrize("text", COSTLY, ids=lambda text: repr(text[:12]))
def test_no_text_takes_long(text):
    begun = time.process_time()
    render(text)

    # Usually a tenth of it at most; what grew with the square of the length took nearly two seconds.
    assert time.process_time() - begun < 0.5


def test_more_addresses_than_anybody_follows_stay_as_typed():
    html = html_of("www.a.b\n" * (MOST_LINKS + 2))

    assert html.count("<a ") == MOST_LINKS
    # Each twice, but for those without a link.
    assert html.count("www.a.b") == 2 * MOST_LINKS + 2


def test_more_code_than_anybody_writes_within_lines_stays_as_typed():
    most = "`a` " * (MOST_BACKTICKS // 2)

    assert render(most).count("<code>") == MOST_BACKTICKS // 2
    assert render(f"{most}`") == f"<p>{most}`</p>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Restart** it.\r\n\r\nThen **wait**!", "Restart it. Then wait!"),
        ("- one\n- `two`\n\n1. three", "- one - two 1. three"),
        ("> quoted\n\n```sh\nls <dir>\n```", "quoted sh ls <dir>"),
        ("See https://example.com/?a=1&b=2.", "See https://example.com/?a=1&b=2."),
        ("2 ** 3 & <b>bold</b> &amp;", "2 ** 3 & <b>bold</b> &amp;"),
        ("", ""),
    ],
)
def test_an_excerpt_has_the_words_without_what_marks_them(text, words):
    assert plain_of(text) == words


def test_an_excerpt_reads_the_beginning_only():
    assert len(plain_of("word " * 100_000)) < 2_000


def test_what_was_drawn_is_kept_however_long():
    text = f"{uuid4()} word" + " word" * 3_000

    assert html_of(text) is html_of(text)
