"""One edit form as page and as pop-up, and where a save leads."""

import json
import re
from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from letterhead.ui.forms.rows import RowFormSet, posted
from letterhead.ui.http import came_from, done, page_or_dialog

pytestmark = pytest.mark.urls(__name__)
urlpatterns: list[object] = []

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
WHOLE = {"HX-Request": "true", "HX-Request-Type": "full"}


class NameForm(forms.Form):
    last_name = forms.CharField(label="Last name")


class PhoneForm(forms.Form):
    number = forms.CharField(label="Phone number", max_length=12)


class PhoneRows(RowFormSet):
    form, row_name, add_label = PhoneForm, "Phone", "Add phone number"


class UploadForm(forms.Form):
    photo = forms.FileField()


def request_for(
    sent: dict[str, str] | None = None, headers: dict[str, str] | None = None, at: str = "/x/"
) -> Any:
    make = RequestFactory()
    request: Any = (
        make.get(at, headers=headers) if sent is None else make.post(at, sent, headers=headers)
    )
    request.htmx = HtmxDetails(request)
    request._messages = CookieStorage(request)
    return request


def answer(request: Any, **more: Any) -> HttpResponse:
    data = posted(request)
    context = {
        "title": "Edit Name",
        "back": "/back/",
        "form": NameForm(data),
        "phones": PhoneRows(data, prefix="phones"),
        **more,
    }
    return page_or_dialog(request, "ui/edit.html", context)


def test_a_plain_browser_gets_a_page_of_its_own() -> None:
    page = answer(request_for())

    assert page.status_code == 200
    assert b"<!doctype html>" in page.content
    assert b"<h1>Edit Name</h1>" in page.content
    assert b'href="/back/">Cancel</a>' in page.content
    assert b"before saving" not in page.content


def test_htmx_gets_the_dialog_alone() -> None:
    page = answer(request_for(headers=PARTIAL, at="/x/?step=2"))

    assert page.content.strip().startswith(b"<dialog")
    assert b"<!doctype" not in page.content
    assert b'hx-post="/x/?step=2"' in page.content
    assert b"data-close>Cancel</button>" in page.content


def test_htmx_asking_for_a_whole_page_gets_it() -> None:
    assert b"<!doctype html>" in answer(request_for(headers=WHOLE)).content


@pytest.mark.parametrize("headers", [None, PARTIAL])
def test_a_wrong_save_is_422_with_what_was_typed_and_how_much_is_left(
    headers: dict[str, str] | None,
) -> None:
    sent = {"last_name": "", "phones-TOTAL_FORMS": "1", "phones-0-number": "212-555-0142 twice"}
    page = answer(request_for(sent, headers))

    assert page.status_code == 422
    assert b"Fix 2 fields before saving" in page.content
    assert b'value="212-555-0142 twice"' in page.content
    assert b'id="id_phones-0-number_error"' in page.content


def test_the_first_wrong_field_has_the_focus() -> None:
    sent = {"last_name": "Rivera", "phones-TOTAL_FORMS": "1", "phones-0-number": "1" * 13}
    page = answer(request_for(sent)).content.decode()

    assert page.count("autofocus") == 2  # the other one waits in the question's own dialog
    assert re.search(r'<input[^>]*name="phones-0-number"[^>]*autofocus', page)


def test_without_scripts_the_wrong_fields_are_listed_with_links() -> None:
    page = answer(request_for({"last_name": "", "phones-TOTAL_FORMS": "x"}))

    assert b'<a href="#id_last_name">Last name</a>' in page.content
    assert b"<li>Add phone number</li>" in page.content


def test_a_row_button_saves_nothing_and_shows_no_errors() -> None:
    sent = {"last_name": "", "rows": "phones:add", "phones-TOTAL_FORMS": "0"}
    page = answer(request_for(sent, PARTIAL))

    assert page.status_code == 200
    assert b"<legend>Phone 1</legend>" in page.content
    assert b"Fill this in" not in page.content


def test_a_form_with_a_file_is_sent_as_one() -> None:
    assert b"multipart/form-data" in answer(request_for(), form=UploadForm()).content
    assert b"multipart/form-data" not in answer(request_for()).content


def test_a_view_can_set_the_status() -> None:
    context = {"title": "Edit Name", "form": NameForm()}

    assert page_or_dialog(request_for(), "ui/edit.html", context, status=409).status_code == 409


def test_a_plain_browser_is_redirected_with_a_message() -> None:
    request = request_for({})
    home = done(request, "/my-details/", "General Details saved")

    assert (home.status_code, home["Location"]) == (302, "/my-details/")
    assert [str(message) for message in request._messages] == ["General Details saved"]


@pytest.mark.parametrize(
    ("at", "how"), [("http://testserver/my-details/", "replace"), ("http://testserver/a/", "push")]
)
def test_htmx_swaps_the_page_behind_the_pop_up(at: str, how: str) -> None:
    home = done(request_for({}, PARTIAL | {"HX-Current-URL": at}), "/my-details/")

    assert home.status_code == 200
    assert json.loads(home["HX-Location"]) == {
        "path": "/my-details/",
        "target": "#main",
        "select": "#main",
        "swap": "outerHTML",
        how: "true",
    }


@pytest.mark.parametrize(
    ("at", "back"),
    [
        ("http://testserver/clients/7/?tab=visits", "/clients/7/"),
        ("http://elsewhere.example/clients/7/", "/clients/"),
        ("", "/clients/"),
    ],
)
def test_back_is_where_the_pop_up_was_opened_and_never_elsewhere(at: str, back: str) -> None:
    request = request_for(headers=PARTIAL | {"HX-Current-URL": at})

    assert came_from(request, "/clients/") == back
    assert came_from(request_for(), "/clients/") == "/clients/"
