"""User Management: who works in the practice, what each may do, who is invited; and Switch."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from letterhead.accounts.limits import spend
from letterhead.accounts.log_ins import renew_key
from letterhead.activity.changes import Stale
from letterhead.billing.leaving import assigned_to, clients_left_by, hand_over, leave
from letterhead.clients.queries import clinicians_for
from letterhead.details.queries import people_in
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
    give_access_back,
    invite,
    revoke,
    send_again,
)
from letterhead.practices.team.forms import EndAccessForm, HandOverForm, InviteForm, UserForm
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog

USERS = "users"
_LAST = "The practice would have no Director. Make somebody else one first."
_OWN_BACK = "Nobody gives themselves access. Another Director can."
_OWN = "Nobody ends their own access. Another Director can."
_CLOSED = "This invitation was accepted or revoked meanwhile."


@members_only(Act.MANAGE_USERS)
def users(request: PracticeRequest) -> HttpResponse:
    """Show who works here, who is invited and who left."""
    people = people_in(request.practice)
    waiting = clients_left_by(request.practice)
    for each in people:
        each.clients_waiting = waiting.get(each.membership_id or 0, 0)  # type: ignore[attr-defined]
    context = {
        "working": [each for each in people if each.membership and not each.membership.has_ended],
        "left": [each for each in people if each.membership and each.membership.has_ended],
        "invitations": open_invitations_in(request.practice),
    }
    return render(request, "practices/team/users.html", context)


@members_only(Act.MANAGE_USERS)
def invite_user(request: PracticeRequest) -> HttpResponse:
    """Invite user."""
    form = InviteForm(posted(request))
    if saving(request) and form.is_valid():
        email = form.cleaned_data["email"]
        if wait := spend(request, "invite", account=f"practice {request.practice.pk}").in_words:
            form.add_error(None, wait)
        else:
            try:
                invite(request.practice, email=email, columns=form.granted(), by=request.user)
                return done(request, USERS, f"Invitation sent to {email}")
            except InvitedAlready:
                form.add_error("email", "This email is invited already. Send it again instead.")
            except UserAlready as known:
                form.add_error("email", _known(known))
    context = {"title": "Invite user", "back": USERS, "form": form}
    return page_or_dialog(request, "practices/team/invite_user.html", context)


def _known(known: UserAlready) -> str:
    if known.has_left:
        return "Somebody who logs in with this email left the practice. Give access back instead."
    return "Somebody who logs in with this email is a user already."


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
            return done(request, USERS, "User saved" if changed else "Nothing was changed")
        except Stale as stale:
            form.show_what_changed(stale.now)
        except LastDirector:
            form.add_error("role", _LAST)
    context = {"title": "Edit user", "back": USERS, "form": form, "user_shown": membership}
    return page_or_dialog(request, "practices/team/edit_user.html", context)


@members_only(Act.MANAGE_USERS)
def end_user_access(request: PracticeRequest, pk: int) -> HttpResponse:
    """End access, at once or after a last day, and hand clients over."""
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
            return done(request, USERS, form.said())
        except Stale as stale:
            form.show_what_changed(stale.now)
        except LastDirector:
            form.add_error(None, _LAST)
        except OwnAccess:
            form.add_error(None, _OWN)
    context = {"title": "End access", "back": USERS, "form": form, "user_shown": membership}
    context["in_hand"] = assigned_to(membership)
    return page_or_dialog(request, "practices/team/end_access.html", context)


@members_only(Act.MANAGE_USERS)
def hand_clients_over(request: PracticeRequest, pk: int) -> HttpResponse:
    """Hand over the clients of somebody who left."""
    leaver = get_object_or_404(left_memberships_in(request.practice), pk=pk)
    colleagues = clinicians_for(request.membership).exclude(membership=leaver.pk)
    form = HandOverForm(posted(request), colleagues=colleagues)
    if saving(request) and form.is_valid():
        to = form.cleaned_data["hand_over_to"]
        if hand_over(leaver, to=to.pk, by=request.user):
            return done(request, USERS, f"Clients handed over to {to}")
        form.add_error("hand_over_to", f"{to} has left meanwhile. Choose somebody else.")
    context = {"title": "Hand clients over", "back": USERS, "form": form, "user_shown": leaver}
    context["in_hand"] = assigned_to(leaver)
    return page_or_dialog(request, "practices/team/hand_over.html", context)


@require_POST
@members_only(Act.MANAGE_USERS)
def give_back(request: PracticeRequest, pk: int) -> HttpResponse:
    """Give access back with the role and flags there were, or take an end to come away."""
    membership = get_object_or_404(ended_memberships_in(request.practice), pk=pk)
    try:
        give_access_back(membership, by=request.user)
        messages.success(request, f"{membership.user} has access again")
    except OwnAccess:
        messages.error(request, _OWN_BACK)
    return redirect(USERS)


@require_POST
@members_only(Act.MANAGE_USERS)
def send_invitation_again(request: PracticeRequest, pk: int) -> HttpResponse:
    """Mail a new link; the older one is dead."""
    invitation = get_object_or_404(open_invitations_in(request.practice), pk=pk)
    if wait := spend(request, "invite", account=f"practice {request.practice.pk}").in_words:
        messages.error(request, wait)
        return redirect(USERS)
    try:
        send_again(invitation, by=request.user)
        messages.success(request, f"A new link is on its way to {invitation.email}")
    except InvitationClosed:
        messages.error(request, _CLOSED)
    return redirect(USERS)


@require_POST
@members_only(Act.MANAGE_USERS)
def revoke_invitation(request: PracticeRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(open_invitations_in(request.practice), pk=pk)
    try:
        revoke(invitation, by=request.user)
        messages.success(request, f"The invitation to {invitation.email} is revoked")
    except InvitationClosed:
        messages.error(request, _CLOSED)
    return redirect(USERS)


@require_POST
@members_only()
def switch(request: PracticeRequest) -> HttpResponse:
    """Go on in another practice of one's own; this session stays there."""
    wanted = request.POST.get("practice", "")
    mine = {str(each.practice_id): each for each in memberships_of(request.user)}
    if wanted not in mine:
        raise Http404
    request.session[CHOSEN] = mine[wanted].practice_id
    renew_key(request)
    messages.success(request, f"This is {mine[wanted].practice}")
    return redirect("my-details")
