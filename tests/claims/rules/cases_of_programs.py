"""Cases of what Medicare, Medicaid and accidents ask: what trips a rule, what doesn't."""

import datetime as dt
from typing import Any

import msgspec

from letterhead.billing.contents import Referrer
from letterhead.details.letterhead import OtherIdNumber, PersonName
from tests.claims.samples import A_LINE, DANAS_NPI, npi_of

Changes = dict[str, Any]
LEE = PersonName(first="Ann", last="Lee")
DAY = dt.date(2026, 11, 3)
UNASSIGNED: Changes = {"visit__accept_assignment": False}
THERAPIST: Changes = {"clinician__credentials": "PhD", "visit__lines": ()}


def medicare(**changes: Any) -> Changes:
    first = {"payer__kind": "medicare", "policy__group_number": ""}
    return {**first, "policy__member_id": "1EG4-TE5-MK73", **changes}


def medicaid(**changes: Any) -> Changes:
    return {"payer__kind": "medicaid", **changes}


def medigap(**changes: Any) -> Changes:
    plan = {"other_coba_id": "55123", "other_policy_number": "7", **changes}
    return medicare(**{f"policy__{k}": v for k, v in {"another_plan": True, **plan}.items()})


def on(day: dt.date) -> Changes:
    return {"visit__lines": (A_LINE, msgspec.structs.replace(A_LINE, service_on=day))}


def coded(code: str) -> Changes:
    return {"visit__lines": (msgspec.structs.replace(A_LINE, code=code),)}


def referrer(**changes: Any) -> Changes:
    return {"visit__referrer": Referrer(**{"name": LEE, "npi": npi_of(9), **changes})}


def taxonomy(number: str) -> Changes:
    return {"clinician__other_ids": (OtherIdNumber(qualifier="ZZ", number=number),)}


OF_PROGRAMS: dict[str, tuple[Changes, Changes]] = {
    "24A-medicare-year": (
        medicare(**on(dt.date(2025, 11, 25))), medicare(**on(dt.date(2025, 11, 26)))),
    "17-nutrition-referral": (
        medicare(**referrer(qualifier="DK")), medicare(**referrer(qualifier="DN"))),
    "17b-medicare-npi": (medicare(**referrer(npi="")), referrer(npi="")),
    "9d-medigap": (medigap(other_coba_id=""), medigap(other_coba_id="", another_plan=False)),
    "9a-medigap": (
        medigap(other_policy_number=""), medigap(other_policy_number="", other_coba_id="")),
    "27-accepted": (medicaid(**UNASSIGNED), UNASSIGNED),
    "14-accident-missing": (
        {"visit__employment_related": True},
        {"visit__auto_accident": True, "visit__onset_on": DAY}),
    "11b-claim-missing": (
        {"visit__auto_accident": True},
        {"visit__auto_accident": True, "policy__other_claim_id": "C-1"}),
    "33a-group_npi-own": (
        {"practice__group_npi": DANAS_NPI},
        {"practice__group_npi": DANAS_NPI, "practice__npi_type": "individual"}),
}  # fmt: skip

# More that trips a rule, and more that doesn't.
MORE: list[tuple[str, Changes, bool]] = [
    ("24A-medicare-year", on(dt.date(2024, 1, 2)), False),  # not Medicare's
    ("24A-medicare-year",
     {**medicare(**on(dt.date(2024, 2, 29))), "issued_on": dt.date(2025, 3, 1)}, True),
    ("24A-medicare-year",
     {**medicare(**on(dt.date(2024, 2, 29))), "issued_on": dt.date(2025, 2, 28)}, False),
    ("17-nutrition-referral", medicare(), True),
    ("17-nutrition-referral", medicare(**coded("G0270")), True),
    ("17-nutrition-referral", medicare(**coded("90837")), False),
    ("17-nutrition-referral", {}, False),
    ("9d-medigap", medigap(), False),
    ("9d-medigap", medigap(other_coba_id="12345"), True),
    ("9d-medigap", {**medigap(other_coba_id=""), "policy__group_number": "G7"}, False),
    ("9d-medigap", {**medigap(other_coba_id=""), "payer__kind": "group"}, False),
    ("9a-medigap", medigap(), False),
    ("9-other_insured_last_name-missing", medigap(), False),  # SAME
    ("9d-other_plan_name-missing", medigap(), False),
    ("27-accepted", medicare(**UNASSIGNED), True),  # nutrition therapy
    ("27-accepted", medicare(), False),
    ("27-accepted", medicare(**UNASSIGNED, **THERAPIST), False),
    ("27-accepted", medicare(**UNASSIGNED, **THERAPIST, **taxonomy("1041C0700X")), True),
    ("27-accepted", medicare(**UNASSIGNED, **THERAPIST, **taxonomy("207Q00000X")), False),
    ("27-accepted", medicare(**UNASSIGNED, visit__lines=(), clinician__credentials="MSW, LCSW"),
     True),
    ("27-accepted", medicare(**UNASSIGNED, visit__lines=(), clinician__credentials="MD"), False),
    ("14-accident-missing",
     {"visit__auto_accident": True, "visit__other_date": DAY, "visit__other_date_qualifier": "439"},
     False),
    ("14-accident-missing", {"visit__other_accident": True}, False),
    ("11b-claim-missing", medicare(visit__auto_accident=True), False),  # 11b stays blank
    ("11b-claim-missing", {"policy": None, "visit__employment_related": True}, False),
    ("33a-group_npi-own", {"clinician__npi": "", "practice__group_npi": ""}, False),
]  # fmt: skip
