"""Names stand in emails to strangers, so they carry no addresses."""

import pytest
from django.core.exceptions import ValidationError

from letterhead.ui.forms.fields import no_address


@pytest.mark.parametrize(
    "name",
    [
        "Free gift https://evil.example",
        "Free gift evil.example",
        "Free gift evil.example/now",
        "www.evil",
        "http:/evil",
        "Dana gift@evil",
        "evil\u3002example",
    ],
)
def test_a_name_with_an_address_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="can't contain a web or email address"):
        no_address(name)


@pytest.mark.parametrize(
    "name",
    [
        "St. Mary's",
        "J.R.Okafor",
        "A. M. Lindqvist",
        "Ph.D.",
        "Lund & Moe, Inc.",
        "Mind/Body",
        "O'Neil",
    ],
)
def test_a_name_with_periods_stays(name: str) -> None:
    no_address(name)


def test_a_very_long_name_is_looked_through_at_once() -> None:
    no_address("x" * 1_000_000)  # a pattern that tries every start would take hours
