"""The demo's clients with their policies, visits and bills; all of it made up."""

import datetime as dt
from decimal import Decimal
from itertools import cycle
from typing import TYPE_CHECKING

from letterhead.accounts.models import User
from letterhead.billing.actions import NewLine, VisitFacts, add_visit, issue, make_bill
from letterhead.billing.models import Bill, Visit
from letterhead.clients.actions import ClientFacts, PolicyFacts, add_client, add_policy
from letterhead.clients.models import Client, Policy
from letterhead.practices.days import today_in
from letterhead.practices.models import Payer, Practice
from letterhead.practices.queries import locations_in

if TYPE_CHECKING:
    from letterhead.details.models import Practitioner

_SIGNED_ON = dt.date(2026, 1, 5)  # every policy, on the client's first day
# first name, last name, suffix, birth date, sex, street, city, state, ZIP code
_CLIENTS = (
    ("Alma", "Hartwell", "", "1968-03-14", "F", "12 Orchard Lane", "New York", "NY", "10011"),
    ("Bruno", "Castellan", "", "1975-11-02", "M", "230 Canal Row", "New York", "NY", "10013"),
    ("Chidi", "Eze", "", "1990-07-21", "M", "5 Harbor Court", "Brooklyn", "NY", "11201"),
    ("Dorothea", "Quist", "", "1951-01-30", "F", "77 Elm Terrace", "Hoboken", "NJ", "07030"),
    ("Emil", "Sørensen", "", "1983-09-09", "M", "41 Mill Street", "New York", "NY", "10002"),
    ("Fatima", "Benali", "", "1997-05-17", "F", "8 Linden Walk", "Queens", "NY", "11101"),
    ("George", "Whitlock", "Jr", "1962-12-05", "M", "19 Chapel Hill", "Yonkers", "NY", "10701"),
    ("Hana", "Novák", "", "2009-04-11", "F", "63 Meadow Road", "New York", "NY", "10025"),
    ("Isaac", "Brenner", "", "1946-08-23", "M", "150 Sound Avenue", "New York", "NY", "10128"),
    ("Joyce", "Tremblay", "", "1979-02-28", "F", "9 Foundry Square", "Brooklyn", "NY", "11217"),
    ("Kofi", "Mensah", "", "1988-10-19", "M", "27 Garden Place", "New York", "NY", "10031"),
    ("Lucía", "Peña", "", "1993-06-06", "F", "304 Bridge Street", "Brooklyn", "NY", "11231"),
)
# code, modifiers, description, charge for the line, units, diagnoses
_NUTRITION = (
    ("97802", "", "Nutrition therapy, first visit", "195.00", 3, ("E11.9", "E66.9")),
    ("97803", "95", "Nutrition therapy, follow-up", "130.00", 2, ("E11.9",)),
    ("97803", "", "Nutrition therapy, follow-up", "130.00", 2, ("N18.31", "I10")),
)
_THERAPY = (
    ("90791", "", "First interview", "220.00", 1, ("F41.1",)),
    ("90837", "", "Psychotherapy, 60 minutes", "175.00", 1, ("F41.1",)),
    ("90834", "95", "Psychotherapy, 45 minutes", "140.00", 1, ("F33.1", "F41.1")),
)


def make_clients(
    practice: Practice,
    director: User,
    people: dict[str, "Practitioner"],
    payers: list[Payer],
    now: dt.datetime,
) -> None:
    """Add the clients, most with a policy, and three months of visits before `now`."""
    clinicians = cycle([people["dana"], people["dana"], people["sam"]])
    for number, row in enumerate(_CLIENTS):
        clinician = next(clinicians)
        client = _client(practice, director, row, clinician, number)
        policy = _policy(client, director, payers, number)
        _visits(client, policy, clinician, director, number=number, now=now)


