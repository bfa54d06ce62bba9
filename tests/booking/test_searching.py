"""Finding a clinician where a practice shows more than six."""

from types import SimpleNamespace

import pytest

from letterhead.practices.models import Location
from letterhead.practices.roles import Role
from tests.booking.street import PRACTICE, look, write_card
from tests.factories import member
from tests.scheduling.making import hours

NAMES = ("Ada Moss", "Ben Hale", "Cy Lund", "Di Wray", "Ed Fox")


@pytest.fixture
def seven(cast: SimpleNamespace) -> SimpleNamespace:
    """Riverside with more than six clinicians; Dana and Sam have told something of themselves."""
    for name in NAMES:
        member(cast.practice, Role.CLINICAL, *name.split())
    write_card(cast.dana, specialties=["Diabetes"], languages=["English", "Spanish"])
    write_card(cast.sam, specialties=["Grief"], payers_accepted=["Acme Health"])
    return cast


def shown(query: str) -> list[str]:
    """Whose cards are listed."""
    names = ("Dana", "Sam", "Lee", *(name.split()[0] for name in NAMES))
    page = look(PRACTICE + query).html.partition('class="clinicians"')[2]
    return [name for name in names if f"/{name.lower()}-" in page]


def test_a_few_clinicians_are_not_searched(cast: SimpleNamespace) -> None:

    write_card(cast.dana, specialties=["Diabetes"])
    write_card(cast.sam, specialties=["Grief"])

    assert "Find a clinician" not in look(PRACTICE).html


def test_many_are_searched_by_what_they_tell(seven: SimpleNamespace) -> None:

    assert "Find a clinician" in look(PRACTICE).html
    assert len(shown("")) == 8

    assert shown("?specialty=Diabetes") == ["Dana"]
    assert shown("?language=Spanish") == ["Dana"]
    assert shown("?payer=Acme+Health") == ["Sam"]
    assert shown("?specialty=Grief&payer=Acme+Health&language=") == ["Sam"]
    assert 'value="Diabetes" selected' in look(f"{PRACTICE}?specialty=Diabetes").html


def test_who_sees_clients_somewhere_is_found_there(seven: SimpleNamespace) -> None:

    annex = Location.objects.create(practice=seven.practice, name="Annex")
    hours(seven.dana, location=annex)
    hours(seven.sam, location=seven.office)
    hours(seven.lee)

    assert shown(f"?location={annex.pk}") == ["Dana", "Lee"]
    for nonsense in ("x", "999", "\u00b2"):
        assert shown(f"?location={nonsense}") == []


def test_where_nobody_fits_everyone_is_a_link_away(seven: SimpleNamespace) -> None:

    seen = look(f"{PRACTICE}?specialty=Diabetes&payer=Acme+Health")

    assert "No clinician fits" in seen.text
    assert PRACTICE in seen.links
    assert seen.metas["robots"] == "noindex"
    assert look(f"{PRACTICE}?utm=1").metas.get("robots") is None
