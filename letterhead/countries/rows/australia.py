"""Australia."""

import re
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.au import abn, acn, tfn

from letterhead.countries.country import TAX_NUMBER, Asked, Country, Services, Tax, Taxes
from letterhead.countries.numbers import CLINICIAN, MEMBERSHIP, PRACTICE, NumberKind


def provider_number_error(number: str) -> str:
    """Return what is wrong with a cleaned Medicare Australia provider number, "" if nothing is.

    A stem of six digits (a shorter one is padded with zeros), a practice location character and a
    check character: the weighted sum of the first seven modulo 11.
    Source: Services Australia, format of the Medicare provider number.
    """
    number = number.upper().rjust(8, "0")
    places, checks = "0123456789ABCDEFGHJKLMNPQRTUVWXY", "YXWTLKJHFBA"
    if not re.fullmatch(r"[0-9]{6}[0-9A-HJ-NP-RT-Y][ABFHJKLTWXY]", number):
        return gettext(
            "A provider number has 6 digits, a location letter or digit, and a check letter."
        )
    weighted = sum(
        int(digit) * weight for digit, weight in zip(number[:6], (3, 5, 8, 4, 2, 1), strict=True)
    )
    if checks[(weighted + places.index(number[6]) * 6) % 11] != number[7]:
        return gettext(
            "The check letter does not match the others. Check it against your Medicare letter."
        )
    return ""


_MEDICARE = "Health Insurance Regulations 2018, s 51; MBS note CN.0.5"

PROVIDER_NUMBER = NumberKind(
    name="medicare provider",
    label=_("Provider number"),
    of=CLINICIAN,
    shape="[0-9]{5,6}[0-9A-Z][A-Z]",
    example="2429601F",
    wrong=provider_number_error,
    source="Services Australia, format of the Medicare provider number",
)
ABN = NumberKind(
    name="abn",
    label="ABN",
    is_tax=True,
    shape="[0-9]{11}",
    example="18 123 456 789",
    module=abn,
    source="Australian Business Register, format of the ABN",
)
AUSTRALIA = Country(
    code="AU",
    provider_number=PROVIDER_NUMBER,
    numbers=(
        PROVIDER_NUMBER,  # one for each place
        NumberKind(
            name="fund provider",
            label=_("Health fund provider number"),
            source="Medibank and Bupa, numbers of their own, by place",
        ),
        NumberKind(
            name="ahpra",
            label=_("AHPRA registration"),
            of=CLINICIAN,
            shape="[A-Z]{3}[0-9]{10}",
            example="PSY0001234567",
            source="AHPRA, register of practitioners",
        ),
        MEMBERSHIP,
        ABN,
        NumberKind(
            name="acn",
            label="ACN",
            of=PRACTICE,
            shape="[0-9]{9}",
            example="123 456 780",
            module=acn,
            source="ASIC, Australian Company Number digit check",
        ),
        NumberKind(
            name="ndis",
            label=_("NDIS provider number"),
            of=PRACTICE,
            source="NDIS, invoices of registered providers",
        ),
    ),
    tax_ids=(
        ABN,
        NumberKind(
            name="tfn",
            label="TFN",
            is_tax=True,
            is_private=True,
            shape="[0-9]{8,9}",
            example="123 456 782",
            module=tfn,
            source="Australian Taxation Office, tax file number",
        ),
        TAX_NUMBER,
    ),
    referrers_number=PROVIDER_NUMBER,
    services=Services(code_label=_("Item"), code_help=_("MBS or health fund item, if it has one")),
    taxes=Taxes(
        choices=(Tax(name="gst-10", parts=((_("GST"), Decimal(10)),)),),
        source="A New Tax System (Goods and Services Tax) Act 1999, s 9-70",
    ),
    asked=(
        Asked(what="provider number", source=_MEDICARE),
        Asked(what="description", source=_MEDICARE),
        Asked(what="paid", source=_MEDICARE),
        Asked(what="referrer number", source=_MEDICARE),
        Asked(what="referral date", source="Australian Medical Association, items of an account"),
        Asked(what="tax ID", source="Massage & Myotherapy Australia, receipts for health funds"),
        Asked(what="signature", source="Teachers Health, receipts for extras"),
    ),
)
