"""How a clinician's name and signature stand on claims and other paper."""

from letterhead.details.claim_name import SIGNATURE_CHARACTERS, fold
from letterhead.details.letterhead import Clinician, PersonName


def last_first_middle(name: PersonName) -> str:
    """Write a name as items 2, 4 and 33 do: RIVERA JR, DANA, M."""
    last = " ".join(filter(None, [fold(name.last), fold(name.suffix)]))
    return ", ".join(filter(None, [last, fold(name.first), fold(name.middle)[:1]]))


def signature(clinician: Clinician) -> str:
    """Write what item 31 takes: name with credentials, the short form, or SIGNATURE ON FILE."""
    if clinician.signature == "on file":
        return "SIGNATURE ON FILE"
    if clinician.signature == "short":
        return fold(clinician.short_signature)
    name = clinician.claim_name
    parts = [name.first, name.middle[:1], name.last, name.suffix, clinician.credentials]
    return " ".join(filter(None, map(fold, parts)))


def as_claims_print_it(clinician: Clinician) -> tuple[tuple[str, str], ...]:
    """Give name and signature folded to a claim's letters, each with what it is."""
    signed = signature(clinician)
    return (
        ("Name on claims", last_first_middle(clinician.claim_name)),
        (f"Item 31, {len(signed)} of {SIGNATURE_CHARACTERS} characters", signed),
    )


def full_name(name: PersonName) -> str:
    """Write a name as it is spoken."""
    return " ".join(filter(None, (name.first, name.middle, name.last, name.suffix)))


def with_credentials(clinician: Clinician) -> str:
    """Write a clinician's name as paper does: Dana M. Rivera, RDN, PhD."""
    return ", ".join(filter(None, (full_name(clinician.name), clinician.credentials)))


def signed_on_paper(clinician: Clinician) -> str:
    """Give the typed signature; of a drawn one, what it says to who can't see it."""
    typed = clinician.paper_signature.text if clinician.paper_signature else ""
    return typed or with_credentials(clinician)
