"""Reads what a page and the answer for its live parts have in common."""

import re
from html.parser import HTMLParser

FRAME = {"bell", "saved-views"}
# What is made anew for each answer, or carries the second it was made in.
FRESH = {"csrfmiddlewaretoken", "token", "author"}
VOID = {"input", "br", "hr", "img", "meta", "link"}


class Parts(HTMLParser):
    """Each element with `data-live`, by its id: what stands in it, without tokens and spaces."""

    def __init__(self, html):
        super().__init__()
        self.found, self._name, self._depth = {}, "", 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if not self._name and "data-live" in given:
            self._name, self.found[given["id"]] = given["id"], ""
        elif self._name and given.get("name") not in FRESH:
            kept = sorted(item for item in given.items() if item[0] != "data-live-src")
            self.found[self._name] += f"<{tag} {kept}>"
        if self._name and tag not in VOID:
            self._depth += 1

    def handle_startendtag(self, tag, attrs):
        """Icons are the same for everybody."""

    def handle_endtag(self, tag):
        if self._name and tag not in VOID:
            self._depth -= 1
            if not self._depth:
                self._name = ""

    def handle_data(self, data):
        if self._name:
            self.found[self._name] += re.sub(r"\s+", " ", data)


def parts(answer):
    """Answer the live parts of a response by their ids, without those of the frame around every page."""
    found = Parts(answer.content.decode()).found
    return {name: words for name, words in found.items() if name not in FRAME}


def live_src(answer):
    """Answer where the page says that its parts can be had again."""
    return re.search(r'data-live-src="([^"]+/live/[^"]*)"', answer.content.decode())[1].replace("&amp;", "&")
