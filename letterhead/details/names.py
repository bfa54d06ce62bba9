"""How a clinician's name and signature are written on claims and on other paper."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from letterhead.details.letterhead import Clinician, PersonName
from letterhead.texts.claim_letters import SIGNATURE_CHARACTERS, fold


def last_first_middle(name: PersonName) -> str:
    """Return a name as items 2, 4 and 33 print it: RIVERA JR, DANA, M."""
    last = " ".join(filter(None, [fold(name.last), fold(name.suffix)]))
    return ", ".join(filter(None, [last, fold(name.first), fold(name.middle)[:1]]))


def signature(clinician: Clinician) -> str:
    """Return what item 31 prints: name with credentials, the short form, or SIGNATURE ON FILE."""
    if clinician.signature == "on file":
        return "SIGNATURE ON FILE"  # the form's data, in every language
    if clinician.signature == "short":
        return fold(clinician.short_signature)
    name = clinician.claim_name
    parts = [name.first, name.middle[:1], name.last, name.suffix, clinician.credentials]
    return " ".join(filter(None, map(fold, parts)))


class OnClaims(NamedTuple):
    """What a claim prints, with its label; `is_over` if it's longer than its box."""

    label: str
    text: str
    is_over: bool = False


def name_and_signature_on_claims(clinician: Clinician) -> tuple[OnClaims, OnClaims]:
    """Return name and signature in a claim's letters."""
    signed = signature(clinician)
    count = _("Item 31, %(count)d of %(most)d characters") % {
        "count": len(signed),
        "most": SIGNATURE_CHARACTERS,
    }
    return (
        OnClaims(_("Name on claims"), last_first_middle(clinician.claim_name)),
        OnClaims(count, signed, is_over=len(signed) > SIGNATURE_CHARACTERS),
    )


def full_name(name: PersonName) -> str:
    """Return a name in the order in which it is spoken."""
    return " ".join(filter(None, (name.first, name.middle, name.last, name.suffix)))


def with_credentials(clinician: Clinician) -> str:
    """Return a clinician's name as superbills print it: Dana M. Rivera, RDN, PhD."""
    return ", ".join(filter(None, (full_name(clinician.name), clinician.credentials)))


def signed_on_paper(clinician: Clinician) -> str:
    """Return the typed signature; for a drawn one, what a screen reader says."""
    typed = clinician.paper_signature.text if clinician.paper_signature else ""
    return typed or with_credentials(clinician)
