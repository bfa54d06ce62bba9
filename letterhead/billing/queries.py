"""Reads of visits and bills: only those of clients that the member may see."""

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from letterhead.billing import contents as frozen
from letterhead.billing.kinds import kind_of
from letterhead.billing.models import Bill, Diagnosis, IssuedBill, IssuedFile, ServiceLine, Visit
from letterhead.billing.sealing import CountryOfIssue, unseal
from letterhead.billing.together import merged
from letterhead.clients.models import Client, Policy
from letterhead.clients.queries import clients_seen_by
from letterhead.countries.country import Country
from letterhead.countries.table import country_of
from letterhead.details.letterhead import PersonName
from letterhead.details.queries import address_of, letterhead_for, practitioners_in
from letterhead.practices.days import today_in
from letterhead.practices.models import Location, Membership, Payer, Practice
from letterhead.practices.preferred import practice_way
from letterhead.practices.queries import locations_in
from letterhead.scheduling.models import Attendee
from letterhead.scheduling.queries import appointments_seen_by
from letterhead.ui.languages import speaking

_BILLS = (
    Bill.objects.select_related("issued").defer("issued__contents", "issued__sealed").order_by("pk")
)
_PROPERTY_AND_CASUALTY = "Y4"  # the one qualifier of item 11b in the NUCC's manual
_PART = ("first", "middle", "last", "suffix")


