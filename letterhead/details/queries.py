"""Reads of My Details, each within one practice, and the letterhead composed from them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
from django.db import connection, models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from letterhead.countries.table import country_of
from letterhead.details.appearances import Details
from letterhead.details.fields import CARD_FIELDS, LETTERHEAD_FIELDS
from letterhead.details.letterhead import (
    Address,
    BillingPractice,
    Clinician,
    Letterhead,
    License,
    Number,
    OtherIdNumber,
    PaperSignature,
    PersonName,
    Phone,
    PlaceOfCare,
    TaxId,
)
from letterhead.details.models import PhoneNumber, Practitioner
from letterhead.details.public_card import Away, PublicCard
from letterhead.details.rows import child_rows, numbers_for
from letterhead.numbers.phones import show_phone
from letterhead.practices.days import today_in
from letterhead.practices.models import Location, Membership, Practice
from letterhead.practices.queries import active, locations_in
from letterhead.statements import CompiledOnce, Given

_KINDS = dict(PhoneNumber.Kind.choices)


def practitioners_in(practice: Practice | Given) -> QuerySet[Practitioner]:
    """Return a practice's practitioners with their phones, other IDs and licenses, by name."""
    return (
        Practitioner.objects.filter(practice=practice)
        .annotate(**child_rows(connection.vendor))
        .order_by("folded", "pk")
    )


def practitioner_of(membership: Membership) -> Practitioner:
    """Return a member's details. Raises Practitioner.DoesNotExist."""
    found = _practitioner(practice=membership.practice.pk, membership=membership.pk)
    if not found:
        raise Practitioner.DoesNotExist
    practitioner = found[0]
    practitioner.practice, practitioner.user = membership.practice, membership.user
    practitioner.membership = membership
    return practitioner


@CompiledOnce
def _practitioner(practice: Given, membership: Given) -> QuerySet[Practitioner]:
    rows = practitioners_in(practice).filter(membership=membership)
    return rows.select_related("photo", "card").order_by()


def people_in(practice: Practice) -> list[Practitioner]:
    """Return everyone who is or was a user of a practice, with membership and user, by name."""
    rows = Practitioner.objects.filter(practice=practice, membership__isnull=False)
    people = list(
        rows.select_related("membership", "user")
        .only("first_name", "last_name", "membership", "user__email", "user__last_login")
        .order_by("folded", "pk")
    )
    for person in people:
        if person.membership:
            person.membership.practice, person.membership.user = practice, person.user
    return people


def public_cards_in(practice: Practice) -> list[PublicCard]:
    """Return the cards that a practice shows to the public, in their order, in one statement.

    These are members with *Show on Calendar* who haven't hidden their card.
    """
    ordered = _public_in(practice).order_by("card__position", "folded", "pk")
    rows = list(ordered.select_related("photo", "card", "membership"))
    colleagues = {row.membership_id: row for row in rows}
    for row in rows:
        row.practice = practice
    return [public_card_of(row, colleagues=colleagues) for row in rows]


def public_slug_ever_at(practice: Practice, slug: str) -> str:
    """Return the slug now of the public card that has or once had this one, "" if there is none."""
    now = _public_in(practice).filter(slugs__slug=slug).values_list("slug", flat=True)
    return now.first() or ""


def had_public_card_at(practice: Practice, slug: str) -> bool:
    """Whether this is or was the public card of someone who has left the practice."""
    left = Practitioner.objects.filter(
        practice=practice,
        slugs__slug=slug,
        card__is_shown=True,
        membership__show_on_calendar=True,
        membership__ends_at__lte=timezone.now(),
    )
    return left.exists()


def _public_in(practice: Practice) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(
        active("membership__"),
        practice=practice,
        membership__show_on_calendar=True,
        card__is_shown=True,
    )


def is_card_public(mine: Practitioner) -> bool:
    """Return whether the public sees the card of a member (one of `practitioner_of`)."""
    return bool(mine.card.is_shown and mine.membership and mine.membership.show_on_calendar)


