"""What bills say of a client, a policy, a payer and a visit: rows as values to be frozen."""

import msgspec

from letterhead.billing import contents as frozen
from letterhead.billing.models import ServiceLine, Visit
from letterhead.clients.models import Client, Policy
from letterhead.countries.country import Country
from letterhead.details.letterhead import PersonName
from letterhead.details.queries import address_of
from letterhead.practices.models import Payer

_PROPERTY_AND_CASUALTY = "Y4"  # the one qualifier of item 11b in the NUCC's manual
_PART = ("first", "middle", "last", "suffix")


def _name(row: object, prefix: str = "") -> PersonName:
    return PersonName(**{part: getattr(row, f"{prefix}{part}_name", "") for part in _PART[:3]},
                      suffix=getattr(row, f"{prefix}suffix", ""))  # fmt: skip


def client_picture(row: Client) -> frozen.ClientPicture:
    """A client as bills see them."""
    return frozen.ClientPicture(
        id=row.pk,
        name=_name(row),
        birth_date=row.birth_date,
        sex=row.sex,  # type: ignore[arg-type]  # its choices are these letters
        address=address_of(row),
        phone=row.phone,
        email=row.email,
    )


def payer_picture(row: Payer) -> frozen.PayerPicture:
    """A payer as bills see it."""
    return frozen.PayerPicture(
        id=row.pk,
        name=row.name,
        address=address_of(row),
        kind=row.kind,  # type: ignore[arg-type]  # their choices are these words
        npi_in_24j=row.npi_in_24j,  # type: ignore[arg-type]
        other_id_in_24j=row.other_id_in_24j,  # type: ignore[arg-type]
        bare_member_id=row.bare_member_id,
        facility_always=row.facility_always,
        billing_other_id_qualifier=row.billing_other_id_qualifier or msgspec.UNSET,
        billing_other_id=row.billing_other_id or msgspec.UNSET,
    )


def policy_picture(row: Policy) -> frozen.PolicyPicture:
    """A policy as bills see it."""
    return frozen.PolicyPicture(
        member_id=row.member_id,
        client_name=_name(row, "card_") if row.card_last_name else msgspec.UNSET,
        relationship=row.relationship,  # type: ignore[arg-type]  # its choices are these words
        insured=None if row.relationship == Policy.Relationship.SELF else _insured(row),
        group_number=row.group_number,
        plan_name=row.plan_name,
        other_claim_qualifier=_PROPERTY_AND_CASUALTY if row.other_claim_id else "",
        other_claim_id=row.other_claim_id,
        another_plan=row.another_plan,
        other_insured_name=_name(row, "other_insured_") if row.another_plan else None,
        other_policy_number=row.other_policy_number if row.another_plan else "",
        other_plan_name=row.other_plan_name if row.another_plan else "",
        other_coba_id=row.other_coba_id if row.another_plan else "",
        client_signature_on_file=row.client_signature_on_file,
        benefits_assigned=row.benefits_assigned,
    )


def _insured(row: Policy) -> frozen.InsuredPicture:
    is_person = not row.insured_organization
    return frozen.InsuredPicture(
        name=_name(row, "insured_"),
        organization=row.insured_organization or msgspec.UNSET,
        birth_date=row.insured_birth_date if is_person else None,
        sex=row.insured_sex if is_person else "",  # type: ignore[arg-type]  # its choices are these letters
        address=address_of(row, prefix="insured_"),
        phone=row.insured_phone,
    )


def visit_picture(row: Visit, country: Country) -> frozen.VisitPicture:
    """A visit as bills see it; taxes are those of a country."""
    return frozen.VisitPicture(
        id=row.pk,
        visited_on=row.visited_on,
        diagnoses=tuple(diagnosis.code for diagnosis in row.diagnoses.all()),
        lines=tuple(_line(line, country) for line in row.lines.all()),
        amount_paid=row.amount_paid,
        paid_on=row.paid_on or msgspec.UNSET,
        payment_method=row.payment_method or msgspec.UNSET,  # type: ignore[arg-type]  # its choices
        employment_related=row.employment_related,
        auto_accident=row.auto_accident,
        auto_accident_state=row.auto_accident_state,
        other_accident=row.other_accident,
        claim_codes=row.claim_codes,
        onset_on=row.onset_on,
        onset_qualifier=row.onset_qualifier,
        other_date=row.other_date,
        other_date_qualifier=row.other_date_qualifier,
        unable_to_work=frozen.DateRange(
            since=row.unable_to_work_since, until=row.unable_to_work_until
        ),
        referrer=_referrer(row),
        referred_on=row.referred_on or msgspec.UNSET,
        hospitalized=frozen.DateRange(since=row.hospitalized_since, until=row.hospitalized_until),
        additional_information=row.additional_information,
        outside_lab_charge=row.outside_lab_charge,
        prior_authorization=row.prior_authorization,
        account_number=row.account_number or f"V{row.pk}",
        accept_assignment=row.accept_assignment,
    )


def _referrer(row: Visit) -> frozen.Referrer | None:
    if not row.referrer_last_name:
        return None
    return frozen.Referrer(
        qualifier=row.referrer_qualifier or "DN",  # type: ignore[arg-type]  # of its choices
        name=_name(row, "referrer_"),
        credentials=row.referrer_credentials,
        npi=row.referrer_npi,
        other_id_qualifier=row.referrer_other_id_qualifier,
        other_id=row.referrer_other_id,
    )


def _taxes(name: str, country: Country) -> tuple[frozen.TaxPicture, ...] | msgspec.UnsetType:
    tax = country.tax(name)
    if tax is None:
        return msgspec.UNSET
    return tuple(
        frozen.TaxPicture(name=tax.name, label=str(label), percent=percent)
        for label, percent in tax.parts
    )


def _line(row: ServiceLine, country: Country) -> frozen.ServiceLinePicture:
    return frozen.ServiceLinePicture(
        service_on=row.service_on,
        place_of_service=row.place_of_service,
        code=row.code,
        modifiers=tuple(row.modifiers.split()),
        description=row.description,
        pointers=row.pointers,
        charge=row.charge,
        units=row.units,
        until=row.until,
        emergency=row.emergency,
        epsdt_reason=row.epsdt_reason,
        family_plan=row.family_plan,
        supplemental=row.supplemental,
        factor=row.factor or msgspec.UNSET,
        minutes=row.minutes or msgspec.UNSET,
        taxes=_taxes(row.tax, country),
    )
