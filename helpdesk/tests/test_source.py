"""What must not stand in the source, and what we ship that others wrote."""

import hashlib
import json
import re
from pathlib import Path

import bootstrap_wrapper
import pytest

from .processes import ROOT

# sha256 of what we load of npm's bootstrap@5.3.8; the wheel we install has one maintainer.
BOOTSTRAP = {
    "css/bootstrap-reboot.min.css": "0b56cde507cfa4d5d219f71df2e2d0a9b14bd6f589583818b874fb026f0f47f7",
}
# The readers of mail know no style sheet of ours.
MAY_HOLD_STYLE = {"templates/email/base.html"}
# The health pages change nothing; a mail program that unsubscribes has no cookie of ours.
MAY_BE_POSTED_TO = {"helpdesk/web/health.py", "tickets/views/unwatch.py"}
APPS = ("accounts", "helpdesk", "tickets")
# The drawing of icons marks its own constants, the guides what becomes of ours, tickets what went through
# the allow-list; nothing else marks anything.
MAY_MARK_SAFE = {
    "helpdesk/templatetags/interface.py",
    "helpdesk/web/help.py",
    "tickets/templatetags/tickets.py",
}
MAY_WRITE_SQL = {
    "tickets/search/query.py",
    "tickets/search/index.py",
    "helpdesk/db/triggers.py",
    "tickets/live/notify_triggers.py",
    "helpdesk/db/snapshot.py",
}


def sources():
    """Every Python file of the product, without tests and migrations, as path -> text."""
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    kept = [file for file in files if not {"tests", "migrations", "benchmarks"} & set(file.parts)]
    return {str(file.relative_to(ROOT)): file.read_text() for file in [*kept, ROOT / "manage.py"]}


def templates():
    files = [
        *(ROOT / "templates").rglob("*"),
        *(f for app in APPS for f in (ROOT / app).rglob("templates/**/*")),
    ]
    return {str(file.relative_to(ROOT)): file.read_text() for file in files if file.is_file()}


def styles():
    return {str(file): file.read_text() for file in (ROOT / "static").rglob("*.css")}


def where(texts, pattern, but=frozenset()):
    return sorted(path for path, text in texts.items() if path not in but and re.search(pattern, text))


@pytest.mark.parametrize(("name", "digest"), BOOTSTRAP.items())
def test_bootstrap_is_the_one_its_makers_published(name, digest):
    file = Path(bootstrap_wrapper.get_bootstrap_dir()) / name

    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


def test_pinned_requirements_hold_hashes_and_no_address():
    files = sorted(ROOT.glob("requirements*.txt"))

    assert len(files) == 3
    for file in files:
        pins = [line for line in file.read_text().splitlines() if re.match(r"[a-z0-9]", line, re.IGNORECASE)]
        assert pins
        assert all("==" in pin for pin in pins)
        assert "://" not in file.read_text()
        assert "resolved" not in file.read_text()
        assert file.read_text().count("--hash=sha256:") >= len(pins)


def test_the_tools_for_javascript_are_pinned_with_hashes_no_address_and_nothing_of_them_is_shipped():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    tools = {name: package for name, package in packages.items() if name}

    assert tools
    assert all(package["integrity"].startswith("sha512-") and package["dev"] for package in tools.values())
    assert not any("resolved" in package for package in tools.values())
    assert "dependencies" not in json.loads((ROOT / "package.json").read_text())


def test_nothing_but_the_icons_is_marked_as_safe():
    assert where(sources(), r"mark_safe|SafeString|\.safe\b|autoescape", MAY_MARK_SAFE) == []
    pages = {path: text for path, text in templates().items() if path.endswith(".html")}
    assert where(pages, r"\|\s*safe|autoescape|safeseq") == []
    # Mails of plain text have nothing to escape; they are the only ones that may switch it off.
    assert where(templates(), r"\|\s*safe|safeseq") == []


def test_no_template_holds_style_script_or_handler():
    kinds = r"<style|\sstyle\s*=|javascript:|\son[a-z]+\s*=|hx-on"

    assert where(templates(), kinds, MAY_HOLD_STYLE) == []
    assert where(templates(), r"<script(?![^>]*\ssrc=)[^>]*>") == []


def test_no_page_loads_anything_from_elsewhere():
    tags = r"<(?:link|script|img|iframe|source|object|embed|use)[^>]+(?:src|href|data)\s*=\s*[\"']?(?:https?:)?//"

    assert where(templates(), tags) == []
    assert where(styles(), r"url\([^;)]*//") == []


def test_no_style_sheet_waits_for_another_and_pages_link_ours_and_the_reboot_alone():
    assert where(styles(), r"@import") == []
    linked = {name for text in templates().values() for name in re.findall(r"[\w/-]+/[\w.-]+\.css\b", text)}
    assert {name.removeprefix("/static/") for name in linked if not name.startswith("static/")} == {
        "bootstrap/css/bootstrap-reboot.min.css",
        *(f"css/{name}.css" for name in ("ui", "portal", "console", "help", "latest")),
    }


def test_sql_is_only_written_where_the_models_cannot_say_it():
    sql = r"f\"{1,3}\s*(?:SELECT|INSERT|UPDATE|DELETE|ALTER|DROP|CREATE|PRAGMA)\s"

    assert where(sources(), sql, MAY_WRITE_SQL) == []
    assert where(sources(), r"\.raw\(|\.extra\(|RawSQL", MAY_WRITE_SQL) == []


def test_no_request_is_exempt_from_the_security_token_but_health_pages_and_unsubscribing():
    assert where(sources(), r"csrf_exempt", MAY_BE_POSTED_TO) == []
    assert where(templates(), r"<form(?=[^>]*method=.post.)(?:(?!</form>)[\s\S])*</form>") == where(
        templates(), r"<form(?=[^>]*method=.post.)(?:(?!</form>)[\s\S])*(?:csrf_token|crispy)[\s\S]*?</form>"
    )


def test_nothing_reads_untrusted_bytes_as_code():
    assert where(sources(), r"\bpickle\b|\beval\(|\bexec\(|yaml\.load\b|shell\s*=\s*True|os\.system") == []
