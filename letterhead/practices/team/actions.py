"""What a Director does with users: invite, change what they can do, end or restore access."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.accounts.proof import Unproven
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.practices.invitations import mail_link, new_link
from letterhead.practices.models import Invitation, Membership, Practice
from letterhead.practices.roles import Role, fitting


class LastDirector(Exception):
    """Without this user the practice would have no Director."""


class OwnAccess(Exception):
    """Users can't change their own role, or when their own access ends."""


class UserAlready(Exception):
    """This login email belongs to a user of the practice, or to a former one (`has_left`)."""

    def __init__(self, *, has_left: bool) -> None:
        super().__init__("a user already")
        self.has_left = has_left


class InvitedAlready(Exception):
    """An invitation to this email is open."""


class InvitationClosed(Exception):
    """The invitation was accepted or revoked in the meantime."""


def invite(practice: Practice, *, email: str, columns: dict[str, Any], by: User) -> Invitation:
    """Invite someone by email with a role and flags (`columns`).

    Raises UserAlready, InvitedAlready or Unproven, and writes nothing.
    """
    _refuse_unproven(practice)
    columns = fitting(columns["role"], columns)
    with transaction.atomic(durable=True):
        known = Membership.objects.filter(practice=practice, user__email__iexact=email).first()
        if known:
            raise UserAlready(has_left=known.has_ended)
        invitation = Invitation(practice=practice, email=email, **columns)
        token = new_link(invitation, by=by)
        try:
            with transaction.atomic():
                invitation.save(force_insert=True)
        except IntegrityError as error:
            raise InvitedAlready from error
        mail_link(invitation, token)
        granted = {name: ["", value] for name, value in columns.items()}
        _record(gettext_noop("invited a user"), practice.pk, by, email, granted)
    return invitation


@transaction.atomic(durable=True)
def send_again(invitation: Invitation, *, by: User) -> None:
    """Email a new link for another week; the older one stops working.

    Raises InvitationClosed, Unproven.
    """
    _refuse_unproven(invitation.practice)
    token = new_link(invitation, by=by)
    _change_open(
        invitation,
        token_sha256=invitation.token_sha256,
        sent_at=invitation.sent_at,
        expires_at=invitation.expires_at,
        invited_by=by,
    )
    mail_link(invitation, token)
    _record(gettext_noop("sent an invitation again"), invitation.practice_id, by, invitation.email)


@transaction.atomic(durable=True)
def revoke(invitation: Invitation, *, by: User) -> None:
    """Revoke an invitation: its link stops working. Raises InvitationClosed."""
    _change_open(invitation, revoked_at=timezone.now())
    _record(gettext_noop("revoked an invitation"), invitation.practice_id, by, invitation.email)


@transaction.atomic(durable=True)
def change_user(
    membership: Membership, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Change a user's role and the flags that fit it; return whether anything changed.

    Raises Stale, OwnAccess (for a change of your own role), LastDirector.
    """
    if columns.get("role", membership.role) != membership.role:
        _refuse_own(membership, by)
        _refuse_last_director(membership)
    columns = fitting(columns.get("role", membership.role), columns)
    changed = change_row(membership, columns=columns, read_at_version=read_at_version)
    if changed:
        _record(
            gettext_noop("changed a user"),
            membership.practice_id,
            by,
            membership.user.email,
            changed,
        )
    return bool(changed)


def end_access(
    membership: Membership, *, ends_at: dt.datetime, read_at_version: int, by: User
) -> dict[str, Any]:
    """End a user's access to the practice at an instant; return {column: [before, after]}.

    Part of `billing.leaving.leave`, which records it. Raises Stale, OwnAccess, LastDirector.
    """
    _refuse_own(membership, by)
    _refuse_last_director(membership)
    return change_row(membership, columns={"ends_at": ends_at}, read_at_version=read_at_version)


@transaction.atomic(durable=True)
def give_access_back(membership: Membership, *, by: User) -> None:
    """Restore access with the role and flags the user had; do nothing if it never ended.

    Raises OwnAccess.
    """
    _refuse_own(membership, by)
    ended = Membership.objects.filter(pk=membership.pk, ends_at__isnull=False)
    if ended.update(ends_at=None, version=F("version") + 1):
        changed = {"ends_at": [str(membership.ends_at), None]}
        _record(
            gettext_noop("gave access back"),
            membership.practice_id,
            by,
            membership.user.email,
            changed,
        )


def _refuse_unproven(practice: Practice) -> None:
    if not practice.is_proven:
        raise Unproven


def _refuse_own(membership: Membership, by: User) -> None:
    if membership.user_id == by.pk:
        raise OwnAccess


def _refuse_last_director(membership: Membership) -> None:
    """Refuse if no one else stays a Director. Of two concurrent requests, one waits here."""
    Practice.objects.select_for_update().get(pk=membership.practice_id)
    directors = Membership.objects.filter(
        practice=membership.practice_id, role=Role.DIRECTOR, ends_at=None, user__is_active=True
    )
    directors_now = set(directors.values_list("pk", flat=True))
    if membership.pk in directors_now and len(directors_now) == 1:
        raise LastDirector


def _change_open(invitation: Invitation, **columns: Any) -> None:
    still = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not still.update(**columns, version=F("version") + 1):
        raise InvitationClosed


def choose(membership: Membership) -> None:
    """Have this practice be the one that its member lands in, until they choose another."""
    Membership.objects.filter(pk=membership.pk).update(last_chosen_at=timezone.now())


def _record(
    act: str, practice: int, by: User, about: str, changed: dict[str, Any] | None = None
) -> None:
    record(act, practice=practice, person=by.pk, person_name=by.email, about=about, changes=changed)
