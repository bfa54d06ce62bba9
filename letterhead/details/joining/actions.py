"""Becoming a member of a practice: by registering it, by being added, or by an invitation."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.accounts.proof import Unproven, mail_proof, prove, take_over, unproven_with
from letterhead.activity.actions import record
from letterhead.countries.table import country_of
from letterhead.details.confirming import ask_to_confirm
from letterhead.details.models import Card, Photo, Practitioner
from letterhead.practices.columns import FLAGS
from letterhead.practices.invitations import claim, use_up
from letterhead.practices.models import Location, Membership, Practice, PracticeSlug
from letterhead.practices.roles import Role, fitting
from letterhead.texts.slugs import create_with_slug


class LoginEmailTaken(Exception):
    """This login email is already in use."""


class MemberAlready(Exception):
    """This login belongs, or belonged, to a user of the practice."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What the page "Register your practice" asks for."""

    practice_name: str
    country: str
    time_zone: str
    title: str = ""
    first_name: str
    last_name: str
    login_email: str
    password: str
    slug: str = ""  # made from the name if empty
    is_proven: bool = False  # the login email is known to be theirs


def register_practice(new: Registration) -> User:
    """Create a practice with the person who registers it, its first Director.

    A link that proves the login email is mailed to it. Until then the practice emails no one.
    Raises LoginEmailTaken, and writes nothing, if that login email is already in use.
    """
    hashed = make_password(new.password)  # slow on purpose, so before the transaction opens
    with transaction.atomic(durable=True):
        user = _make_user(new.login_email, hashed, proven=new.is_proven)
        practice = _make_practice(new, user)
        join_practice(
            user,
            practice,
            role=Role.DIRECTOR,
            title=new.title,
            first_name=new.first_name,
            last_name=new.last_name,
        )
        if not user.is_proven:
            mail_proof(user, practice_name=practice.name)
        record(
            gettext_noop("registered the practice"),
            practice=practice.pk,
            person=user.pk,
            person_name=user.email,
            about=practice.name,
            begins=True,
        )
    return user


def add_member(
    practice: Practice,
    *,
    role: Role,
    first_name: str,
    last_name: str,
    login_email: str,
    password: str,
    access_billing: bool = False,
    by: User,
) -> User:
    """Create a login for one more person of a practice. Raises LoginEmailTaken."""
    hashed = make_password(password)
    with transaction.atomic(durable=True):
        user = _make_user(login_email, hashed, proven=True)
        flags = {"access_billing": access_billing}
        names = {"first_name": first_name, "last_name": last_name}
        join_practice(user, practice, role=role, flags=flags, **names)
        record(
            gettext_noop("added a user"),
            practice=practice.pk,
            person=by.pk,
            person_name=by.email,
            about=login_email,
            changes={"role": ["", str(role)]},
        )
    return user


def accept_invitation(
    token: str,
    *,
    details: dict[str, str],
    user: User | None = None,
    password: str = "",
    keeps: bool = True,
) -> User:
    """Join the practice that an invitation is for; return the user who joined.

    `user` is logged in; without one a login is created from the invited email and `password`. If
    there is a login with this email that nobody has proven, its owner takes it over, and `keeps`
    says whether what was registered with it is theirs: see `proof.take_over`.
    `details` are title, first_name, middle_name, last_name, suffix, contact_email; a contact email
    that is neither the invited nor the login email must be confirmed before it is used.

    Raises InvitationExpired, LoginEmailTaken, MemberAlready (now or before), and Unproven for a
    login that was neither invited nor proven; all write nothing.
    """
    hashed = "" if user else make_password(password)
    with transaction.atomic(durable=True):
        invitation = claim(token)
        Practice.objects.select_for_update().get(pk=invitation.practice_id)  # one joins at a time
        who = user or _owner_of(invitation.email, hashed, keeps=keeps)
        if who.email.casefold() == invitation.email.casefold():
            prove(who)
        elif not who.is_proven:
            raise Unproven
        if Membership.objects.filter(user=who, practice=invitation.practice_id).exists():
            raise MemberAlready
        wanted = details["contact_email"]
        known = wanted.casefold() in {invitation.email.casefold(), who.email.casefold()}
        joined = join_practice(
            who,
            invitation.practice,
            role=Role(invitation.role),
            flags={name: getattr(invitation, name) for name in FLAGS},
            **{**details, "contact_email": wanted if known else who.email},
        )
        if not known:
            joined.unconfirmed_email = wanted
            joined.save(update_fields=["unconfirmed_email"])
            ask_to_confirm(joined, wanted)
        use_up(invitation, by=who)
        record(
            gettext_noop("accepted an invitation"),
            practice=invitation.practice_id,
            person=who.pk,
            person_name=who.email,
            about=invitation.email,
            changes={"role": ["", invitation.role]},
        )
    return who


def join_practice(
    user: User,
    practice: Practice,
    *,
    role: Role,
    flags: dict[str, bool] | None = None,
    **details: str,
) -> Practitioner:
    """Make a person a member; return the practitioner that this creates, with `details`."""
    granted = fitting(role, flags or {})
    membership = Membership.objects.create(
        user=user, practice=practice, role=role, last_chosen_at=timezone.now(), **granted
    )
    colleagues = Practitioner.objects.filter(practice=practice)
    name = "{first_name} {last_name}".format(**details)
    joined = create_with_slug(
        colleagues,
        name,
        ever=practice.card_slugs,
        otherwise="clinician",
        practice=practice,
        user=user,
        membership=membership,
        **{"contact_email": user.email, **details},
    )
    Photo.objects.create(practitioner=joined)
    Card.objects.create(practitioner=joined)
    return joined


def _owner_of(email: str, hashed: str, *, keeps: bool) -> User:
    """Return the login of who opened a link mailed to this email: a new one, or one taken over."""
    before = unproven_with(email, locked=True)
    if before is None:
        return _make_user(email, hashed, proven=True)
    return take_over(before, keeps=keeps, hashed=hashed)


def _make_user(email: str, hashed: str, *, proven: bool) -> User:
    proven_at = timezone.now() if proven else None
    try:
        with transaction.atomic():
            user = User.objects.create(email=email, password=hashed, proven_at=proven_at)
    except IntegrityError as error:
        raise LoginEmailTaken from error
    EmailAddress.objects.create(user=user, email=email.lower(), primary=True, verified=proven)
    return user


def _make_practice(new: Registration, by: User) -> Practice:
    place = country_of(new.country)
    practice = create_with_slug(
        Practice.objects.all(),
        new.slug or new.practice_name,
        ever=PracticeSlug.objects,
        otherwise="practice",
        name=new.practice_name,
        registered_by=by,
        country=new.country,
        remit_country=new.country,
        time_zone=new.time_zone,
        currency=place.currency,
        tax_note=place.taxes.exempt,
        paper_language=place.language_of_new_paper,
    )
    Location.objects.create(practice=practice, name=_("Office"), country=new.country)
    return practice
