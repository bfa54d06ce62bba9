"""One list of what is missing before bills can go out: for pages and drafts, grouped by subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.billing.fixing import Fixable, fixable
from letterhead.billing.kinds import kinds_of
from letterhead.billing.models import Bill
from letterhead.billing.problems import Place
from letterhead.billing.queries import issued_before
from letterhead.billing.sample import sample_contents
from letterhead.details.letterhead import Letterhead
from letterhead.details.queries import letterhead_for
from letterhead.practices.days import today_in
from letterhead.practices.models import Membership
from letterhead.practices.roles import is_billing, is_rendering

if TYPE_CHECKING:
    from letterhead.details.models import Practitioner

_DETAILS = frozenset({Place.MY_DETAILS, Place.SIGNATURE})
_PRACTICE = frozenset({Place.PRACTICE, Place.BILLING, Place.LOCATION, Place.PAYER})
_CARE = frozenset({Place.CLIENT, Place.POLICY, Place.VISIT, Place.CORRECTION})


@dataclass(frozen=True)
class Group:
    """A subject, such as "Your details", with its problems, errors first."""

    name: str
    problems: tuple[Fixable, ...]

    @property
    def missing(self) -> int:
        """How many errors there are."""
        return sum(one.severity == "error" for one in self.problems)

    @property
    def in_words(self) -> str:
        """Such as: Practice: 3 things missing."""
        return _("%(subject)s: %(state)s.") % {"subject": self.name, "state": self._state()}

    def _state(self) -> str:
        if count := self.missing:
            return ngettext("%(count)s thing missing", "%(count)s things missing", count) % {
                "count": count
            }
        if count := len(self.problems):
            return ngettext("%(count)s thing to check", "%(count)s things to check", count) % {
                "count": count
            }
        return _("ready")


@dataclass(frozen=True)
class Readiness:
    """The subjects that someone sees; about one bill, or else about all claims to come.

    Where no claims are made, it is about each `document` to come, such as "Receipt".
    """

    groups: tuple[Group, ...]
    is_of_bill: bool = False
    is_of_claims: bool = True
    document: str = ""

    @property
    def heading(self) -> str:
        """Such as: Claim readiness."""
        if self.document:
            return _("%(document)s readiness") % {"document": self.document}
        return _("Claim readiness") if self.is_of_claims else _("Before you issue it")

    @property
    def missing(self) -> int:
        """How many errors there are in all."""
        return sum(group.missing for group in self.groups)

    @property
    def to_check(self) -> int:
        """How many warnings there are in all."""
        return sum(len(group.problems) for group in self.groups) - self.missing

    @property
    def in_words(self) -> str:
        """Such as: 3 things are missing before claims can go out."""
        if count := self.missing:
            words = (
                ngettext(
                    "%(count)s thing is missing before this can be issued.",
                    "%(count)s things are missing before this can be issued.",
                    count,
                )
                if self.is_of_bill or self.document
                else ngettext(
                    "%(count)s thing is missing before claims can go out.",
                    "%(count)s things are missing before claims can go out.",
                    count,
                )
            )
            return words % {"count": count}
        if count := self.to_check:
            words = ngettext(
                "Ready, with %(count)s thing to check.",
                "Ready, with %(count)s things to check.",
                count,
            )
            return words % {"count": count}
        return _("Ready. No problems found.")


def of_practice(
    problems: Iterable[Fixable], *, with_details: bool, document: str = ""
) -> Readiness:
    """What is missing in a member's own details, if bills go out in their name, and practice.

    It is about claims, or else about a document of this title.
    """
    found = tuple(problems)
    own = (_group(_("Your details"), found, _DETAILS),) if with_details else ()
    groups = *own, _group(_("Practice"), found, _PRACTICE)
    return Readiness(groups, is_of_claims=not document, document=document)


def readiness_of_paper(
    practitioner: "Practitioner", *, letterhead: Letterhead | None = None
) -> Readiness | None:
    """What a receipt would lack of a member's own details (see `practitioner_of`) and the practice.

    None for who has nothing to do with bills. Only where no claims are made, which ask for more:
    `claims.queries.readiness_of` chooses. Takes no queries if the letterhead was read already.
    """
    practice, member = practitioner.practice, practitioner.membership
    if member is None or not is_billing(member):
        return None
    (kind,) = kinds_of(practice)
    with_details = is_rendering(member)
    places = _PRACTICE | _DETAILS if with_details else _PRACTICE
    sample = sample_contents(
        letterhead or letterhead_for(practitioner),
        today=today_in(practice),
        kind=kind.stored_as.value,
    )
    found = (
        fixable(problem, member=member, clinician=practitioner)
        for problem in kind.check(sample)
        if problem.place in places
    )
    words = kind.words(practice.place)
    return of_practice(found, with_details=with_details, document=str(words.title))


def of_bill(problems: Iterable[Fixable], *, bill: Bill, member: Membership) -> Readiness:
    """What is missing before a draft can be issued; `member` is who sees it."""
    clinician = bill.visit.practitioner
    found = (*problems, *_billed_before(bill))
    if clinician.membership_id == member.pk:
        whose = _("Your details")
    else:
        name = f"{clinician.first_name} {clinician.last_name}"
        whose = _("Details of %(clinician)s") % {"clinician": name}
    groups = (
        _group(whose, found, _DETAILS),
        _group(_("Practice"), found, _PRACTICE),
        _group(_("Client and visit"), found, _CARE),
    )
    return Readiness(groups, is_of_bill=True, is_of_claims=bill.kind == Bill.Kind.CMS1500)


def _billed_before(bill: Bill) -> Iterator[Fixable]:
    words = _(
        "A visit on this bill was already billed on %(number)s. Issue it again only if both are "
        "needed."
    )
    for earlier in issued_before(bill):
        number = {"number": earlier.issued.number}
        url, label = reverse("bill", args=[earlier.pk]), _("Open %(number)s") % number
        yield Fixable("warning", "", words % number, url, label, Place.VISIT)


def _group(name: str, problems: Iterable[Fixable], places: frozenset[Place]) -> Group:
    of = [problem for problem in problems if problem.place in places]
    return Group(name, tuple(sorted(of, key=lambda one: one.severity)))
