"""Credentials and suffixes that were typed into a name are found, and names are left alone."""

import pytest

from letterhead.texts.person_names import repeated_part, split_name, with_part


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("Okafor", "Okafor", []),
        ("Okafor, MD", "Okafor", ["MD"]),
        ("Okafor，MD", "Okafor", ["MD"]),
        ("Okafor; Jr., LCSW", "Okafor", ["Jr.", "LCSW"]),
        ("Okafor LCSW", "Okafor", ["LCSW"]),
        ("Okafor RDN PhD", "Okafor", ["RDN", "PhD"]),
        ("Okafor c.d.e.", "Okafor", ["c.d.e."]),
        ("Okafor Jr", "Okafor", ["Jr"]),
        ("OKAFOR MD", "OKAFOR MD", []),
        ("De La Cruz", "De La Cruz", []),
        ("Md Rahman", "Md Rahman", []),
        ("Ma", "Ma", []),
        (",", "", []),
    ],
)
def test_a_name_is_parted_from_what_follows_it(typed: str, name: str, rest: list[str]) -> None:
    assert split_name(typed, credentials="CDE, RDN", suffix="Jr.") == (name, rest)


@pytest.mark.parametrize(
    ("typed", "twice"),
    [("LCSW, LCSW", "LCSW"), ("R.D.N., PhD; rdn", "rdn"), ("RDN, PhD", ""), ("", "")],
)
def test_a_credential_that_is_there_twice_is_found(typed: str, twice: str) -> None:
    assert repeated_part(typed) == twice


def test_a_credential_is_added_once() -> None:
    assert with_part("RDN", "PhD") == "RDN, PhD"
    assert with_part("RDN, Ph.D.", "PhD") == "RDN, Ph.D."
    assert with_part("", "PhD") == "PhD"
