"""A catalog of a few texts in Spanish, as a translator would send it."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

SPANISH = {
    "Superbill": "Superfactura",
    "Superbill %(number)s": "Superfactura %(number)s",
    "Paid in full": "Pagado",
    "Page {number} of {count}": "Página {number} de {count}",
    "Fix it in My Details": "Corríjalo en Mis datos",
    "%(problem)s Every claim would be rejected.": "%(problem)s Se rechazaría cada reclamación.",
    "The client has no name. Enter it.": "Falta el nombre del cliente.",
}


def write_spanish(folder: Path) -> None:
    """Write the catalog where Django looks for it below one of LOCALE_PATHS."""
    catalog = Catalog(locale="es")
    for english, spanish in SPANISH.items():
        catalog.add(english, spanish)
    messages = folder / "es" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    with (messages / "django.mo").open("wb") as file:
        write_mo(file, catalog)
