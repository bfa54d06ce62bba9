"""A practice and a card with everything in it."""

from letterhead.booking import pages
from letterhead.booking.public_practice import PublicPractice
from letterhead.booking.scheduler import pages as scheduler
from letterhead.details.letterhead import Address
from letterhead.details.public_card import PublicCard

RIVERSIDE = PublicPractice(
    slug="riverside",
    name="Riverside Nutrition",
    address=Address(
        line1="48 Water Street",
        line2="Suite 2",
        city="New York",
        state="NY",
        postal_code="10004",
        country="US",
    ),
    phone="+12125550140",
    shown_phone="(212) 555-0140",
    website="https://riverside.example",
)
DANA = PublicCard(
    slug="dana-rivera",
    title="Dr",
    first_name="Dana",
    middle_name="M.",
    last_name="Rivera",
    suffix="Jr",
    pronouns="she/her",
    credentials="RDN, PhD",
    description="<p>Food that fits.</p><ul><li>Slowly</li><li>Well</li></ul>",
    specialties=("Diabetes", "Kidney disease"),
    languages=("English", "Spanish"),
    ages=("Adults",),
    approaches=("Intuitive eating",),
    payers_accepted=("Acme Health",),
)
BARE = PublicCard(slug="sam-okafor", first_name="Sam", last_name="Okafor")
BARE_PRACTICE = PublicPractice(slug="alone", name="Alone", address=Address())


def empty_caches() -> None:
    """Forget every public page that was made."""
    cached = (pages._offered, pages._vcard)
    for function in cached:
        function.cache_clear()
    for kept in (pages._practice_pages, pages._clinician_pages, scheduler._kept):
        kept.clear()
