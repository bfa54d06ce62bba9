"""A visit with everything filled, ready to be billed, and a way to change all of it at once."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import models

from letterhead.billing.actions import issue, make_bill
from letterhead.billing.models import Bill, IssuedBill, Visit
from letterhead.billing.visits.actions import NewLine
from letterhead.encryption.fields import bound
from letterhead.files.kept import keep_file
from letterhead.practices.models import Location, Payer, Practice
from tests.billing.samples import logo
from tests.clients.desk import client_of, policy_of, visit_of
from tests.details.pages import MyDetails
from tests.factories import synthetic_npi

NOW = dt.datetime(2026, 11, 26, 17, tzinfo=dt.UTC)
HOME = {"line1": "12 Orchard Lane", "line2": "Flat 3", "city": "New York", "state": "NY",
        "postal_code": "10011-0001"}  # fmt: skip
_DETAILS = {
    "Individual Tax ID": "219-09-9998",
    "Kind of tax ID": "SSN",
    "Suffix": "Jr",
    "Signature on claims": "Short form",
    "Short form": "D RIVERA JR RDN",
}
_ROWS: dict[str, dict[str, Any]] = {
    "Phone 1": {"Phone number": "212 555 0142", "Print on bills": True},
    "Other ID 1": {"Other ID Number": "RD-0048", "Other ID Qualifier": "0B State License Number",
                   "Default": True},
    "License 1": {"License number": "007512", "License state": "NY", "License type": "Dietitian",
                  "License since": "2019-01-31", "License expires": "2031-01-31"},
}  # fmt: skip
_INSURED = {f"insured_{part}": value for part, value in HOME.items()}
_POLICY: dict[str, Any] = {
    **_INSURED, "group_number": "GRP-77", "plan_name": "Silver", "relationship": "spouse",
    "insured_first_name": "Omar", "insured_middle_name": "Lee", "insured_last_name": "Moreno",
    "insured_suffix": "II", "insured_birth_date": dt.date(1980, 1, 2), "insured_sex": "M",
    "insured_phone": "+12125550151", "another_plan": True, "other_insured_first_name": "Ida",
    "other_insured_last_name": "Moreno", "other_policy_number": "OP-1", "other_plan_name": "Bronze",
    "other_claim_id": "C-5", "other_insured_middle_name": "Ann", "other_insured_suffix": "Sr",
    "card_first_name": "Adah", "card_middle_name": "Kaye", "card_last_name": "Morena",
    "card_suffix": "III",
}  # fmt: skip
_VISIT: dict[str, Any] = {
    "amount_paid": Decimal("10.00"), "paid_on": dt.date(2026, 11, 2), "payment_method": "card",
    "auto_accident": True, "auto_accident_state": "NY",
    "referrer_qualifier": "DN", "referrer_first_name": "Ruth", "referrer_middle_name": "",
    "referrer_last_name": "Vale", "referrer_credentials": "MD", "prior_authorization": "PA-1",
    "account_number": "RV-1", "claim_codes": "W2", "onset_on": dt.date(2026, 10, 1),
    "onset_qualifier": "431", "other_date": dt.date(2026, 10, 2), "other_date_qualifier": "454",
    "unable_to_work_since": dt.date(2026, 10, 3), "unable_to_work_until": dt.date(2026, 10, 4),
    "referrer_other_id_qualifier": "G2", "referrer_other_id": "H77",
    "hospitalized_since": dt.date(2026, 10, 5), "hospitalized_until": dt.date(2026, 10, 6),
    "additional_information": "SEEN TWICE", "outside_lab_charge": Decimal("45.50"),
}  # fmt: skip


def full_visit(cast: SimpleNamespace) -> Visit:
    """A visit of Dana's client, all of whose details are filled and print on a claim."""
    MyDetails(cast.dana).save(_DETAILS, _ROWS)
    Practice.objects.filter(pk=cast.practice.pk).update(
        logo_sha256=keep_file(logo()),
        remit_line1="PO Box 512",
        remit_city="New York",
        remit_state="NY",
        remit_postal_code="10004-0512",
    )
    elsewhere = {**HOME, "line1": "9 Foundry Square"}
    Location.objects.filter(pk=cast.office.pk).update(npi=synthetic_npi(77), **elsewhere)
    Payer.objects.filter(pk=cast.acme.pk).update(**HOME)
    client = client_of(
        cast.dana,
        **{**HOME, "middle_name": "Kay", "suffix": "Jr", "phone": "+12125550150", "sex": "F"},
        birth_date=dt.date(1984, 2, 9),
        email="ada@clients.example",
    )
    visit = {k: v for k, v in _VISIT.items() if k != "referrer_middle_name"}
    line = NewLine(
        service_on=dt.date(2026, 11, 2), place_of_service="11", code="97802", modifiers="95 GT",
        description="Nutrition therapy", pointers="A", charge=Decimal("120.00"), units=Decimal(2),
        until=dt.date(2026, 11, 3), supplemental="N400026064871", epsdt_reason="AV",
    )  # fmt: skip
    return visit_of(
        cast,
        client,
        policy_id=policy_of(cast, client, **_POLICY).pk,
        referrer_npi=synthetic_npi(88),
        lines=(line,),
        **visit,
    )


