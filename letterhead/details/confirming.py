"""A new contact email is used only after its owner opens the link that was emailed to it."""

from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.accounts.proof import Unproven
from letterhead.activity.actions import record
from letterhead.details.models import Practitioner
from letterhead.outbox.mail import absolute, forget_undelivered, post
from letterhead.practices.models import Membership
from letterhead.practices.queries import active

VALID_DAYS = 7
_SALT = "confirm contact email"


class LinkExpired(Exception):
    """The link is older than a week, was replaced, isn't ours, or its owner left."""


@dataclass(frozen=True)
class Confirmation:
    """What an emailed link confirms; `is_done` if that address is already in use."""

    practitioner: Practitioner
    email: str
    is_done: bool


def ask_to_confirm(practitioner: Practitioner, email: str) -> None:
    """Email the link that confirms `email`, in the caller's transaction.

    It waits until the login email that registered the practice is proven: `ask_what_waits`.
    """
    if not practitioner.practice.is_proven:
        return
    token = signing.dumps([practitioner.pk, email], salt=_SALT)
    context = {
        "practitioner": practitioner,
        "practice_name": practitioner.practice.name,
        "url": absolute(reverse("confirm-contact-email", args=[token])),
        "days": VALID_DAYS,
    }
    forget_undelivered(email, practice=practitioner.practice_id)
    post(
        to=email,
        template="details/contact_email/mail/confirm_contact_email",
        context=context,
        practice=practitioner.practice_id,
        language=_language_of(practitioner),
    )


@transaction.atomic(durable=True)
def ask_again(practitioner: Practitioner) -> str:
    """Email the link again and return the address it went to; "" if none is unconfirmed.

    Raises Unproven.
    """
    if not practitioner.practice.is_proven:
        raise Unproven
    if practitioner.unconfirmed_email:
        ask_to_confirm(practitioner, practitioner.unconfirmed_email)
    return practitioner.unconfirmed_email


def ask_what_waits(user: User) -> None:
    """Email the links that waited until this user proved the login email."""
    rows = Practitioner.objects.exclude(unconfirmed_email="").exclude(membership=None)
    rows = rows.filter(practice__registered_by=user).select_related("practice__registered_by")
    for row in rows.select_related("membership__practice").order_by("pk"):
        ask_to_confirm(row, row.unconfirmed_email)


def end_what_was_before(user: User, keeps: bool) -> None:
    """Have nothing go to addresses that were entered before a login email had its owner.

    Unless the owner `keeps` the practices, their access ends too.
    """
    mine = Practitioner.objects.filter(user=user)
    mine.update(
        contact_email=user.email if keeps else "", unconfirmed_email="", version=F("version") + 1
    )
    if not keeps:
        open_ones = Membership.objects.filter(active(), user=user)
        open_ones.update(ends_at=timezone.now(), version=F("version") + 1)


def confirmation(token: str) -> Confirmation:
    """Return what an emailed link confirms. Raises LinkExpired."""
    try:
        key, email = signing.loads(token, salt=_SALT)
        members = Practitioner.objects.filter(active("membership__"), membership__isnull=False)
        row = members.select_related("practice__registered_by", "user", "membership__practice").get(
            pk=key
        )
    except (signing.BadSignature, Practitioner.DoesNotExist) as wrong:
        raise LinkExpired from wrong
    if not row.practice.is_proven:
        raise LinkExpired
    if email == row.contact_email:  # however long ago the link was used
        return Confirmation(row, email, is_done=True)
    if email != row.unconfirmed_email or _is_old(token):
        raise LinkExpired
    return Confirmation(row, email, is_done=False)


def _is_old(token: str) -> bool:
    try:
        signing.loads(token, salt=_SALT, max_age=VALID_DAYS * 24 * 60 * 60)
    except signing.SignatureExpired:
        return True
    return False


@transaction.atomic(durable=True)
def confirm(asked: Confirmation) -> None:
    """Use the new address, and email the old one; a second time nothing happens."""
    row = asked.practitioner
    waiting = Practitioner.objects.filter(pk=row.pk, unconfirmed_email=asked.email)
    changed = waiting.update(
        contact_email=asked.email, unconfirmed_email="", version=F("version") + 1
    )
    if not changed:
        return
    record(
        gettext_noop("confirmed the contact email"),
        practice=row.practice_id,
        person=row.user_id,
        person_name=row.user.email,
        about=str(row),
        changes={"contact_email": [row.contact_email, asked.email]},
    )
    context = {"practitioner": row, "practice_name": row.practice.name, "email": asked.email}
    post(
        to=row.contact_email,
        template="details/contact_email/mail/contact_email_changed",
        context=context,
        language=_language_of(row),
    )


def _language_of(practitioner: Practitioner) -> str:
    membership = practitioner.membership
    return membership.preferences.language if membership else ""
