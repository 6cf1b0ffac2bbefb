"""What people write, as HTML: useful and inert."""

import re
import time

import pytest

from tickets.tests.naughty import NAUGHTY
from tickets.text.markdown import MOST_ADDRESSES, TAGS, html_of
from tickets.text.validators import TEXT_LENGTH

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
    '[x](http://a.example "onmouseover=alert(1)")',
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
]


@pytest.mark.parametrize("text", [*HARMFUL, *NAUGHTY])
def test_whatever_is_written_only_harmless_tags_come_out(text):
    html = html_of(text)

    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= TAGS
    for tag in re.findall(r"<[^>]*>", html):
        assert re.fullmatch(
            r'</?[a-z0-9]+( href="(?!javascript|data|vbscript)[^"]*" rel="noopener noreferrer nofollow")?'
            r'( start="\d+")?>',
            tag,
        )


def test_what_markdown_is_for():
    html = html_of(
        "Please **restart** the `vpn` client:\n\n1. close it\n2. open it\n\nSee https://example.com/x?a=1&b=2"
    )

    assert "<strong>restart</strong>" in html
    assert "<code>vpn</code>" in html
    assert "<ol>\n<li>close it</li>" in html
    assert 'href="https://example.com/x?a=1&amp;b=2"' in html


def test_each_line_stays_a_line():
    assert html_of("one\ntwo") == "<p>one<br>\ntwo</p>\n"


def test_headings_stay_below_the_page_s_own():
    assert html_of("# Big\n\n###### Small") == "<h4>Big</h4>\n<h4>Small</h4>\n"


@pytest.mark.parametrize("text", [">" * 10_000 + " deep", "- " * 9_000 + "deep", "> " * 9_000 + "deep"])
def test_what_is_nested_too_deep_is_shown_as_typed(text):
    html = html_of(text)

    assert "deep" in html
    assert "<blockquote>" not in html
    assert "<ul>" not in html


@pytest.mark.parametrize(
    "piece", ["[", "[a](", "*a ", "`", "![", "<", "http://a.b/(", "h://", "_a", "~~a", "|a"]
)
def test_no_text_takes_long(piece):
    text = (piece * TEXT_LENGTH)[:TEXT_LENGTH]

    begun = time.process_time()
    assert html_of(text)

    # Usually a tenth of it; what grew with the square of the length took nearly two seconds.
    assert time.process_time() - begun < 1


def test_a_text_of_addresses_alone_stays_text():
    assert html_of("https://a.example " * MOST_ADDRESSES).count("<a ") == MOST_ADDRESSES
    assert "<a " not in html_of("https://a.example " * (MOST_ADDRESSES + 1))
