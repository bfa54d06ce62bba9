"""Visits: what can't be kept is refused beside its field, and nothing is saved."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError

from letterhead.billing.models import Visit
from letterhead.clients.models import Client
from letterhead.practices.models import Location, Practice
from tests.clients.desk import Desk, client_of, policy_of, visit_of

TYPED = {
    "visited_on": "2026-11-02",
    "diagnoses-0-code": "E11.9",
    "diagnoses-1-code": "Z71.3",
    "lines-0-code": "97802",
    "lines-0-pointers": "A",
    "lines-0-charge": "120",
}


@pytest.fixture
def add(ada: Client) -> str:
    return f"/clients/{ada.pk}/visits/add/"


def test_a_visit_without_a_service_is_refused(dana: Desk, add: str) -> None:
    assert dana.refused(add) == {"lines-0-code": ["Enter at least one service."]}


def test_a_visit_without_any_row_is_refused(dana: Desk, add: str) -> None:
    answer = dana.save(add, **{"lines-TOTAL_FORMS": "0"})

    assert answer.status_code == 422
    assert "Add at least one service." in answer.content.decode()


@pytest.mark.parametrize("total", ["", "-1", "x", "1000000", "9" * 30])
def test_rows_that_did_not_arrive_whole_are_refused(dana: Desk, add: str, total: str) -> None:
    answer = dana.save(add, **TYPED, **{"lines-TOTAL_FORMS": total})

    assert answer.status_code == 422
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("visited_on", "", "Fill this in"),
        ("visited_on", "31 Feb", "Enter the date as"),
        ("visited_on", "0001-01-01", "before 1900"),
        ("visited_on", "9999-12-31", "Check the year"),
        ("practitioner", "0", "Select a valid choice"),
        ("location", "9" * 30, "Select a valid choice"),
        ("policy", "1\0", "Null characters"),
        ("diagnoses-0-code", "diabetes", "like E11.9"),
        ("diagnoses-0-code", "Ｅ１１", "like E11.9"),
        ("diagnoses-0-code", "x" * 1_000_000, "at most 20"),
        ("diagnoses-1-code", "E11.9", "already listed"),
        ("diagnoses-3-code", "M1A.00X1", "before D first"),
        ("amount_paid", "-1", "negative"),
        ("amount_paid", "NaN", "like 1200.50"),
        ("amount_paid", "1e9", "like 1200.50"),
        ("amount_paid", "１２", "like 1200.50"),
        ("amount_paid", "12345678.00", "too large"),
        ("amount_paid", "40,00", "like 1200.50"),
        ("paid_on", "2999-01-01", "Check the year"),
        ("payment_method", "crypto", "Select a valid choice"),
        ("auto_accident_state", "1!", "two letters"),
        ("referrer_qualifier", "ZZ", "Select a valid choice"),
        ("account_number", "x" * 15, "at most 14"),
        ("prior_authorization", "😀" * 30, "at most 29"),
        ("lines-0-service_on", "2026-02-31", "Enter the date as"),
        ("lines-0-place_of_service", "1a", "two digits"),
        ("lines-0-place_of_service", "00", "no place of service 00"),
        ("lines-0-code", "G027O", "O and 0"),
        ("lines-0-code", "X0270", "5 characters"),
        ("lines-0-place_of_service", "１１", "two digits"),
        ("lines-0-code", "9780", "5 characters"),
        ("lines-0-code", "９７８０２", "5 characters"),
        ("lines-0-code", "97\x00802", "Null characters"),
        ("lines-0-modifiers", "95 G", "two characters"),
        ("lines-0-modifiers", "95 GT 95 GT 95", "two characters"),
        ("lines-0-pointers", "M", "A to L"),
        ("lines-0-pointers", "AA", "twice"),
        ("lines-0-pointers", "C", "no diagnosis C"),
        ("lines-0-charge", "", "Fill this in"),
        ("lines-0-charge", "-5", "negative"),
        ("lines-0-charge", "ten", "like 1200.50"),
        ("lines-0-charge", "9999999.99", "too large"),
        ("lines-0-charge", "120,50", "like 1200.50"),
        ("lines-0-charge", "1,2,3", "like 1200.50"),
        ("lines-0-charge", "1.005", "decimal places"),
        ("lines-0-units", "0", "from 1 to 999"),
        ("lines-0-units", "0.5", "from 1 to 999"),
        ("lines-0-units", "1.125", "two decimal places"),
        ("lines-0-units", "9" * 5000, "units like 1 or 1.5"),
        ("lines-0-units", "1000", "from 1 to 999"),
        ("lines-0-description", "x" * 81, "at most 80"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    dana: Desk, add: str, field: str, typed: str, said: str
) -> None:
    beside = dana.refused(add, **{**TYPED, field: typed})

    assert field in beside
    assert said in " ".join(beside[field])
    assert not Visit.objects.exists()


def test_an_auto_accident_needs_its_state(dana: Desk, add: str) -> None:
    beside = dana.refused(add, **TYPED, auto_accident="on")

    assert "state" in beside["auto_accident_state"][0]


@pytest.mark.parametrize("paid", [{"paid_on": "2026-11-02"}, {"payment_method": "card"}])
def test_a_payment_needs_its_amount(dana: Desk, add: str, paid: dict[str, str]) -> None:
    beside = dana.refused(add, **TYPED, **paid)
    assert beside == {"amount_paid": ["Enter the amount that was paid."]}
    assert not Visit.objects.exists()


def test_the_database_keeps_no_payment_without_its_amount(cast: SimpleNamespace) -> None:
    visit = visit_of(cast, client_of(cast.dana))

    with pytest.raises(IntegrityError):
        Visit.objects.filter(pk=visit.pk).update(payment_method="card")


def test_a_referrer_needs_a_kind_and_a_last_name(dana: Desk, add: str) -> None:
    beside = dana.refused(add, **TYPED, referrer_npi="2363324239")

    assert set(beside) == {"referrer_qualifier", "referrer_last_name"}


def test_a_referrers_npi_is_checked(dana: Desk, add: str) -> None:
    named = {"referrer_qualifier": "DN", "referrer_last_name": "Ode"}

    beside = dana.refused(add, **TYPED, **named, referrer_npi="2363324230")

    assert "last digit" in beside["referrer_npi"][0]


def test_ids_of_another_practice_are_refused_beside_their_fields(
    cast: SimpleNamespace, dana: Desk, add: str
) -> None:
    theirs = client_of(cast.stranger)
    policy = policy_of(cast, theirs)
    location = Location.objects.get(practice=cast.stranger.practice)

    beside = dana.refused(
        add,
        **TYPED,
        practitioner=str(cast.stranger.practitioner_id),
        location=str(location.pk),
        policy=str(policy.pk),
    )

    assert set(beside) == {"practitioner", "location", "policy"}


def test_a_policy_of_another_client_is_refused(cast: SimpleNamespace, dana: Desk, add: str) -> None:
    ben = policy_of(cast, client_of(cast.dana, "Ben", "Ito"))

    assert list(dana.refused(add, **TYPED, policy=str(ben.pk))) == ["policy"]


def test_a_practice_in_norway_types_and_sees_amounts_its_own_way(
    cast: SimpleNamespace, dana: Desk, add: str
) -> None:
    Practice.objects.filter(pk=cast.dana.practice.pk).update(country="NO", currency="NOK")

    dana.save(add, **{**TYPED, "lines-0-charge": "1 120,50", "amount_paid": "kr 40,00"})

    visit = Visit.objects.get()
    assert (visit.lines.get().charge, visit.amount_paid) == (Decimal("1120.50"), Decimal(40))
    opened = dana.opened(f"/billing/visits/{visit.pk}/edit/")
    assert (opened["lines-0-charge"], opened["amount_paid"]) == ("1120,50", "40,00")


def test_what_could_be_two_amounts_is_refused(cast: SimpleNamespace, dana: Desk, add: str) -> None:
    Practice.objects.filter(pk=cast.dana.practice.pk).update(country="CA", currency="CAD")

    said = dana.refused(add, **{**TYPED, "lines-0-charge": "1,200"})

    assert said["lines-0-charge"] == ["This can be read as two amounts. Enter it like 1200.50."]


def test_what_is_typed_is_cleaned_before_it_is_judged(dana: Desk, add: str) -> None:
    named = {"referrer_qualifier": "DN", "referrer_last_name": "Ode"}
    line = {"lines-0-code": "978 02", "lines-0-pointers": "A, B", "lines-0-modifiers": "95, gt"}

    dana.save(add, **TYPED | named | line, referrer_npi="2363 324 239")

    visit = Visit.objects.get()
    saved = visit.lines.get()
    assert visit.referrer_npi == "2363324239"
    assert (saved.code, saved.pointers, saved.modifiers) == ("97802", "AB", "95 GT")


def test_five_pointers_are_judged_in_our_words(dana: Desk, add: str) -> None:
    said = dana.refused(add, **TYPED | {"lines-0-pointers": "A, B, C, D, E"})

    assert said["lines-0-pointers"] == ["Enter up to four letters from A to L, like AB."]


def test_units_have_decimals_and_a_charge_can_be_0(dana: Desk, add: str) -> None:
    dana.save(add, **TYPED | {"lines-0-units": "1.5", "lines-0-charge": "0.00"})

    visit = Visit.objects.get()
    line = visit.lines.get()
    assert (line.units, line.charge) == (Decimal("1.5"), Decimal(0))
    assert dana.opened(f"/billing/visits/{visit.pk}/edit/")["lines-0-units"] == "1.5"


def test_in_norway_codes_and_provider_numbers_stay_as_typed(
    cast: SimpleNamespace, dana: Desk, add: str
) -> None:
    Practice.objects.filter(pk=cast.dana.practice.pk).update(country="NO", currency="NOK")
    named = {"referrer_qualifier": "DN", "referrer_last_name": "Ode"}

    dana.save(add, **TYPED | named | {"lines-0-code": "2ad"}, referrer_npi="HPR 77")

    visit = Visit.objects.get()
    assert (visit.referrer_npi, visit.lines.get().code) == ("HPR 77", "2ad")
