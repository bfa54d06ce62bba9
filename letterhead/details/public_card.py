"""The public card: what the online scheduler shows of a clinician; a frozen value, never a row."""

from letterhead.details.letterhead import Picture


class PublicCard(Picture, kw_only=True):
    """A clinician as clients meet them: who they are, in words and picture, and nothing private.

    `photo` and `small_photo` are SHA-256 names of files that `/photos/` serves, or "".
    `is_shown` is whether the public sees the card. `description` is clean HTML; the lists are in
    the clinician's own order and words.
    """

    slug: str = ""
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

    @property
    def name(self) -> str:
        """The name as clients read it: Dr Dana M. Rivera Jr."""
        parts = (self.title, self.first_name, self.middle_name, self.last_name, self.suffix)
        return " ".join(filter(None, parts))

    @property
    def facts(self) -> dict[str, str]:
        """What is written below the name, in this order; only what is given."""
        says = f"Pronounced {self.pronunciation}" if self.pronunciation else ""
        facts = {
            "credentials": self.credentials,
            "pronouns": self.pronouns,
            "pronunciation": says,
        }
        return {name: words for name, words in facts.items() if words}

    @property
    def initials(self) -> str:
        """What stands where a photo is missing: DR."""
        return initials_of(self.first_name, self.last_name)


def initials_of(first_name: str, last_name: str) -> str:
    """Give the first letters of a first and a last name, as capitals."""
    return (first_name[:1] + last_name[:1]).upper()
