"""One list of what is missing before bills can go out: for pages and drafts, grouped by subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.billing.fixing import Fixable
from letterhead.billing.models import Bill
from letterhead.billing.problems import Place
from letterhead.billing.queries import issued_before
from letterhead.practices.models import Membership

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
    """The subjects that someone sees; about one bill, or else about all claims to come."""

    groups: tuple[Group, ...]
    is_of_bill: bool = False
    is_of_claims: bool = True

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
                if self.is_of_bill
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


def of_practice(problems: Iterable[Fixable], *, with_details: bool) -> Readiness:
    """What is missing in a member's own details, if claims go out in their name, and practice."""
    found = tuple(problems)
    own = (_group(_("Your details"), found, _DETAILS),) if with_details else ()
    return Readiness((*own, _group(_("Practice"), found, _PRACTICE)))


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
