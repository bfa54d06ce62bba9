"""Australia."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.au import abn, acn, tfn

from letterhead.countries.country import TAX_NUMBER, Asked, Country, Services, Tax, Taxes
from letterhead.countries.numbers import CLINICIAN, MEMBERSHIP, PRACTICE, NumberKind
from letterhead.numbers.ids import australian_provider_number_error

_MEDICARE = "Health Insurance Regulations 2018, s 51; MBS note CN.0.5"

PROVIDER_NUMBER = NumberKind(
    name="medicare provider",
    label=_("Provider number"),
    of=CLINICIAN,
    shape="[0-9]{5,6}[0-9A-Z][A-Z]",
    example="2429601F",
    wrong=australian_provider_number_error,
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
        choices=(Tax(name="gst", parts=((_("GST"), Decimal(10)),)),),
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
