"""Claims as the manuals have them: every box of every case, written from the sources by hand.

The cases are in golden/claims. Where one fails, the source decides who is wrong.
"""

from collections import Counter

import pytest

from letterhead.claims.cms1500 import fill
from letterhead.claims.grid import BOXES
from letterhead.claims.readiness import refused
from tests.golden.claims_as_read import LAYOUT, Case, as_read, read_cases, read_sources

ALL = read_cases()


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_every_box_says_what_the_manuals_ask(case: Case) -> None:
    printed = [as_read(form) for form in fill(case.claim)]

    assert len(printed) == len(case.forms)
    for form, expected in zip(printed, case.forms, strict=True):
        differ = {item for item, _text in form.items() ^ expected.items()}
        assert {item: form.get(item, "") for item in differ} == {
            item: expected.get(item, "") for item in differ
        }


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_each_is_a_claim_that_can_be_issued(case: Case) -> None:
    if case.claim.version > 1:
        assert refused(case.claim) == ()


def test_there_are_at_least_forty_claims_each_with_its_own_name_and_claim() -> None:
    assert len({case.name for case in ALL}) == len(ALL) >= 40
    assert len({case.claim for case in ALL}) == len(ALL)


def test_every_box_of_the_form_is_read_once() -> None:
    read = Counter(key for parts in LAYOUT.values() for part in parts for key in part)

    assert read == dict.fromkeys(BOXES, 1)


def test_every_text_names_a_source_and_every_source_is_used() -> None:
    known, used = read_sources(), {name for case in ALL for name in case.sources.values()}

    assert used <= set(known)
    assert set(known) - used == {"NUCC general", "NUCC 8, 9b, 9c, 30"}  # of all, of none
    for case in ALL:
        assert {item for form in case.forms for item in form} <= set(case.sources)
        assert set(case.sources) <= set(LAYOUT)
