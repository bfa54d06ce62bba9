"""Superbills of every shape that the pages' forms let through."""

import datetime as dt
import unicodedata
from decimal import Decimal

from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from letterhead.billing.contents import (
    ClientPicture,
    Contents,
    InsuredPicture,
    PayerPicture,
    PolicyPicture,
    Referrer,
    ServiceLinePicture,
    TaxPicture,
    VisitPicture,
)
from letterhead.details.letterhead import (
    Address,
    BillingPractice,
    Clinician,
    Letterhead,
    License,
    Number,
    OtherIdNumber,
    PersonName,
    Phone,
    PlaceOfCare,
    TaxId,
)
from letterhead.files.glyphs import covered, unprintable

# What a face prints as a letter and its mark (all but Latin accents) looks right, but pdfium
# reads such a letter back twice, and what has no ink not at all. The accents are in _LATIN.
# pdfium reads a line with such long dashes in another order than it is printed in.
_LONG_DASHES = {"\N{TWO-EM DASH}", "\N{THREE-EM DASH}"}
_ANY = st.sampled_from(
    [
        c
        for c in sorted(set(map(chr, covered())) - _LONG_DASHES)
        if unicodedata.category(c)[0] in "LNPS" and not unicodedata.decomposition(c)
    ]
)
_MARKUP = st.sampled_from("#$*_`@<>\\[]{}()\"'~-/=+ .,")
_LATIN = st.characters(min_codepoint=33, max_codepoint=382).filter(lambda c: not unprintable(c))


def typed(longest: int, *, least: int = 0) -> st.SearchStrategy[str]:
    """Give text as a form keeps it: stripped, of printable characters, markup among them."""
    return (
        st.text(_LATIN | _MARKUP | _ANY, min_size=least, max_size=longest)
        .map(str.strip)
        .filter(lambda text: len(text) >= least and not unprintable(text))
    )


def digits(count: int) -> st.SearchStrategy[str]:
    """Give numbers of so many digits, or none."""
    return st.just("") | st.text("0123456789", min_size=count, max_size=count)


