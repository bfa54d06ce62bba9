"""The fields of an address: those of the country, under its names, checked its way."""

from typing import Any

import pytest
from django.forms.models import modelform_factory
from django.http import QueryDict

from letterhead.clients.models import Client
from letterhead.places.countries import COUNTRIES
from letterhead.practices.models import Payer, Practice
from letterhead.ui.forms.versioned import VersionedForm


class Address(VersionedForm):
    """An address and nothing else."""

    class Meta:
        model = Payer
        fields = ("line1", "line2", "city", "state", "postal_code", "country")


def typed(country: str, saved: Payer | None = None, **parts: str) -> Address:
    """The form with this typed into it."""
    data = QueryDict(mutable=True)
    data.update({"country": country, **parts, "version": "1"})
    return Address(data, instance=saved or Payer())


def kept(form: Address) -> tuple[str, str]:
    """State and postal code of a valid form."""
    assert form.is_valid(), form.errors
    return form.cleaned_data["state"], form.cleaned_data["postal_code"]


def asked(form: Address) -> dict[str, str]:
    """Labels of state and postal code, where they are asked for."""
    return {field.name: str(field.label) for field in form.addresses[0].asked}


@pytest.mark.parametrize(
    ("country", "labels"),
    [
        ("US", {"state": "State", "postal_code": "ZIP code"}),
        ("IE", {"state": "County", "postal_code": "Eircode"}),
        ("IN", {"state": "State", "postal_code": "PIN code"}),
        ("HK", {"state": "Area"}),
        ("NO", {"postal_code": "Postal code"}),
        ("AO", {}),
    ],
)
def test_the_country_says_what_is_asked_for(country: str, labels: dict[str, str]) -> None:
    assert asked(typed(country)) == labels
    assert asked(Address(instance=Payer(country=country))) == labels


def test_what_was_typed_stays_where_the_country_has_no_such_part() -> None:
    assert asked(typed("NO", state="NY"))["state"] == "State or region"
    assert asked(Address(instance=Payer(country="HK", postal_code="999077")))["postal_code"]
    assert kept(typed("NO", state="Troms", postal_code="9008")) == ("Troms", "9008")


@pytest.mark.parametrize(
    ("country", "state", "code", "saved"),
    [
        ("US", "ny", "107010001", ("NY", "10701-0001")),
        ("CA", "Québec", "h2x1y4", ("QC", "H2X 1Y4")),
        ("IE", "", "", ("", "")),
        ("IE", "Cork", "t12x8n6", ("Co. Cork", "T12 X8N6")),
        ("GB", "Kent", "ct12eh", ("Kent", "CT1 2EH")),
        ("MX", "Jalisco", "44100", ("Jal.", "44100")),
        ("HK", "kowloon", "", ("Kowloon", "")),
        ("IE", "Tipperary North", "", ("Tipperary North", "")),
    ],
)
def test_an_address_is_saved_as_its_country_writes_it(
    country: str, state: str, code: str, saved: tuple[str, str]
) -> None:
    assert kept(typed(country, state=state, postal_code=code)) == saved


@pytest.mark.parametrize(
    ("country", "state", "code", "wrong"),
    [
        ("US", "XX", "1", {"state": "two letters, like NY", "postal_code": "5 or 9 digits"}),
        (
            *("CA", "Ontari", "10701"),
            {
                "state": "Enter the province by its name, like Alberta.",
                "postal_code": "Enter the postal code like H3Z 2Y7.",
            },
        ),
        ("IE", "", "D02", {"postal_code": "Enter the Eircode like A65 F4E2."}),
        ("IN", "Goa", "1", {"postal_code": "Enter the PIN code like 110034."}),
    ],
)
def test_each_wrong_part_is_told_beside_its_field(
    country: str, state: str, code: str, wrong: dict[str, str]
) -> None:
    form = typed(country, state=state, postal_code=code)

    assert set(form.errors) == set(wrong)
    for part, said in wrong.items():
        assert said in form.errors[part][0]


def test_what_was_saved_before_is_never_refused_but_a_change_is_checked() -> None:
    old = Payer(pk=1, country="CA", state="Ontario (east)", postal_code="K1A-OB1")
    unchanged = {"state": old.state, "postal_code": old.postal_code}

    assert kept(typed("CA", old, city="Ottawa", **unchanged)) == ("Ontario (east)", "K1A-OB1")
    assert set(typed("CA", old, state="Ontari", postal_code="K1A").errors) == {
        *("state", "postal_code")
    }
    assert set(typed("NL", old, **unchanged).errors) == {"postal_code"}


@pytest.mark.parametrize("model", [Client, Payer, Practice])
def test_every_list_has_all_countries_and_the_chosen_one_is_marked(model: Any) -> None:
    form = modelform_factory(model, VersionedForm, Address.Meta.fields)

    shown = str(form(instance=model(country="IE")))

    assert shown.count("<option") == len(COUNTRIES)
    assert '<option value="IE" selected>Ireland</option>' in shown
    assert shown.count("selected") == 1
