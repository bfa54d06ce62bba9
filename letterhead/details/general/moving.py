"""Moves suffixes and credentials out of a name, where they would print twice."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import QueryDict  # noqa: TID251 # what was posted is changed here
from django.utils.translation import gettext as _

from letterhead.texts.person_names import is_suffix, split_name, with_part

_PREFIXES = ("", "claim_")
NAMES_TO_SPLIT = tuple(
    f"{prefix}{part}_name" for prefix in _PREFIXES for part in ("first", "middle", "last")
)


class Move(NamedTuple):
    """What could be moved out of a name: the text, what is left, and the button's words."""

    text: str
    left: str
    suffix: str
    credentials: tuple[str, ...]
    button: str


def move_out_of(name: str, typed: Mapping[str, Any]) -> Move | None:
    """Return what could be moved out of the field `name`, None if nothing can."""
    if name not in NAMES_TO_SPLIT:
        return None
    suffix_field = _suffix_of(name)
    left, rest = split_name(
        typed.get(name, ""),
        credentials=typed.get("credentials", ""),
        suffix=typed.get(suffix_field, ""),
    )
    suffix = next(filter(is_suffix, rest), "")
    credentials = tuple(part for part in rest if not is_suffix(part))
    if not rest:
        return None
    text = ", ".join(rest)
    return Move(text, left, suffix, credentials, _button(suffix, credentials) % {"text": text})


def with_name_moved(data: QueryDict | None) -> QueryDict | None:
    """Return what was posted with the move made whose button was pressed, if one was."""
    act, _, name = (data.get("rows", "") if data else "").partition(":")
    if data is None or act != "move" or not (move := move_out_of(name, data)):
        return data
    moved = data.copy()
    moved[name] = move.left
    if move.suffix:
        moved[_suffix_of(name)] = move.suffix
    for part in move.credentials:
        moved["credentials"] = with_part(moved.get("credentials", ""), part)
    return moved


def _suffix_of(name: str) -> str:
    return "claim_suffix" if name.startswith("claim_") else "suffix"


def _button(suffix: str, credentials: tuple[str, ...]) -> str:
    if suffix and credentials:
        return _("Move “%(text)s” to Suffix and Credentials")
    return _("Move “%(text)s” to Suffix") if suffix else _("Move “%(text)s” to Credentials")
