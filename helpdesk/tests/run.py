"""`make test`: all tests on SQLite, then on PostgreSQL where there is one, and a plain word on what was left out.

`python -m helpdesk.tests.run [paths...]`. HELPDESK_TEST_DATABASE_URL names a PostgreSQL server (the tests make
databases of their own beside the one it names); HELPDESK_TEST_CHROMIUM a browser;
HELPDESK_TEST_NO_SKIPS=yes counts everything left out as a failure.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from .chromium import chromium

OUTCOMES = re.compile(r"(\d+) (passed|failed|skipped|error|errors|xfailed|xpassed)\b")
# pytest's own exit codes.
PASSED, FAILED, NOTHING_FOUND = 0, 1, 5


def main(paths: list[str]) -> int:
    """Run everything there is to run on; answer the exit code."""
    no_skips = os.environ.get("HELPDESK_TEST_NO_SKIPS", "").lower() in ("1", "yes", "true", "on")
    postgresql = os.environ.get("HELPDESK_TEST_DATABASE_URL", "").strip()
    left_out = []
    total, passed = run("SQLite", paths, {"DATABASE_URL": ""})
    if postgresql:
        more, passed_too = run("PostgreSQL", paths, {"DATABASE_URL": postgresql})
        total, passed = total + more, passed and passed_too
    else:
        left_out.append("PostgreSQL: skipped, HELPDESK_TEST_DATABASE_URL is not set")
    if chromium() is None:
        left_out.append("Browser: skipped, no Chromium at HELPDESK_TEST_CHROMIUM or on the PATH")
    for line in left_out:
        say(line)
    if no_skips and (left_out or total["skipped"]):
        say("HELPDESK_TEST_NO_SKIPS is set: nothing may be skipped.")
        passed = False
    say(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return PASSED if passed else FAILED


def run(name: str, paths: list[str], variables: dict[str, str]) -> tuple[Counter[str], bool]:
    """Run all tests on one database; answer how many passed, failed, were skipped, and if all is well."""
    say(f"== {name} ==")
    # Playwright keeps an event loop running in its process, where tests of our own loops cannot be.
    parts = [pytest(name, [*paths, "-m", marks], variables) for marks in ("not browser", "browser")]
    codes = {code for _, code in parts}
    if codes == {NOTHING_FOUND}:
        say(f"{name}: no tests found in {' '.join(paths) or 'the project'}")
    return parts[0][0] + parts[1][0], PASSED in codes and codes <= {PASSED, NOTHING_FOUND}


def pytest(name: str, arguments: list[str], variables: dict[str, str]) -> tuple[Counter[str], int]:
    """Run pytest once, showing what it says; answer how many tests passed, failed, were skipped, and its code."""
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
        *arguments,
    ]
    tail = ""
    with subprocess.Popen(
        command, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            say(line.rstrip("\n"))
            tail = line if OUTCOMES.search(line) else tail
    outcome = counted(tail)
    if process.returncode not in (PASSED, FAILED, NOTHING_FOUND):
        say(f"{name}: the run broke off ({process.returncode})")
        outcome["failed"] += 1
    return outcome, process.returncode


def counted(line: str) -> Counter[str]:
    """Read pytest's closing line: "3 failed, 120 passed, 2 skipped, 1 error in 9.01s"."""
    found = Counter({word: int(number) for number, word in OUTCOMES.findall(line)})
    return Counter(
        passed=found["passed"] + found["xfailed"],
        failed=found["failed"] + found["error"] + found["errors"] + found["xpassed"],
        skipped=found["skipped"],
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
