"""Australia."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.au import abn, acn

from letterhead.countries.country import Asked, Country, Services, Tax, Taxes
from letterhead.countries.numbers import NumberKind, checked_by
from letterhead.numbers.ids import australian_provider_number_error


class _MedicareProviderNumber(NumberKind):
    """With its own words for each thing that can be wrong."""

    def error(self, number: str) -> str:
        return australian_provider_number_error(number)


PROVIDER_NUMBER = _MedicareProviderNumber(
    name="medicare provider",
    label=_("Provider number"),
    of=frozenset({"clinician"}),
    shape="[0-9]{5,6}[0-9A-Z][A-Z]",
    example="2429601F",
    source="Services Australia, format of the Medicare provider number",
)
AUSTRALIA = Country(
    code="AU",
    provider_number=PROVIDER_NUMBER,
    numbers=(
        PROVIDER_NUMBER,
        NumberKind(
            name="ahpra",
            label=_("AHPRA registration"),
            of=frozenset({"clinician"}),
            shape="[A-Z]{3}[0-9]{10}",
            example="PSY0001234567",
            source="AHPRA, register of practitioners",
        ),
        NumberKind(
            name="abn",
            label="ABN",
            is_tax=True,
            shape="[0-9]{11}",
            example="51 824 753 556",
            source="Australian Business Register, format of the ABN",
            **checked_by(abn),  # type: ignore[arg-type]
        ),
        NumberKind(
            name="acn",
            label="ACN",
            of=frozenset({"practice"}),
            shape="[0-9]{9}",
            example="004 085 616",
            source="ASIC, Australian Company Number digit check",
            **checked_by(acn),  # type: ignore[arg-type]
        ),
    ),
    referrers_number=PROVIDER_NUMBER,
    services=Services(code_label=_("Item"), code_help=_("MBS or health fund item, if it has one")),
    taxes=Taxes(choices=(Tax(name="gst", parts=(("GST", Decimal(10)),)),)),
    asked=(Asked(what="provider number", source="to be written"),),
)
