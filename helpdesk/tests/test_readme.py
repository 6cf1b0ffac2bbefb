"""README fits one screen, and what it and the other texts beside the code lead to is there."""

import re

import pytest

from .processes import ROOT

README = (ROOT / "README.md").read_text()
TEXTS = [
    "README.md",
    "CHANGELOG.md",
    ".github/CONTRIBUTING.md",
    ".github/SECURITY.md",
    "tickets/benchmarks/README.md",
]
MOST_LINES = 90


def test_the_readme_fits_one_screen():
    assert len(README.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", TEXTS)
def test_each_link_leads_to_a_file(path):
    addresses = re.findall(r"\]\(([^)#]+)", (ROOT / path).read_text())
    files = [address for address in addresses if not address.startswith("https://")]

    assert [file for file in files if not ((ROOT / path).parent / file).is_file()] == []


def test_its_two_commands_and_their_sign_ins_are_there():
    from tickets.demo import people

    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)", README)) == {"run", "test", "clean"} <= targets
    for words in (people.ADMIN_EMAIL, people.USER_EMAIL, people.PASSWORD):
        assert words in README


def test_the_changelog_tells_of_the_version_that_is_installed():
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)

    assert re.search(rf"^## {re.escape(version[1])} - ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
