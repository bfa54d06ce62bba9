"""User Management: users, what each can do, invitations; and Switch."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from letterhead.accounts.limits import count_try
from letterhead.accounts.log_ins import renew_key
from letterhead.accounts.proof import Unproven
from letterhead.activity.changes import Stale
from letterhead.billing.leaving import LeftBehind, assigned_to, hand_over, leave, left_behind_in
from letterhead.clients.queries import clinicians_for
from letterhead.details.queries import people_in
from letterhead.outbox.queries import undelivered_to
from letterhead.practices.access import members_only
from letterhead.practices.middleware import CHOSEN, PracticeRequest
from letterhead.practices.queries import (
    ended_memberships_in,
    left_memberships_in,
    memberships_in,
    memberships_of,
    open_invitations_in,
)
from letterhead.practices.roles import Act
from letterhead.practices.team.actions import (
    InvitationClosed,
    InvitedAlready,
    LastDirector,
    OwnAccess,
    UserAlready,
    change_user,
    choose,
    give_access_back,
    invite,
    revoke,
    send_again,
)
from letterhead.practices.team.forms import EndAccessForm, HandOverForm, InviteForm, UserForm
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome

USERS = "users"
_LAST = _("The practice would have no Director. Make someone else a Director first.")
_OWN_BACK = _("You can't give yourself access back. Ask another Director.")
_OWN = _("You can't end your own access. Ask another Director.")
_UNPROVEN = _(
    "The login email that registered this practice isn't confirmed yet. Open the link we emailed "
    "to it, then invite people."
)
_CLOSED = _("This invitation was accepted or revoked while you had this page open.")


@members_only(Act.MANAGE_USERS)
def users(request: PracticeRequest) -> HttpResponse:
    """Show users, invitations and people who left."""
    practice = request.practice
    people, waiting = people_in(practice), left_behind_in(practice)
    for each in people:
        each.waiting = waiting.get(each.membership_id or 0, LeftBehind())  # type: ignore[attr-defined]
    invitations, undelivered = open_invitations_in(practice), undelivered_to(practice.pk)
    for invitation in invitations:
        invitation.undelivered = undelivered.get(invitation.email)  # type: ignore[attr-defined]
    context = {
        "working": [each for each in people if each.membership and not each.membership.has_ended],
        "left": [each for each in people if each.membership and each.membership.has_ended],
        "invitations": invitations,
    }
    return render(request, "practices/team/users.html", context)


@members_only(Act.MANAGE_USERS)
def invite_user(request: PracticeRequest) -> HttpResponse:
    """Invite user."""
    form = InviteForm(posted(request))
    if saving(request) and form.is_valid():
        email = form.cleaned_data["email"]
        if wait := count_try(request, "invite", account=f"practice {request.practice.pk}").error:
            form.add_error(None, wait)
        else:
            try:
                invite(request.practice, email=email, columns=form.granted(), by=request.user)
                return done(
                    request, USERS, gettext("Invitation sent to %(email)s") % {"email": email}
                )
            except InvitedAlready:
                form.add_error(
                    "email", gettext("This email was already invited. Send it again instead.")
                )
            except UserAlready as known:
                form.add_error("email", _known(known))
            except Unproven:
                form.add_error(None, _UNPROVEN)
    context = {"title": gettext("Invite user"), "back": USERS, "form": form}
    return page_or_dialog(request, "practices/team/invite_user.html", context)


def _known(known: UserAlready) -> str:
    if known.has_left:
        return gettext("The person with this login email left. Give access back instead.")
    return gettext("The person with this login email is already a user.")


@members_only(Act.MANAGE_USERS)
def edit_user(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit user: role and flags."""
    membership = get_object_or_404(memberships_in(request.practice), pk=pk)
    is_own = membership.user_id == request.user.pk
    form = UserForm(posted(request), instance=membership, is_own=is_own)
    if saving(request) and form.is_valid():
        try:
            changed = change_user(
                membership,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, USERS, outcome(changed, gettext("User saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
        except LastDirector:
            form.add_error("role", _LAST)
    context = {"title": gettext("Edit user"), "back": USERS, "form": form, "user_shown": membership}
    return page_or_dialog(request, "practices/team/edit_user.html", context)


@members_only(Act.MANAGE_USERS)
def end_user_access(request: PracticeRequest, pk: int) -> HttpResponse:
    """End access, immediately or after a last day, and hand clients over."""
    membership = get_object_or_404(memberships_in(request.practice), pk=pk)
    colleagues = clinicians_for(request.membership).exclude(membership=membership.pk)
    form = EndAccessForm(posted(request), membership=membership, colleagues=colleagues)
    if saving(request) and form.is_valid():
        to = form.cleaned_data["hand_over_to"]
        try:
            leave(
                membership,
                ends_at=form.ends_at(),
                hand_over_to=to.pk if to else None,
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, USERS, form.toast())
        except Stale as stale:
            form.show_what_changed(stale.now)
        except LastDirector:
            form.add_error(None, _LAST)
        except OwnAccess:
            form.add_error(None, _OWN)
    context = {
        "title": gettext("End access"),
        "back": USERS,
        "form": form,
        "user_shown": membership,
    }
    context["assigned"] = assigned_to(membership)
    return page_or_dialog(request, "practices/team/end_access.html", context)


@members_only(Act.MANAGE_USERS)
def hand_clients_over(request: PracticeRequest, pk: int) -> HttpResponse:
    """Hand over the clients and appointments of someone who left."""
    leaver = get_object_or_404(left_memberships_in(request.practice), pk=pk)
    colleagues = clinicians_for(request.membership).exclude(membership=leaver.pk)
    form = HandOverForm(posted(request), colleagues=colleagues)
    if saving(request) and form.is_valid():
        to = form.cleaned_data["hand_over_to"]
        if hand_over(leaver, to=to.pk, by=request.user):
            return done(request, USERS, gettext("Clients handed over to %(name)s") % {"name": to})
        left = gettext("%(name)s has left the practice. Choose someone else.") % {"name": to}
        form.add_error("hand_over_to", left)
    context = {
        "title": gettext("Hand clients over"),
        "back": USERS,
        "form": form,
        "user_shown": leaver,
    }
    context["assigned"] = assigned_to(leaver)
    return page_or_dialog(request, "practices/team/hand_over.html", context)


@require_POST
@members_only(Act.MANAGE_USERS)
def give_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Give access back with the former role and flags, or cancel a last day still to come."""
    membership = get_object_or_404(ended_memberships_in(request.practice), pk=pk)
    try:
        give_access_back(membership, by=request.user)
        messages.success(request, gettext("%(name)s has access again") % {"name": membership.user})
    except OwnAccess:
        messages.error(request, _OWN_BACK)
    return redirect(USERS)


@require_POST
@members_only(Act.MANAGE_USERS)
def send_invitation_again(request: PracticeRequest, pk: int) -> HttpResponse:
    """Email a new link; the older one stops working."""
    invitation = get_object_or_404(open_invitations_in(request.practice), pk=pk)
    if wait := count_try(request, "invite", account=f"practice {request.practice.pk}").error:
        messages.error(request, wait)
        return redirect(USERS)
    try:
        send_again(invitation, by=request.user)
        messages.success(
            request, gettext("New link sent to %(email)s") % {"email": invitation.email}
        )
    except InvitationClosed:
        messages.error(request, _CLOSED)
    except Unproven:
        messages.error(request, _UNPROVEN)
    return redirect(USERS)


@require_POST
@members_only(Act.MANAGE_USERS)
def revoke_invitation(request: PracticeRequest, pk: int) -> HttpResponse:
    """Revoke an invitation."""
    invitation = get_object_or_404(open_invitations_in(request.practice), pk=pk)
    try:
        revoke(invitation, by=request.user)
        messages.success(
            request, gettext("Invitation to %(email)s revoked") % {"email": invitation.email}
        )
    except InvitationClosed:
        messages.error(request, _CLOSED)
    return redirect(USERS)


@require_POST
@members_only()
def switch(request: PracticeRequest) -> HttpResponse:
    """Switch to another practice of yours; the session stays there."""
    wanted = request.POST.get("practice", "")
    mine = {str(each.practice_id): each for each in memberships_of(request.user)}
    if wanted not in mine:
        raise Http404
    choose(mine[wanted])
    request.session[CHOSEN] = mine[wanted].practice_id
    renew_key(request)
    messages.success(
        request, gettext("You're now in %(practice)s") % {"practice": mine[wanted].practice}
    )
    return redirect("my-details")
