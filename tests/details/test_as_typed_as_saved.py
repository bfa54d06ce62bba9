"""What the preview shows while someone types is what every place shows once that is saved."""

import dataclasses
import datetime as dt
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import QueryDict
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from letterhead.details.appearances import Details
from letterhead.details.card.preview import preview_about_me, preview_description
from letterhead.details.confirming import Confirmation, confirm
from letterhead.details.fields import CARD_FIELDS, FIELDS, LETTERHEAD_FIELDS
from letterhead.details.general.moving import NAMES_TO_SPLIT, move_out_of
from letterhead.details.general.preview import preview
from letterhead.details.letterhead import Clinician
from letterhead.details.models import Practitioner
from letterhead.details.public_card import PublicCard
from letterhead.details.queries import practitioner_of, saved_details
from letterhead.details.signature.preview import preview as preview_signature
from letterhead.practices.queries import payers_in
from tests.details.pages import ADDRESS, MyDetails
from tests.factories import PASSWORD, Person, synthetic_npi

Columns = dict[str, Any]
LETTERS = "abcdefghij KLMNOP éñ 'ŁØ-"
SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "signature": st.sampled_from(["name", "short", "on file"]),
    "short_signature": st.sampled_from(["D RIVERA RDN", "d. rivera"]),
    "contact_email": st.sampled_from(["desk@riverside.example", "dana@riverside.example"]),
    "npi": st.just("") | st.integers(0, 9_999_999).map(synthetic_npi),
    "tax_id": st.sampled_from(["219-09-9998", "219099998"]),
    "tax_id_kind": st.just("SSN"),
    "tax_id_on_bills": st.booleans(),
}


def has_letter(text: str) -> bool:
    """Whether a text can be a name."""
    return any(map(str.isalpha, text))


def texts(name: str) -> st.SearchStrategy[str]:
    """Whatever a text field of General Details takes."""
    column: Any = Practitioner._meta.get_field(name)
    needed = not column.blank or name == "claim_last_name"
    letters = st.text(LETTERS, min_size=1, max_size=column.max_length).filter(has_letter)
    return letters if needed else st.just("") | letters


phones = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["cell", "work", "other"]),
        "own_label": st.just("Front desk"),
        "number": st.sampled_from(["212 555 0142", "(212) 555-0143 x3", "+44 20 7946 0958"]),
        "print_on_bills": st.booleans(),
        "use_in_messages": st.booleans(),
    }
)
other_ids = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["RD-0048", " H99120 "]),
        "qualifier": st.sampled_from(["0B", "1G", "G2", "LU"]),
        "payer": st.booleans(),  # whether it is for one payer only
    }
)
days = st.sampled_from(["", "2019-02-01"])
licenses = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["", "Dietitian"]),
        "state": st.sampled_from(["", "NY"]),
        "number": st.sampled_from(["007512", "NJ-11"]),
        "since": days,
        "expires": st.sampled_from(["", "2031-01-31"]),
        "board_url": st.sampled_from(["", "board.example/ny"]),
        "print_on_superbill": st.booleans(),
    }
)
ROWS = {"phones": phones, "other_ids": other_ids, "licenses": licenses}
details = st.fixed_dictionaries(
    {name: SPECIAL[name] if name in SPECIAL else texts(name) for name in FIELDS}
)
rows = st.fixed_dictionaries({name: st.lists(row, max_size=3) for name, row in ROWS.items()})


def with_payers(other_ids: list[Columns], payers: list[int]) -> list[Columns]:
    """Tie each row that is for one payer to one of its own; the first that isn't is the default."""
    free = iter(payers)
    tied: list[Columns] = []
    for row in other_ids:
        payer = next(free, "") if row["payer"] else ""
        is_default = not payer and not any(each["is_default"] for each in tied)
        tied.append({**row, "payer": payer, "is_default": is_default})
    return tied


def sent(columns: Columns, lists: dict[str, list[Columns]], version: int) -> dict[str, str]:
    """What a browser sends: a box that isn't selected isn't sent."""
    values: Columns = {**columns, "version": version}
    for prefix, of in lists.items():
        values[f"{prefix}-TOTAL_FORMS"] = len(of)
        values |= {f"{prefix}-{n}-{k}": v for n, row in enumerate(of) for k, v in row.items()}
    return {k: "on" if v is True else str(v) for k, v in values.items() if v is not False}


