"""Draws the usual form fields in Python: a template for each, and for each option, costs more than the page."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join

Widget = dict[str, Any]


class Renderer(DjangoTemplates):
    """Draws what is listed below as Django's own templates would, and everything else by them."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        if template_name.startswith("django/forms/errors/list/") and not context["errors"]:
            return ""
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


class Select(forms.Select):
    """Django's, without a dictionary for each of its options. For choices without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        chosen, options = set(self.format_value(value)), []
        label: Any
        for code, label in self.choices:
            words = "" if code is None else str(code)
            options.append((_option(words, label, words in chosen),))
            # Only the first of the same.
            chosen.discard(words)
        all_attrs = _attributes(self.build_attrs(self.attrs, attrs))
        drawn = format_html_join("", "{}", options)
        return format_html('<select name="{}"{}>{}\n</select>', name, all_attrs, drawn)


@lru_cache(maxsize=4096, typed=True)
def _option(value: str, label: str, is_chosen: bool) -> str:
    chosen = _attribute("selected", True) if is_chosen else ""
    return format_html('\n  <option value="{}"{}>{}</option>', value, chosen, label)


def _attributes(attrs: dict[str, Any]) -> str:
    told = ((_attribute(name, value),) for name, value in attrs.items() if value is not False)
    return format_html_join("", "{}", told)


@lru_cache(maxsize=4096, typed=True)
def _attribute(name: str, value: Any) -> str:
    return format_html(' {}="{}"', name, value) if value is not True else format_html(" {}", name)


def _input(widget: Widget) -> str:
    given = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    attrs = _attributes(widget["attrs"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], given, attrs)


def _textarea(widget: Widget) -> str:
    attrs, value = _attributes(widget["attrs"]), widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attrs, value)


def _select(widget: Widget) -> str:
    options = format_html_join("", "{}", ((_group(*group),) for group in widget["optgroups"]))
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget["attrs"]), options
    )


def _group(label: str | None, options: list[Widget], index: int) -> str:
    drawn = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>',
        ((option["value"], _attributes(option["attrs"]), option["label"]) for option in options),
    )
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', label, drawn) if label else drawn


DRAWN: dict[str, Callable[[Widget], str]] = {
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    **{
        f"django/forms/widgets/{name}.html": _input
        for name in ("input", "text", "hidden", "number", "email", "search", "checkbox", "date", "file")
    },
}
