"""`make test` counts right and says what it left out."""

import os
import subprocess
import sys

import pytest

from .processes import ROOT
from .run import counted


@pytest.mark.parametrize(
    ("line", "passed", "failed", "skipped"),
    [
        ("1278 passed in 61.02s (0:01:01)", 1278, 0, 0),
        ("3 failed, 120 passed, 2 skipped, 4 warnings, 1 error in 9.01s", 120, 4, 2),
        ("2 errors in 0.10s", 0, 2, 0),
        ("1 passed, 1 xfailed, 1 xpassed in 1s", 2, 1, 0),
        ("no tests ran in 0.01s", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_the_closing_line_of_pytest_is_read(line, passed, failed, skipped):
    assert counted(line) == {"passed": passed, "failed": failed, "skipped": skipped}


@pytest.fixture
def make_test(tmp_path):
    """Run the runner on one file of tests with the given text."""

    def run(text, **variables):
        file = tmp_path / "test_it.py"
        file.write_text(text)
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("HELPDESK_", "PYTEST_"))
        }
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "helpdesk.tests.run",
                "-p",
                "no:cacheprovider",
                "-n0",
                "-c",
                "pyproject.toml",
                str(file),
            ],
            env={**kept, **variables},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        return done.returncode, done.stdout

    return run


def test_a_green_run_says_what_was_left_out_and_ends_with_the_sum(make_test):
    code, said = make_test("def test_a(): pass\ndef test_b(): pass\n", HELPDESK_TEST_CHROMIUM="/nowhere")

    assert code == 0
    assert "PostgreSQL: skipped, HELPDESK_TEST_DATABASE_URL is not set" in said
    assert "Browser: skipped, no Chromium" in said
    assert said.splitlines()[-1] == "2 passed, 0 failed, 0 skipped"


def test_what_no_database_can_change_is_left_to_sqlite_and_said(make_test):
    # Nobody is asked at this address.
    nowhere = "postgres://nobody@127.0.0.1:1/nothing"

    code, said = make_test("def test_a(): pass\n", HELPDESK_TEST_DATABASE_URL=nowhere)

    assert code == 0
    assert said.count("PostgreSQL: 1 without a database ran on SQLite only") == 2
    assert said.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


def test_a_failing_run_fails(make_test):
    code, said = make_test("def test_a(): assert 1 == 2\ndef test_b(): pass\n")

    assert code == 1
    assert said.splitlines()[-1] == "1 passed, 1 failed, 0 skipped"


def test_where_nothing_may_be_skipped_a_skip_fails(make_test):
    text = "import pytest\n@pytest.mark.skip(reason='why not')\ndef test_a(): pass\ndef test_b(): pass\n"

    code, said = make_test(text, HELPDESK_TEST_NO_SKIPS="yes")

    assert code == 1
    assert "nothing may be skipped" in said
    assert said.splitlines()[-1] == "1 passed, 0 failed, 1 skipped"


def test_a_file_without_tests_is_no_green_run(make_test):
    code, said = make_test("x = 1\n")

    assert code == 1
    assert "No tests found in" in said
