"""Walks the resolver: every address the product answers at, as the pattern that matches it."""

import re

from django.urls import URLPattern, URLResolver, get_resolver


def routes() -> list[str]:
    """List every address as a readable pattern: tickets/<ticket:number>/edit/"""
    return sorted(set(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, prefix: str) -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        route = prefix + _readable(entry)
        if isinstance(entry, URLResolver):
            found += _walk(entry, route)
        elif isinstance(entry, URLPattern):
            found.append(route)
    return found


def _readable(entry: URLPattern | URLResolver) -> str:
    """A route as it is; a regular expression with its groups named and its anchors gone."""
    text = str(entry.pattern)
    text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", text)
    return text.replace("\\Z", "").strip("^$").replace("^", "").replace("$", "")
