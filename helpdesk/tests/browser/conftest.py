"""Debian's Chromium, driven by Playwright; and axe-core to look at each page."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from helpdesk.tests.chromium import chromium as installed_chromium
from helpdesk.tests.real_server import session_cookie

from .hands import count_clicks

# Background networking would knock at the maker's doors at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Pages whose complaints are axe-core's own doing, until they go to another address.
UNDER_AXE: set[Page] = set()
PASSWORD = "quiet river under stones"
AXE = Axe()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = installed_chromium()
    if path is None:
        pytest.skip("no Chromium at HELPDESK_TEST_CHROMIUM or on the PATH")
    with sync_playwright() as playwright:
        # A condition is waited for, however busy the machine is; only a fault waits this long.
        expect.set_options(timeout=20_000)
        # A test before this one may have set another zone for the whole process; the pages' own is UTC.
        zone = {**os.environ, "TZ": "UTC"}
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=zone)
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Iterator[Callable[[Page], Page]]:
    """Let what a page complains of fail the test."""
    complaints: list[str] = []

    def complain(page: Page, text: str) -> None:
        if "Content Security Policy" in text and page not in UNDER_AXE:
            complaints.append(text)

    def listen(page: Page) -> Page:
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("console", lambda message: complain(page, message.text))
        page.on("framenavigated", lambda frame: UNDER_AXE.discard(page))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        return page

    yield listen
    assert not complaints


@pytest.fixture
def open_browser(
    chromium: Browser, live_server: Any, watch: Callable[[Page], Page]
) -> Iterator[Callable[..., Page]]:
    """Open a person's browser: a page of a context of its own, whose complaints fail the test.

    Takes what Playwright's new_context takes (viewport, color_scheme, java_script_enabled ...).
    """
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:
        contexts.append(new_context(chromium, live_server, **options))
        return watch(contexts[-1].new_page())

    yield open_one
    for context in contexts:
        context.close()


def new_context(chromium: Browser, live_server: Any, **options: Any) -> BrowserContext:
    context = chromium.new_context(base_url=live_server.url, **options)
    context.set_default_timeout(10_000)
    # This server has no streams; its pages stay as they were opened. test_live.py is about the others.
    context.add_init_script("delete window.EventSource")
    return context


@pytest.fixture(scope="session")
def familiar(chromium: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A browser at a desk that has been here before. It has scripts and styles: half of the work of a page."""
    context = new_context(
        chromium, live_server, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    count_clicks(context)
    yield context
    context.close()


@pytest.fixture
def sit_down(
    familiar: BrowserContext, live_server: Any, watch: Callable[[Page], Page]
) -> Iterator[Callable[[Any, str], Page]]:
    """Open an address at the desk as somebody who has signed in before. One person at a time; clicks are counted."""

    def come(person: Any, address: str) -> Page:
        familiar.add_cookies([session_cookie(person, live_server.url)])
        page = watch(familiar.new_page())
        page.goto(address)
        return page

    yield come
    for page in familiar.pages:
        page.evaluate("localStorage.clear()")
        page.close()
    familiar.clear_cookies()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in with the browser's cookies and no page drawn; test_story.py signs in as people do."""
    site = page.context.request
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', site.get("/auth/login/").text())
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
    assert site.post("/auth/login/", form=form, max_redirects=0).status == 302


def sign_out(page: Page) -> None:
    page.locator("summary", has_text="Account menu").click()
    page.get_by_role("button", name="Sign out").click()


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for what a request of the page does behind it, for ten seconds at most."""
    for _ in range(200):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It has not come to that.")


def violations(page: Page, within: str | None = None) -> list[str]:
    """What axe-core finds on the page, or `within` what this selector finds alone, one line each."""
    # It tries styles of its own, which our policy refuses.
    UNDER_AXE.add(page)
    # Half a megabyte, once for a page; and only what is wrong comes back.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate(
        """(within) => axe.run(within ?? document, { resultTypes: ["violations"] })
            .then(({ violations }) => violations)""",
        within,
    )
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found]
