"""The cases of golden/claims: read from TOML, and a printed form said in the same words.

A case says what is different from the case that it is `like`, in the claim and on paper. What a
case doesn't say is as it is there; what no case says is blank.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from letterhead.billing.contents import Contents
from letterhead.claims.grid import BOXES, LETTERS, LINES_PER_FORM, Key

CASES = Path(__file__).parent / "claims"
FILES = (
    *("commercial.toml", "medicare.toml", "solo.toml", "other_programs.toml"),
    "issued_before.toml",
)
Boxes = dict[str, str]  # by item, such as {"4": "NUNEZ, ANA, L"}


class Case(NamedTuple):
    """A claim, what its forms must say, and the source of each text by its item."""

    name: str
    claim: Contents
    forms: tuple[Boxes, ...]
    sources: dict[str, str]


_DATE = "{0} month+{0} day+{0} year".format
_MONEY = "{0} dollars+{0} cents".format
_ADDRESS = "{0} street|{0} city|{0} state|{0} zip|{0} phone area+{0} phone number".format
_YES_NO = "{0} YES X+{0} NO X".format
_PLACE = "{0} name|{0} street|{0} city state zip".format
# The fields of an item from left to right: | between its parts, + between what is read as one.
_PARTS = {
    "carrier": "payer name|payer address line 1|payer address line 2|payer city state zip",
    "1": "+".join(field for item, field in BOXES if item == "1"),
    "3": f"{_DATE('birth')}|sex M X+sex F X",
    "5": _ADDRESS("patient"),
    "6": "+".join(field for item, field in BOXES if item == "6"),
    "7": _ADDRESS("insured"),
    "10a": _YES_NO("employment"),
    "10b": f"{_YES_NO('auto accident')}|accident state",
    "10c": _YES_NO("other accident"),
    "11a": f"{_DATE('insured birth')}|insured sex M X+insured sex F X",
    "11b": "other claim ID qualifier|other claim ID",
    "11d": _YES_NO("another plan"),
    "12": "patient signature|patient signature date",
    "14": f"{_DATE('onset')}|onset qualifier",
    "15": f"other date qualifier|{_DATE('other date')}",
    "16": f"{_DATE('unable to work from')}|{_DATE('unable to work to')}",
    "17": "referring qualifier|referring name",
    "17a": "referring other ID qualifier|referring other ID",
    "18": f"{_DATE('hospital from')}|{_DATE('hospital to')}",
    "19": "additional claim information first line|additional claim information second line",
    "20": f"{_YES_NO('outside lab')}|{_MONEY('outside lab')}",
    "21": "|".join(["ICD indicator", *(f"diagnosis {letter}" for letter in LETTERS)]),
    "22": "resubmission code|original reference number",
    "25": "federal tax ID|SSN X+EIN X",
    "27": _YES_NO("accept assignment"),
    "28": _MONEY("total charge"),
    "29": _MONEY("amount paid"),
    "31": "signature with degrees or credentials|signature date",
    "32": _PLACE("service facility"),
    "33": f"{_PLACE('billing')}|billing phone area+billing phone number",
}
_PARTS_OF_LINE = {
    "24 {n} shaded": ("24", "shaded supplemental"),
    "24A {n}": ("24A", f"{_DATE('from')}|{_DATE('to')}"),
    "24B {n}": ("24B", "place of service"),
    "24C {n}": ("24C", "emergency"),
    "24D {n}": ("24D", "procedure code|modifier 1+modifier 2+modifier 3+modifier 4"),
    "24E {n}": ("24E", "diagnosis pointers"),
    "24F {n}": ("24F", _MONEY("charge")),
    "24G {n}": ("24G", "units"),
    "24H {n} shaded": ("24H", "EPSDT reason shaded"),
    "24H {n}": ("24H", "family plan"),
    "24I {n} shaded": ("24I", "other ID qualifier shaded"),
    "24J {n} shaded": ("24J", "other ID shaded"),
    "24J {n}": ("24J", "rendering NPI"),
}


def _layout() -> dict[str, list[list[Key]]]:
    """The boxes of each item, by its parts."""
    items = {item: (item, parts) for item, parts in _PARTS.items()}
    for item, field in BOXES:
        if item not in _PARTS and not item.startswith("24"):
            items[item] = (item, field)
    for n in range(1, LINES_PER_FORM + 1):
        for said, (item, parts) in _PARTS_OF_LINE.items():
            of_line = re.sub(r"(^|[|+])", rf"\1line {n} ", parts)
            items[said.format(n=n)] = (item, of_line)
    return {
        said: [[(item, field) for field in part.split("+")] for part in parts.split("|")]
        for said, (item, parts) in items.items()
    }


LAYOUT = _layout()


def as_read(form: dict[Key, str]) -> Boxes:
    """A printed form in the words of the cases; blank items are left out."""
    boxes = {item: _joined(form, parts) for item, parts in LAYOUT.items()}
    return {item: text for item, text in boxes.items() if text}


def _joined(form: dict[Key, str], parts: list[list[Key]]) -> str:
    said = [" ".join(_said(key, form[key]) for key in part if key in form) for part in parts]
    while said and not said[-1]:
        said.pop()
    return re.sub(r"\|  (?=\|)", "| ", " | ".join(said)).lstrip()


def _said(key: Key, text: str) -> str:
    item, field = key
    return field.removesuffix(" X") if field.endswith(" X") and text == "X" else text


def read_cases() -> list[Case]:
    """All cases, in the order in which they are written."""
    cases: dict[str, Case] = {}
    for file in FILES:
        for row in tomllib.loads((CASES / file).read_text(encoding="utf-8"))["case"]:
            assert row["name"] not in cases, f"two cases are called “{row['name']}”"
            cases[row["name"]] = _case(row, cases.get(row.get("like", "")))
    return list(cases.values())


def read_sources() -> dict[str, str]:
    """What the sources say, by the name that cases use."""
    return tomllib.loads((CASES / "sources.toml").read_text(encoding="utf-8"))


def _case(row: dict[str, Any], like: Case | None) -> Case:
    before = msgspec.to_builtins(like.claim) if like else {}
    forms = [_changed(like.forms[0] if like else {}, row["boxes"])]
    for different in row.get("next_form", []):
        forms.append(_changed(forms[-1], different))
    said = [row["boxes"], *row.get("next_form", [])]
    sources = {item: source for part in said for item, (_text, source) in part.items()}
    return Case(
        row["name"],
        msgspec.convert(_merged(before, row["claim"]), Contents),
        tuple({item: text for item, text in form.items() if text} for form in forms),
        {**(like.sources if like else {}), **sources},
    )


def _changed(before: Boxes, different: dict[str, list[str]]) -> Boxes:
    return {**before, **{item: text for item, (text, _source) in different.items()}}


def _merged(before: Any, different: Any) -> Any:
    if not (isinstance(before, dict) and isinstance(different, dict)):
        return different
    return {**before, **{k: _merged(before.get(k), v) for k, v in different.items()}}
