"""A state is the same by its letters and by its name, everywhere."""

import pytest

from letterhead.places.countries import US_STATES, state_letters
from letterhead.ui.forms.fields import us_state


@pytest.mark.parametrize(
    "typed", ["NY", "ny", " N.Y. ", "New York", "new  york", "NEW YORK"]
)  # fmt: skip
def test_a_state_is_the_same_however_it_is_typed(typed: str) -> None:
    assert state_letters(typed) == "NY"


def test_what_is_not_a_state_stays_as_it_is_typed() -> None:
    assert state_letters("Ontario Board") == "ONTARIO BOARD"


@pytest.mark.parametrize("letters", ["FM", "MH", "PW", "AE", "DC", "PR"])
def test_addresses_take_every_state_that_claims_take(letters: str) -> None:
    assert us_state(letters.lower()) == letters


def test_no_two_states_share_a_name() -> None:
    assert {state_letters(name) for name in US_STATES.values()} == set(US_STATES)