def public_card_of(
    row: Practitioner,
    *,
    is_shown: bool = True,
    colleagues: Mapping[int | None, Practitioner] | None = None,
) -> PublicCard:
    """Return a practitioner's public card; `photo`, `card` and `membership` were read with the row.

    `colleagues` are those with a public card, under their memberships, if they were read already.
    """
    card, photo = row.card, row.photo
    return PublicCard(
        **{name: getattr(row, name) for name in CARD_FIELDS},
        slug=row.slug,
        uid=str(row.uid),
        changed_at=max(row.changed_at, card.changed_at, photo.changed_at),
        photo=photo.sha256,
        small_photo=photo.small_sha256,
        description=card.description,
        specialties=tuple(card.specialties),
        languages=tuple(card.languages),
        ages=tuple(map(gettext, card.ages)),
        approaches=tuple(card.approaches),
        payers_accepted=tuple(card.payers_accepted),
        takes_new_clients=card.takes_new_clients,
        for_search_engines=card.for_search_engines,
        is_shown=is_shown,
        away=_away(row, colleagues),
    )


def _away(row: Practitioner, colleagues: Mapping[int | None, Practitioner] | None) -> Away | None:
    """Return that a practitioner is away today, by the practice's clock; None if they aren't."""
    member = row.membership
    if member is None or member.away_from is None or member.away_until is None:
        return None
    if not member.away_from <= today_in(row.practice) <= member.away_until:
        return None
    named = member.away_colleague_id
    if named and colleagues is None:
        colleagues = {each.membership_id: each for each in _public_in(row.practice)}
    colleague = (colleagues or {}).get(named) if named else None
    if colleague is None:
        return Away(until=member.away_until, text=member.away_text)
    return Away(
        until=member.away_until,
        text=member.away_text,
        colleague=PublicCard(**{name: getattr(colleague, name) for name in CARD_FIELDS}).name,
        colleague_url=reverse("book-clinician", args=[row.practice.slug, colleague.slug]),
    )


def saved_rows(practitioner: Practitioner, name: str) -> list[dict[str, Any]]:
    """Return the saved rows of a list, such as `phones`, as `fields.plain_rows` does."""
    rows = {
        "phones": practitioner.phone_rows,
        "other_ids": practitioner.other_id_rows,
        "licenses": practitioner.license_rows,
        "numbers": practitioner.number_rows,
    }[name]
    names = {"payer_name", "location_name"}
    return [{k: v for k, v in row.items() if k not in names} for row in rows]


def letterhead_for(practitioner: Practitioner, *, location: Location | None = None) -> Letterhead:
    """Return the letterhead of a practitioner (one of `practitioners_in`) as of now."""
    practice = practitioner.practice
    here = location.pk if location else None
    return Letterhead(
        clinician=clinician_of(practitioner, country=practice.country, location=here),
        practice=billing_practice_of(
            practice,
            numbers=numbers_for(
                practitioner.practice_number_rows,
                location=here,
                country=country_of(practice.country),
            ),
        ),
        location=place_of_care(location, practice=practice) if location else None,
    )


def saved_details(practitioner: Practitioner) -> Details:
    """Return what every place shows of a practitioner (one of `practitioner_of`) as of now."""
    practice = practitioner.practice
    location = locations_in(practice).first()
    return Details(
        letterhead=letterhead_for(practitioner, location=location),
        location=location.pk if location else None,
        card=public_card_of(practitioner, is_shown=is_card_public(practitioner)),
        today=today_in(practice),
    )


def details_with(row: Practitioner, *, saved: Details) -> Details:
    """Return what every place would show if a practitioner were saved as `row`.

    `row` is a changed copy of the practitioner that `saved` was made from.
    """
    here = saved.location
    clinician = clinician_of(row, country=row.practice.country, location=here)
    return replace(
        saved,
        letterhead=msgspec.structs.replace(saved.letterhead, clinician=clinician),
        card=public_card_of(row, is_shown=is_card_public(row)),
    )


def clinician_of(row: Practitioner, *, country: str, location: int | None = None) -> Clinician:
    """Return My Details as consumers see them; phones are formatted for `country`.

    `location` is the id of the one whose numbers print.
    """
    name, claim_name = _name_of(row), _name_of(row, prefix="claim_")
    return Clinician(
        **{field: getattr(row, field) for field in LETTERHEAD_FIELDS if field != "npi_label"},
        id=row.pk,
        npi_label=row.number_label,
        name=name,
        claim_name=claim_name if claim_name.last else name,
        paper_signature=PaperSignature(
            kind=row.paper_signature,  # type: ignore[arg-type]  # its choices are these words
            text=row.typed_signature,
            sha256=row.signature_sha256,
        ),
        phones=tuple(_phone(phone, country) for phone in row.phone_rows),
        tax_id=tax_id_of(row.tax_id, row.tax_id_kind),
        other_ids=tuple(
            OtherIdNumber(
                qualifier=other["qualifier"],
                number=other["number"],
                payer=other["payer_id"],
                is_default=other["is_default"],
            )
            for other in row.other_id_rows
            if row.practice.uses_us_claims  # nobody else sees or changes them
        ),
        licenses=tuple(_license(license) for license in row.license_rows),
        numbers=numbers_for(row.number_rows, location=location, country=country_of(country))
        or msgspec.UNSET,
    )


