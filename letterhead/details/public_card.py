"""The public card: what the online scheduler shows of a clinician, as a frozen value."""

import datetime as dt

from django.utils.translation import gettext as _

from letterhead.details.letterhead import Frozen


class Away(Frozen, kw_only=True):
    """Until which day a clinician is away, what clients read, and a colleague with their card."""

    until: dt.date
    text: str = ""
    colleague: str = ""
    colleague_url: str = ""


class PublicCard(Frozen, kw_only=True):
    """What clients see of a clinician: text and photo, nothing private.

    `photo` and `small_photo` are SHA-256 names of files that `/photos/` serves, or "".
    `is_shown` is whether the public sees the card. `description` is clean HTML; the lists are in
    the clinician's own order. `away` only while they are.
    """

    slug: str = ""
    uid: str = ""
    changed_at: dt.datetime | None = None
    title: str = ""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    suffix: str = ""
    pronouns: str = ""
    pronunciation: str = ""
    credentials: str = ""
    photo: str = ""
    small_photo: str = ""
    description: str = ""
    specialties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    payers_accepted: tuple[str, ...] = ()
    takes_new_clients: bool = True
    for_search_engines: bool = True
    is_shown: bool = True
    away: Away | None = None

    @property
    def name(self) -> str:
        """The name as clients read it: Dr Dana M. Rivera Jr."""
        parts = (self.title, self.first_name, self.middle_name, self.last_name, self.suffix)
        return " ".join(filter(None, parts))

    @property
    def facts(self) -> dict[str, str]:
        """The texts below the name, in order, without empty ones."""
        pronounced = _("Pronounced %(pronunciation)s") % {"pronunciation": self.pronunciation}
        facts = {
            "credentials": self.credentials,
            "pronouns": self.pronouns,
            "pronunciation": pronounced if self.pronunciation else "",
        }
        return {name: text for name, text in facts.items() if text}

    @property
    def initials(self) -> str:
        """The letters in place of a missing photo: DR."""
        return initials_of(self.first_name, self.last_name)


def initials_of(first_name: str, last_name: str) -> str:
    """Return the first letters of a first and a last name, in capitals."""
    return (first_name[:1] + last_name[:1]).upper()
