"""No page of a practice outside the US has words that only the US has.

A Director's practice has all that pages show: a client, a policy, visits, a draft, issued bills,
appointments, services, hours. Walked are all pages, and once what an empty form answers.
"""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from letterhead.billing.models import Bill, ServiceLine
from letterhead.claims.models import Printer
from letterhead.clients import models as clients
from letterhead.practices.models import Location, Payer, Practice
from letterhead.practices.roles import Role
from tests.booking.samples import empty_caches
from tests.factories import member, registered
from tests.pseudo import Texts
from tests.test_who_may import arguments_of, names_of, people_of

# Germany, Australia, Norway, Canada, India, Mexico, and Kenya, of which we know no more
ZONES = {
    "DE": "Europe/Berlin",
    "AU": "Australia/Sydney",
    "NO": "Europe/Oslo",
    "CA": "America/Toronto",
    "IN": "Asia/Kolkata",
    "MX": "America/Mexico_City",
    "KE": "Africa/Nairobi",
}
OF_THE_US = re.compile(
    r"\b(?:NPIs?|NPPES|UPIN|TRICARE|CHAMPVA|EIN|SSN|CPT|HCPCS|ICD-10-CM|Medicare)\b|CMS-1500"
    r"|(?i:\btaxonom(?:y|ies)\b|superbill|place of service|\bitems? [0-9]+|\bZIP codes?\b)"
)
GUIDE = {"guide", "guide-page"}  # for everyone; tests/ui/test_guide.py looks at it
# What says how to bill US payers from there names their claim.
NAMED = {"edit-practice-details": {"cms-1500"}}


def practice_in(country: str) -> SimpleNamespace:
    """A practice as it is after registering, with its address, its people and a payer."""
    dana = registered(
        "Riverside Nutrition",
        *("Dana", "Rivera", "dana@riverside.example", "riverside"),
        country=country,
        time_zone=ZONES[country],
    )
    practice = dana.practice
    address = {"line1": "48 Water Street", "city": "Springfield"}
    Practice.objects.filter(pk=practice.pk).update(**address)
    Location.objects.filter(practice=practice).update(**address)
    practice.refresh_from_db()
    return SimpleNamespace(
        practice=practice,
        office=Location.objects.get(practice=practice),
        dana=dana,
        sam=member(practice, Role.CLINICAL, "Sam", "Okafor"),
        noor=member(practice, Role.ADMINISTRATIVE, "Noor", "Haddad"),
        lee=member(practice, Role.SUPERVISOR, "Lee", "Park"),
        acme=Payer.objects.create(practice=practice, name="Acme Health", country=country),
        stranger=registered("Elsewhere", "Sina", "Strange", "sina@elsewhere.example"),
    )


def everything(cast: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """Fill the practice until every page has something to show, and say what addresses name."""
    people_of(cast)
    arguments = arguments_of(cast)
    country = cast.practice.country
    clients.Client.objects.update(country=country)
    clients.Policy.objects.update(insured_country=country)
    Bill.objects.update(kind=Bill.Kind.SUPERBILL)
    Printer.objects.all().delete()
    ServiceLine.objects.update(place_of_service="", modifiers="", code="")
    return arguments


def pages_of(
    cast: SimpleNamespace, arguments: dict[str, dict[str, Any]], *, methods: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Every page that the Director gets, or an empty form's answer, and its address's name."""
    browser = Client()
    browser.force_login(cast.dana.user)
    for name in sorted({*names_of(get_resolver().url_patterns)} - GUIDE):
        for method in methods:
            before = transaction.savepoint()
            cookies = browser.cookies.output(header="")
            answer = browser.generic(method, reverse(name, kwargs=arguments.get(name)))
            browser.cookies = SimpleCookie(cookies)
            transaction.savepoint_rollback(before)
            if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                yield name, answer.content.decode()


def words_of_the_us(page: str, country: str) -> set[str]:
    """The words of a page that only the US has, in small letters, items without their number."""
    found = {word.lower() for text in Texts(page).found for word in OF_THE_US.findall(text)}
    words = {"item" if word.startswith("item") else word for word in found}
    return words - {"medicare"} if country == "AU" else words


@pytest.mark.django_db
@pytest.mark.embedded
@pytest.mark.parametrize("country", ZONES)
def test_no_page_speaks_of_what_only_the_us_has(country: str) -> None:
    empty_caches()
    cast = practice_in(country)
    arguments = everything(cast)

    methods = ("GET", "POST") if country == "KE" else ("GET",)
    found: dict[str, set[str]] = {}
    for name, page in pages_of(cast, arguments, methods=methods):
        if words := words_of_the_us(page, country) - NAMED.get(name, set()):
            found[name] = found.get(name, set()) | words

    assert found == {}


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_walk_would_find_them() -> None:
    cast = practice_in("KE")
    Practice.objects.update(bills_us_payers=True)
    arguments = everything(cast)

    found: set[str] = set()
    for _, page in pages_of(cast, arguments, methods=("GET",)):
        found |= words_of_the_us(page, "KE")

    assert {"cms-1500", "npi"} <= found
