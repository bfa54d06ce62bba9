"""Visits outside the US: the country's words, no field of claims, and nothing saved is lost."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from letterhead.billing.models import Diagnosis, ServiceLine, Visit
from letterhead.clients.models import Client
from letterhead.practices.models import Practice
from tests.clients.desk import Desk, visit_of
from tests.practices.abroad import move_to

TYPED = {
    "visited_on": "2026-11-02",
    "lines-0-code": "500",
    "lines-0-charge": "110",
}
ON_CLAIMS = (
    *("account_number", "accept_assignment", "employment_related", "auto_accident"),
    *("auto_accident_state", "other_accident", "claim_codes", "onset_on", "referrer_other_id"),
    *("lines-0-modifiers", "lines-0-pointers", "lines-0-place_of_service", "lines-0-epsdt_reason"),
)


@pytest.fixture
def add(ada: Client) -> str:
    return f"/clients/{ada.pk}/visits/add/"


def edit_page(visit: int) -> str:
    return reverse("edit-visit", args=[visit])


@pytest.fixture(autouse=True)
def in_australia(cast: SimpleNamespace) -> None:
    move_to(cast, "AU")


@pytest.mark.parametrize("code", ["500", "870", "19.2", "15_003_0118_1_3"])
def test_any_code_is_kept_as_typed(dana: Desk, add: str, code: str) -> None:
    assert dana.save(add, **TYPED | {"lines-0-code": code}).status_code == 302

    line = ServiceLine.objects.get()
    assert (line.code, line.place_of_service, line.pointers) == (code, "", "")


def test_words_are_enough_without_a_code(dana: Desk, add: str) -> None:
    dana.save(add, **TYPED | {"lines-0-code": "", "lines-0-description": "Counselling"})

    assert str(ServiceLine.objects.get()) == "Counselling"


def test_a_service_without_code_and_words_is_refused_beside_the_words(dana: Desk, add: str) -> None:
    said = dana.refused(add, **TYPED | {"lines-0-code": ""})

    assert said == {"lines-0-description": ["Enter a description or a code."]}


def test_a_longer_code_than_the_column_is_refused(dana: Desk, add: str) -> None:
    assert "lines-0-code" in dana.refused(add, **TYPED | {"lines-0-code": "1" * 21})


def test_what_only_claims_ask_isnt_there(dana: Desk, add: str) -> None:
    names = dana.opened(add)

    assert [name for name in ON_CLAIMS if name in names] == []
    page = dana.read(add)
    for word in ("CPT", "Item 1", "claim", "ICD-10-CM", "NPI"):
        assert word not in page
    for word in ("MBS or health fund item", "Date of referral", "Provider number"):
        assert word in page


def test_who_bills_us_payers_has_all_fields(cast: SimpleNamespace, dana: Desk, add: str) -> None:
    Practice.objects.update(bills_us_payers=True)
    names = dana.opened(add)

    assert [name for name in ON_CLAIMS if name not in names] == []
    assert "referred_on" in names


@pytest.mark.parametrize(("typed", "kept"), [("on", "ON"), ("qc", "QC"), ("NY", "NY")])
def test_an_accident_for_a_us_payer_was_in_a_state_or_a_province(
    cast: SimpleNamespace, dana: Desk, add: str, typed: str, kept: str
) -> None:
    move_to(cast, "CA", bills_us_payers=True)
    accident = {"auto_accident": "on", "auto_accident_state": typed}
    assert dana.save(add, **TYPED | accident).status_code == 302

    assert Visit.objects.get().auto_accident_state == kept
    refused = dana.refused(add, **TYPED | accident | {"auto_accident_state": "ZZ"})
    assert "auto_accident_state" in refused


def test_what_was_saved_before_stays_with_its_service(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    visit = visit_of(cast, ada, account_number="RV-1", accept_assignment=False, claim_codes="W2")
    typed = dana.opened(edit_page(visit.pk)) | {"lines-0-charge": "99"}

    dana.send(edit_page(visit.pk), typed)

    visit.refresh_from_db()
    assert (visit.account_number, visit.claim_codes) == ("RV-1", "W2")
    assert not visit.accept_assignment
    line = visit.lines.get()
    assert (line.charge, line.modifiers, line.pointers) == (Decimal(99), "95", "A")


def test_hidden_letters_of_a_diagnosis_go_with_it(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    visit = visit_of(cast, ada)

    answer = dana.save(edit_page(visit.pk), **{"diagnoses-0-code": ""})

    assert answer.status_code == 302
    assert visit.lines.get().pointers == ""


def test_a_diagnosis_is_optional_and_free(dana: Desk, add: str) -> None:
    dana.save(add, **TYPED | {"diagnoses-0-code": "f32.1g"})
    assert Diagnosis.objects.get().code == "F32.1G"

    assert "diagnoses-0-code" in dana.refused(add, **TYPED | {"diagnoses-0-code": "depression"})


REFERRED = {
    "referrer_qualifier": "DN",
    "referrer_last_name": "Vale",
    "referrer_npi": "2429 601f",
    "referred_on": "2026-10-20",
}


def test_a_referral_is_kept_with_its_number_and_date(dana: Desk, add: str) -> None:
    dana.save(add, **TYPED | REFERRED)

    visit = Visit.objects.get()
    assert (visit.referrer_npi, visit.referred_on) == ("2429601F", dt.date(2026, 10, 20))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("referred_on", "2026-11-03", "This is after the visit."),
        ("referrer_npi", "2429601A", "The check letter does not match the others."),
    ],
)
def test_a_wrong_referral_is_refused_beside_its_field(
    dana: Desk, add: str, field: str, typed: str, said: str
) -> None:
    (error,) = dana.refused(add, **TYPED | REFERRED | {field: typed})[field]

    assert error.startswith(said)


def test_a_new_service_has_the_practices_tax_and_each_its_own(dana: Desk, add: str) -> None:
    Practice.objects.update(tax="gst-10")
    assert dana.opened(add)["lines-0-tax"] == "gst-10"

    dana.save(add, **TYPED)
    assert ServiceLine.objects.get().tax == "gst-10"

    visit = Visit.objects.get()
    dana.save(edit_page(visit.pk), **{"lines-0-tax": ""})
    assert ServiceLine.objects.get().tax == ""
    assert dana.opened(edit_page(visit.pk))["lines-0-tax"] == ""


def test_a_row_that_was_added_has_the_practices_tax_and_is_passed_over_if_left_empty(
    dana: Desk, add: str
) -> None:
    Practice.objects.update(tax="gst-10")
    more = dana.save(add, **TYPED | {"rows": "lines:add"})
    assert [row["tax"].value() for row in more.context["lines"].forms] == ["gst-10", "gst-10"]

    sent = dana.opened(add) | TYPED | {"lines-TOTAL_FORMS": "2", "lines-1-tax": "gst-10"}
    assert dana.send(add, sent).status_code == 302
    assert ServiceLine.objects.count() == 1


def test_a_german_service_has_a_factor_and_minutes(
    cast: SimpleNamespace, dana: Desk, add: str
) -> None:
    move_to(cast, "DE")
    typed = {"lines-0-code": "870", "lines-0-charge": "100,55", "lines-0-factor": "2,3",
             "lines-0-minutes": "50"}  # fmt: skip
    assert dana.save(add, **TYPED | typed).status_code == 302

    line = ServiceLine.objects.get()
    assert (line.factor, line.minutes, line.charge) == (Decimal("2.3"), 50, Decimal("100.55"))
    assert dana.opened(edit_page(line.visit_id))["lines-0-factor"] == "2,3"


@pytest.mark.parametrize(
    ("field", "typed"), [("factor", "0"), ("factor", "100"), ("factor", "x"), ("minutes", "0"),
                         ("minutes", "1,5")]
)  # fmt: skip
def test_a_wrong_factor_or_length_is_refused_beside_it(
    cast: SimpleNamespace, dana: Desk, add: str, field: str, typed: str
) -> None:
    move_to(cast, "DE")

    assert f"lines-0-{field}" in dana.refused(add, **TYPED | {f"lines-0-{field}": typed})
