"""An address in lines, as its own country writes it."""

import pytest
from msgspec.structs import replace

from letterhead.details.letterhead import Address
from letterhead.places.addresses import address_lines
from letterhead.places.countries import COUNTRIES

NEW_YORK = Address(
    line1="1 Main Street", line2="Suite 4", city="Yonkers", state="NY", postal_code="10701"
)


@pytest.mark.parametrize(
    ("country", "state", "last"),
    [
        ("US", "NY", "Yonkers, NY 10701"),
        ("CA", "ON", "Yonkers ON 10701"),
        ("DE", "", "10701 Yonkers"),
        ("NO", "", "10701 Yonkers"),
        ("ES", "Madrid", "10701 Yonkers Madrid"),
        ("IN", "Goa", "Yonkers 10701|Goa"),
        ("GB", "", "Yonkers|10701"),
        ("IE", "Co. Cork", "Yonkers|Co. Cork|10701"),
        ("MX", "Jal.", "10701 Yonkers, Jal."),
        ("BD", "", "Yonkers - 10701"),
        ("PR", "", "Yonkers PR 10701"),
    ],
)
def test_city_state_and_code_stand_in_the_order_of_the_country(
    country: str, state: str, last: str
) -> None:
    there = replace(NEW_YORK, country=country, state=state)

    assert address_lines(there, at_home=country) == [
        *("1 Main Street", "Suite 4"),
        *last.split("|"),
    ]


def test_the_country_is_named_only_to_readers_elsewhere() -> None:
    assert "United States" not in address_lines(NEW_YORK, at_home="US")
    assert address_lines(NEW_YORK, at_home="DE")[-1] == "United States"
    assert address_lines(replace(NEW_YORK, country="JP"), at_home="US")[-1] == "Japan"


@pytest.mark.parametrize(
    ("left_out", "lines"),
    [
        ({"line2": ""}, ["1 Main Street", "Yonkers, NY 10701"]),
        ({"state": ""}, ["1 Main Street", "Suite 4", "Yonkers, 10701"]),
        ({"city": ""}, ["1 Main Street", "Suite 4", "NY 10701"]),
        ({"city": "", "state": "", "postal_code": ""}, ["1 Main Street", "Suite 4"]),
    ],
)
def test_what_is_unknown_leaves_no_empty_line_and_no_comma(
    left_out: dict[str, str], lines: list[str]
) -> None:
    assert address_lines(replace(NEW_YORK, **left_out), at_home="US") == lines


def test_no_address_is_no_line_and_no_country() -> None:
    assert address_lines(Address(country="DE"), at_home="US") == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_nothing_that_was_saved_is_left_out_where_it_is_not_usual(country: str) -> None:
    there = replace(NEW_YORK, country=country)

    written = "\n".join(address_lines(there, at_home=country))

    assert all(
        getattr(there, part) in written
        for part in ("line1", "line2", "city", "state", "postal_code")
    )


@pytest.mark.parametrize("country", ["HU", "IR", "KZ"])
def test_some_countries_begin_with_the_city(country: str) -> None:
    lines = address_lines(replace(NEW_YORK, country=country), at_home=country)

    assert lines.index("Suite 4") == lines.index("1 Main Street") + 1 > 1
