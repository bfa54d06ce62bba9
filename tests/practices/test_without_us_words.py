"""My Details, Account Settings and clients of a German practice, with every pop-up: no US words."""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.urls import reverse

from letterhead.clients.models import Client, Policy
from letterhead.details.models import OtherId
from letterhead.practices.models import Location, Payer, Practice
from tests.clients.desk import client_of, policy_of
from tests.practices.abroad import move_to
from tests.practices.office import Office

WORDS = (
    *("NPI", "NPPES", "CMS-1500", "item 24", "UPIN", "TRICARE", "taxonomy"),
    *("place of service", "EIN", "SSN", "SIGNATURE ON FILE", "COBA", "Medicaid", "claims"),
)


@pytest.fixture
def pages(cast: SimpleNamespace) -> dict[str, str]:
    """Addresses of all pages and pop-ups of these rooms, by their names."""
    client = client_of(cast.dana, country="DE")
    policy = policy_of(cast, client, insured_country="DE")
    move_to(cast, "DE")
    Payer.objects.update(country="DE")
    OtherId.objects.create(
        practitioner_id=cast.dana.practitioner_id, position=0, qualifier="1G", number="U1"
    )
    office, payer = Location.objects.filter(practice=cast.practice)[0], cast.acme
    named = {
        **dict.fromkeys(
            ("my-details", "edit-general-details", "show-tax-id", "edit-signature"), ()
        ),
        **dict.fromkeys(("edit-provider-description", "edit-about-me", "edit-preferences"), ()),
        **dict.fromkeys(("edit-profile-photo", "where-it-appears", "notifications"), ()),
        **dict.fromkeys(("account-settings", "edit-practice-details", "edit-billing-details"), ()),
        **dict.fromkeys(("add-location", "add-payer", "edit-logo", "edit-security"), ()),
        **dict.fromkeys(("clients", "add-client"), ()),
        "edit-location": (office.pk,),
        "edit-payer": (payer.pk,),
        "client": (client.pk,),
        "edit-client": (client.pk,),
        "add-policy": (client.pk,),
        "edit-policy": (policy.pk,),
    }
    return {name: reverse(name, args=args) for name, args in named.items()}


def read(cast: SimpleNamespace, pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give each page's name and what it says: text, labels, hints of its controls."""
    dana = Office(cast.dana)
    for name, address in pages.items():
        page = dana.open(address)
        assert page.status == 200, address
        yield name, page.html.split("<body", 1)[1]


def found(text: str) -> set[str]:
    return {word for word in WORDS if re.search(rf"(?<![A-Za-z]){re.escape(word)}", text)}


def test_a_german_practice_reads_no_word_of_us_claims(
    cast: SimpleNamespace, pages: dict[str, str]
) -> None:
    said = {name: found(visible(html)) for name, html in read(cast, pages)}

    assert {name: words for name, words in said.items() if words} == {}


def test_we_bill_us_payers_brings_them_back(cast: SimpleNamespace, pages: dict[str, str]) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(bills_us_payers=True)

    said = {name: found(visible(html)) for name, html in read(cast, pages)}

    for word, pages_with_it in {
        "NPI": {"my-details", "edit-general-details", "edit-billing-details", "edit-location"},
        "NPPES": {"edit-general-details"},
        "UPIN": {"edit-general-details"},
        "TRICARE": {"add-payer", "edit-payer"},
        "taxonomy": {"edit-payer"},
        "SIGNATURE ON FILE": {"edit-general-details", "add-policy", "edit-policy"},
        "COBA": {"add-policy", "edit-policy"},
        "CMS-1500": {"my-details", "account-settings"},
        "claims": {"my-details", "account-settings", "edit-policy"},
    }.items():
        assert {name for name in pages_with_it if word in said[name]} == pages_with_it
    assert "Place of service" in dict(read(cast, pages))["edit-location"]
    assert "Taxonomy" in dict(read(cast, pages))["edit-billing-details"]


def visible(html: str) -> str:
    """Cut out what nobody reads: names of fields, classes, ids."""
    html = re.sub(r"<(script|style|template).*?</\1>", " ", html, flags=re.S)
    labels = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', html)
    return " ".join([re.sub(r"<[^>]*>", " ", html), *labels])


def test_saving_every_form_again_keeps_what_isnt_shown(
    cast: SimpleNamespace, pages: dict[str, str]
) -> None:
    Payer.objects.filter(pk=cast.acme.pk).update(kind="tricare", other_id_in_24j="taxonomy")
    Location.objects.filter(practice=cast.practice).update(place_of_service="12", npi="2000048121")
    Practice.objects.filter(pk=cast.practice.pk).update(
        taxonomy="133V00000X", npi_type="individual"
    )
    Policy.objects.update(another_plan=True, other_plan_name="Other", client_signature_on_file=True)
    dana = Office(cast.dana)

    for name, label in {
        "edit-payer": "City",
        "edit-location": "City",
        "edit-billing-details": "Legal name",
        "edit-policy": "Plan name",
        "edit-client": "City",
    }.items():
        assert dana.save(pages[name], {label: "Neu"}).status == 302, name

    payer, practice = Payer.objects.get(pk=cast.acme.pk), Practice.objects.get(pk=cast.practice.pk)
    office, policy = Location.objects.get(practice=cast.practice), Policy.objects.get()
    assert (payer.city, payer.kind, payer.other_id_in_24j) == ("Neu", "tricare", "taxonomy")
    assert (office.city, office.place_of_service, office.npi) == ("Neu", "12", "2000048121")
    assert (practice.legal_name, practice.taxonomy) == ("Neu", "133V00000X")
    assert practice.npi_type == "individual"
    assert (policy.plan_name, policy.another_plan, policy.client_signature_on_file) == (
        *("Neu", True, True),
    )


def test_a_client_has_a_language_of_paper_where_there_are_several(cast: SimpleNamespace) -> None:
    dana, client = Office(cast.dana), client_of(cast.dana)
    address = reverse("edit-client", args=[client.pk])
    assert "Language of paper" not in dana.open(address).labels.values()

    move_to(cast, "CA", paper_language="fr")
    field = dana.open(address).field("Language of paper")
    assert next(iter(field.options)) == "Practice default (Français)"
    typed = {"Language of paper": "British English, then Français"}
    assert dana.save(address, typed).status == 302

    assert Client.objects.get(pk=client.pk).language == "en-GB+fr"
    assert "British English, then Français" in dana.read(reverse("client", args=[client.pk]))
