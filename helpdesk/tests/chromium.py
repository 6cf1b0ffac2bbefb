"""Finds the browser of the browser tests. Nothing is ever downloaded."""

import os
import shutil
from pathlib import Path

# The shell draws the same pages without a window around them, in two thirds of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Answer the path of Chromium: HELPDESK_TEST_CHROMIUM, else the first on the PATH, else None."""
    named = os.environ.get("HELPDESK_TEST_CHROMIUM", "").strip()
    if named:
        return named if Path(named).is_file() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)
