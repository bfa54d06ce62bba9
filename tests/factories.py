"""The cast, always the same: Dana, Sam, Noor and Lee of Riverside, and Strange from elsewhere."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.details.joining.actions import Registration, join_practice, register_practice
from letterhead.details.models import Card, Practitioner
from letterhead.details.queries import practitioners_in
from letterhead.encryption.fields import bound
from letterhead.practices.models import Location, Payer, Practice
from letterhead.practices.roles import Role

PASSWORD = "letterhead-demo-only"


@dataclass
class Person:
    """A member of a practice: how they log in, and their details there."""

    user: User
    practice: Practice
    practitioner_id: int

    @property
    def practitioner(self) -> Practitioner:
        """Their details as of now."""
        return practitioners_in(self.practice).get(pk=self.practitioner_id)


def synthetic_npi(seed: int) -> str:
    """Give an NPI that is valid in form and can never be a person's: its first digit is 2."""
    nine = f"2{seed:08d}"
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in nine[::-2])
    total = 24 + doubled + sum(int(digit) for digit in nine[-2::-2])
    return nine + str(-total % 10)


def registered(
    practice: str,
    first: str,
    last: str,
    email: str,
    slug: str = "",
    *,
    country: str = "US",
    time_zone: str = "America/New_York",
) -> Person:
    """A practice with its first Director."""
    user = register_practice(
        Registration(
            practice_name=practice,
            country=country,
            time_zone=time_zone,
            first_name=first,
            last_name=last,
            login_email=email,
            password=PASSWORD,
            slug=slug,
            is_proven=True,
        )
    )
    details = Practitioner.objects.get(user=user)
    publish(details.pk)
    return Person(user, details.practice, details.pk)


def member(practice: Practice, role: Role, first: str, last: str) -> Person:
    """One more member of a practice."""
    email = f"{first.lower()}@{practice.slug.split('-')[0]}.example"
    user = User(email=email, proven_at=timezone.now())
    user.set_password(PASSWORD)
    user.save()
    details = join_practice(user, practice, role=role, title="", first_name=first, last_name=last)
    publish(details.pk)
    return Person(user, practice, details.pk)


def publish(practitioner: int) -> None:
    """Show a clinician's card to everyone, search engines too."""
    Card.objects.filter(practitioner=practitioner).update(is_shown=True, for_search_engines=True)


def riverside() -> SimpleNamespace:
    """Riverside Nutrition as claims want it, with its four people, a location and two payers."""
    dana = registered(
        "Riverside Nutrition", "Dana", "Rivera", "dana@riverside.example", "riverside"
    )
    address = {
        "line1": "48 Water Street",
        "line2": "Suite 2",
        "city": "New York",
        "state": "NY",
        "postal_code": "10004-1234",
    }
    Practice.objects.filter(pk=dana.practice.pk).update(
        **address,
        phone="+12125550140",
        group_npi=synthetic_npi(4812),
        **bound(dana.practice, {"tax_id": "123456789"}),
        tax_id_kind="EIN",
        taxonomy="133V00000X",
    )
    Practitioner.objects.filter(pk=dana.practitioner_id).update(
        title="Dr", middle_name="M.", credentials="RDN, PhD", npi="2363324239"
    )
    practice = Practice.objects.get(pk=dana.practice.pk)
    dana.practice = practice
    Location.objects.filter(practice=practice).update(**address)
    office = Location.objects.get(practice=practice)
    return SimpleNamespace(
        practice=practice,
        office=office,
        dana=dana,
        sam=member(practice, Role.CLINICAL, "Sam", "Okafor"),
        noor=member(practice, Role.ADMINISTRATIVE, "Noor", "Haddad"),
        lee=member(practice, Role.SUPERVISOR, "Lee", "Park"),
        acme=Payer.objects.create(practice=practice, name="Acme Health"),
        medicare=Payer.objects.create(practice=practice, name="Medicare", kind="medicare"),
        stranger=registered("Elsewhere", "Sina", "Strange", "sina@elsewhere.example"),
    )
