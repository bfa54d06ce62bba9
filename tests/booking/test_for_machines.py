"""What search engines and social networks read: JSON-LD, meta elements, and who is listed."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from letterhead.booking import json_ld
from tests.booking.samples import BARE, BARE_PRACTICE, DANA, RIVERSIDE
from tests.booking.street import DANA as DANAS_PAGE
from tests.booking.street import PRACTICE, look, write_card

HERE = "http://localhost:8000"
IMAGE = f"{HERE}/picture.png"
# schema.org's properties of the types we use, and what each must be
WANTED: dict[str, dict[str, type]] = {
    "Person": {"name": str, "givenName": str, "familyName": str, "url": str, "@id": str},
    "MedicalBusiness": {"name": str, "url": str, "@id": str},
    "PostalAddress": {"addressCountry": str},
}
KNOWN = {
    "Person": {
        *("honorificPrefix", "additionalName", "honorificSuffix", "knowsLanguage", "image"),
        *("description", "knowsAbout", "worksFor"),
    },
    "MedicalBusiness": {"sameAs", "telephone", "logo", "address", "image", "employee"},
    "PostalAddress": {"streetAddress", "addressLocality", "addressRegion", "postalCode"},
}


def check(thing: dict[str, Any]) -> None:
    """Fail if a thing lacks what its type requires, has what it does not allow, or is empty."""
    kind = thing["@type"]
    for name, sort in WANTED[kind].items():
        assert isinstance(thing[name], sort) and thing[name], f"{kind}.{name}"
    unknown = set(thing) - set(WANTED[kind]) - KNOWN[kind] - {"@type", "@context"}
    assert not unknown, f"{kind} has no {unknown}"
    for name, value in thing.items():
        assert value, f"{kind}.{name} is empty"
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                check(each)


def test_the_check_sees_what_is_wrong() -> None:
    with pytest.raises(KeyError, match="familyName"):
        check({"@type": "Person", "name": "Dana", "givenName": "Dana"})


def test_a_clinician_is_a_person_who_works_for_the_practice() -> None:
    thing = json_ld.person(RIVERSIDE, DANA, image=IMAGE)

    check(json_ld._filled(thing))
    assert thing["@context"] == "https://schema.org"
    assert thing["honorificSuffix"] == "Jr, RDN, PhD"
    assert thing["knowsAbout"] == ["Diabetes", "Kidney disease", "Intuitive eating"]
    assert thing["worksFor"]["telephone"] == "+12125550140"


@pytest.mark.parametrize("practice", [RIVERSIDE, BARE_PRACTICE])
@pytest.mark.parametrize("card", [DANA, BARE])
def test_what_is_unknown_is_left_out(practice: Any, card: Any) -> None:
    check(json_ld._filled(json_ld.person(practice, card, image=IMAGE)))
    check(json_ld._filled(json_ld.business(practice, [card], image=IMAGE)))


def test_nothing_in_it_ends_the_script() -> None:
    hostile = {"name": "</script><!-- & ]]>"}

    text = json_ld.as_script(hostile)

    assert json.loads(text) == hostile
    assert not set("<>&") & set(text)


def test_the_pages_carry_it(cast: SimpleNamespace) -> None:
    person, business = look(DANAS_PAGE).json_ld, look(PRACTICE).json_ld

    check(person)
    check(business)
    assert person["@id"] == f"{HERE}{DANAS_PAGE}#person"
    assert person["@id"] in [each["@id"] for each in business["employee"]]
    assert person["worksFor"]["@id"] == business["@id"]


@pytest.mark.parametrize("path", [PRACTICE, DANAS_PAGE])
def test_public_links_come_from_the_settings(cast: SimpleNamespace, path: str) -> None:
    seen = look(path, Client(headers={"Host": "127.0.0.1"}))

    assert seen.rels["canonical"] == f"{HERE}{path}"
    assert seen.metas["og:url"] == f"{HERE}{path}"
    assert seen.metas["og:image"].startswith(f"{HERE}{path}preview-")
    assert "127.0.0.1" not in seen.html


def test_a_shared_link_says_who_it_is(cast: SimpleNamespace) -> None:
    write_card(cast.dana, description=f"<p>Food that fits. {'And more. ' * 40}</p>")

    metas = look(DANAS_PAGE).metas

    assert metas["og:title"] == "Dr Dana M. Rivera, RDN, PhD · Riverside Nutrition"
    assert metas["og:type"] == "profile"
    assert metas["description"].startswith("Food that fits. And more.")
    assert metas["description"].endswith("…")
    assert len(metas["description"]) <= 160
    assert metas["og:description"] == metas["twitter:description"] == metas["description"]
    assert metas["twitter:card"] == "summary_large_image"


def test_a_clinician_without_description_is_still_described(cast: SimpleNamespace) -> None:
    about = look(f"{PRACTICE}sam-okafor/").metas["description"]

    assert about == "Sam Okafor at Riverside Nutrition."


def test_a_clinician_who_refuses_search_engines_is_not_listed(cast: SimpleNamespace) -> None:
    write_card(cast.dana, for_search_engines=False, description="<p>Only for clients.</p>")

    refused, practice = look(DANAS_PAGE), look(PRACTICE)

    assert refused.metas["robots"] == "noindex"
    assert refused.answer.headers["X-Robots-Tag"] == "noindex"
    assert Client().get(f"{DANAS_PAGE[:-1]}.vcf").headers["X-Robots-Tag"] == "noindex"
    assert "robots" not in practice.metas
    assert "Dana" not in str(practice.json_ld)
    assert "Dana" not in practice.metas["description"]
    assert "<p data-nosnippet>Only for clients.</p>" in practice.html


def test_a_practice_where_everyone_refuses_is_not_listed(cast: SimpleNamespace) -> None:
    for person in (cast.dana, cast.sam, cast.noor, cast.lee):
        write_card(person, for_search_engines=False)

    assert look(PRACTICE).metas["robots"] == "noindex"
