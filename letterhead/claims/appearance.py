"""The CMS-1500 as part of a page: items 24 to 33 as they would print, before it is saved. Pure."""

from collections.abc import Iterator, Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letterhead.billing.contents import Contents
from letterhead.claims.cms1500 import forms
from letterhead.claims.grid import BOXES, Key
from letterhead.claims.paper.svg import PARTS, Part, box, drawing, value
from letterhead.claims.texts import Printed, seen
from letterhead.ui.marks import marked

_Values = Mapping[Key, Printed]


def cms1500_sheet(contents: Contents, saved: Contents | None = None) -> SafeString:
    """Draw items 24 to 33 of a claim's first form; what differs from `saved` is marked.

    Each value is where it prints on paper, whether it fits its box or not, and again in a list for
    people who can't see it. The tax ID shows its last four digits only.
    """
    now, was = _values(contents), _values(saved or contents)
    parts = [(part, _svg(part, now, was)) for part in PARTS]
    context = {"parts": parts, "items": list(_items(now, was))}
    return render_to_string("claims/cms1500_sheet.html", context)


def _values(contents: Contents) -> _Values:
    first = forms(contents)[0]
    return {
        printed.key: printed
        for printed in first
        if (found := BOXES.get(printed.key))
        and any(p.holds(found.line, found.column) for p in PARTS)
    }


def _svg(part: Part, now: _Values, was: _Values) -> SafeString:
    inside = [key for key in BOXES if part.holds(BOXES[key].line, BOXES[key].column)]
    marks = [_mark(key, now) for key in inside if _text(now, key) != _text(was, key)]
    values = [
        value(now[key], class_="value" if now[key].fits else "value misfit")
        for key in inside
        if key in now
    ]
    letters = f'<g fill="currentColor" font-family="monospace" font-size="12">{"".join(values)}</g>'
    return mark_safe(f"{''.join(marks)}{drawing(part)}{letters}")  # noqa: S308 (escaped)


def _text(values: _Values, key: Key) -> str:
    return values[key].text if key in values else ""


def _mark(key: Key, now: _Values) -> str:
    found = BOXES[key]
    characters = max(found.width, len(_text(now, key)))
    return box(found.line, found.column, characters, class_="changed", fill_opacity=".25")


def _items(now: _Values, was: _Values) -> Iterator[tuple[str, SafeString]]:
    """Each item, or each line of it, with its values, as the list has them."""
    items: dict[str, list[SafeString]] = {}
    for key in BOXES:
        if key in now:
            item, field = key
            words = field.split()[-2] if field.endswith(" X") else seen(now[key])
            differs = _text(now, key) != _text(was, key)
            items.setdefault(_name(item, field), []).append(
                marked(words, None if differs else words)
            )
    for name, values in items.items():
        yield name, mark_safe(" ".join(values))  # noqa: S308 (escaped by marked)


def _name(item: str, field: str) -> str:
    if not field.startswith("line "):
        return _("Item %(item)s") % {"item": item}
    return _("Item %(item)s, line %(line)s") % {"item": item, "line": field.split()[1]}
