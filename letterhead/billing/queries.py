"""Reads of visits and bills: only those of clients that the member may see."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.db.models import CharField, Exists, Func, OuterRef, Prefetch, Q, QuerySet

from letterhead.billing import contents as frozen
from letterhead.billing.contents import unseal
from letterhead.billing.kinds import kind_of
from letterhead.billing.models import Bill, Diagnosis, IssuedBill, IssuedFile, ServiceLine, Visit
from letterhead.billing.pictures import (
    client_picture,
    payer_picture,
    policy_picture,
    visit_picture,
)
from letterhead.billing.together import merged
from letterhead.clients.queries import clients_seen_by
from letterhead.countries.table import country_of
from letterhead.details.queries import letterhead_for, practitioners_in
from letterhead.practices.days import today_in
from letterhead.practices.models import Location, Membership, Practice
from letterhead.practices.queries import locations_in
from letterhead.scheduling.models import Attendee
from letterhead.scheduling.queries import appointments_seen_by
from letterhead.ui.languages import speaking

_BILLS = (
    Bill.objects.select_related("issued").defer("issued__contents", "issued__sealed").order_by("pk")
)


class CountryOfIssue(Func):
    """The country (ISO 3166-1 alpha-2) of the practice in an issued bill's contents, or None.

    Lists show bills by what they were called when they were issued, without reading all of it.
    """

    output_field = CharField()
    function = "json_extract"
    template = "%(function)s(%(expressions)s, '$.letterhead.practice.address.country')"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL's way."""
        template = "((%(expressions)s)::json #>> '{letterhead,practice,address,country}')"
        return self.as_sql(compiler, connection, template=template, **context)


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
        pictures = [visit_picture(each, country) for each in visits]
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
        client=client_picture(visit.client),
        policy=policy_picture(visit.policy) if visit.policy else None,
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
    own = practice.practice_way.language
    if not kind_of(bill).follows_country:
        return own, ""
    first, _plus, second = (visit.client.language or practice.paper_language or own).partition("+")
    return first, second
