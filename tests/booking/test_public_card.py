"""The public pages: what they show, what they never show, and how they are sent."""

import gzip
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import vobject
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from letterhead.booking import pages
from letterhead.details.card.actions import change_about_me, change_description
from letterhead.details.fields import GeneralDetails
from letterhead.details.general.actions import change_general_details
from letterhead.details.models import PhoneNumber, Practitioner
from letterhead.details.photo.actions import change_photo
from letterhead.details.photo.cutting import square
from letterhead.details.public_versions import versions_of_card
from letterhead.details.queries import practitioner_of
from letterhead.files.kept import keep_file
from letterhead.practices.account_settings.actions import change_practice_details
from letterhead.practices.models import Membership, Practice
from tests.booking.street import DANA, PRACTICE, SAM, look, write_card, write_details
from tests.factories import registered


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:

    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def riverside(cast: SimpleNamespace) -> SimpleNamespace:
    """Riverside with a website, and Dana with all that a card can say."""
    Practice.objects.filter(pk=cast.practice.pk).update(
        website="https://www.riverside.example/", version=7
    )
    PhoneNumber.objects.create(
        practitioner_id=cast.dana.practitioner_id, position=0, number="+12125550177"
    )
    write_details(cast.dana, pronouns="she/her", tax_id="900704321", tax_id_kind="ITIN")
    write_card(
        cast.dana,
        description="<p>Food that fits.</p><h3>How</h3><p>Slowly &amp; <strong>well</strong>.</p>",
        specialties=["Diabetes"],
        languages=["English", "Spanish"],
        ages=["Adults"],
        approaches=["Intuitive eating"],
        payers_accepted=["Acme Health"],
    )
    return cast


def test_a_practice_shows_itself_and_its_clinicians(riverside: SimpleNamespace) -> None:

    seen = look(PRACTICE)

    assert seen.status == 200
    for words in (
        "Riverside Nutrition",
        "48 Water Street",
        "New York, NY 10004-1234",
        "(212) 555-0140",
        "riverside.example",
        "Dr Dana M. Rivera",
        "RDN, PhD",
        "she/her",
        "Food that fits. How Slowly & well.",
        "Taking new clients",
    ):
        assert words in seen.text
    assert {DANA, SAM, "tel:+12125550140", "https://www.riverside.example/"} <= set(seen.links)


def test_clinicians_appear_in_their_order(riverside: SimpleNamespace) -> None:

    for place, person in enumerate((riverside.sam, riverside.dana, riverside.lee)):
        write_card(person, position=place)

    names = [name for name in look(PRACTICE).links if name.startswith(f"{PRACTICE}")]

    assert names == [f"{PRACTICE}{slug}/" for slug in ("sam-okafor", "dana-rivera", "lee-park")]


def test_a_practice_without_cards_says_so(riverside: SimpleNamespace) -> None:

    Membership.objects.filter(practice=riverside.practice).update(show_on_calendar=False)

    assert "No clinicians shown yet" in look(PRACTICE).text


def test_a_card_shows_everything_for_clients(riverside: SimpleNamespace) -> None:

    seen = look(DANA)

    for words in (
        *("Dr Dana M. Rivera", "RDN, PhD", "she/her", "Taking new clients", "Food that fits."),
        *("Diabetes", "English", "Spanish", "Adults", "Intuitive eating", "Acme Health"),
        *("Make an appointment", "Call (212) 555-0140", "Riverside Nutrition"),
    ):
        assert words in seen.text
    assert "<strong>well</strong>" in seen.html
    assert {PRACTICE, "tel:+12125550140", f"{DANA[:-1]}.vcf"} <= set(seen.links)


@pytest.mark.parametrize("path", [PRACTICE, DANA, f"{DANA[:-1]}.vcf"])
def test_nothing_private_is_ever_shown(riverside: SimpleNamespace, path: str) -> None:

    answer = Client().get(path)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Rivera" in page
    for secret in (
        *("dana@riverside.example", "5550177", "555-0177", "2363324239", "900704321"),
        *(riverside.practice.group_npi, "123456789", "133V00000X"),
    ):
        assert secret not in page


