"""The guides as pages: Markdown of ours in templates/docs/, a folder for each kind of reader.

An index.md says what its folder holds, and in which order: the links of its list are the guide's pages.
"""

import posixpath
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from .frame import FramedMixin

DOCS = settings.BASE_DIR / "templates" / "docs"


def _everybody(request: HttpRequest) -> bool:
    return True


def _looks_after_the_installation(request: HttpRequest) -> bool:
    """Whoever may retry failed tasks. Commands are no secret, but of no use to those who only read tickets."""
    return admin.site.has_permission(request) and request.user.has_perm("helpdesk.change_failedtask")


# Folder -> whom its guide is for. For anybody else there is no such page.
READERS: dict[str, Callable[[HttpRequest], bool]] = {
    "users": _everybody,
    "admins": admin.site.has_permission,
    "operators": _looks_after_the_installation,
}


class Link(NamedTuple):
    text: str
    href: str


class Document(NamedTuple):
    """A file of a guide. contents: its headings of the second rank. pages: what it links to in the guides."""

    title: str
    html: SafeString
    contents: list[Link]
    pages: list[Link]


def read(folder: str, page: str) -> Document:
    """Read a file of a guide and render it.

    folder: of templates/docs. page: the file's name without its ending; both slugs.
    Raises FileNotFoundError.
    """
    parsed = _parser.parse((DOCS / folder / f"{page}.md").read_text())
    # The first heading is the page's own.
    title, tokens = _plain(parsed[1]), parsed[3:]
    contents, pages = _name_headings(tokens), _lead_to_pages(tokens, folder)
    # Our own text, without HTML in it.
    html = mark_safe(_parser.renderer.render(tokens, _parser.options, {}))  # noqa: S308
    return Document(title, html, contents, pages)


def _name_headings(tokens: list[Token]) -> list[Link]:
    """Give headings ids that links can name. Answers those of the second rank."""
    contents, taken = [], set[str]()
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = _plain(tokens[index + 1])
        name = slugify(text)
        while name in taken:
            name += "-"
        taken.add(name)
        token.attrSet("id", name)
        if token.tag == "h2":
            contents.append(Link(text, f"#{name}"))
    return contents


def _lead_to_pages(tokens: list[Token], folder: str) -> list[Link]:
    """Let links between files, which a code host follows as they are, lead to the pages they become."""
    pages = []
    for inline in tokens:
        children = inline.children or []
        for index, token in enumerate(children):
            path, _, anchor = str(token.attrGet("href") or "").partition("#")
            if not path.endswith(".md"):
                continue
            guide, page = posixpath.normpath(posixpath.join(folder, path.removesuffix(".md"))).split("/")
            href = reverse("help_page", args=[guide, page])
            token.attrSet("href", f"{href}#{anchor}" if anchor else href)
            pages.append(Link(children[index + 1].content, href))
    return pages


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])


# What may be wider than a phone scrolls by itself, with the keyboard as well (WCAG 2.2, 2.1.1).
def _table_open(renderer: RendererHTML, *_: Any) -> str:
    label = escape(gettext("Table"))
    return f'<div class="hd-guide__wide" role="group" aria-label="{label}" tabindex="0"><table>'


def _table_close(renderer: RendererHTML, *_: Any) -> str:
    return "</table></div>"


def _code_block(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any
) -> str:
    block = renderer.code_block(tokens, index, options, env)
    label = escape(gettext("Code"))
    return block.replace("<pre>", f'<pre role="group" aria-label="{label}" tabindex="0">', 1)


_parser = MarkdownIt("commonmark", {"html": False}).enable("table")
_parser.add_render_rule("table_open", _table_open)
_parser.add_render_rule("table_close", _table_close)
_parser.add_render_rule("fence", _code_block)
_parser.add_render_rule("code_block", _code_block)


class GuideView(FramedMixin, TemplateView):
    """A page of a guide."""

    template_name = "help/page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.get_guide(**kwargs))

    def get_guide(self, *, guide: str, page: str) -> dict[str, Any]:
        """Read what the address names. Raises Http404 for what is not there or not for this reader."""
        if page == "index" or guide not in READERS or not READERS[guide](self.request):
            raise Http404
        try:
            document = read(guide, page)
        except FileNotFoundError as error:
            raise Http404 from error
        return {"title": document.title, "document": document, "guide": read(guide, "index")}


class HelpView(GuideView):
    """What there is to read: the guides that are for this reader, each with its pages."""

    template_name = "help/overview.html"

    def get_guide(self, **kwargs: Any) -> dict[str, Any]:
        guides = [read(folder, "index") for folder, is_for in READERS.items() if is_for(self.request)]
        return {"title": gettext("Help"), "guides": guides}
