"""What payers would refuse in a letterhead, before any visit exists, with links to fix it."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.billing.contents import PayerPicture
from letterhead.billing.problems import Place
from letterhead.billing.sample import SAMPLE_CLINICIAN, sample_contents
from letterhead.claims.ahead import refusals
from letterhead.claims.queries import readiness_of, readiness_of_practice
from letterhead.claims.readiness import problems
from letterhead.details.letterhead import Letterhead, License, OtherIdNumber
from letterhead.details.models import Practitioner
from letterhead.practices.models import Location, Payer, Practice
from tests.claims.samples import CLAIM, changed, npi_of
from tests.practices.office import SETTINGS, Office

TODAY = dt.date(2026, 11, 26)
ACME, BETA = (PayerPicture(id=n, name=name) for n, name in ((1, "Acme Health"), (2, "Beta")))
MEDICARE = PayerPicture(id=3, name="Medicare", kind="medicare")
TAXONOMY = PayerPicture(id=4, name="Strict Health", other_id_in_24j="taxonomy")


def said(
    *payers: PayerPicture, places: tuple[Place, ...] = (Place.MY_DETAILS,), **changes: Any
) -> list[str]:
    letterhead = changed(CLAIM, **changes).letterhead
    found = refusals(letterhead, payers=payers, places=places, today=TODAY)
    return [refusal.message for refusal in found]


def other_id(number: str, payer: int | None = None) -> dict[str, Any]:
    only = OtherIdNumber(qualifier="G2", number=number, payer=payer, is_default=payer is None)
    return {"clinician__other_ids": (only,)}


def readiness(practice: Practice) -> list[tuple[str, str]]:
    now = Practice.objects.get(pk=practice.pk)
    return [(note.message, note.url) for note in readiness_of_practice(now) or ()]


@pytest.mark.parametrize("payer", [None, ACME, MEDICARE, TAXONOMY])
@pytest.mark.parametrize("clinician", [CLAIM.letterhead.clinician, SAMPLE_CLINICIAN])
def test_the_sample_is_right_by_every_rule(payer: PayerPicture | None, clinician: Any) -> None:
    letterhead = Letterhead(clinician=clinician, practice=CLAIM.letterhead.practice)
    sample = sample_contents(letterhead, payer=payer, today=TODAY)

    assert [one for one in problems(sample) if one.item != "carrier"] == []


def test_what_every_payer_refuses_is_said_of_every_claim() -> None:
    expected = "Every claim would be rejected. Item 24J is missing or incomplete. "
    for payers in ((), (ACME,), (ACME, MEDICARE, TAXONOMY)):
        assert said(*payers, clinician__npi="") == [f"{expected}Enter your Individual NPI."]


def test_what_one_payer_refuses_is_said_of_claims_to_it() -> None:
    expected = "Item 24J: “A23456789012” has 12 characters. Only 11 fit. Shorten it."

    assert said(ACME, BETA, MEDICARE, **other_id("A23456789012", payer=1)) == [
        f"Claims to Acme Health would be rejected. {expected}"
    ]
    assert said(ACME, BETA, MEDICARE, **other_id("A23456789012")) == [
        f"Claims to Acme Health and Beta would be rejected. {expected}"
    ]


def test_of_many_payers_some_are_named_and_the_others_counted() -> None:
    plain = [PayerPicture(id=n, name=f"Plan {n}") for n in range(10, 20)]

    (message,) = said(*plain, MEDICARE, **other_id("A23456789012"))

    assert message.startswith("Claims to Plan 10, Plan 11 and 8 other payers would be rejected. ")


def test_a_doubt_says_that_claims_could_be_sent_back() -> None:
    assert said(places=(Place.PRACTICE,), practice__address__postal_code="10004") == [
        "Every claim could be rejected. Item 33: The ZIP code has five digits. Payers ask for nine."
    ]


def test_the_taxonomy_is_asked_for_by_who_asks_for_it_only() -> None:
    missing = {"practice__taxonomy": ""}

    assert said(ACME, places=(Place.BILLING,), **missing) == []
    (message,) = said(ACME, TAXONOMY, places=(Place.BILLING,), **missing)
    assert message.startswith("Claims to Strict Health would be rejected. Item 24J is missing")


def test_licenses_are_left_to_the_reminders_of_my_details() -> None:
    expired = License(number="4812", expires=dt.date(2026, 11, 25))

    assert said(clinician__licenses=(expired,)) == []


def test_a_problem_is_listed_only_where_it_is_fixed() -> None:
    wrong: dict[str, Any] = {"clinician__npi": "", "practice__group_npi": ""}

    assert "24J" in said(**wrong)[0] and len(said(**wrong)) == 1
    assert "33a" in said(places=(Place.BILLING,), **wrong)[0]


def test_a_clinicians_readiness_leads_to_the_field(cast: SimpleNamespace) -> None:
    assert readiness_of(cast.dana.practitioner) == ()
    Practitioner.objects.filter(pk=cast.dana.practitioner_id).update(npi="")

    (note,) = readiness_of(cast.dana.practitioner) or ()

    assert (note.severity, note.item) == ("error", "24J")
    assert note.url == "/my-details/general/#id_npi"
    assert note.label == "Fix it in My Details"


def test_a_practices_readiness_leads_to_each_field(cast: SimpleNamespace) -> None:
    Payer.objects.update(line1="1 Plaza")
    assert readiness(cast.practice) == []
    Practice.objects.filter(pk=cast.practice.pk).update(group_npi="", line1="PO Box 3")
    Payer.objects.filter(pk=cast.acme.pk).update(line1="")
    Location.objects.filter(pk=cast.office.pk).update(line1="9 Foundry Square", city="")

    found = readiness(cast.practice)

    urls = [url for _, url in found]
    assert urls[:2] == ["/account-settings/practice/#id_line1",
                        "/account-settings/billing/#id_group_npi"]  # fmt: skip
    assert f"/account-settings/locations/{cast.office.pk}/#id_city" in urls
    assert f"/account-settings/payers/{cast.acme.pk}/#id_line1" in urls
    of_location = next(said for said, url in found if "locations" in url)
    assert of_location.startswith(f"Claims for visits at {cast.office.name} would be rejected. ")
    assert found[-1][0].startswith("Claims to Acme Health could be rejected. The payer has no")


def test_a_location_without_an_address_is_not_ready(cast: SimpleNamespace) -> None:
    Payer.objects.update(line1="1 Plaza")
    Location.objects.filter(pk=cast.office.pk).update(line1="", city="")

    ((message, url),) = readiness(cast.practice)

    assert message == (
        f"Claims for visits at {cast.office.name} could be rejected. Item 32: The location has no "
        "address, so item 32 stays empty. Enter it, even if it is the practice's address."
    )
    assert url == f"/account-settings/locations/{cast.office.pk}/#id_line1"


def test_a_locations_own_npi_at_the_practices_address_is_not_ready(cast: SimpleNamespace) -> None:
    Payer.objects.update(line1="1 Plaza")
    Location.objects.filter(pk=cast.office.pk).update(npi=npi_of(41))

    ((message, url),) = readiness(cast.practice)

    assert f"so number {npi_of(41)} isn't sent" in message
    assert url == f"/account-settings/locations/{cast.office.pk}/#id_npi"


def test_the_same_of_many_payers_is_said_once(cast: SimpleNamespace) -> None:
    Payer.objects.bulk_create(
        Payer(practice=cast.practice, name=f"Plan {n}", line1="") for n in range(9)
    )

    ((message, url),) = readiness(cast.practice)

    assert "and 9 other payers could be rejected" in message
    assert url.endswith(f"/payers/{cast.acme.pk}/#id_line1")


@pytest.mark.parametrize("payers", [0, 40])
def test_a_clinicians_readiness_takes_one_query(cast: SimpleNamespace, payers: int) -> None:
    practitioner = cast.dana.practitioner
    practitioner.practice = cast.practice
    Payer.objects.bulk_create(
        Payer(practice=cast.practice, name=f"Plan {n}") for n in range(payers)
    )

    with CaptureQueriesContext(connection) as asked:
        readiness_of(practitioner)

    assert len(asked) == 1


def test_a_practice_abroad_sends_no_cms_1500(cast: SimpleNamespace) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(country="AU", group_npi="")

    assert readiness_of(cast.dana.practitioner) is None
    assert "Claim readiness" not in Office(cast.dana).read(SETTINGS)


def test_account_settings_show_what_would_be_refused_and_lead_to_it(cast: SimpleNamespace) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(tax_id="", tax_id_kind="", phone="")
    Payer.objects.update(line1="1 Plaza")
    office = Office(cast.dana)

    page = office.open(SETTINGS)

    assert "Claim readiness" in page.text
    assert "Every claim would be rejected. Item 25 is missing" in page.text
    assert (
        "Every claim could be rejected. Item 33: The practice has no ten-digit phone" in page.text
    )
    links = re.findall(r'href="([^"#]+)#(id_[^"]+)"', page.html)
    assert {field for _, field in links} == {"id_tax_id", "id_phone"}
    for address, field in links:
        assert f'id="{field}"' in office.open(address).html


def test_account_settings_show_that_nothing_is_wrong(cast: SimpleNamespace) -> None:
    Payer.objects.update(line1="1 Plaza")

    assert "No problems found" in Office(cast.dana).read(SETTINGS)
