"""What insurers miss on a superbill: said as a warning where it's missing, and only there."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from letterhead.billing.contents import Referrer
from letterhead.billing.problems import Place, Problem
from letterhead.billing.superbill.checks import superbill_problems
from letterhead.billing.superbill.missing import LACKS
from letterhead.countries.table import country_of
from letterhead.details.letterhead import Address, PersonName
from tests.billing.samples import NUTRITION, SUPERBILL
from tests.claims.samples import changed

Changes = dict[str, Any]
LEE = PersonName(last="Lee")


def line(**changes: Any) -> Changes:
    return {"visit__lines": (NUTRITION, msgspec.structs.replace(NUTRITION, **changes))}


def referrer(npi: str) -> Changes:
    return {"visit__referrer": Referrer(name=LEE, npi=npi)}


# field: what trips it, what doesn't
CASES: dict[tuple[Place, str], tuple[Changes, Changes]] = {
    (Place.CLIENT, "birth_date"): (
        {"client__birth_date": None}, {"client__birth_date": dt.date(1984, 2, 9)}),
    (Place.CLIENT, "line1"): (
        {"client__address": Address()}, {"client__address": Address(line1="7 Elm St")}),
    (Place.VISIT, "lines-1-description"): (line(description=" "), line(description="Session")),
    (Place.VISIT, "lines-1-pointers"): (
        line(pointers=""), {**line(pointers=""), "visit__diagnoses": ()}),
    (Place.VISIT, "referrer_npi"): (referrer(""), {"visit__referrer": None}),
    (Place.VISIT, "policy"): ({"payer__kind": "medicare"}, {"payer__kind": "medicaid"}),
}  # fmt: skip


def said(changes: Changes) -> list[Problem]:
    return list(superbill_problems(changed(SUPERBILL, **changes)))


def test_every_lack_has_a_case_and_a_source() -> None:
    in_us = country_of("US")
    asked = [lack for lack in LACKS if not lack.what or in_us.asks_for(lack.what)]

    assert len({(lack.place, lack.field) for lack in asked}) == len(CASES)


@pytest.mark.parametrize(("where", "cases"), CASES.items())
def test_what_is_missing_is_a_warning_at_its_field(
    where: tuple[Place, str], cases: tuple[Changes, Changes]
) -> None:
    (problem,) = [one for one in said(cases[0]) if (one.place, one.field) == where]

    assert problem.severity == "warning"
    assert "%" not in problem.message


@pytest.mark.parametrize(("where", "cases"), CASES.items())
def test_what_is_there_is_not_missed(
    where: tuple[Place, str], cases: tuple[Changes, Changes]
) -> None:
    assert where not in [(one.place, one.field) for one in said(cases[1])]


def test_a_whole_superbill_lacks_nothing() -> None:
    assert said({}) == []


def test_a_practice_abroad_is_asked_for_no_npi() -> None:
    abroad = {"practice__address": Address(line1="3 Harbour Row", city="Cobh", country="IE")}

    assert "referrer_npi" not in [one.field for one in said({**referrer(""), **abroad})]
