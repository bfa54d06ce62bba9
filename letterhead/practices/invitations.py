"""Invitations: what stands behind a mailed link, how long, and when it is dead."""

import datetime as dt
import hashlib
import secrets

from django.urls import reverse
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.outbox.mail import absolute, post
from letterhead.practices.models import Invitation

VALID_DAYS = 7


class InvitationDead(Exception):
    """The link was used, revoked or replaced, is older than a week, or never was ours."""


def invitation_behind(token: str) -> Invitation:
    """Give the invitation that a link still opens, with its practice. Raises InvitationDead."""
    rows = Invitation.objects.select_related("practice", "invited_by").filter(
        token_sha256=_hashed(token),
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    )
    invitation = rows.first()
    if invitation is None:
        raise InvitationDead
    return invitation


def claim(token: str) -> Invitation:
    """Give the invitation that a link opens, locked until the caller's transaction ends.

    Whoever else brings the same link waits here, and then finds it used. Raises InvitationDead.
    """
    found = Invitation.objects.select_for_update().filter(token_sha256=_hashed(token)).first()
    if found is None:
        raise InvitationDead
    return invitation_behind(token)


def use_up(invitation: Invitation, *, by: User) -> None:
    """Let a claimed invitation be accepted, in the caller's transaction."""
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.version += 1
    invitation.save(update_fields=["accepted_at", "accepted_by", "version"])


def new_link(invitation: Invitation, *, by: User) -> str:
    """Give the invitation a link of its own for a week, and what the link holds; none is saved."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    invitation.token_sha256 = _hashed(token)
    invitation.sent_at, invitation.expires_at = now, now + dt.timedelta(days=VALID_DAYS)
    invitation.invited_by = by
    return token


def mail_link(invitation: Invitation, token: str) -> None:
    """Mail the link, in the caller's transaction."""
    context = {
        "practice_name": invitation.practice.name,
        "invited_by": invitation.invited_by.email,
        "role": invitation.get_role_display(),
        "url": absolute(reverse("accept-invitation", args=[token])),
        "days": VALID_DAYS,
    }
    template, practice = "practices/team/mail/invitation", invitation.practice_id
    post(to=invitation.email, template=template, context=context, practice=practice)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