days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
amounts = st.decimals(0, Decimal("999999.99"), places=2)
countries = st.sampled_from(["US", "AU", "CA", "DE", "FR", "GB"])
names = st.builds(
    PersonName,
    first=typed(35, least=1),
    middle=typed(25),
    last=typed(60, least=1),
    suffix=typed(10),
)
addresses = st.builds(
    Address, line1=typed(55), line2=typed(55), city=typed(40), state=typed(30),
    postal_code=typed(12), country=countries,
)  # fmt: skip
phones = st.builds(
    Phone, label=typed(20, least=1), kind=st.sampled_from([UNSET, "cell", "fax"]),
    number=st.just("+12125550140"),
    formatted=st.just("(212) 555-0140 ext. 1234567"), print_on_bills=st.booleans(),
)  # fmt: skip
other_ids = st.builds(
    OtherIdNumber, qualifier=st.sampled_from(["0B", "1G", "G2", "LU", "ZZ"]),
    number=typed(50, least=1), payer=st.none() | st.integers(1, 2),
)  # fmt: skip
licenses = st.builds(
    License, type=typed(60), state=typed(60), number=typed(30, least=1),
    expires=st.none() | days, print_on_superbill=st.booleans(),
)  # fmt: skip
tax_ids = st.none() | st.builds(
    TaxId, kind=st.sampled_from(["EIN", "SSN", "ITIN", "TIN"]), number=st.just("219099998")
)
numbers = st.just(UNSET) | st.lists(
    st.builds(
        Number, kind=st.sampled_from(["", "abn", "gst"]), label=typed(30, least=1),
        number=typed(50, least=1), is_tax=st.booleans(), payer=st.none() | st.integers(1, 2),
        of_location=st.booleans(),
    ),
    max_size=4,
).map(tuple)  # fmt: skip
clinicians = st.builds(
    Clinician, id=st.just(1), title=typed(20), name=names, claim_name=names,
    credentials=typed(100), contact_email=st.just(f"{'a' * 64}@{'b' * 60}.example"),
    phones=st.lists(phones, max_size=5).map(tuple), npi_label=typed(20), npi=digits(10),
    tax_id=tax_ids, tax_id_on_bills=st.booleans(),
    other_ids=st.lists(other_ids, max_size=4).map(tuple),
    licenses=st.lists(licenses, max_size=3).map(tuple), numbers=numbers,
)  # fmt: skip
practices = st.builds(
    BillingPractice, name=typed(100, least=1), address=addresses, phone=st.none() | phones,
    currency=st.sampled_from(["USD", "EUR", "AUD"]),
    npi_type=st.sampled_from(["organization", "individual"]), group_npi=digits(10), holder=names,
    holder_npi=digits(10), tax_id=tax_ids, taxonomy=typed(10), remit_to=st.none() | addresses,
    numbers=numbers, tax_note=st.just(UNSET) | typed(150),
    paper=st.sampled_from([UNSET, "us-letter", "a4"]),
    bills_us_payers=st.sampled_from([UNSET, False, True]),
)  # fmt: skip
places = st.builds(
    PlaceOfCare, name=typed(60, least=1), place_of_service=digits(2), address=addresses,
    npi=digits(10),
)  # fmt: skip
policies = st.builds(
    PolicyPicture, member_id=typed(29, least=1), group_number=typed(29), plan_name=typed(29),
    relationship=st.sampled_from(["self", "spouse", "child", "other"]),
    insured=st.none() | st.builds(InsuredPicture, name=names, birth_date=st.none() | days),
)  # fmt: skip
taxes = st.just(UNSET) | st.lists(
    st.builds(
        TaxPicture, name=st.just("gst-10"), label=st.sampled_from(["GST", "QST", "USt."]),
        percent=st.sampled_from([Decimal(5), Decimal("9.975"), Decimal(19)]),
    ),
    max_size=2,
).map(tuple)  # fmt: skip
lines = st.builds(
    ServiceLinePicture, service_on=days, until=st.none() | days,
    place_of_service=st.sampled_from(["02", "10", "11", "12"]), code=typed(6, least=1),
    modifiers=st.lists(typed(2, least=2), max_size=4).map(tuple), description=typed(80),
    pointers=st.text("ABCDEFGHIJKL", max_size=4), charge=amounts,
    units=st.integers(1, 32767).map(Decimal), taxes=taxes,
    factor=st.just(UNSET) | st.decimals("0.01", "99.99", places=2),
    minutes=st.just(UNSET) | st.integers(1, 1440),
)  # fmt: skip
visits = st.builds(
    VisitPicture, id=st.just(1), visited_on=days,
    diagnoses=st.lists(typed(8, least=3), max_size=12).map(tuple),
    lines=st.lists(lines, max_size=15).map(tuple), amount_paid=amounts,
    paid_on=st.just(UNSET) | days,
    payment_method=st.sampled_from([UNSET, "cash", "check", "card", "transfer", "other"]),
    referrer=st.none() | st.builds(
        Referrer, qualifier=st.sampled_from(["DN", "DK", "DQ"]), name=names,
        credentials=typed(24), npi=digits(10),
    ),
    prior_authorization=typed(29), referred_on=st.just(UNSET) | days,
)  # fmt: skip


def _as_offered(letterhead: Letterhead) -> Letterhead:
    """Numbers in rows are offered outside the US."""
    clinician, practice = letterhead.clinician, letterhead.practice
    if practice.bills_us_payers is not UNSET:
        return letterhead
    return replace(
        letterhead,
        clinician=replace(clinician, numbers=UNSET),
        practice=replace(practice, numbers=UNSET),
    )


def _as_issued(contents: Contents) -> Contents:
    """The US form is in English only."""
    if contents.letterhead.practice.bills_us_payers is not UNSET:
        return contents
    return replace(contents, language=UNSET, second_language=UNSET)


superbills = st.builds(
    Contents, kind=st.just("superbill"), number=st.sampled_from(["", "SB-2026-0001"]),
    issued_on=days, language=st.sampled_from([UNSET, "en-US", "en-GB", "fr", "de"]),
    second_language=st.sampled_from([UNSET, UNSET, "en-GB", "fr"]),
    letterhead=st.builds(
        Letterhead, clinician=clinicians, practice=practices, location=st.none() | places
    ).map(_as_offered),
    client=st.builds(
        ClientPicture, id=st.just(1), name=names, birth_date=st.none() | days, address=addresses
    ),
    policy=st.none() | policies,
    payer=st.none() | st.builds(PayerPicture, id=st.just(1), name=typed(80, least=1)),
    visit=visits,
).map(_as_issued)  # fmt: skip