def _name_of(row: Practitioner, *, prefix: str = "") -> PersonName:
    first, middle, last, suffix = (
        getattr(row, prefix + part) for part in ("first_name", "middle_name", "last_name", "suffix")
    )
    return PersonName(first=first, middle=middle, last=last, suffix=suffix)


def billing_practice_of(practice: Practice, *, numbers: tuple[Number, ...]) -> BillingPractice:
    """Return the practice as billing provider, as consumers see it, with these numbers."""
    remit_to = address_of(practice, prefix="remit_")
    return BillingPractice(
        name=practice.name,
        legal_name=practice.legal_name or msgspec.UNSET,
        address=address_of(practice),
        phone=_practice_phone(practice),
        website=practice.website,
        time_zone=practice.time_zone,
        currency=practice.currency,
        logo_sha256=practice.logo_sha256,
        npi_type=practice.npi_type,  # type: ignore[arg-type]  # its choices are these words
        group_npi=practice.group_npi,
        holder=PersonName(
            first=practice.holder_first_name,
            middle=practice.holder_middle_name,
            last=practice.holder_last_name,
            suffix=practice.holder_suffix,
        ),
        holder_npi=practice.holder_npi,
        tax_id=tax_id_of(practice.tax_id, practice.tax_id_kind),
        taxonomy=practice.taxonomy,
        remit_to=remit_to if remit_to.line1 else None,
        numbers=numbers or msgspec.UNSET,
        tax_note=practice.tax_note or msgspec.UNSET,
        paper_language=practice.paper_language or msgspec.UNSET,
        paper=practice.paper or msgspec.UNSET,  # type: ignore[arg-type]  # its choices
        bills_us_payers=(
            msgspec.UNSET if practice.place.bills_us_payers else practice.bills_us_payers
        ),
    )


def place_of_care(location: Location, *, practice: Practice) -> PlaceOfCare:
    """Return a location of a practice as consumers see it."""
    return PlaceOfCare(
        name=location.name,
        place_of_service=location.place_of_service,
        address=address_of(practice if location.same_address else location),
        npi=location.npi,
        other_id_qualifier=location.other_id_qualifier,
        other_id=location.other_id,
    )


def address_of(row: models.Model, *, prefix: str = "") -> Address:
    """Return the address in a row's columns, whose names begin with `prefix`."""
    parts = {part: getattr(row, prefix + part, "") for part in Address.__struct_fields__}
    return Address(**{**parts, "country": parts["country"] or Address().country})


def tax_id_of(number: str, kind: str) -> TaxId | None:
    """Return a tax ID, or None without a number."""
    return TaxId(kind=kind, number=number) if number else None


def _practice_phone(practice: Practice) -> Phone | None:
    if not practice.phone:
        return None
    formatted = show_phone(practice.phone, country=practice.country)
    return Phone(label="", number=practice.phone, formatted=formatted)


def label_of_phone(kind: str) -> str:
    """Return what a kind of phone number is called, in the language spoken."""
    return str(_KINDS.get(kind, ""))


def _phone(row: dict[str, Any], country: str) -> Phone:
    number, extension = row["number"], row["extension"]
    return Phone(
        label=row["own_label"] or label_of_phone(row["kind"]),
        kind=msgspec.UNSET if row["own_label"] else row["kind"],
        number=number,
        extension=extension,
        formatted=show_phone(number, extension=extension, country=country),
        print_on_bills=row["print_on_bills"],
        use_in_messages=row["use_in_messages"],
    )


def _license(row: dict[str, Any]) -> License:
    return License(
        type=row["type"],
        state=row["state"],
        number=row["number"],
        since=_date(row["since"]),
        expires=_date(row["expires"]),
        board_url=row["board_url"],
        print_on_superbill=row["print_on_superbill"],
    )


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def names_of_user(user: int) -> list[str]:
    """Names and contact emails of a person, and their practices: no password may hold them."""
    rows = Practitioner.objects.filter(user_id=user).values_list(
        "first_name", "middle_name", "last_name", "contact_email", "practice__name"
    )
    return [name for row in rows for name in row if name]
