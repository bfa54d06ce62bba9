"""Invitations: the link in the email, how long it works, and when it has expired."""

import datetime as dt
import hashlib
import secrets

from django.urls import reverse
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.outbox.mail import absolute, forget_undelivered, post
from letterhead.practices.models import Invitation
from letterhead.practices.queries import is_proven, sent_by_a_director
from letterhead.practices.roles import Role

VALID_DAYS = 7


class InvitationExpired(Exception):
    """The link was used, revoked or replaced, is older than a week, or was never ours.

    It also ends when who sent it is no longer a Director, and rests while nobody has proven the
    login email that registered the practice. `accepted_by` is who used it, if anyone.
    """

    def __init__(self, accepted_by: User | None = None) -> None:
        super().__init__("this link has expired")
        self.accepted_by = accepted_by


def invitation_behind(token: str) -> Invitation:
    """Return the open invitation of a link, with its practice. Raises InvitationExpired."""
    rows = Invitation.objects.select_related("practice", "invited_by", "accepted_by")
    rows = rows.annotate(stands=sent_by_a_director()).filter(is_proven("practice__"))
    invitation = rows.filter(token_sha256=_hashed(token)).first()
    if invitation is None:
        raise InvitationExpired
    is_open = invitation.accepted_at is None and invitation.revoked_at is None
    if not is_open or invitation.has_expired or not invitation.stands:
        raise InvitationExpired(invitation.accepted_by)
    return invitation


def claim(token: str) -> Invitation:
    """Return the open invitation of a link, locked until the caller's transaction ends.

    Anyone else with the same link waits here, and then gets InvitationExpired.
    """
    found = Invitation.objects.select_for_update().filter(token_sha256=_hashed(token)).first()
    if found is None:
        raise InvitationExpired
    return invitation_behind(token)


def use_up(invitation: Invitation, *, by: User) -> None:
    """Mark a claimed invitation as accepted, in the caller's transaction."""
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.version += 1
    invitation.save(update_fields=["accepted_at", "accepted_by", "version"])


def new_link(invitation: Invitation, *, by: User) -> str:
    """Set a new token that works for a week, and return it; saving is up to the caller."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    invitation.token_sha256 = _hashed(token)
    invitation.sent_at, invitation.expires_at = now, now + dt.timedelta(days=VALID_DAYS)
    invitation.invited_by = by
    return token


def mail_link(invitation: Invitation, token: str) -> None:
    """Email the link, in the caller's transaction."""
    context = {
        "practice_name": invitation.practice.name,
        "invited_by": invitation.invited_by.email,
        "role": Role(invitation.role).label,
        "url": absolute(reverse("accept-invitation", args=[token])),
        "days": VALID_DAYS,
    }
    practice = invitation.practice
    way = practice.practice_way
    forget_undelivered(invitation.email, practice=practice.pk)
    post(
        to=invitation.email,
        template="practices/team/mail/invitation",
        context=context,
        practice=practice.pk,
        language=way.language,
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
