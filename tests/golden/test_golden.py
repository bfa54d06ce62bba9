"""Samples of every version ever stored: written once, and read back equal for good.

A sample is never rewritten: a new version of a value gets a sample of its own.
"""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from letterhead.billing import contents
from letterhead.billing.contents import Contents, seal, unseal
from letterhead.details import letterhead
from letterhead.details.letterhead import Letterhead, PaperSignature
from tests.billing.receipts import RECEIPT_IN_TWO_LANGUAGES
from tests.billing.samples import SUPERBILL
from tests.billing.strategies import superbills
from tests.claims.samples import CLAIM, changed
from tests.claims.strategies import any_claims

SAMPLES = Path(__file__).parent


def of_version_1(value: Contents) -> Contents:
    return replace(value, version=1, letterhead=replace(value.letterhead, version=1))


SIGNED = replace(
    SUPERBILL.letterhead,
    clinician=replace(
        SUPERBILL.letterhead.clinician,
        paper_signature=PaperSignature(kind="drawn", text="D. Rivera", sha256="0f" * 32),
    ),
)
CONTENTS = {
    "contents-1-superbill": of_version_1(SUPERBILL),
    "contents-1-cms1500": of_version_1(CLAIM),
    "contents-1-language": replace(SUPERBILL, version=1, language="en-GB"),
    "contents-2-cms1500": changed(CLAIM, payer__bare_member_id=True, payer__facility_always=False),
    "contents-2-receipt": RECEIPT_IN_TWO_LANGUAGES,
}
LETTERHEADS = {"letterhead-1": of_version_1(SUPERBILL).letterhead, "letterhead-2": SIGNED}
CASES = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.json").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("name", CONTENTS)
def test_stored_contents_are_read_back_equal(name: str) -> None:
    read = contents.from_json(sample(name))

    assert contents.to_json(read) == sample(name)
    assert read == CONTENTS[name]


@pytest.mark.parametrize("name", LETTERHEADS)
def test_a_stored_letterhead_is_read_back_equal(name: str) -> None:
    read = letterhead.from_json(sample(name))

    assert letterhead.to_json(read) == sample(name)
    assert read == LETTERHEADS[name]


@CASES
@given(st.one_of(superbills, any_claims))
def test_all_contents_go_to_json_and_come_back_equal(value: Contents) -> None:
    assert contents.from_json(contents.to_json(value)) == value
    assert letterhead.from_json(letterhead.to_json(value.letterhead)) == value.letterhead


@CASES
@given(st.one_of(superbills, any_claims))
@example(SUPERBILL)  # both tax IDs
def test_sealed_contents_come_back_equal_and_hold_no_tax_id(value: Contents) -> None:
    text, sealed = seal(value)

    assert unseal(text, sealed) == value
    for tax_id in _tax_ids(value.letterhead):
        assert tax_id in sealed
    assert not _tax_ids(contents.from_json(text).letterhead)


def _tax_ids(of: Letterhead) -> list[str]:
    found = (of.clinician.tax_id, of.practice.tax_id)
    return [tax_id.number for tax_id in found if tax_id and tax_id.number]


def test_a_version_that_nobody_knows_is_refused() -> None:
    for name, read in [*((n, contents.from_json) for n in CONTENTS), *(
        (n, letterhead.from_json) for n in LETTERHEADS
    )]:  # fmt: skip
        with pytest.raises(ValueError, match="version"):
            read(re.sub(r'"version":[12]', '"version":9', sample(name)))