def _with_rows(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """With diagnoses and services: made anew, since a prefetch keeps a row in its query set."""
    return visits.prefetch_related(
        Prefetch("diagnoses", Diagnosis.objects.order_by("position")),
        Prefetch("lines", ServiceLine.objects.order_by("position")),
    )


def with_rows_and_bills(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Return visits with their diagnoses, services and bills."""
    bills = _BILLS.annotate(issued_in=CountryOfIssue("issued__contents"))
    return _with_rows(visits).prefetch_related(
        Prefetch("bills", bills), Prefetch("shared_bills", bills.all())
    )


def visits_seen_by(membership: Membership) -> QuerySet[Visit]:
    """Visits with everything that belongs to them, newest first."""
    visits = (
        Visit.objects.filter(_of_a_client_seen_by(membership), practice=membership.practice_id)
        .select_related("client", "location", "policy__payer", "practitioner")
        .defer("practitioner__tax_id")
        .order_by("-visited_on", "-pk")
    )
    return with_rows_and_bills(visits)


def attendees_billed_by(membership: Membership) -> QuerySet[Attendee]:
    """Return who came to appointments that a member sees: their clients, and who isn't matched yet.

    What a member bills of an appointment, they see of the client's visits, too.
    """
    rows = Attendee.objects.filter(
        Q(client=None) | _of_a_client_seen_by(membership),
        appointment__in=appointments_seen_by(membership),
    )
    return rows.select_related("client", "appointment")


def visits_of_attendees(attendees: Iterable[int]) -> dict[int, Visit]:
    """Return the visits made from appointments, under the ids of who came, of those who have one.

    The attendees are some that the member sees.
    """
    rows = Attendee.objects.filter(pk__in=list(attendees), visit__isnull=False)
    return {row.pk: row.visit for row in rows.select_related("visit")}


def visit_of_attendee(attendee: Attendee) -> Visit | None:
    """Return the visit made from someone's coming to an appointment.

    Once there is one, that they came isn't taken back.
    """
    return visits_of_attendees([attendee.pk]).get(attendee.pk)


def usual_location(practice: Practice, *, practitioner: int) -> Location | None:
    """Return where a clinician's last visit was, if it is still offered, else the first location.

    None only where the practice offers no location.
    """
    last = Visit.objects.filter(practitioner=practitioner, location__ended_at=None)
    last = last.select_related("location").only("location").order_by("-visited_on", "-pk")
    visit = last.first()
    return visit.location if visit else locations_in(practice).first()


def bills_seen_by(membership: Membership) -> QuerySet[Bill]:
    """Bills with their visit, client and what was issued, newest first."""
    return (
        Bill.objects.filter(_of_a_client_seen_by(membership), practice=membership.practice_id)
        .select_related("visit__client", "visit__practitioner", "issued", "practice")
        .defer("visit__practitioner__tax_id", "issued__contents", "issued__sealed")
        .order_by("-pk")
    )


def _of_a_client_seen_by(membership: Membership) -> Exists:
    """Look up one client for each row; a list of all clients would be made for one row, too."""
    return Exists(clients_seen_by(membership).order_by().filter(pk=OuterRef("client")))


def ids_of_visits(bill: Bill) -> list[int]:
    """Return the ids of all visits that a bill is for."""
    return [bill.visit_id, *bill.further.values_list("pk", flat=True)]


def bills_for(visits: Iterable[int]) -> Q:
    """Return the condition that a bill is for any of these visits, given by their ids."""
    ids = list(visits)
    shared = Bill.further.through.objects.filter(visit__in=ids)
    return Q(visit__in=ids) | Q(pk__in=shared.values("bill"))


def visits_on(bill: Bill) -> list[Visit]:
    """Return the visits that a bill is for, as they are now, with all that is on it."""
    visits = (
        Visit.objects.filter(pk__in=ids_of_visits(bill))
        .select_related("client", "location", "policy__payer", "practitioner")
        .defer("practitioner__tax_id")
        .order_by("visited_on", "pk")
    )
    return list(_with_rows(visits))


def issued_before(draft: Bill) -> QuerySet[Bill]:
    """Return the bills of the same kind that were issued for any of a draft's visits.

    A correction leaves out what it corrects, and what was corrected before.
    """
    found = _BILLS.filter(bills_for(ids_of_visits(draft)), kind=draft.kind, issued__isnull=False)
    return found.filter(correction=None) if draft.corrects_id else found


def correction_of(bill: Bill) -> Bill | None:
    """Return the draft or issued claim that corrects this one, if there is one."""
    return _BILLS.filter(corrects=bill).first()


def corrected_by(bill: Bill) -> Bill | None:
    """Return the issued claim that this one corrects, if it does."""
    return _BILLS.filter(pk=bill.corrects_id).first() if bill.corrects_id else None


def files_of(bill: Bill) -> QuerySet[IssuedFile]:
    """The files of an issued bill."""
    return IssuedFile.objects.filter(issued__bill=bill).order_by("pk")


def issued_contents(issued: IssuedBill) -> frozen.Contents:
    """What was printed when this was issued, whatever has changed since."""
    return unseal(issued.contents, issued.sealed)


def contents_of(bill: Bill, *, now: dt.datetime) -> frozen.Contents:
    """What a bill says: an issued one as it was printed, a draft as of now."""
    issued = IssuedBill.objects.filter(bill=bill).first()
    return issued_contents(issued) if issued else draft_contents(bill, now=now)


def draft_contents(
    bill: Bill, *, now: dt.datetime, number: str = "", visits: Sequence[Visit] = ()
) -> frozen.Contents:
    """Compose what a bill says as of now, in the languages of its paper.

    `visits` are its own, as `visits_on` gives them, if they are there already.
    The clinician's own tax ID is left out unless it prints: on superbills, where selected.
    """
    country = country_of(bill.practice.country)
    visits = visits or visits_on(bill)
    visit = visits[0]
    language, second = languages_of(bill, visit)
    practitioner = (
        practitioners_in(bill.practice).select_related("practice").get(pk=visit.practitioner_id)
    )
    with speaking(language):  # labels of phones, numbers and taxes are frozen too
        letterhead = letterhead_for(practitioner, location=visit.location)
        pictures = [_visit(each, country) for each in visits]
    clinician = letterhead.clinician
    if not (kind_of(bill).may_print_own_tax_id and clinician.tax_id_on_bills):
        clinician = msgspec.structs.replace(clinician, tax_id=None)
    return frozen.Contents(
        kind=bill.kind,  # type: ignore[arg-type]  # its choices are these words
        number=number,
        language=language,
        second_language=second or msgspec.UNSET,
        issued_on=today_in(bill.practice, now),
        letterhead=msgspec.structs.replace(letterhead, clinician=clinician),
        client=_client(visit.client),
        policy=_policy(visit.policy) if visit.policy else None,
        payer=payer_picture(visit.policy.payer) if visit.policy else None,
        visit=msgspec.structs.replace(
            merged(pictures),
            resubmission_code=bill.resubmission_code,
            original_reference=bill.original_reference,
        ),
    )


def languages_of(bill: Bill, visit: Visit) -> tuple[str, str]:
    """Return the language that a bill is in, and a second one in which it says the same, or "".

    The client's, else that of the practice's paper, else the practice's; claims are in the last.
    """
    practice = bill.practice
    own = practice_way(country=practice.country, time_zone=practice.time_zone).language
    if not kind_of(bill).follows_country:
        return own, ""
    first, _plus, second = (visit.client.language or practice.paper_language or own).partition("+")
    return first, second


def _name(row: object, prefix: str = "") -> PersonName:
    return PersonName(**{part: getattr(row, f"{prefix}{part}_name", "") for part in _PART[:3]},
                      suffix=getattr(row, f"{prefix}suffix", ""))  # fmt: skip


def _client(row: Client) -> frozen.ClientPicture:
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


def _policy(row: Policy) -> frozen.PolicyPicture:
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


def _visit(row: Visit, country: Country) -> frozen.VisitPicture:
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
