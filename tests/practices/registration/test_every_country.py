"""A practice of any country of ISO 3166 registers, and writes its addresses and numbers its way."""

from typing import Any

import phonenumbers
import pytest
from django.forms.models import model_to_dict
from django.http import QueryDict
from phonenumbers import PhoneNumberFormat

from letterhead.countries.table import country_of
from letterhead.details.actions import Registration, register_practice
from letterhead.places.address_forms import address_form_of
from letterhead.places.choices import time_zones
from letterhead.places.countries import COUNTRIES
from letterhead.places.zones import zones_of
from letterhead.practices.account_settings.practice_forms import PracticeDetailsForm
from letterhead.practices.models import Practice
from letterhead.practices.registration.forms import RegistrationForm

OFFERED = [name for _region, zones in time_zones() for name, _label in zones]


def registered(code: str) -> Practice:
    """Register as the page does, in the country's first time zone."""
    zone = next((name for name in zones_of(code) if name in OFFERED), "UTC")
    form = RegistrationForm(
        {
            "practice_name": f"Clínica {COUNTRIES[code]}",
            "country": code,
            "time_zone": zone,
            "first_name": "Inés",
            "last_name": "Núñez de la Peña",
            "login_email": "ines@harbor.example",
            "password": "a tall ship and a star",
        }
    )
    assert form.is_valid(), form.errors
    register_practice(Registration(**form.cleaned_data))
    return Practice.objects.get(country=code, time_zone=zone)


@pytest.mark.parametrize("code", COUNTRIES)
def test_it_registers_and_takes_the_address_phone_and_numbers_of_its_country(
    db: None, code: str
) -> None:
    practice = registered(code)
    form, row = address_form_of(code), country_of(code)
    assert (practice.currency, practice.remit_country) == (row.currency, code)
    assert practice.tax_note == row.taxes.exempt
    state = form.states[0][1] if form.states else ""
    phone = phonenumbers.example_number(code) if code in phonenumbers.SUPPORTED_REGIONS else None
    address = {"line1": "1 Main Street", "city": "Aldea", "state": state}
    typed = {
        **model_to_dict(practice, ("name", "time_zone", "currency", "version")),
        **address,
        "postal_code": form.example,
        "country": code,
        "phone": phonenumbers.format_number(phone, PhoneNumberFormat.NATIONAL) if phone else "",
    }
    settings = PracticeDetailsForm(data_of(typed), instance=practice)

    assert settings.is_valid(), settings.errors
    saved = settings.cleaned_data
    assert (saved["state"], saved["postal_code"]) == (state, form.example)
    assert bool(saved["phone"]) == bool(phone)
    for kind in (row.provider_number, *row.numbers, *row.tax_ids):
        assert not kind.example or kind.error(kind.clean(kind.example)) == ""


def data_of(typed: dict[str, Any]) -> QueryDict:
    """What a browser would send."""
    data = QueryDict(mutable=True)
    data.update({name: str(value) for name, value in typed.items()})
    return data
