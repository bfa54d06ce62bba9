"""Numbers of bills: short outside the US, never one twice, none left out."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letterhead.billing.actions import issue
from letterhead.billing.kinds import BillKind, kind_of
from letterhead.billing.models import Bill
from letterhead.countries.table import country_of
from letterhead.practices.models import Practice
from tests.billing.ready import draft, full_visit

SUPERBILL, CLAIM = (kind_of(Bill(kind=kind)) for kind in (Bill.Kind.SUPERBILL, Bill.Kind.CMS1500))
COUNTRIES = ("US", "AU", "DE", "NO", "PT")
prefixes = st.text("ABRSBCL0129-", max_size=3)
issues = st.tuples(
    st.sampled_from([SUPERBILL, CLAIM]), st.integers(2026, 2031), st.sampled_from(COUNTRIES),
    prefixes,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(issues, max_size=60))
def test_whatever_is_changed_between_bills_no_number_is_given_twice(
    bills: list[tuple[BillKind, int, str, str]],
) -> None:
    last: dict[tuple[str, int], int] = {}
    given_out = []
    for kind, year, country, prefix in bills:  # as `bills.actions._next_number` counts
        used = kind.prefix, year
        count = last[used] = last.get(used, 0) + 1
        number = kind.number(year, count, country=country_of(country), prefix=prefix)
        given_out.append((number, count))

    assert len({number for number, _count in given_out}) == len(bills)
    assert all(int(number.rpartition("-")[2]) == count for number, count in given_out)


@given(st.integers(1, 99_999), prefixes.filter(bool), st.sampled_from(COUNTRIES[1:]))
def test_a_short_number_has_at_most_ten_characters_with_a_prefix_of_two(
    count: int, prefix: str, country: str
) -> None:
    here = country_of(country)

    assert len(SUPERBILL.number(2026, count, country=here, prefix=prefix[:2])) <= 10
    assert len(SUPERBILL.number(2026, count, country=here)) <= 10


def test_in_the_us_and_on_claims_numbers_are_as_they_were() -> None:
    us, au = country_of("US"), country_of("AU")

    assert SUPERBILL.number(2026, 7, country=us, prefix="X") == "SB-2026-0007"
    assert CLAIM.number(2026, 7, country=au, prefix="X") == "CL-2026-0007"
    assert SUPERBILL.number(2026, 7, country=au) == "R26-0007"
    assert SUPERBILL.number(2026, 7, country=au, prefix="HD") == "HD26-0007"


@pytest.mark.django_db
def test_a_practice_that_moves_and_renames_goes_on_counting(cast: SimpleNamespace) -> None:
    visit, numbers = full_visit(cast), []
    new_year = dt.datetime(2027, 1, 5, 12, tzinfo=dt.UTC)
    for change, now in (
        ({}, None), ({"country": "AU"}, None), ({"bill_prefix": "HD"}, None),
        ({"country": "US", "bill_prefix": ""}, None), ({"country": "AU"}, new_year),
    ):  # fmt: skip
        Practice.objects.filter(pk=cast.practice.pk).update(**change)
        day = now or dt.datetime(2026, 11, 26, 17, tzinfo=dt.UTC)
        bill = draft(cast, visit, Bill.Kind.SUPERBILL)
        numbers.append(issue(bill, by=cast.dana.user, now=day).number)

    assert numbers == ["SB-2026-0001", "R26-0002", "HD26-0003", "SB-2026-0004", "R27-0001"]
