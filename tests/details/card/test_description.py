"""My Details → Edit Provider Description, as people meet it with and without the editor."""

import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from letterhead.activity.models import Activity
from letterhead.details.card.actions import change_description
from letterhead.details.card.preview import preview_description
from letterhead.details.models import Card
from letterhead.details.public_card import PublicCard
from letterhead.details.queries import practitioner_of, saved_details
from tests.details.card.cards import ABOUT_ME, DESCRIPTION, CardPage, MyCard
from tests.factories import Person

LABEL = "Provider Description"
WRITTEN = "<h3>Hello</h3><p>I am <strong>here</strong>.</p><ul><li>Come</li><li>Sit</li></ul>"
AS_TEXT = "Hello\n\nI am here.\n\n- Come\n- Sit"


def kept(person: Person) -> str:
    return Card.objects.get(practitioner=person.practitioner_id).description


def wrote(person: Person, html: str) -> None:
    Card.objects.filter(practitioner=person.practitioner_id).update(description=html)


def save_html(browser: MyCard, html: str, page: CardPage | None = None) -> CardPage:
    """Save as the editor does: the field holds HTML, and says so."""
    page = page or browser.open(DESCRIPTION)
    return browser.post(DESCRIPTION, page.sends() | {"description": html, "written_as": "html"})


def test_nothing_written_yet_says_what_to_write(cast: SimpleNamespace) -> None:
    page = MyCard(cast.dana).read()

    assert "No description yet." in page
    assert ">Edit Provider Description</span>" in page
    assert "Online scheduler" in page


def test_the_editors_html_is_saved_clean_and_shown(cast: SimpleNamespace) -> None:
    dana = MyCard(cast.dana)

    answer = save_html(dana, WRITTEN.replace("<h3", "<h3 onclick='x()'") + "<script>y()</script>")

    assert (answer.status, answer.location) == (302, "/my-details/")
    assert kept(cast.dana) == WRITTEN
    assert f'<div class="prose" dir="auto">{WRITTEN}</div>' in dana.read()


def test_plain_text_is_saved_as_paragraphs_and_lists(cast: SimpleNamespace) -> None:
    MyCard(cast.dana).save(DESCRIPTION, {LABEL: "Hello <you>\r\n\r\n- Come\r\n- Sit"})

    assert kept(cast.dana) == "<p>Hello &lt;you&gt;</p><ul><li>Come</li><li>Sit</li></ul>"


def test_without_scripts_what_was_written_stands_as_plain_text(cast: SimpleNamespace) -> None:
    wrote(cast.dana, WRITTEN)

    page = MyCard(cast.dana).open(DESCRIPTION)

    assert page.field(LABEL).value == AS_TEXT
    assert "keep their formatting" in page.texts["id_description_helptext"]


def test_an_untouched_textarea_changes_nothing(cast: SimpleNamespace) -> None:
    wrote(cast.dana, WRITTEN)
    before = Card.objects.get(practitioner=cast.dana.practitioner_id).version

    MyCard(cast.dana).save(DESCRIPTION, {LABEL: AS_TEXT.replace("\n", "\r\n")})

    after = Card.objects.get(practitioner=cast.dana.practitioner_id)
    assert (after.description, after.version) == (WRITTEN, before)
    assert not Activity.objects.filter(act="changed provider description").exists()


def test_a_changed_line_loses_its_formatting_and_no_other_does(cast: SimpleNamespace) -> None:
    wrote(cast.dana, WRITTEN)

    MyCard(cast.dana).save(DESCRIPTION, {LABEL: AS_TEXT.replace("Sit", "Stay")})

    assert kept(cast.dana) == WRITTEN.replace("Sit", "Stay")


def test_an_emptied_description_is_none(cast: SimpleNamespace) -> None:
    wrote(cast.dana, WRITTEN)
    dana = MyCard(cast.dana)

    save_html(dana, "<p><br></p>")

    assert kept(cast.dana) == ""
    assert "No description yet." in dana.read()


def test_the_record_tells_that_it_changed_and_not_the_text(cast: SimpleNamespace) -> None:
    save_html(MyCard(cast.dana), WRITTEN)

    row = Activity.objects.get(act="changed provider description")
    assert (row.practice, row.person, row.about) == (
        cast.practice.pk,
        cast.dana.user.pk,
        "Dana Rivera",
    )
    assert row.changes == {"description": "changed"}


@pytest.mark.parametrize("written_as", ["html", ""])
def test_the_longest_text_is_saved_and_one_more_is_refused(
    cast: SimpleNamespace, written_as: str
) -> None:
    dana = MyCard(cast.dana)
    sent = dana.open(DESCRIPTION).sends() | {"written_as": written_as}

    refused = dana.post(DESCRIPTION, sent | {"description": "é" * 5_012})

    assert refused.status == 422
    assert "This has 5,012. Shorten it by 12." in refused.says_beside(LABEL)
    assert refused.field(LABEL).value == "é" * 5_012
    assert kept(cast.dana) == ""
    assert dana.post(DESCRIPTION, sent | {"description": "é" * 5_000}).status == 302
    assert kept(cast.dana) == f"<p>{'é' * 5_000}</p>"


@pytest.mark.parametrize("written_as", ["html", ""])
def test_a_megabyte_is_refused_and_stands_in_the_field(
    cast: SimpleNamespace, written_as: str
) -> None:
    dana = MyCard(cast.dana)
    typed = "<p>megabyte</p>" * 70_000

    page = dana.post(
        DESCRIPTION,
        dana.open(DESCRIPTION).sends() | {"description": typed, "written_as": written_as},
    )

    assert page.status == 422
    assert "Shorten it" in page.says_beside(LABEL)
    assert page.field(LABEL).value == typed


