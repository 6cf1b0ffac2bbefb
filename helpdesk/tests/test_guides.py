"""The guides and the code agree, both ways: each command, setting and page is described once, and each one
named exists.

A command or setting is described under a heading of the third rank that names it in code; a page of the menus
where its name is a link to it.
"""

import posixpath
import re
from collections import Counter

import pytest
from django.core.management import get_commands, load_command_class
from django.utils.text import slugify

from helpdesk import settings as settings_module

from .processes import ROOT

DOCS = ROOT / "templates" / "docs"
GUIDES = sorted(DOCS.rglob("*.md"))
# Developers' commands and settings stand where developers look.
FOR_DEVELOPERS = [ROOT / ".github" / "CONTRIBUTING.md", ROOT / "tickets" / "benchmarks" / "README.md"]
TEXTS = {str(path.relative_to(ROOT)): path.read_text() for path in [*GUIDES, *FOR_DEVELOPERS]}
# Whose guide may send its readers where.
MAY_LEAD_TO = {
    "users": {"users"},
    "admins": {"users", "admins"},
    "operators": {"users", "admins", "operators"},
}
# Django's own that ours are described beside.
DJANGOS = {"changepassword"}


def described():
    headings = re.findall(r"^### (.+)$", "\n".join(TEXTS.values()), re.MULTILINE)
    return Counter(name for heading in headings for name in re.findall(r"`([^`]+)`", heading))


def our_commands():
    return {name for name, app in get_commands().items() if app in ("accounts", "helpdesk", "tickets")}


def our_settings():
    return settings_module.env.known | {"DATABASE_URL", "EMAIL_URL"}


def test_each_command_and_setting_is_described_once_and_each_described_one_exists():
    assert described() == Counter(our_commands() | our_settings() | DJANGOS)


@pytest.mark.parametrize("path", TEXTS)
def test_each_command_and_setting_that_is_named_exists(path):
    commands = re.findall(r"manage\.py ([a-z_]+)", TEXTS[path])
    settings = re.findall(r"HELPDESK_[A-Z_]*[A-Z]|(?:DATABASE|EMAIL)_URL", TEXTS[path])

    assert set(commands) - set(get_commands()) == set()
    assert set(settings) - our_settings() == set()


def options_named():
    """Every option beside the command it is named for: under its heading, and on a line that runs it."""
    for path, text in TEXTS.items():
        for section in re.split(r"^#+ ", text, flags=re.MULTILINE):
            if heading := re.match(r"`([a-z_]+)`\n", section):
                yield from ((path, heading[1], option) for option in re.findall(r"`(--[a-z-]+)", section))
        for command, rest in re.findall(r"manage\.py ([a-z_]+)(.*)", text):
            yield from ((path, command, option) for option in re.findall(r"(--[a-z-]+)", rest))


def test_each_option_that_is_named_exists():
    wrong = [
        (path, command, option)
        for path, command, option in options_named()
        if option
        not in load_command_class(get_commands()[command], command).create_parser("", "").format_help()
    ]

    assert wrong == []
    assert len(list(options_named())) > 20


# -- pages -------------------------------------------------------------------------------------
def links(path, pattern):
    """Answer (text, address) of every link of a guide whose address begins so, without code blocks."""
    return re.findall(rf"\[([^\]]+)\]\(({pattern}[^)]*)\)", TEXTS[path])


PAGES = [
    (str(path.relative_to(ROOT)), text, address)
    for path in GUIDES
    for text, address in links(str(path.relative_to(ROOT)), "/")
]


def test_each_page_of_the_menus_is_described_once(client_of, requester, admin):
    portal = client_of(requester).get("/tickets/").content.decode()
    console = client_of(admin).get("/admin/").content.decode()
    menus = re.findall(r"<nav.*?</nav>|<ul class=\"hd-menu__pop\">.*?</ul>", portal + console, re.DOTALL)
    offered = set(re.findall(r'href="(/[^"?#]*)"', " ".join(menus)))

    assert {"/tickets/new/", "/admin/tickets/ticket/", "/auth/profile/"} < offered
    assert Counter(address for _, _, address in PAGES if address in offered) == Counter(offered - {"/help/"})


@pytest.mark.parametrize(("path", "text", "address"), PAGES)
def test_each_page_that_is_named_opens_and_has_this_name(path, text, address, client_of, requester, admin):
    reader = requester if "/users/" in path else admin
    # Who is signed in is led away from registering.
    reader = None if address.startswith("/auth/register") else reader
    response = client_of(reader).get(address)

    assert response.status_code == 200
    page = re.sub(r"<[^>]+>", "", " ".join(re.findall(r"<h1.*?</h1>", response.content.decode(), re.DOTALL)))
    menu = re.findall(rf'href="{address}"[^>]*>(?:<svg.*?</svg>)?([^<]+)<', response.content.decode())
    assert text.casefold() in {page.strip().casefold(), *(words.strip().casefold() for words in menu)}


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: str(path.relative_to(DOCS)))
def test_each_link_between_guides_leads_to_a_heading_its_readers_may_read(path):
    folder = path.parent.name
    for _, address in links(str(path.relative_to(ROOT)), r"[^/]"):
        file, _, anchor = address.partition("#")
        target = DOCS / posixpath.normpath(posixpath.join(folder, file or path.name))
        assert target.parent.name in MAY_LEAD_TO[folder], address
        headings = re.findall(r"^##+ (.+)$", target.read_text(), re.MULTILINE)
        assert not anchor or anchor in {slugify(heading.replace("`", "")) for heading in headings}, address


@pytest.mark.parametrize("folder", MAY_LEAD_TO)
def test_each_page_of_a_guide_stands_in_its_contents_under_its_own_name(folder):
    contents = links(f"templates/docs/{folder}/index.md", r"[^/]")
    files = {path for path in (DOCS / folder).glob("*.md") if path.name != "index.md"}

    assert {(path.read_text().splitlines()[0].removeprefix("# "), path.name) for path in files} == set(
        contents
    )
