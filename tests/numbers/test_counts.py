"""Counts that stop, as pages show them."""

from types import SimpleNamespace

import pytest
from django.db.models import OuterRef

from letterhead.numbers.counts import CountUpTo, count_up_to, in_words
from letterhead.practices.models import Payer, Practice


@pytest.mark.parametrize(
    ("counted", "shown"),
    [(0, "0"), (12, "12"), (999, "999"), (1_000, "1,000"), (1_001, "1,000+")],
)
def test_beyond_a_thousand_a_page_says_so(counted: int, shown: str) -> None:
    assert in_words(counted) == shown


@pytest.mark.parametrize(("most", "counted"), [(0, 1), (1, 2), (2, 2), (3, 2)])
def test_it_counts_one_beyond_the_most(cast: SimpleNamespace, most: int, counted: int) -> None:
    payers = Payer.objects.filter(practice=cast.practice)
    theirs = Payer.objects.filter(practice=OuterRef("pk")).order_by("name")
    counts = Practice.objects.order_by("pk").values_list(CountUpTo(theirs, most=most), flat=True)

    assert count_up_to(payers, most) == counted
    assert list(counts) == [counted, 0]
