"""`make test` counts right and says what it left out."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from .processes import ROOT
from .run import counted, counted_by_node, run_javascript


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


# -- the scripts' own tests --------------------------------------------------------------------
def test_the_closing_lines_of_node_are_read():
    said = "✔ a test that says pass 3 (1ms)\nℹ tests 9\nℹ pass 4\nℹ fail 1\nℹ cancelled 2\nℹ skipped 1\nℹ todo 1\n"

    assert counted_by_node(said) == {"passed": 4, "failed": 3, "skipped": 2}


@pytest.mark.skipif(shutil.which("npm") is None, reason="no Node.js with npm on the PATH")
@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ('test("a", () => {});', (1, 0, True)),
        ('test("a", () => {}); test("b", () => { throw new Error("no"); });', (1, 1, False)),
        ("syntax error", (0, 1, False)),
        (None, (0, 1, False)),
    ],
)
def test_the_tests_of_the_scripts_count(tmp_path, monkeypatch, tests, expected):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "package.json").write_text(
        json.dumps({"type": "module", "scripts": {"test": "node --test --test-reporter=spec *.test.js"}})
    )
    if tests is not None:
        (tmp_path / "a.test.js").write_text(f'import {{ test }} from "node:test";\n{tests}\n')

    outcome, passed = run_javascript()

    assert (outcome["passed"], outcome["failed"], passed) == expected


def test_without_node_the_scripts_are_said_to_be_untested(tmp_path):
    (tmp_path / "pytest.ini").write_text(f"[pytest]\ntestpaths = {tmp_path}\n")
    (tmp_path / "test_it.py").write_text("def test_a(): pass\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HELPDESK_")}
    options = f"-c {tmp_path / 'pytest.ini'} --rootdir {ROOT} -p no:cacheprovider -p no:django"

    done = subprocess.run(
        [sys.executable, "-m", "helpdesk.tests.run"],
        env={**kept, "PATH": "/nowhere", "PYTEST_ADDOPTS": options},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "JavaScript: skipped, no Node.js with npm on the PATH" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"
