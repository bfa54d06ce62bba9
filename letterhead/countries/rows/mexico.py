"""Mexico."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.mx import curp, rfc

from letterhead.countries.country import TAX_NUMBER, Asked, Country, License, Tax, Taxes
from letterhead.countries.documents import RECEIPT
from letterhead.countries.numbers import CLINICIAN, NumberKind

_CFDI = "SAT, CFDI 4.0 of medical fees (D01)"

RFC = NumberKind(
    name="rfc",
    label="RFC",
    is_tax=True,
    shape="[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}",
    example="GOMA 800101 AB6",
    module=rfc,
    source="SAT, Registro Federal de Contribuyentes, by python-stdnum",
)
MEXICO = Country(
    code="MX",
    paper="us-letter",
    document=replace(
        RECEIPT, promise=_("This is a receipt for services. It isn’t a tax receipt (CFDI).")
    ),
    provider_number=NumberKind(
        name="cedula",
        label="Cédula profesional",
        of=CLINICIAN,
        example="12345678",
        source="SEP, Registro Nacional de Profesionistas",
    ),
    numbers=(RFC,),
    tax_ids=(
        RFC,
        NumberKind(
            name="curp",
            label="CURP",
            of=CLINICIAN,
            is_private=True,
            shape="[A-ZÑ]{4}[0-9]{6}[HMX][A-ZÑ]{5}[0-9A-Z][0-9]",
            example="GOMA800101MDFMRN05",
            module=curp,
            source="RENAPO, CURP, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    license=License(
        label=_("Professional license"),
        plural=_("Professional licenses"),
        add=_("Add professional license"),
        issuer=_("Authority"),
    ),
    taxes=Taxes(
        choices=(Tax(name="iva-16", parts=(("IVA", Decimal(16)),)),),
        source="Ley del Impuesto al Valor Agregado, art. 1",
    ),
    asked=tuple(Asked(what=what, source=_CFDI) for what in ("description", "paid")),
)
