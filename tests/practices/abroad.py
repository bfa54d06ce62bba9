"""Riverside moved to another country: its row of the table is what its pages follow."""

from types import SimpleNamespace

from letterhead.countries.table import country_of
from letterhead.practices.models import Location, Practice


def move_to(cast: SimpleNamespace, country: str, **more: object) -> Practice:
    """Riverside in another country, as if it had registered there."""
    row = {"country": country, "remit_country": country, "currency": country_of(country).currency}
    no_address = {"line1": "", "line2": "", "city": "", "state": "", "postal_code": ""}
    bare = {"group_npi": "", "taxonomy": "", "tax_id": "", "tax_id_kind": "", "phone": ""}
    here = Practice.objects.filter(pk=cast.practice.pk)
    here.update(**no_address, **bare, **row, **more)
    Location.objects.filter(practice=cast.practice).update(country=country, **no_address)
    cast.practice = cast.dana.practice = here.get()
    practitioners = cast.practice.practitioners
    practitioners.update(npi="")
    return cast.practice
