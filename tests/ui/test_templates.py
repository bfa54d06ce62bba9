"""Every template of the look, drawn by an engine that refuses an unset variable."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

import letterhead.ui
from letterhead.practices.models import Payer
from letterhead.ui.by_key import Page
from letterhead.ui.forms.disclosures import disclosure
from letterhead.ui.forms.rows import RowFormSet
from letterhead.ui.forms.versioned import VersionedForm

TEMPLATES = Path(letterhead.ui.__file__).parent / "templates"


class Missing(str):
    """What the engine shows for an unknown variable: here, a failed test."""

    def __contains__(self, part: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"not set: {name}")


@pytest.fixture(scope="module")
def strict() -> DjangoTemplates:
    options = {
        "context_processors": ["django.template.context_processors.request"],
        "string_if_invalid": Missing("%s"),
    }
    return DjangoTemplates({"NAME": "strict", "DIRS": [], "APP_DIRS": True, "OPTIONS": options})


class SampleForm(forms.Form):
    email = forms.EmailField(label="Contact Email", help_text="Where bills say to write")
    middle_name = forms.CharField(required=False)
    agreed = forms.BooleanField(help_text="Off at first")
    signature = forms.ChoiceField(
        choices=[("full", "Name with credentials"), ("short", "Short form")],
        widget=forms.RadioSelect,
        help_text="Item 31",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SampleRows(RowFormSet):
    form, row_name, add_label, movable = SampleForm, "Phone", "Add phone number", True


def wrong_form() -> SampleForm:
    form = SampleForm(QueryDict("email=x"))
    form.add_error(None, "Someone else saved this.")
    return form


class SampleAddress(VersionedForm):
    class Meta:
        model = Payer
        fields = ("line1", "line2", "city", "state", "postal_code", "country")


def door(label: str) -> SimpleNamespace:
    return SimpleNamespace(label=label, url="/x/", current=label == "Clients")


ROWS = SampleRows(prefix="phones", initial=[{"email": "a@b.example"}])
FRAME = {
    "practice": SimpleNamespace(name="Riverside Nutrition"),
    "rooms": [door("Clients"), door("Billing")],
    "menu": [door("My Details")],
    "face": SimpleNamespace(initials="DR", photo_url=""),
    "elsewhere": [SimpleNamespace(pk=2, name="Lakeside Nutrition")],
    "switch_url": "/switch/",
    "log_out_url": "/logout/",
    "idle": SimpleNamespace(person="7", seconds=900, mark="signed"),
    "messages": [SimpleNamespace(level_tag="success", __str__=lambda self: "Saved")],
    "title": "Edit General Details",
}
GUIDE_PAGE = SimpleNamespace(name="signature", title="Signature", url="/x/", html="<p>So.</p>")
EDIT = {
    **FRAME,
    "parts": [wrong_form(), ROWS],
    "back": "/my-details/",
    "typed_by": "signed",
    "multipart": True,
    "wrong": [
        SimpleNamespace(label="Contact Email", id="id_email"),
        SimpleNamespace(label="Add phone number", id=""),
    ],
}
SAMPLES: dict[str, dict[str, Any]] = {
    "400.html": {"too_much": True},
    "403.html": {},
    "403_csrf.html": {},
    "404.html": {},
    "500.html": {"error_id": "ab12cd34"},
    "ui/ask.html": {},
    "ui/address_fields.html": {**EDIT, "at": SampleAddress(instance=Payer()).addresses[0]},
    "ui/base.html": FRAME,
    "ui/by_key.html": {"page": Page([], before=1, after=2)},
    "ui/dialog.html": EDIT,
    "ui/disclosure.html": {"part": disclosure(wrong_form(), "Email", "email")},
    "ui/edit.html": {**EDIT, "edit_frame": "ui/edit_page.html"},
    "ui/edit_button.html": {"url": "/x/", "id": "edit-x", "label": "Edit X"},
    "ui/edit_page.html": EDIT,
    "ui/empty.html": {"heading": "No bills", "text": "Later.", "url": "/x/", "label": "Add"},
    "ui/error.html": {"title": "Page not found"},
    "ui/field.html": {"field": wrong_form()["email"]},
    "ui/field_checkbox.html": {"field": wrong_form()["agreed"]},
    "ui/field_choices.html": {"field": wrong_form()["signature"]},
    "ui/field_notes.html": {"field": wrong_form()["email"]},
    "ui/form.html": {"form": wrong_form(), **wrong_form().get_context()},
    "ui/form_errors.html": {"form": wrong_form()},
    "ui/guide.html": {
        "page": GUIDE_PAGE,
        "before": GUIDE_PAGE,
        "after": None,
        "contents": [("My Details", [GUIDE_PAGE])],
    },
    "ui/idle.html": FRAME,
    "ui/help.html": {"about": "Signature", "text": "How you sign.", "page": "signature"},
    "ui/mail.html": {
        "subject": "Confirm",
        "paragraphs": [
            {"text": "Hello", "link": "", "button": ""},
            {"text": "", "link": "", "button": "http://localhost:8000/x/"},
            {"text": "", "link": "http://localhost:8000/y/", "button": ""},
        ],
        "practice_name": "Riverside Nutrition",
    },
    "ui/mark.html": {},
    "ui/note.html": {"text": "Soon.", "url": "/x/", "link": "Fix it", "kind": "bad"},
    "ui/optional.html": {"field": wrong_form()["middle_name"]},
    "ui/places.html": {"places": [SimpleNamespace(words="Superbill", url="/x/#superbill")]},
    "ui/field_places.html": {"places": [SimpleNamespace(words="Superbill", slug="superbill")]},
    "ui/quiet.html": {"title": "Log in"},
    "ui/row.html": {"row": SampleForm()},
    "ui/rows.html": {"formset": ROWS},
    "ui/section_card.html": {
        "id": "photo",
        "heading": "Profile Photo",
        "purpose": "Menu",
        "body": "ui/mark.html",
        "edit_url": "/x/",
        "edit_label": "Edit Profile Photo",
    },
    "ui/tabs.html": {"label": "Clients", "tabs": [door("Clients")]},
    "ui/toast.html": FRAME,
    "ui/top.html": FRAME,
    "ui/wrong_count.html": EDIT,
    "ui/wrong_fields.html": EDIT,
}


def names() -> list[str]:
    found = (str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
    return sorted(name for name in found if "icons/" not in name)


@pytest.mark.parametrize("name", names())
def test_it_renders_with_the_values_its_users_pass(strict: DjangoTemplates, name: str) -> None:
    page = strict.get_template(name).render(SAMPLES[name], RequestFactory().get("/x/?a=1"))

    assert page.strip()
    assert not re.search(r"\sstyle=|\son\w+=|<script>|javascript:", page)


def test_an_unset_variable_is_noticed(strict: DjangoTemplates) -> None:
    with pytest.raises(AssertionError, match="not set: url"):
        strict.get_template("ui/edit_button.html").render({})


def drawn(field: str) -> str:
    return str(wrong_form()[field].as_field_group())


def test_a_wrong_field_refers_to_its_error_and_its_hint() -> None:
    page = drawn("email")

    assert '<label for="id_email">Contact Email</label>' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert 'id="id_email_helptext">Where bills say to write<' in page
    assert re.search(r'id="id_email_error">.*Enter a valid email address', page, re.DOTALL)


def test_optional_is_said_beside_the_label_and_not_in_it() -> None:
    assert re.search(r"</label>\s*<span class=\"opt\">\(optional\)</span>", drawn("middle_name"))
    assert "(optional)" not in drawn("email")


def test_choices_are_a_group_with_a_legend_and_its_error() -> None:
    page = drawn("signature")

    assert "<legend>Signature" in page
    assert 'aria-describedby="id_signature_helptext id_signature_error"' in page
    assert page.count('type="radio"') == 2
    assert page.count('aria-invalid="true"') == 2
    assert 'id="id_signature_error"' in page


def test_a_checkbox_comes_before_its_label() -> None:
    assert re.search(
        r"<label for=\"id_agreed\"><input type=\"checkbox\"[^>]*><span>", drawn("agreed")
    )


def test_hidden_fields_have_no_label() -> None:
    assert drawn("version").strip() == '<input type="hidden" name="version" id="id_version">'


@pytest.mark.parametrize("frame", ["ui/dialog.html", "ui/edit_page.html"])
def test_enter_saves_before_it_does_anything_else(strict: DjangoTemplates, frame: str) -> None:
    """The first submit button of a form is the one Enter presses."""
    page = strict.get_template(frame).render(EDIT, RequestFactory().get("/x/"))
    form = page[page.index("novalidate") :]
    first = re.search(r"<button(?![^>]*type=\"button\")[^>]*>(\w+)", form)

    assert first is not None
    assert first[1] == "Save"
    assert "name=" not in first[0]
    assert form.index(first[0]) < form.index('name="rows"')


def test_the_menu_is_named_after_the_practice(strict: DjangoTemplates) -> None:
    page = strict.get_template("ui/top.html").render(FRAME, RequestFactory().get("/"))

    summary = re.search(r"<summary>(.*?)</summary>", page, re.DOTALL)
    assert summary is not None
    name = re.sub(r"<span[^>]*aria-hidden.*?</span>|<[^>]+>", "", summary[1])
    assert name.strip() == "Riverside Nutrition"
    assert re.search(r'<form method="post" action="/logout/">.*Log out', page, re.DOTALL)
    assert '<a href="/x/" aria-current="page">Clients</a>' in page


def test_strangers_see_the_brand_only(strict: DjangoTemplates) -> None:
    page = strict.get_template("ui/quiet.html").render({"title": "Log in"})

    assert "Letterhead</span>" in page
    assert "<summary>" not in page
    assert "<nav" not in page
