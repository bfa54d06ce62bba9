"""Claims of every kind for property tests: long names, accents, persons, organizations, payers."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from letterhead.billing.contents import (
    ClientPicture,
    Contents,
    DateRange,
    InsuredPicture,
    PayerPicture,
    PolicyPicture,
    Referrer,
    ServiceLinePicture,
    VisitPicture,
)
from letterhead.claims.readiness import refused
from letterhead.details.letterhead import (
    Address,
    BillingPractice,
    Clinician,
    Letterhead,
    OtherIdNumber,
    PersonName,
    Phone,
    PlaceOfCare,
    TaxId,
)
from tests.claims.samples import npi_of

TODAY = dt.date(2026, 11, 26)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTS = "áàâãäåçéèêëíìîïñóòôõöøúùûüýÿßæœþðłđžšščřő’'-."
UNPRINTABLE = "李山محאב😀한"


def words(shortest: int, longest: int, *, odd: str = "") -> st.SearchStrategy[str]:
    """A word that begins with a letter; accents, apostrophes and hyphens follow."""
    rest = st.text(LETTERS + ACCENTS + odd, min_size=shortest - 1, max_size=longest - 1)
    return st.builds("{}{}".format, st.sampled_from(LETTERS + "ÅÉØŁÞ"), rest)


def codes(longest: int) -> st.SearchStrategy[str]:
    return st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=1, max_size=longest)


npis = st.integers(0, 10**8 - 1).map(npi_of)
dates = st.dates(dt.date(2026, 1, 1), TODAY)
birth_dates = st.dates(dt.date(1920, 1, 1), dt.date(2025, 12, 31))
phones = st.one_of(
    st.just(""), st.integers(100, 199).map("+121255501{:02}".format).map(lambda p: p[:12])
)
sexes = st.sampled_from(["M", "F", ""])
zips = st.sampled_from(["10004", "10004-1234", "100041234", "60601-0001"])
taxonomies = st.sampled_from(["133V00000X", "101YM0800X"])


def addresses(longest: int = 14, *, odd: str = "") -> st.SearchStrategy[Address]:
    return st.builds(
        Address,
        line1=st.builds("{} {} St.".format, st.integers(1, 999), words(2, longest, odd=odd)),
        line2=st.sampled_from(["", "", "#4", "Apt. 2"]),
        city=words(2, longest, odd=odd),
        state=st.sampled_from(["NY", "il", "CA"]),
        postal_code=zips,
    )


def names(longest: int = 10, *, odd: str = "") -> st.SearchStrategy[PersonName]:
    return st.builds(
        PersonName,
        first=words(1, longest, odd=odd),
        middle=st.one_of(st.just(""), words(1, longest)),
        last=words(1, longest, odd=odd),
        suffix=st.sampled_from(["", "", "Jr.", "III"]),
    )


def other_ids(longest: int = 11) -> st.SearchStrategy[tuple[OtherIdNumber, ...]]:
    usual = st.builds(
        OtherIdNumber,
        qualifier=st.sampled_from(["0B", "1G", "G2", "LU", "ZZ"]),
        number=codes(longest),
        is_default=st.booleans(),
    )
    tied = st.builds(
        OtherIdNumber, qualifier=st.just("G2"), number=codes(longest), payer=st.integers(1, 3)
    )
    return st.tuples(usual, tied) | st.tuples(usual) | st.just(())


def clinicians(longest: int = 10, *, odd: str = "") -> st.SearchStrategy[Clinician]:
    return st.builds(
        Clinician,
        id=st.just(1),
        name=names(longest),
        claim_name=names(longest, odd=odd),
        credentials=st.sampled_from(["", "RDN", "RDN, PhD", "M.S., R.D.", "LCSW"]),
        signature=st.sampled_from(["name", "short", "on file"]),
        short_signature=words(1, 21),
        npi=npis,
        other_ids=other_ids(longest + 1),
    )


def practices(longest: int = 26, *, odd: str = "") -> st.SearchStrategy[BillingPractice]:
    return st.builds(
        BillingPractice,
        name=words(2, longest, odd=odd),
        legal_name=st.just(UNSET) | words(2, longest, odd=odd),
        address=addresses(),
        phone=st.one_of(
            st.none(), st.just(Phone(label="Work", number="+12125550140", formatted="212 555 0140"))
        ),
        npi_type=st.sampled_from(["organization", "individual"]),
        group_npi=npis,
        holder=names(),
        holder_npi=npis,
        tax_id=st.sampled_from(
            [
                TaxId(kind="EIN", number="123456789"),
                TaxId(kind="SSN", number="536904399"),
                TaxId(kind="ITIN", number="912701234"),
            ]
        ),
        taxonomy=taxonomies,
        remit_to=st.none() | addresses(),
    )


payers = st.builds(
    PayerPicture,
    id=st.integers(1, 3),
    name=words(2, 30),
    address=addresses() | st.just(Address()),
    kind=st.sampled_from(["medicare", "medicaid", "tricare", "champva", "group", "feca", "other"]),
    npi_in_24j=st.sampled_from(["always", "unless same as 33a"]),
    other_id_in_24j=st.sampled_from(["pair", "taxonomy", "none"]),
)
payers |= payers.map(
    lambda payer: replace(payer, billing_other_id_qualifier="G2", billing_other_id="H-99120")
)
insured = st.builds(
    InsuredPicture,
    name=names(),
    birth_date=st.none() | birth_dates,
    sex=sexes,
    address=addresses(12),
    phone=phones,
)
insured |= insured.map(
    lambda person: replace(person, name=PersonName(), organization="Foundry Works, Inc.")
)
policies = st.builds(
    PolicyPicture,
    member_id=codes(29),
    client_name=st.just(UNSET) | names(),
    relationship=st.sampled_from(["self", "spouse", "child", "other"]),
    insured=insured,
    group_number=st.just("") | codes(29),
    plan_name=st.just("") | words(1, 29),
    another_plan=st.booleans(),
    other_insured_name=names(),
    other_policy_number=codes(28),
    other_plan_name=words(2, 28),
    client_signature_on_file=st.booleans(),
    benefits_assigned=st.booleans(),
)


def lines(diagnoses: int) -> st.SearchStrategy[ServiceLinePicture]:
    pointers = st.sampled_from("ABCDEFGHIJKL"[:diagnoses])
    return st.builds(
        ServiceLinePicture,
        service_on=dates,
        until=st.sampled_from([None, TODAY]),
        place_of_service=st.sampled_from(["11", "02", "10", "12"]),
        code=st.sampled_from(["97802", "97803", "G0270", "90837"]),
        modifiers=st.lists(st.sampled_from(["95", "GT", "25", "U1"]), max_size=4).map(tuple),
        pointers=st.lists(pointers, min_size=1, max_size=4, unique=True).map("".join),
        charge=st.decimals(Decimal("0.01"), Decimal("999999.99"), places=2),
        units=st.sampled_from([Decimal(1), Decimal(4), Decimal(12), Decimal("1.5"), Decimal(999)]),
        emergency=st.booleans(),
        epsdt_reason=st.sampled_from(["", "AV", "S2"]),
        family_plan=st.booleans(),
        supplemental=st.just("") | words(1, 61),
    )


referrers = st.builds(
    Referrer,
    qualifier=st.sampled_from(["DN", "DK", "DQ"]),
    name=st.builds(PersonName, first=words(1, 6), last=words(1, 8)),
    credentials=st.sampled_from(["", "MD", "D.O."]),
    npi=st.just("") | npis,
    other_id_qualifier=st.just("G2"),
    other_id=codes(17),
)


@st.composite
def visits(draw: st.DrawFn) -> VisitPicture:
    found = draw(
        st.lists(
            st.sampled_from(["E11.9", "Z71.3", "F41.1", "E66.01", "I10", "K58.0", "R63.5",
                             "F50.00", "D50.9", "E78.5", "Z68.41", "S72.001A"]),
            min_size=1, max_size=12, unique=True,
        )
    )  # fmt: skip
    auto = draw(st.booleans())
    replaces = draw(st.booleans())
    return VisitPicture(
        id=1,
        visited_on=TODAY,
        diagnoses=tuple(found),
        lines=tuple(draw(st.lists(lines(len(found)), min_size=1, max_size=12))),
        amount_paid=draw(st.decimals(0, Decimal("99999.99"), places=2)),
        employment_related=draw(st.booleans()),
        auto_accident=auto,
        auto_accident_state="NY" if auto else "",
        other_accident=draw(st.booleans()),
        onset_on=draw(dates),
        onset_qualifier="431",
        unable_to_work=DateRange(since=draw(st.none() | dates)),
        referrer=draw(st.none() | referrers),
        additional_information=draw(st.text(LETTERS + "0123456789   ", max_size=71)),
        outside_lab_charge=draw(st.none() | st.decimals(0, 99999, places=2)),
        resubmission_code="7" if replaces else "",
        original_reference=draw(codes(18)) if replaces else "",
        prior_authorization=draw(st.just("") | codes(29)),
        account_number=draw(codes(14)),
        accept_assignment=draw(st.booleans()),
    )


def claims(longest: int = 10, *, odd: str = "") -> st.SearchStrategy[Contents]:
    """Claims whose names have up to `longest` letters; many don't fit where that is much."""
    return st.builds(
        Contents,
        kind=st.just("cms1500"),
        issued_on=st.just(TODAY),
        letterhead=st.builds(
            Letterhead,
            clinician=clinicians(longest, odd=odd),
            practice=practices(longest + 16, odd=odd),
            location=st.none()
            | st.builds(
                PlaceOfCare,
                name=words(2, 26),
                place_of_service=st.sampled_from(["11", "12", "02"]),
                address=addresses(12),
                npi=st.just("") | npis,
            ),
        ),
        client=st.builds(
            ClientPicture,
            id=st.just(1),
            name=names(longest, odd=odd),
            birth_date=birth_dates,
            sex=sexes,
            address=addresses(longest, odd=odd),
            phone=phones,
        ),
        policy=policies,
        payer=payers,
        visit=visits(),
    )


sound_claims = claims().filter(lambda claim: not refused(claim))
any_claims = claims(longest=34, odd=UNPRINTABLE)