def draft(cast: SimpleNamespace, visit: Visit, kind: str) -> Bill:
    """A draft of one kind."""
    return make_bill(visit, kind=kind, by=cast.dana.user)


def issued(cast: SimpleNamespace, visit: Visit, kind: str) -> IssuedBill:
    """A bill of one kind, issued at NOW."""
    return issue(draft(cast, visit, kind), by=cast.dana.user, now=NOW)


_ALL = (
    *("details.Practitioner", "details.PhoneNumber", "details.OtherId", "details.License"),
    *("practices.Practice", "practices.Location", "practices.Payer"),
    *("clients.Client", "clients.Policy"),
    *("billing.Visit", "billing.Diagnosis", "billing.ServiceLine"),
)
_KEPT = {
    *("slug", "time_zone", "relationship", "logo_sha256", "number of phone", "uid", "folded"),
    "require_two_factor",  # on no bill, and tied to since when
    "same_address",  # tied to having no address of its own
}


def change_everything(practice: Practice) -> None:
    """Give every detail of a practice and its people and clients another value, by SQL."""
    keep_file(b"another logo")
    for name in _ALL:
        model = apps.get_model(name)
        path = {
            "details.PhoneNumber": "practitioner__practice",
            "details.OtherId": "practitioner__practice",
            "details.License": "practitioner__practice",
            "practices.Practice": "pk",
            "clients.Policy": "client__practice",
            "billing.Diagnosis": "visit__practice",
            "billing.ServiceLine": "visit__practice",
        }.get(name, "practice")
        rows = model._default_manager.filter(**{path: practice.pk})
        for row in rows:
            rows.filter(pk=row.pk).update(**bound(row, _other_values(row)))


def _other_values(row: models.Model) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key or field.is_relation or field.name in _KEPT | {"version"}:
            continue
        other = _other(field, value)
        if other is not None:
            changed[field.attname] = other
    if row._meta.model_name == "practice":
        changed["logo_sha256"] = keep_file(b"another logo")
    return changed


def _other(field: models.Field, value: Any) -> Any:
    if isinstance(value, bool):
        return not value if field.name != "another_plan" else None
    if isinstance(value, dt.date):
        return value - dt.timedelta(days=365)
    if isinstance(value, int | Decimal):
        return value + 1
    if field.choices or not value:
        return None
    if "phone" in field.name or (field.name == "number" and str(value).startswith("+")):
        return "+12125550199"
    return {"tax_id": "987654320", "pointers": "A"}.get(field.name, f"Z{value}"[: field.max_length])
