"""How a clinician's name stands on a claim: shown on My Details before it is saved."""

from letterhead.details.claim_name import fold
from letterhead.details.letterhead import Clinician, PersonName

MOST_SIGNED = 21  # characters of item 31 (NUCC manual 02/12)


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