def test_what_was_written_in_the_editor_comes_back_after_a_refusal(cast: SimpleNamespace) -> None:
    page = save_html(MyCard(cast.dana), f"<p><b>Bold</b>{'x' * 5_000}</p>")

    assert page.status == 422
    assert page.field(LABEL).value.startswith("<p><b>Bold</b>xxx")
    assert page.sends()["written_as"] == "html"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
        "\x00<sc\x00ript>alert(1)</script>",
        "&#x3C;/textarea&#x3E;</textarea><script>alert(1)</script>",
    ],
)
@pytest.mark.parametrize("written_as", ["html", "", "nonsense\x00"])
def test_nothing_that_runs_is_ever_kept_or_shown(
    cast: SimpleNamespace, hostile: str, written_as: str
) -> None:
    dana = MyCard(cast.dana)
    sent = dana.open(DESCRIPTION).sends()

    answer = dana.post(DESCRIPTION, sent | {"description": hostile, "written_as": written_as})

    assert answer.status == 302
    assert set(re.findall(r"<[^>]*>", kept(cast.dana))) <= {"<p>", "</p>"}
    assert "\x00" not in kept(cast.dana)


def test_unpaired_surrogates_are_no_error(cast: SimpleNamespace) -> None:
    answer = MyCard(cast.dana).browser.post(
        DESCRIPTION,
        "version=1&written_as=html&description=a%ED%A0%80b",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 302
    assert "\ud800" not in kept(cast.dana)


def test_a_stale_save_keeps_what_was_typed_and_says_what_is_saved(cast: SimpleNamespace) -> None:
    hers, elsewhere = MyCard(cast.dana), MyCard(cast.dana)
    page = hers.open(DESCRIPTION)
    elsewhere.save(DESCRIPTION, {LABEL: "From the phone"})

    answer = save_html(hers, "<p>From <b>here</b></p>", page)

    assert answer.status == 422
    assert "Someone else saved: From the phone" in answer.says_beside(LABEL)
    assert answer.field(LABEL).value == "<p>From <b>here</b></p>"
    assert kept(cast.dana) == "<p>From the phone</p>"

    assert hers.post(DESCRIPTION, answer.sends()).status == 302
    assert kept(cast.dana) == "<p>From <strong>here</strong></p>"


def test_a_long_text_of_someone_else_is_told_in_part(cast: SimpleNamespace) -> None:
    hers, elsewhere = MyCard(cast.dana), MyCard(cast.dana)
    page = hers.open(DESCRIPTION)
    elsewhere.save(DESCRIPTION, {LABEL: "y" * 1_000})

    told = hers.send(DESCRIPTION, page, {LABEL: "mine"}).says_beside(LABEL)

    assert told.endswith(f"{'y' * 300}…")


@pytest.mark.parametrize("sent", [{}, {"description": "x"}, {"description": "x", "version": "a"}])
def test_a_form_that_did_not_arrive_whole_is_refused(
    cast: SimpleNamespace, sent: dict[str, str]
) -> None:
    page = MyCard(cast.dana).post(DESCRIPTION, sent)

    assert page.status == 422
    assert "This form is incomplete" in page.text
    assert kept(cast.dana) == ""


@pytest.mark.parametrize("address", [DESCRIPTION, ABOUT_ME])
def test_nobody_gets_in_without_logging_in(cast: SimpleNamespace, address: str) -> None:
    answer = MyCard(None).open(address)

    assert (answer.status, answer.location) == (302, f"/login/?next={address}")


def test_everyone_edits_only_their_own(cast: SimpleNamespace) -> None:
    wrote(cast.dana, WRITTEN)

    for person in (cast.sam, cast.noor, cast.lee, cast.stranger):
        someone = MyCard(person)
        assert someone.open(DESCRIPTION).field(LABEL).value == ""
        someone.save(DESCRIPTION, {LABEL: f"I am {person.user.email}"})
        assert kept(person) == f"<p>I am {person.user.email}</p>"

    assert kept(cast.dana) == WRITTEN


def test_the_action_cleans_whoever_calls_it(cast: SimpleNamespace) -> None:
    dana = practitioner_of(cast.dana.practitioner.membership)

    change_description(
        dana,
        description="<p onclick=x()>a</p>",
        read_at_version=dana.card.version,
        by=cast.dana.user,
    )

    assert kept(cast.dana) == "<p>a</p>"


def previewed(person: Person, typed: dict[str, str] | None) -> PublicCard:
    mine = practitioner_of(person.user.memberships.get())
    sent = None if typed is None else QueryDict(urlencode(typed))
    return preview_description(sent, mine, saved_details(mine)).card


def test_the_card_is_previewed_as_it_is_typed(cast: SimpleNamespace) -> None:
    wrote(cast.dana, WRITTEN)
    long = f"<b>{'x' * 6_000}</b>"

    assert previewed(cast.dana, None).description == WRITTEN
    assert previewed(cast.dana, {"description": AS_TEXT}).description == WRITTEN
    as_html = previewed(cast.dana, {"description": long, "written_as": "html"})
    assert as_html.description == f"<p><strong>{'x' * 6_000}</strong></p>"
    assert as_html.first_name == "Dana"


def test_the_card_stays_as_it_is_while_far_too_much_is_typed(cast: SimpleNamespace) -> None:
    wrote(cast.dana, WRITTEN)

    far_too_much = {"description": "x" * 100_000, "written_as": "html"}

    assert previewed(cast.dana, far_too_much).description == WRITTEN
