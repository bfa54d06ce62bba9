"""What doesn't belong in a person's name: credentials, suffixes, and the signs between them."""

import re

SEPARATORS = ",;\N{FULLWIDTH COMMA}\N{FULLWIDTH SEMICOLON}\N{IDEOGRAPHIC COMMA}\N{ARABIC COMMA}"
_BETWEEN = re.compile(rf"\s*[{SEPARATORS}]\s*")
_SUFFIXES = {"JR", "SR", "II", "III", "IV", "2ND", "3RD", "4TH"}
# Written in capitals after a name, these are never a part of it. MA and DO are also last names.
_CREDENTIALS = {
    *("BCBA", "DPT", "LCPC", "LCSW", "LDN", "LMFT", "LMHC", "LMSW", "LPC", "MD", "MSW", "NP"),
    *("OTR", "PHD", "PSYD", "RD", "RDN", "RN", "SLP"),
}


def parts_of(typed: str) -> list[str]:
    """Return what is between commas and semicolons, without empty parts."""
    return [part for part in _BETWEEN.split(typed.strip()) if part]


def is_suffix(text: str) -> bool:
    """Whether a text is a generation, such as Jr. or III, rather than a credential."""
    return _bare(text) in _SUFFIXES


def repeated_part(typed: str) -> str:
    """Return the first part that is there twice, whatever its points and case; "" if none."""
    seen: set[str] = set()
    for part in parts_of(typed):
        if _bare(part) in seen:
            return part
        seen.add(_bare(part))
    return ""


def with_part(typed: str, more: str) -> str:
    """Return a list of credentials with one more, unless it is there already."""
    there = {_bare(part) for part in parts_of(typed)}
    return typed if _bare(more) in there else ", ".join(filter(None, [typed.strip(), more]))


def split_name(typed: str, *, credentials: str = "", suffix: str = "") -> tuple[str, list[str]]:
    """Return the name itself, and what was typed after it that belongs in other fields.

    That is all after a comma or semicolon, and a last word that is in `credentials` or is
    `suffix`, or can only be a credential.
    """
    name, *rest = parts_of(typed) or [""]
    known = {_bare(part) for part in parts_of(credentials)} | ({_bare(suffix)} if suffix else set())
    words = name.split()
    while len(words) > 1 and (_bare(words[-1]) in known or _can_only_be_credential(words)):
        rest.insert(0, words.pop())
    return " ".join(words), rest


def _can_only_be_credential(words: list[str]) -> bool:
    last, before = words[-1], words[0]
    in_capitals = sum(c.isupper() for c in last) >= 2 and not before.isupper()
    return in_capitals and _bare(last) in _CREDENTIALS


def _bare(text: str) -> str:
    return re.sub(r"[^\w]", "", text).upper()