def mine(person: Person) -> Practitioner:
    return practitioner_of(person.user.memberships.select_related("practice", "user").get())


def previewed(person: Person, typed: dict[str, str]) -> Details:
    now = mine(person)
    return preview(QueryDict(urlencode(typed)), now, saved_details(now))


def as_seen(details: Details) -> Details:
    """Details but for when they were changed, which no place shows before they are."""
    card = replace(details.card, changed_at=dt.datetime.min)
    return dataclasses.replace(details, card=card)


def save(person: Person, section: str, typed: QueryDict) -> None:
    answer = MyDetails(person).browser.post(
        f"{ADDRESS}{section}/",
        typed.urlencode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 302


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(details, rows)
def test_what_is_typed_is_what_is_shown_once_saved(
    cast: SimpleNamespace, columns: Columns, lists: dict[str, list[Columns]]
) -> None:
    assume(not any(move_out_of(name, columns) for name in NAMES_TO_SPLIT))  # refused elsewhere
    cache.clear()  # else the limit of links to new contact emails is reached
    dana = MyDetails(cast.dana)
    payers = [payer.pk for payer in payers_in(cast.practice)]
    lists["other_ids"] = with_payers(lists["other_ids"], payers)
    typed = sent(columns, lists, mine(cast.dana).version)
    before = previewed(cast.dana, typed)

    answer = dana.post(typed)
    assert answer.status == 302, answer.wrong()
    if waiting := mine(cast.dana).unconfirmed_email:
        confirm(Confirmation(mine(cast.dana), waiting, is_done=False))

    saved = saved_details(mine(cast.dana))
    assert as_seen(before) == as_seen(saved)
    page = dana.browser.get(ADDRESS)
    assert page.context["clinician"] == before.letterhead.clinician
    assert previewed(cast.dana, {**typed, "version": str(mine(cast.dana).version)}) == saved


def test_every_field_goes_where_its_line_says() -> None:
    columns = {field.name for field in Practitioner._meta.concrete_fields}

    assert set(FIELDS) <= columns
    assert set(LETTERHEAD_FIELDS) <= set(Clinician.__struct_fields__)
    assert set(CARD_FIELDS) <= set(PublicCard.__struct_fields__)
    parts_of_a_name = {name for name in FIELDS if name.endswith(("_name", "suffix"))}
    parts_of_a_tax_id = {"tax_id", "tax_id_kind"}
    somewhere = {*LETTERHEAD_FIELDS, *CARD_FIELDS, *parts_of_a_name, *parts_of_a_tax_id}
    assert set(FIELDS) == somewhere


def test_about_me_is_shown_as_it_was_previewed(cast: SimpleNamespace) -> None:
    dana = mine(cast.dana)
    typed = QueryDict(
        "specialties=Sleep%0D%0A+Gentle++nutrition&languages=English&approaches=&ages=Adults"
        "&ages=Couples&practice_payers=Acme+Health&payers_accepted=Self-pay&position=3"
        f"&is_shown=on&version={dana.card.version}"
    )
    before = preview_about_me(typed, dana, saved_details(dana))

    save(cast.dana, "about-me", typed)

    assert as_seen(before) == as_seen(saved_details(mine(cast.dana)))
    assert before.card.specialties == ("Sleep", "Gentle nutrition")


def test_a_description_is_shown_as_it_was_previewed(cast: SimpleNamespace) -> None:
    dana = mine(cast.dana)
    typed = QueryDict(
        urlencode({"description": "Hello\n\n- Come <in>", "version": dana.card.version})
    )
    before = preview_description(typed, dana, saved_details(dana))

    save(cast.dana, "description", typed)

    assert as_seen(before) == as_seen(saved_details(mine(cast.dana)))
    assert before.card.description == "<p>Hello</p><ul><li>Come &lt;in&gt;</li></ul>"


def test_a_typed_signature_is_shown_as_it_was_previewed(cast: SimpleNamespace) -> None:
    dana = mine(cast.dana)
    typed = QueryDict(
        urlencode(
            {
                "paper_signature": "typed",
                "typed_signature": " D. Rivera ",
                "password": PASSWORD,
                "version": dana.version,
            }
        )
    )
    before = preview_signature(typed, dana, saved_details(dana))

    save(cast.dana, "signature", typed)

    assert as_seen(before) == as_seen(saved_details(mine(cast.dana)))
