"""A practice as its public pages show it: a frozen value without tax ID and NPI."""

import datetime as dt
from dataclasses import dataclass

from letterhead.details.letterhead import Address
from letterhead.details.queries import address_of
from letterhead.numbers.phones import show_phone
from letterhead.places.addresses import address_lines
from letterhead.practices.models import Practice


@dataclass(frozen=True, kw_only=True)
class PublicPractice:
    """What clients can see of a practice; `phone` is E.164, `shown_phone` is for reading."""

    slug: str
    name: str
    address: Address
    phone: str = ""
    shown_phone: str = ""
    website: str = ""
    logo: str = ""
    changed_at: dt.datetime | None = None

    @property
    def address_lines(self) -> list[str]:
        """The lines of the address, as its country writes it."""
        return address_lines(self.address, at_home=self.address.country)

    @property
    def shown_website(self) -> str:
        """The website without https:// and www."""
        return self.website.partition("://")[2].removeprefix("www.").rstrip("/")


def public_practice_of(practice: Practice) -> PublicPractice:
    """Return what is public of a practice."""
    return PublicPractice(
        slug=practice.slug,
        name=practice.name,
        address=address_of(practice),
        phone=practice.phone,
        shown_phone=show_phone(practice.phone, country=practice.country) if practice.phone else "",
        website=practice.website,
        logo=practice.logo_sha256,
        changed_at=practice.changed_at,
    )
