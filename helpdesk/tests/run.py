"""`make test`: all tests on SQLite, then on PostgreSQL what touches it, those of the scripts where Node.js is, and a
plain word on what was left out.

`python -m helpdesk.tests.run [paths...]`; with paths, tests in Python only. HELPDESK_TEST_DATABASE_URL names a
PostgreSQL server (the tests make databases of their own beside the one it names); HELPDESK_TEST_CHROMIUM a browser;
HELPDESK_TEST_NO_SKIPS=yes counts everything left out as a failure; HELPDESK_TEST_EXAMPLES and HELPDESK_TEST_KILLS say
how long tests of chance go on. What differs on PostgreSQL, plugin.py decides.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from .chromium import chromium

OUTCOMES = re.compile(r"(\d+) (passed|failed|skipped|error|errors|xfailed|xpassed)\b")
# Node's closing lines, one each, a sign before it: "pass 244".
NODE_OUTCOMES = re.compile(r"^\S+ (pass|fail|cancelled|skipped|todo) (\d+)$", re.MULTILINE)
# pytest's own exit codes.
PASSED, FAILED, NOTHING_FOUND = 0, 1, 5


def main(paths: list[str]) -> int:
    """Run everything there is to run on; answer the exit code."""
    no_skips = os.environ.get("HELPDESK_TEST_NO_SKIPS", "").lower() in ("1", "yes", "true", "on")
    postgresql = os.environ.get("HELPDESK_TEST_DATABASE_URL", "").strip()
    left_out = []
    total, code, _ = pytest("SQLite", paths, {"DATABASE_URL": ""})
    passed = code == PASSED
    if code == NOTHING_FOUND:
        say(f"No tests found in {' '.join(paths) or 'the project'}")
    if postgresql:
        more, code, left_to_sqlite = pytest("PostgreSQL", paths, {"DATABASE_URL": postgresql})
        total, passed = total + more, passed and code in (PASSED, NOTHING_FOUND)
    else:
        left_out.append("PostgreSQL: skipped, HELPDESK_TEST_DATABASE_URL is not set")
        left_to_sqlite = []
    if not paths and shutil.which("npm"):
        more, passed_too = run_javascript()
        total, passed = total + more, passed and passed_too
    elif not paths:
        left_out.append("JavaScript: skipped, no Node.js with npm on the PATH")
    if chromium() is None:
        left_out.append("Browser: skipped, no Chromium at HELPDESK_TEST_CHROMIUM or on the PATH")
    for line in left_to_sqlite + left_out:
        say(line)
    if no_skips and (left_out or total["skipped"]):
        say("HELPDESK_TEST_NO_SKIPS is set: nothing may be skipped.")
        passed = False
    say(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return PASSED if passed else FAILED


def pytest(name: str, paths: list[str], variables: dict[str, str]) -> tuple[Counter[str], int, list[str]]:
    """Run all tests on one database, showing what pytest says.

    Answers how many passed, failed, were skipped; pytest's exit code; and what it left to another database.
    """
    say(f"== {name} ==")
    # In this order each process runs the tests that commit, and so empty its database, after all others.
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        str(processes()),
        "--dist",
        "loadgroup",
        *paths,
    ]
    tail, left = "", []
    with subprocess.Popen(
        command, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            say(line.rstrip("\n"))
            tail = line if OUTCOMES.search(line) else tail
            if line.startswith(f"{name}: "):
                left.append(line.rstrip("\n"))
    outcome = counted(tail)
    if process.returncode not in (PASSED, FAILED, NOTHING_FOUND):
        say(f"{name}: the run broke off ({process.returncode})")
        outcome["failed"] += 1
    return outcome, process.returncode, left


def run_javascript() -> tuple[Counter[str], bool]:
    """Run the tests of static/js/, showing what they say if one fails; answer the counts and if all is well."""
    say("== JavaScript ==")
    done = subprocess.run(
        ["npm", "test", "--silent"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    outcome = counted_by_node(done.stdout)
    # No test at all is no green run.
    passed = done.returncode == 0 and outcome["passed"] > 0
    if not passed:
        say(done.stdout)
        outcome["failed"] = max(1, outcome["failed"])
    say(f"{outcome['passed']} passed, {outcome['failed']} failed, {outcome['skipped']} skipped")
    return outcome, passed


def counted(line: str) -> Counter[str]:
    """Read pytest's closing line: "3 failed, 120 passed, 2 skipped, 1 error in 9.01s"."""
    found = Counter({word: int(number) for number, word in OUTCOMES.findall(line)})
    return Counter(
        passed=found["passed"] + found["xfailed"],
        failed=found["failed"] + found["error"] + found["errors"] + found["xpassed"],
        skipped=found["skipped"],
    )


def counted_by_node(said: str) -> Counter[str]:
    """Read the closing lines of Node's test runner."""
    found = Counter({word: int(number) for word, number in NODE_OUTCOMES.findall(said)})
    return Counter(
        passed=found["pass"],
        failed=found["fail"] + found["cancelled"],
        skipped=found["skipped"] + found["todo"],
    )


def processes() -> int:
    """One for each core this process may use, at least two: much of the time is spent waiting."""
    return max(2, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent.parent)
    sys.exit(main(sys.argv[1:]))