def test_a_practice_without_phone_and_website_can_still_be_contacted(cast: SimpleNamespace) -> None:

    Practice.objects.filter(pk=cast.practice.pk).update(phone="", line1="", city="", version=9)

    assert "Contact Riverside Nutrition and say who you want to see." in look(DANA).text


def test_a_card_says_that_a_clinician_takes_no_new_clients(riverside: SimpleNamespace) -> None:

    write_card(riverside.dana, takes_new_clients=False)

    assert "Not taking new clients" in look(DANA).text


GONE = {
    "an unknown clinician": f"{PRACTICE}nobody/",
    "an unknown practice": "/book/nowhere/dana-rivera/",
    "another practice's clinician": f"{PRACTICE}sina-strange/",
    "an unknown practice's page": "/book/nowhere/",
    "an unknown clinician's vCard": f"{PRACTICE}nobody.vcf",
    "an unknown clinician's picture": f"{PRACTICE}nobody/preview-0.png",
    "a logo that isn't theirs": f"{PRACTICE}logo-{'0' * 64}.png",
}


def hide(person: Any, how: str) -> None:

    if how == "card hidden":
        write_card(person, is_shown=False)
    memberships = Membership.objects.filter(practitioner=person.practitioner_id)
    if how == "not on the calendar":
        memberships.update(show_on_calendar=False)
    if how == "membership ended":
        Practitioner.objects.filter(pk=person.practitioner_id).update(membership=None)
        memberships.delete()


@pytest.mark.parametrize("how", ["card hidden", "not on the calendar", "membership ended"])
def test_a_clinician_who_is_hidden_is_gone_at_the_next_request(
    riverside: SimpleNamespace, how: str
) -> None:

    assert look(SAM).status == 200
    assert "Sam Okafor" in look(PRACTICE).text

    hide(riverside.sam, how)

    unknown = look(GONE["an unknown clinician"])
    assert (look(SAM).status, look(SAM).html) == (404, unknown.html)
    assert look(f"{SAM[:-1]}.vcf").html == unknown.html
    assert "Sam Okafor" not in look(PRACTICE).text


@pytest.mark.parametrize("path", GONE.values(), ids=GONE)
def test_every_wrong_address_gets_the_same_404(riverside: SimpleNamespace, path: str) -> None:

    seen = look(path)

    assert seen.status == 404
    assert "Page not found" in seen.text
    nothing = f"{PRACTICE}nothing/" if path.startswith(PRACTICE) else "/book/nothing/"
    assert seen.html == look(nothing).html
    assert (PRACTICE in seen.links) == path.startswith(PRACTICE)
    assert seen.metas["robots"] == "noindex"


@pytest.mark.parametrize("path", ["/book/Riverside/", "/book/riverside/Dana-RIVERA/"])
def test_capitals_redirect_to_lower_case(riverside: SimpleNamespace, path: str) -> None:

    answer = Client().get(path)

    assert (answer.status_code, answer.headers["Location"]) == (301, path.lower())


def test_a_missing_slash_is_added(riverside: SimpleNamespace) -> None:

    answer = Client().get("/book/riverside/dana-rivera")

    assert (answer.status_code, answer.headers["Location"]) == (301, DANA)


@pytest.mark.parametrize("path", [PRACTICE, DANA])
def test_only_reading_is_allowed(riverside: SimpleNamespace, path: str) -> None:

    assert Client().post(path).status_code == 405
    head = Client().head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == Client().get(path).headers["ETag"]