def _client(
    practice: Practice, director: User, row: tuple[str, ...], clinician: "Practitioner", number: int
) -> Client:
    first, last, suffix, born, sex, street, city, state, postal_code = row
    return add_client(
        practice,
        new=ClientFacts(
            first_name=first,
            last_name=last,
            suffix=suffix,
            birth_date=dt.date.fromisoformat(born),
            sex=sex,
            line1=street,
            city=city,
            state=state,
            postal_code=f"{postal_code}-{1200 + number}",
            phone=f"+1212555{100 + number:04d}",
            email=f"{first.lower()}@clients.example".replace("í", "i"),
            clinician_id=clinician.pk,
        ),
        by=director,
    )


def _policy(client: Client, director: User, payers: list[Payer], number: int) -> Policy | None:
    if number % 6 == 5:  # pays without insurance
        return None
    payer = payers[0 if number == 7 else number % 3]
    is_medicare = payer.kind == Payer.Kind.MEDICARE
    member = f"1EG4-TE5-MK{10 + number}" if is_medicare else f"RN{480_000 + 37 * number}"
    facts = {"payer_id": payer.pk, "member_id": member, "plan_name": "Choice Plus"}
    if number == 7:  # a child, insured through a parent
        facts |= {
            "relationship": Policy.Relationship.CHILD,
            "insured_first_name": "Pavel",
            "insured_last_name": "Novák",
            "insured_birth_date": dt.date(1974, 10, 3),
            "insured_sex": "M",
            "insured_line1": client.line1,
            "insured_city": client.city,
            "insured_state": client.state,
            "insured_postal_code": client.postal_code,
        }
    facts |= {
        "client_signature_on_file": True,
        "client_signed_on": _SIGNED_ON,
        "client_signed_how": "paper",
        "benefits_assigned": True,
        "insured_signed_on": _SIGNED_ON,
        "insured_signed_how": "paper",
    }
    return add_policy(client, new=PolicyFacts(**facts), by=director)  # type: ignore[arg-type]


def _visits(
    client: Client,
    policy: Policy | None,
    clinician: "Practitioner",
    director: User,
    *,
    number: int,
    now: dt.datetime,
) -> None:
    """Add five visits up to today: bills of the older ones issued, the newest a draft."""
    today = today_in(client.practice, now)
    services = _NUTRITION if clinician.first_name == "Dana" else _THERAPY
    for step in range(5):
        day = today - dt.timedelta(days=85 - 19 * step + number % 5)
        visit = _visit(client, policy, clinician, director, services[min(step, 2)], day, step)
        if step == 4 and number % 2:
            continue
        bill = make_bill(visit, kind=Bill.Kind.SUPERBILL, by=director)
        if step < 3:
            issue(bill, by=director, now=now)
        if policy is not None and step in {1, 3}:
            claim = make_bill(visit, kind=Bill.Kind.CMS1500, by=director)
            if step == 1:
                issue(claim, by=director, now=now)


def _visit(
    client: Client,
    policy: Policy | None,
    clinician: "Practitioner",
    director: User,
    service: tuple[str, str, str, str, int, tuple[str, ...]],
    day: dt.date,
    step: int,
) -> Visit:
    code, modifiers, description, charge, units, diagnoses = service
    is_for_medicare = policy is not None and policy.payer.kind == Payer.Kind.MEDICARE
    pays_all = step < 2 or policy is None
    line = NewLine(
        service_on=day,
        place_of_service="10" if "95" in modifiers else "11",
        code=code,
        modifiers=modifiers,
        description=description,
        pointers="A" if is_for_medicare else "ABCD"[: len(diagnoses)],
        charge=Decimal(charge),
        units=Decimal(units),
    )
    facts = VisitFacts(
        visited_on=day,
        practitioner_id=clinician.pk,
        location_id=locations_in(client.practice)[0].pk,
        policy_id=policy.pk if policy else None,
        amount_paid=Decimal(charge) if pays_all else Decimal(25),
        paid_on=day,
        payment_method=Visit.PaymentMethod.CARD,
        referrer_qualifier="DN",
        referrer_first_name="Ruth",
        referrer_last_name="Adeyemi",
        referrer_credentials="MD",
        referrer_npi="2721717298",
        diagnoses=diagnoses,
        lines=(line,),
    )
    return add_visit(client, new=facts, by=director)
