"""README names what there is."""

import re

from django.core.management import get_commands

from .processes import ROOT

README = (ROOT / "README.md").read_text()


def test_every_setting_is_in_the_readme_and_nothing_else():
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "helpdesk" / "settings.py").read_text())
    own = re.findall(r'"(TEST_[A-Z_]+)"', (ROOT / "helpdesk" / "conf" / "environment.py").read_text())

    assert {f"HELPDESK_{name}" for name in read + own} == set(re.findall(r"HELPDESK_[A-Z_]*[A-Z]", README))


def test_every_command_of_ours_is_in_the_readme():
    ours = {name for name, app in get_commands().items() if app in ("accounts", "tickets", "helpdesk")}

    assert {name for name in ours if f"`{name}" not in README and f" {name} " not in README} == set()