@pytest.mark.parametrize("path", [PRACTICE, DANA])
def test_everyone_gets_the_same_bytes_and_no_cookie(riverside: SimpleNamespace, path: str) -> None:

    signed_in = Client()
    signed_in.force_login(riverside.dana.user)

    theirs, ours = signed_in.get(path), Client().get(path)

    assert theirs.content == ours.content
    assert not theirs.cookies and not ours.cookies
    for answer in (theirs, ours):
        assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language"
        assert answer.headers["Cache-Control"].startswith("public, max-age=0, must-revalidate")
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [PRACTICE, DANA])
def test_a_cached_page_costs_two_statements_even_for_someone_logged_in(
    riverside: SimpleNamespace, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:

    signed_in = Client()
    signed_in.force_login(riverside.dana.user)
    look(path)

    with django_assert_num_queries(2):  # the versions of cards, and of free times
        signed_in.get(path)


@pytest.mark.parametrize("path", [PRACTICE, DANA])
def test_an_unchanged_page_is_not_sent_again(riverside: SimpleNamespace, path: str) -> None:

    etag = Client().get(path).headers["ETag"]

    kept = Client(headers={"If-None-Match": etag, "Accept-Encoding": "gzip"}).get(path)
    other = Client(headers={"If-None-Match": 'W/"other"'}).get(path)

    assert (kept.status_code, kept.content) == (304, b"")
    assert kept.headers["ETag"] == etag
    assert "Content-Encoding" not in kept.headers
    assert other.status_code == 200


@pytest.mark.parametrize("path", [PRACTICE, DANA])
def test_it_is_sent_zipped_to_browsers_that_accept_it(
    riverside: SimpleNamespace, path: str
) -> None:

    zipped = Client(headers={"Accept-Encoding": "br, gzip"}).get(path)
    plain = Client().get(path)

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert "Content-Encoding" not in plain.headers


def save_photo(cast: SimpleNamespace) -> None:

    picture = BytesIO()
    Image.new("RGB", (600, 600), "teal").save(picture, "JPEG")
    row = practitioner_of(cast.dana.user.memberships.get())
    change_photo(
        row,
        original=picture.getvalue(),
        squares=square(picture.getvalue()),
        read_at_version=row.photo.version,
        by=cast.dana.user,
    )


def save_details(cast: SimpleNamespace, **new: str) -> None:

    row = cast.dana.practitioner
    names = ("title", "first_name", "last_name", "credentials", "contact_email", "npi")
    kept = {name: getattr(row, name) for name in names} | new
    change_general_details(
        row, new=GeneralDetails(**kept), read_at_version=row.version, by=cast.dana.user
    )


def save_card(cast: SimpleNamespace, **columns: Any) -> None:

    row = practitioner_of(cast.dana.user.memberships.get())
    change_about_me(row, columns=columns, read_at_version=row.card.version, by=cast.dana.user)


def save_description(cast: SimpleNamespace) -> None:

    row = practitioner_of(cast.dana.user.memberships.get())
    change_description(
        row,
        description="<p>Other words.</p>",
        read_at_version=row.card.version,
        by=cast.dana.user,
    )


def save_practice(cast: SimpleNamespace, **columns: str) -> None:

    row = Practice.objects.get(pk=cast.practice.pk)
    change_practice_details(row, columns=columns, read_at_version=row.version, by=cast.dana.user)


CHANGES: dict[str, Callable[[SimpleNamespace], None]] = {
    "name": lambda cast: save_details(cast, last_name="Riviera"),
    "credentials": lambda cast: save_details(cast, credentials="RDN, MPH"),
    "description": save_description,
    "new clients": lambda cast: save_card(cast, takes_new_clients=False),
    "photo": save_photo,
    "the practice's name": lambda cast: save_practice(cast, name="Riverside Food"),
    "the practice's phone": lambda cast: save_practice(cast, phone="+12125550199"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_shows_at_the_next_request(
    riverside: SimpleNamespace, change: Callable[[SimpleNamespace], None]
) -> None:

    before = {path: look(path).html for path in (PRACTICE, DANA)}

    change(riverside)

    for path in (PRACTICE, DANA):
        assert look(path).html != before[path]


def test_two_practices_with_equal_versions_are_not_mixed_up(cast: SimpleNamespace) -> None:

    other = registered("Other", "Dana", "Rivera", "dana@other.example")

    here, there = look(DANA).text, look(f"/book/{other.practice.slug}/dana-rivera/").text

    assert "Riverside Nutrition" in here
    assert "Riverside Nutrition" not in there


def test_a_page_that_is_gone_between_two_reads_is_not_cached(cast: SimpleNamespace) -> None:
    """The card is hidden after its versions were read and before it is: a 404, only this time."""
    versions = versions_of_card("riverside", "sam-okafor")
    assert versions is not None
    memberships = Membership.objects.filter(practitioner=cast.sam.practitioner_id)
    memberships.update(show_on_calendar=False)
    with pytest.raises(pages.Gone):
        pages._clinician_page("riverside", "sam-okafor", "en-US")

    memberships.update(show_on_calendar=True)

    assert look(SAM).status == 200


def test_html_in_a_name_is_shown_as_text(cast: SimpleNamespace) -> None:

    write_details(cast.dana, last_name="</script><b>Rivera", credentials='"><i>')

    for path in (PRACTICE, DANA):
        seen = look(path)
        assert "<b>Rivera" not in seen.html
        assert "<i>" not in seen.html
        assert seen.json_ld


def test_robots_are_allowed_on_public_pages_only(client: Client) -> None:

    answer = client.get("/robots.txt")

    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Allow: /book/" in answer.content.decode().splitlines()
    assert "Disallow: /" in answer.content.decode().splitlines()


def save_logo(cast: SimpleNamespace, size: tuple[int, int]) -> str:
    """Set a logo of this size for Riverside, and return its SHA-256."""
    png = BytesIO()
    Image.new("RGB", size, "teal").save(png, "PNG")
    sha256 = keep_file(png.getvalue())
    Practice.objects.filter(pk=cast.practice.pk).update(logo_sha256=sha256, version=8)
    return sha256


@pytest.mark.parametrize(
    ("size", "shown"),
    [((800, 100), (288, 36)), ((300, 300), (80, 80)), ((40, 20), (40, 20))],
)
def test_a_logo_is_for_everyone_and_has_its_place_before_it_arrives(
    riverside: SimpleNamespace, size: tuple[int, int], shown: tuple[int, int]
) -> None:

    address = f"{PRACTICE}logo-{save_logo(riverside, size)}.png"
    width, height = shown

    answer = Client().get(address)

    for path, alt in ((PRACTICE, ""), (DANA, "Riverside Nutrition")):
        sized = f'src="{address}" alt="{alt}" width="{width}" height="{height}"'
        assert sized in look(path).html
    assert Image.open(BytesIO(answer.content)).size == size
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_logo_that_is_lost_is_left_out(riverside: SimpleNamespace, media: Path) -> None:

    sha256 = save_logo(riverside, (40, 20))
    (media / sha256[:2] / sha256).unlink()

    assert "<img" not in look(PRACTICE).html
    assert "Riverside Nutrition" in look(DANA).text


def test_account_settings_lead_to_the_public_page(cast: SimpleNamespace) -> None:

    director = Client()
    director.force_login(cast.dana.user)

    assert PRACTICE in look("/account-settings/", director).links


@pytest.mark.django_db(transaction=True)
def test_a_photo_appears_on_both_pages_and_in_the_vcard(riverside: SimpleNamespace) -> None:

    save_photo(riverside)
    photo = practitioner_of(riverside.dana.user.memberships.get()).photo
    large, small = f"/photos/{photo.sha256}.jpg", f"/photos/{photo.small_sha256}.jpg"

    card = look(DANA)

    assert f'src="{large}"' in card.html
    assert f'src="{small}"' in look(PRACTICE).html
    assert card.json_ld["image"] == f"http://localhost:8000{large}"
    served = Client().get(large)
    assert served.headers["Content-Type"] == "image/jpeg"
    kept = vobject.readOne(Client().get(f"{DANA[:-1]}.vcf").content.decode())
    assert kept.photo.value == served.content


@pytest.mark.django_db(transaction=True)
def test_the_photo_of_someone_who_left_is_gone_too(riverside: SimpleNamespace) -> None:

    save_photo(riverside)
    photo = practitioner_of(riverside.dana.user.memberships.get()).photo
    files = [f"/photos/{name}.jpg" for name in (photo.sha256, photo.small_sha256)]
    assert [Client().get(each).status_code for each in files] == [200, 200]

    riverside.dana.user.memberships.update(ends_at=timezone.now())

    assert [Client().get(each).status_code for each in files] == [404, 404]
