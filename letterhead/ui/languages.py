"""The languages of pages, mails and papers: which there are, and which one is spoken now.

A language is named as `<html lang>` names it (BCP 47: "en-US"); Django's own names are lowercase.
"""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from itertools import permutations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header

from letterhead.places.countries import COUNTRIES

_REGION = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})(?:-.*)?")  # zh-hant-tw


def languages() -> tuple[tuple[str, str], ...]:
    """All languages as (code, name), the first one being the one of our source."""
    return tuple((_tag(code), str(name)) for code, name in settings.LANGUAGES)


def own_name(code: str) -> str:
    """Return what a language is called in itself."""
    name: str = translation.get_language_info(code.lower())["name_local"]
    return name[:1].upper() + name[1:]


def of_paper(codes: str) -> str:
    """Return the language of a paper in words, or both: "fr+en-GB" is French, then English."""
    first, _plus, second = codes.partition("+")
    if not second:
        return own_name(first)
    words = gettext("%(first)s, then %(second)s")
    return words % {"first": own_name(first), "second": own_name(second)}


def offered_for_paper(codes: Sequence[str], *, kept: str = "") -> list[tuple[str, str]]:
    """Return choices of languages for paper: each alone, or one first, then another.

    `kept` was chosen before, where others may have been offered.
    """
    pairs = ("+".join(pair) for pair in permutations(codes, 2))
    chosen = dict.fromkeys([*codes, *pairs, *filter(None, [kept])])
    return [(each, of_paper(each)) for each in chosen]


def speaking(code: str) -> AbstractContextManager[None]:
    """Write all texts in a language until the block ends."""
    return translation.override(code.lower())


def spoken() -> str:
    """The language that texts are written in now."""
    return _tag(translation.get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=1_000)
def best_of(accept_language: str, offered: Sequence[str]) -> str:
    """Choose among the languages offered the one a browser would rather have; else the first.

    `accept_language` is the header of that name (RFC 9110, 12.5.4). A browser that asks for
    "es-MX" gets "es", one that asks for "en" gets the first English one offered.
    """
    wanted = [code for code, weight in parse_accept_lang_header(accept_language) if weight]
    for code in wanted:
        for same in (_is, _is_kind_of):
            found = [each for each in offered if same(each.lower(), code)]
            if found:
                return found[0]
    return offered[0]


def region_of(accept_language: str) -> str:
    """Return the country (ISO 3166-1 alpha-2) that a browser's languages name: AU for en-AU.

    "" where none does: no country is guessed from a language alone.
    """
    for code, weight in parse_accept_lang_header(accept_language):
        if weight and (found := _REGION.fullmatch(code)) and found[1].upper() in COUNTRIES:
            return found[1].upper()
    return ""


def _is(offered: str, wanted: str) -> bool:
    return offered == wanted


def _is_kind_of(offered: str, wanted: str) -> bool:
    return offered.partition("-")[0] == wanted.partition("-")[0]


@lru_cache
def _tag(code: str) -> str:
    return translation.to_locale(code).replace("_", "-")
