"""Services in other countries: their codes and their prices, written the country's way."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from letterhead.booking.shelf import price_of
from letterhead.practices.models import Practice
from letterhead.scheduling.models import Offer, Service
from tests.booking.samples import empty_caches
from tests.booking.street import DANA, PRACTICE, look
from tests.practices.office import SETTINGS, Office
from tests.scheduling.making import service

ADD = f"{SETTINGS}services/add/"
CONSULT = {"Service name": "First consult", "Duration in minutes": "60"}
MONEY = {"GB": "GBP", "NO": "NOK", "CA": "CAD", "AU": "AUD", "DE": "EUR", "US": "USD"}


def moved(cast: SimpleNamespace, country: str) -> Office:
    """Dana at work in another country's practice."""
    Practice.objects.filter(pk=cast.practice.pk).update(country=country, currency=MONEY[country])
    cast.practice.refresh_from_db()
    return Office(cast.dana)


@pytest.mark.parametrize(
    ("country", "helped"),
    [
        ("US", "CPT or HCPCS, for bills"),
        ("AU", "MBS or health fund item, if it has one"),
        ("DE", "GOÄ, GOP or GebüH number, if it has one"),
        ("NO", "As your country or payer writes it, if it has one"),
    ],
)
def test_the_code_is_explained_as_the_country_has_it(
    cast: SimpleNamespace, country: str, helped: str
) -> None:
    page = moved(cast, country).open(ADD)

    assert helped in page.text
    assert ("Modifiers" in page.text) == (country == "US")


def test_a_code_of_elsewhere_is_kept_as_typed(cast: SimpleNamespace) -> None:
    moved(cast, "AU").save(ADD, {**CONSULT, "Item": "15_003_0118_1_3"})

    assert Service.objects.get().code == "15_003_0118_1_3"


def test_a_code_of_elsewhere_has_up_to_20_characters(cast: SimpleNamespace) -> None:
    dana = moved(cast, "AU")

    assert dana.save(ADD, {**CONSULT, "Item": "A" * 21}).status == 422
    dana.save(ADD, {**CONSULT, "Item": "A" * 20})

    assert Service.objects.get().code == "A" * 20


def test_a_service_of_elsewhere_needs_no_code(cast: SimpleNamespace) -> None:
    moved(cast, "NO").save(ADD, CONSULT)

    assert Service.objects.get().code == ""


def test_a_code_of_the_us_is_still_checked_there(cast: SimpleNamespace) -> None:
    assert moved(cast, "US").save(ADD, {**CONSULT, "Code": "15_003"}).status == 422


@pytest.mark.parametrize(
    ("country", "typed", "fee"),
    [
        ("GB", "£90", "90"),
        ("GB", "£1,250.50", "1250.50"),
        ("NO", "kr 1 250,00", "1250"),
        ("NO", "1250", "1250"),
        ("CA", "120,00 $", "120"),
        ("CA", "$1,200.00", "1200"),
    ],
)
def test_a_fee_is_read_as_it_is_written_there(
    cast: SimpleNamespace, country: str, typed: str, fee: str
) -> None:
    moved(cast, country).save(ADD, {**CONSULT, "Fee": typed})

    assert Service.objects.get().fee == Decimal(fee)


@pytest.mark.parametrize(
    ("country", "example"), [("GB", "1200.50"), ("NO", "1200,50"), ("CA", "1200.50")]
)
def test_a_fee_that_cannot_be_read_is_answered_with_an_example(
    cast: SimpleNamespace, country: str, example: str
) -> None:
    page = moved(cast, country).save(ADD, {**CONSULT, "Fee": "ninety"})

    assert page.status == 422
    assert page.says_beside("Fee") == f"Enter an amount like {example}."
    assert page.field("Fee").value == "ninety"


def priced(cast: SimpleNamespace, country: str, fee: str) -> Office:
    """A practice in another country, with one service that shows its price."""
    dana = moved(cast, country)
    service(cast.practice, cast.dana, name="First consult", fee=fee, show_price=True)
    empty_caches()
    return dana


@pytest.mark.parametrize(
    ("country", "price"),
    [("GB", "£90.00"), ("NO", "kr 90,00"), ("AU", "$90.00"), ("DE", "90,00 €")],
)
def test_prices_have_the_countrys_sign_wherever_they_are_shown(
    cast: SimpleNamespace, country: str, price: str
) -> None:
    dana = priced(cast, country, "90")

    for html in (look(PRACTICE).html, look(DANA).html, dana.read(SETTINGS)):
        assert price in " ".join(html.split())


def test_a_price_is_written_in_the_readers_language(cast: SimpleNamespace) -> None:
    priced(cast, "CA", "1250")
    offers = list(Offer.objects.select_related("service"))

    assert price_of(cast.practice, offers) == "$1,250.00"
    with override("fr"):
        assert price_of(cast.practice, offers) == "1\xa0250,00\xa0$"
