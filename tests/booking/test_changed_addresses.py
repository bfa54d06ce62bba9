"""A Director changes the addresses of public pages: the old ones lead to the new ones, for ever."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
import vobject
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from letterhead.accounts.limits import LIMITS
from letterhead.activity.models import Activity
from letterhead.details.card.actions import change_card_address
from letterhead.details.models import CardSlug
from letterhead.details.queries import practitioner_of
from letterhead.practices.account_settings.actions import change_public_address
from letterhead.practices.models import Practice, PracticeSlug
from letterhead.texts.slugs import SlugTaken
from tests.booking.street import DANA, PRACTICE, SAM, look, write_card
from tests.factories import Person, registered
from tests.practices.office import SETTINGS, Office
from tests.practices.team.team import membership_of

ADDRESS = f"{SETTINGS}public-address/"
TAKEN = "This address is, or was, someone else’s. Choose another."


def card_address(person: Person) -> str:
    return f"/users/{membership_of(person).pk}/card-address/"


def move_practice(cast: SimpleNamespace, *slugs: str) -> None:
    for slug in slugs:
        practice = Practice.objects.get(pk=cast.practice.pk)
        change_public_address(
            practice, slug=slug, read_at_version=practice.version, by=cast.dana.user
        )


def move_card(cast: SimpleNamespace, person: Person, *slugs: str) -> None:
    for slug in slugs:
        row = practitioner_of(membership_of(person))
        change_card_address(row, slug=slug, read_at_version=row.version, by=cast.dana.user)


def led_to(path: str) -> str:
    """Follow a permanent redirect; give where it leads. There is one only, and it isn't kept."""
    answer = Client().get(path)
    assert answer.status_code == 301
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert Client().get(answer.headers["Location"]).status_code in {200, 302}
    return answer.headers["Location"]


def test_a_director_changes_the_practices_address(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    page = dana.open(ADDRESS)
    dana.save(ADDRESS, {"Address": "River-Nutrition"})
    said = dana.open(SETTINGS).text

    assert "http://localhost:8000/book/" in page.text  # shown before what is typed
    assert page.field("Address").value == "riverside"
    assert "Public address saved" in said
    assert "/book/river-nutrition/" in said
    assert look("/book/river-nutrition/").status == 200
    assert led_to(PRACTICE) == "/book/river-nutrition/"
    act = Activity.objects.latest("pk")
    assert act.act == "changed the address of the public page"
    assert act.changes == {"address": ["riverside", "river-nutrition"]}


def test_a_director_changes_a_colleagues_address(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    address = card_address(cast.sam)

    assert address in dana.open(f"/users/{membership_of(cast.sam).pk}/").html
    noor = membership_of(cast.noor).pk  # of the office: she has no card
    assert card_address(cast.noor) not in dana.open(f"/users/{noor}/").html
    assert "http://localhost:8000/book/riverside/" in dana.open(address).text
    dana.save(address, {"Address": "samuel-okafor"})

    assert led_to(SAM) == f"{PRACTICE}samuel-okafor/"
    act = Activity.objects.latest("pk")
    assert (act.act, act.about) == ("changed the address of a public card", "Sam Okafor")
    assert act.changes == {"address": ["sam-okafor", "samuel-okafor"]}


def test_a_director_finds_the_address_of_their_own_card_on_my_details(
    cast: SimpleNamespace,
) -> None:
    mine, sams = Office(cast.dana).open("/my-details/"), Office(cast.sam).open("/my-details/")

    assert card_address(cast.dana) in mine.html
    assert SAM in sams.text
    assert "Change address" not in sams.text


def test_every_address_of_an_old_name_leads_on_with_its_query(cast: SimpleNamespace) -> None:
    images = [
        look(page).metas["og:image"].removeprefix("http://localhost:8000")
        for page in (PRACTICE, DANA)
    ]
    move_practice(cast, "lakeside")
    move_card(cast, cast.dana, "dr-rivera")

    for old, new in (
        (PRACTICE, "/book/lakeside/"),
        (DANA, "/book/lakeside/dr-rivera/"),
        (SAM, "/book/lakeside/sam-okafor/"),
        (f"{DANA[:-1]}.vcf", "/book/lakeside/dr-rivera.vcf"),
        (images[0], images[0].replace("riverside", "lakeside")),
        (images[1], images[1].replace("riverside/dana-rivera", "lakeside/dr-rivera")),
        ("/book/lakeside/dana-rivera/", "/book/lakeside/dr-rivera/"),
    ):
        assert led_to(old) == new
        assert led_to(f"{old}?utm=a%20b&c=d") == f"{new}?utm=a%20b&c=d"


def test_capitals_keep_the_query_too(cast: SimpleNamespace) -> None:
    assert led_to("/book/Riverside/?utm=card") == "/book/riverside/?utm=card"


def test_each_old_address_of_a_chain_leads_to_the_last_at_once(cast: SimpleNamespace) -> None:
    move_practice(cast, "second", "third", "fourth")
    move_card(cast, cast.sam, "sam", "samuel")

    for practice in ("riverside", "second", "third"):
        assert led_to(f"/book/{practice}/") == "/book/fourth/"
        for clinician in ("sam-okafor", "sam"):
            assert led_to(f"/book/{practice}/{clinician}/") == "/book/fourth/samuel/"


def test_an_address_can_be_changed_back(cast: SimpleNamespace) -> None:
    move_practice(cast, "second", "riverside")
    move_card(cast, cast.sam, "sam", "sam-okafor")

    assert look(SAM).status == 200
    assert led_to("/book/second/sam/") == SAM
    assert led_to("/book/riverside/sam/") == SAM


def test_where_a_hidden_card_is_now_stays_hidden(cast: SimpleNamespace) -> None:
    move_card(cast, cast.sam, "new-name")
    write_card(cast.sam, is_shown=False)

    assert look(SAM).status == 404
    assert "new-name" not in look(SAM).html


def test_whatever_speaks_of_a_page_has_its_new_address(cast: SimpleNamespace) -> None:
    def contact(path: str) -> vobject.base.Component:
        return vobject.readOne(Client().get(path).content.decode())

    before = contact(f"{DANA[:-1]}.vcf")
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        move_practice(cast, "lakeside")
        move_card(cast, cast.dana, "dr-rivera")
    whole = "http://localhost:8000/book/lakeside/dr-rivera/"

    seen, after = look("/book/lakeside/dr-rivera/"), contact("/book/lakeside/dr-rivera.vcf")

    assert seen.rels["canonical"] == whole
    assert seen.metas["og:image"].startswith(f"{whole}preview-")
    assert (seen.json_ld["url"], seen.json_ld["@id"]) == (whole, f"{whole}#person")
    assert seen.json_ld["worksFor"]["url"] == "http://localhost:8000/book/lakeside/"
    assert "/book/lakeside/dr-rivera.vcf" in seen.links
    assert after.url.value == whole
    assert after.uid.value == before.uid.value  # the same contact, with a newer revision
    assert after.rev.value > before.rev.value
    assert "riverside/" not in seen.html + look("/book/lakeside/").html


@pytest.mark.parametrize("wanted", ["elsewhere", "once-elsewhere"])
def test_what_is_or_was_another_practices_is_taken(cast: SimpleNamespace, wanted: str) -> None:
    elsewhere = cast.stranger.practice
    for slug in ("once-elsewhere", "elsewhere"):
        version = Practice.objects.get(pk=elsewhere.pk).version
        change_public_address(
            Practice.objects.get(pk=elsewhere.pk),
            slug=slug,
            read_at_version=version,
            by=cast.stranger.user,
        )

    page = Office(cast.dana).save(ADDRESS, {"Address": wanted})

    assert (page.status, page.says_beside("Address")) == (422, TAKEN)
    assert page.field("Address").value == wanted
    assert look(PRACTICE).status == 200


def test_what_was_a_colleagues_is_taken_and_elsewhere_it_is_free(cast: SimpleNamespace) -> None:
    move_card(cast, cast.sam, "samuel")

    page = Office(cast.dana).save(card_address(cast.lee), {"Address": "sam-okafor"})
    Office(cast.stranger).save(card_address(cast.stranger), {"Address": "sam-okafor"})

    assert page.says_beside("Address") == TAKEN
    assert look("/book/elsewhere/sam-okafor/").status == 200


def test_a_new_practice_never_gets_an_old_address(cast: SimpleNamespace) -> None:
    move_practice(cast, "lakeside")

    assert registered("Riverside", "Ana", "Lima", "ana@lima.example").practice.slug == "riverside-2"
    assert led_to(PRACTICE) == "/book/lakeside/"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("river side", "like river-side."),
        ("preview-b", "reserved"),
        ("", "Fill this in."),
        ("a" * 61, "at most 60"),
    ],
)
def test_what_cant_be_an_address_is_refused_beside_it(
    cast: SimpleNamespace, typed: str, said: str
) -> None:
    page = Office(cast.dana).save(ADDRESS, {"Address": typed})

    assert page.status == 422
    assert said in page.says_beside("Address")
    assert page.field("Address").value == typed


