"""Hands at the mouse, whose clicks the browser counts; and hands at the keyboard, with an ear for the screen reader."""

import json

from playwright.sync_api import BrowserContext, Error, Page

# What opens and closes what stands behind it: Chromium's own name for a summary.
DISCLOSURE = "DisclosureTriangle"
# More controls than any page of ours has.
FAR = 120
# From page to page. A press of the mouse or a finger is a click. A choice from a list is two, as the list is opened
# first: Playwright chooses without a press, in an event that no person makes. Keys make neither.
COUNTING = """
  const count = (more) => sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks")) + more);
  addEventListener("pointerdown", ({ isTrusted }) => isTrusted && count(1), true);
  addEventListener("change", ({ isTrusted, target }) => !isTrusted && target.matches("select") && count(2), true);
"""
# Of a box with a list of choices: the one that is marked.
AT = """(() => {
  const at = document.activeElement;
  return document.getElementById(at.getAttribute("aria-activedescendant")) ?? at;
})()"""


def count_clicks(browser: BrowserContext) -> None:
    """Count what is clicked in the pages that are opened from now on, each with those it leads to."""
    browser.add_init_script(COUNTING)


def clicks_in(page: Page) -> int:
    """Answer how often somebody has clicked so far, in this page and in those that led to it."""
    return int(page.evaluate("Number(sessionStorage.getItem('clicks'))"))


class Keyboard:
    """A page, worked with keys alone.

    What a control is called is asked of Chromium's accessibility tree, where screen readers ask.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.type = page.keyboard.type
        self._tree = page.context.new_cdp_session(page)

    def press(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def leave(self, key: str = "Enter") -> None:
        """Press a key that leads to another page, and wait until that hears keys."""
        with self.page.expect_navigation():
            self.press(key)

    def heard(self) -> str:
        """Answer what a screen reader is told of where one is: `button "Send reply"`."""
        at = self._tree.send("Runtime.evaluate", {"expression": AT})["result"]
        about = {"objectId": at["objectId"], "fetchRelatives": False}
        node = self._tree.send("Accessibility.getPartialAXTree", about)["nodes"][0]
        if "name" not in node:
            return str(node["role"]["value"])
        return said(node["role"]["value"], node["name"]["value"])

    def is_at(self, role: str, name: str) -> None:
        """Wait until the focus is at this control."""
        heard = ""
        for _ in range(200):
            try:
                heard = self.heard()
            except Error:
                # Between two pages there is nothing to ask.
                heard = "nothing"
            if heard == said(role, name):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"One is not at {said(role, name)} but at {heard}.")

    def go_to(self, role: str, name: str, *, key: str = "Tab") -> None:
        """Go on to this control with a key; it comes after the one where one is."""
        passed: list[str] = []
        for _ in range(FAR):
            self.press(key)
            passed.append(self.heard())
            if passed[-1] == said(role, name):
                return
            if passed[-1] == "none":
                break
        raise AssertionError(f"{key} does not lead to {said(role, name)}, only to:\n" + "\n".join(passed))


def said(role: str, name: str) -> str:
    return f"{role} {json.dumps(name, ensure_ascii=False)}"
