"""What a change says, in the words of the page and of the file."""

from typing import Any

import pytest

from letterhead.activity.words import changes_in_words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (["RDN", "RDN, PhD"], "RDN → RDN, PhD"),
        (["", "RDN"], "nothing → RDN"),
        (["RDN", None], "RDN → nothing"),
        ([False, True], "no → yes"),
        ([0, 15], "0 → 15"),
        ([["NY", "NJ"], []], "NY; NJ → nothing"),
        ([[], [{"state": "NY", "number": "7", "expires": ""}]], "nothing → State NY, Number 7"),
        ([{"kind": ""}, {"kind": "G2"}], "nothing → Kind G2"),
        ("changed", "changed"),
        (["a", "b", "c"], "a; b; c"),
    ],
)
def test_a_change_is_told_in_words(told: Any, words: str) -> None:
    assert changes_in_words({"contact_email": told}) == [("Contact email", words)]


def test_changes_are_told_in_the_order_in_which_they_were_recorded() -> None:
    told = changes_in_words({"npi": ["", "1"], "first_name": ["a", "b"], "": "x"})

    assert [name for name, _ in told] == ["NPI", "First name", ""]