def test_the_same_address_again_changes_nothing(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    dana.save(ADDRESS, {"Address": "riverside"})

    assert "No changes to save" in dana.open(SETTINGS).text
    assert Activity.objects.latest("pk").act != "changed the address of the public page"


def test_over_a_colleagues_change_what_was_typed_stays(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    opened = dana.open(ADDRESS)
    move_practice(cast, "lakeside")

    page = dana.post(ADDRESS, {**opened.sends(), "slug": "seaside"})

    assert page.says_beside("Address") == "Someone else saved: lakeside"
    assert page.field("Address").value == "seaside"


def test_nobody_collects_addresses(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    (limit,) = LIMITS["public address"]

    for number in range(limit.tries):
        dana.save(ADDRESS, {"Address": f"mine-{number}"})
    page = dana.save(ADDRESS, {"Address": "one-more"})

    assert "Too many tries" in page.says_beside("Address")
    assert not PracticeSlug.objects.filter(slug="one-more").exists()


@pytest.mark.parametrize("role", ["sam", "lee", "noor"])
def test_only_a_director_changes_addresses(cast: SimpleNamespace, role: str) -> None:
    office = Office(getattr(cast, role))

    for page in (ADDRESS, card_address(cast.sam)):
        assert office.open(page).status == office.post(page, {"slug": "mine"}).status == 403


def test_another_practices_clinician_is_not_found(cast: SimpleNamespace) -> None:
    assert Office(cast.stranger).open(card_address(cast.sam)).status == 404


@pytest.mark.parametrize("kept", [PracticeSlug, CardSlug])
def test_the_database_keeps_every_address(
    cast: SimpleNamespace, kept: type[PracticeSlug] | type[CardSlug]
) -> None:
    for change in (kept.objects.all().delete, lambda: kept.objects.update(slug="gone")):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_the_database_gives_an_address_once(cast: SimpleNamespace) -> None:
    move_practice(cast, "lakeside")
    elsewhere = Practice.objects.get(pk=cast.stranger.practice.pk)

    with pytest.raises(SlugTaken):
        change_public_address(
            elsewhere,
            slug="riverside",
            read_at_version=elsewhere.version,
            by=cast.stranger.user,
        )
