"""What tests of the team need: the link that was mailed, and who accepts it."""

import re
from typing import Any

from letterhead.details.joining.actions import accept_invitation
from letterhead.outbox.models import Job
from letterhead.practices.models import Invitation, Membership, Practice
from letterhead.practices.roles import Role
from letterhead.practices.team.actions import invite
from tests.factories import Person
from tests.practices.office import Office, Shown

USERS, INVITE, SWITCH = "/users/", "/users/invite/", "/switch/"
ROBIN = "robin@newcomer.example"
LONG = "seven-quiet-herons"
NAMES = {
    "Title": "Ms",
    "First name": "Robin",
    "Middle name": "Q.",
    "Last name": "Vale",
    "Suffix": "III",
}


def links_to(email: str) -> list[str]:
    """Give the paths of the invitations mailed to somebody, the oldest first."""
    mails = [job.values for job in Job.objects.filter(name="mail").order_by("pk")]
    texts = [mail["text"] for mail in mails if mail["to"] == [email]]
    found = [re.search(r"http://localhost:8000(/invitation/\S+)", text) for text in texts]
    return [each[1] for each in found if each]


def token_of(path: str) -> str:
    """Give what a link holds."""
    return path.split("/")[2]


def invited(practice: Practice, by: Person, email: str = ROBIN, **columns: Any) -> str:
    """Invite somebody; give the path of the link."""
    granted = {"role": Role.CLINICAL, **columns}
    invite(practice, email=email, columns=granted, by=by.user)
    return links_to(email)[-1]


def accepts(
    path: str, person: Person | None = None, typed: dict[str, str] | None = None
) -> tuple[Office, Shown]:
    """Open a link, type names (and a password where there is no login) and press Accept."""
    office = Office(person)
    password = {} if person else {"Password": LONG}
    return office, office.save(path, {**NAMES, **password, **(typed or {})})


def joins(practice: Practice, by: Person, person: Person) -> Membership:
    """Let somebody with a login join one more practice."""
    path = invited(practice, by, person.user.email)
    details = {"first_name": "Robin", "last_name": "Vale", "contact_email": person.user.email}
    accept_invitation(token_of(path), details=details, user=person.user)
    return membership_of(person, practice)


def membership_of(person: Person, practice: Practice | None = None) -> Membership:
    """Give a person's membership as it is now."""
    return Membership.objects.select_related("practice", "user").get(
        user=person.user, practice=practice or person.practice
    )


def invitation() -> Invitation:
    """Give the only invitation there is."""
    return Invitation.objects.get()
