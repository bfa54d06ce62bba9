"""What looks like a fault on a claim and is none: nothing is said of it."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from letterhead.billing.contents import InsuredPicture
from letterhead.billing.superbill.checks import superbill_problems
from letterhead.billing.superbill.numbers_of import license_for
from letterhead.claims.readiness import problems
from letterhead.details.letterhead import Address, License, PersonName
from tests.billing.samples import SUPERBILL
from tests.claims.samples import CLAIM, changed

YONKERS = Address(line1="7 Elm St.", city="Yonkers", state="NY", postal_code="10701")
OMAR = InsuredPicture(
    name=PersonName(first="Omar", last="Moreno"), birth_date=dt.date(1980, 1, 2), address=YONKERS
)
VISIT = CLAIM.visit.visited_on
BEFORE, AFTER = VISIT - dt.timedelta(days=1), VISIT + dt.timedelta(days=400)
OLD = License(type="Dietitian", state="NY", number="1", expires=BEFORE)


def new(**changes: Any) -> License:
    return License(**{"type": "dietitian ", "state": "New York", "number": "2", **changes})


def said_of(*licenses: License) -> list[str]:
    return [one.field for one in problems(changed(CLAIM, clinician__licenses=licenses))]


@pytest.mark.parametrize(
    "changes",
    [
        {"client__address": YONKERS},
        {"policy__insured": OMAR, "policy__relationship": "spouse"},
        {"client__phone": ""},
        {"client__phone": "+442079460000"},
        {"client__address": YONKERS, "client__phone": "+353215550100"},
    ],
)  # fmt: skip
def test_five_digits_of_a_zip_code_and_a_phone_abroad_are_fine(changes: dict[str, Any]) -> None:
    assert problems(changed(CLAIM, **changes)) == ()


def test_an_insureds_phone_abroad_is_fine() -> None:
    abroad = InsuredPicture(name=OMAR.name, birth_date=OMAR.birth_date, address=YONKERS,
                            phone="+442079460000")  # fmt: skip
    claim = changed(CLAIM, policy__insured=abroad, policy__relationship="spouse")

    assert problems(claim) == ()


def test_a_license_that_was_renewed_under_another_number_is_fine() -> None:
    assert said_of(OLD, new(expires=AFTER)) == []
    assert said_of(new(), OLD) == []


@pytest.mark.parametrize(
    "other",
    [
        new(state="NJ"),
        new(type="Psychologist"),
        new(expires=BEFORE, number="3", state="NJ"),
        new(since=AFTER),
    ],
)
def test_a_license_of_another_state_or_kind_or_time_is_no_renewal(other: License) -> None:
    assert "licenses-0-expires" in said_of(OLD, other)


def test_licenses_of_no_state_renew_none() -> None:
    old, other = (msgspec.structs.replace(one, state="") for one in (OLD, new()))

    assert "licenses-0-expires" in said_of(old, other)


def test_a_superbill_elsewhere_shows_the_license_that_holds() -> None:
    bill = changed(SUPERBILL, clinician__licenses=(OLD, new()), client__address__state="CT")

    said = [one.field for one in superbill_problems(bill)]

    assert license_for(bill) == new()
    assert "licenses-1-state" in said
    assert not [field for field in said if field.endswith("expires")]


def test_a_superbill_of_before_prints_the_license_that_it_printed() -> None:
    bill = changed(SUPERBILL, clinician__licenses=(OLD, new()), client__address__state="CT")

    assert license_for(changed(bill, version=1)) == OLD
