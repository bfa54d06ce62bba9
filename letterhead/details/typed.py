"""My Details as they are typed now, right or wrong: what the preview shows before saving."""

import base64
import dataclasses
import datetime as dt
from typing import Any

from django.forms import BaseForm
from msgspec.structs import replace

from letterhead.details.appearances import Shown
from letterhead.details.card.forms import AboutMeForm, DescriptionForm
from letterhead.details.general.forms import General
from letterhead.details.letterhead import (
    Clinician,
    License,
    OtherIdNumber,
    PaperSignature,
    PersonName,
    Phone,
    TaxId,
)
from letterhead.details.models import PhoneNumber
from letterhead.details.public_card import PublicCard
from letterhead.details.signature.drawing import NotASignature, from_strokes
from letterhead.details.signature.forms import SignatureForm
from letterhead.numbers.ids import clean_number
from letterhead.numbers.phones import NotAPhoneNumber, read_phone, show_phone

_MOST_TYPED = 200  # characters of a value that the preview takes; no field holds more
_NAME = {"first": "first_name", "middle": "middle_name", "last": "last_name", "suffix": "suffix"}


def with_general(general: General, *, saved: Shown) -> Shown:
    """Give what would be shown with General Details as they stand in the form."""
    clinician = _clinician(general, saved=saved.letterhead.clinician)
    return dataclasses.replace(
        saved,
        letterhead=replace(saved.letterhead, clinician=clinician),
        card=_named_like(clinician, saved.card),
    )


def with_card(form: DescriptionForm | AboutMeForm, *, saved: Shown) -> Shown:
    """Give what would be shown with the description, or About me, as it stands in the form."""
    return dataclasses.replace(saved, card=form.typed_card(saved.card))


def with_signature(form: SignatureForm, *, saved: Shown) -> Shown:
    """Give what would be shown with the signature as it is typed or drawn now.

    A picture that was only chosen is not sent yet: words stand in its place.
    """
    clinician, kind = saved.letterhead.clinician, _text(form, "paper_signature")
    kept = clinician.paper_signature
    drawn = _drawn(form["strokes"].value()) if kind == "drawn" else ""
    sha256 = kept.sha256 if kept and kept.kind == kind and not drawn else ""
    says = _text(form, "typed_signature")
    if kind == "picture" and not sha256:
        says = "Your picture, once it is saved"
    signature = PaperSignature(kind=kind or "typed", text=says, sha256=sha256)  # type: ignore[arg-type]
    clinician = replace(clinician, paper_signature=signature)
    letterhead = replace(saved.letterhead, clinician=clinician)
    return dataclasses.replace(saved, letterhead=letterhead, drawn_signature=drawn)


def _drawn(strokes: str) -> str:
    try:
        return f"data:image/png;base64,{base64.b64encode(from_strokes(strokes)).decode()}"
    except NotASignature:
        return ""


def _clinician(general: General, *, saved: Clinician) -> Clinician:
    form, country = general.form, general.form.practice.country
    name = PersonName(**{part: _text(form, field) for part, field in _NAME.items()})
    claim_name = PersonName(
        **{part: _text(form, f"claim_{field}") for part, field in _NAME.items()}
    )
    return replace(
        saved,
        title=_text(form, "title"),
        name=name,
        pronouns=_text(form, "pronouns"),
        claim_name=claim_name if claim_name.last else name,
        credentials=_text(form, "credentials"),
        signature=_text(form, "signature"),
        short_signature=_text(form, "short_signature"),
        contact_email=_contact_email(form, saved),
        phones=tuple(_phone(row, country) for row in general.phones.forms if _text(row, "number")),
        npi_label=_text(form, "npi_label") or "NPI",
        npi=clean_number(_text(form, "npi")),
        tax_id=_tax_id(form, saved),
        tax_id_on_bills=_ticked(form, "tax_id_on_bills"),
        other_ids=tuple(_other_id(row) for row in general.other_ids.forms if _text(row, "number")),
        licenses=tuple(_license(row) for row in general.licenses.forms if _text(row, "number")),
    )


def _named_like(clinician: Clinician, card: PublicCard) -> PublicCard:
    return replace(
        card,
        title=clinician.title,
        first_name=clinician.name.first,
        middle_name=clinician.name.middle,
        last_name=clinician.name.last,
        suffix=clinician.name.suffix,
        pronouns=clinician.pronouns,
        credentials=clinician.credentials,
    )


def _text(form: BaseForm, name: str) -> str:
    return str(form[name].value() or "").strip()[:_MOST_TYPED]


def _contact_email(form: BaseForm, saved: Clinician) -> str:
    """Give the address typed; one that still waits to be confirmed isn't used yet."""
    typed = _text(form, "contact_email")
    return saved.contact_email if typed == form.initial["contact_email"] else typed


def _ticked(form: BaseForm, name: str) -> bool:
    return bool(form[name].value())


def _tax_id(form: BaseForm, saved: Clinician) -> TaxId | None:
    typed = _text(form, "tax_id")
    if "•" in typed:
        return saved.tax_id
    number, kind = clean_number(typed), _text(form, "tax_id_kind")
    return TaxId(kind=kind, number=number) if number else None


def _phone(row: BaseForm, country: str) -> Phone:
    typed, kind = _text(row, "number"), _text(row, "kind")
    try:
        number, extension = read_phone(typed, country=country)
        shown = show_phone(number, extension=extension, country=country)
    except NotAPhoneNumber:
        number, extension, shown = typed, "", typed
    kinds: Any = PhoneNumber.Kind
    label = _text(row, "own_label") if kind == kinds.OTHER else dict(kinds.choices).get(kind, "")
    return Phone(
        label=label,
        number=number,
        extension=extension,
        shown=shown,
        print_on_bills=_ticked(row, "print_on_bills"),
        use_in_messages=_ticked(row, "use_in_messages"),
    )


def _other_id(row: BaseForm) -> OtherIdNumber:
    payer = _text(row, "payer")
    return OtherIdNumber(
        qualifier=_text(row, "qualifier"),
        number=_text(row, "number"),
        payer=int(payer) if payer.isascii() and payer.isdigit() else None,
        is_default=_ticked(row, "is_default"),
    )


def _license(row: BaseForm) -> License:
    return License(
        type=_text(row, "type"),
        state=_text(row, "state"),
        number=_text(row, "number"),
        since=_day(_text(row, "since")),
        expires=_day(_text(row, "expires")),
        board_url=_text(row, "board_url"),
        print_on_superbill=_ticked(row, "print_on_superbill"),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
