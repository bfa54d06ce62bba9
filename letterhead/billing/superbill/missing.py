"""What insurers miss on a superbill before they pay a client back. Pure; warnings only.

There is no standard for superbills. In the US insurers ask for what their own claim forms for
members ask for, and that is what the items of the CMS-1500 ask; elsewhere for what the country's
row says, each with its source.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place, Problem
from letterhead.billing.superbill.charges import balance
from letterhead.billing.superbill.row import bills_us_payers, country_now
from letterhead.countries.country import Country


class Lack(NamedTuple):
    """One thing that may be missing; `lacks` gives the rows, or "" once, where it is.

    It is missed where insurers of the country ask for `what`; "" where US payers are billed.
    """

    what: str
    item: Promise
    place: Place
    field: str
    words: Promise
    lacks: Callable[[Contents], Iterator[int | str]]


def missing(contents: Contents) -> Iterator[Problem]:
    """A warning for each thing that is missing."""
    country = country_now(contents)
    for lack in LACKS:
        if not _is_asked(lack, contents):
            continue
        for row in lack.lacks(contents):
            values = {"line": row + 1 if isinstance(row, int) else "",
                      "number": country.referrers_number.label}  # fmt: skip
            message = sourced(str(lack.words) % values, lack.what, country)
            field = lack.field.replace("#", str(row))
            yield Problem("warning", str(lack.item), message, lack.place, field)


def _is_asked(lack: Lack, contents: Contents) -> bool:
    if not lack.what:
        return bills_us_payers(contents)
    return bool(country_now(contents).asks_for(lack.what))


def sourced(message: str, what: str, country: Country) -> str:
    """Return a message with who asks for it; in the US all do, and the message says so."""
    source = "" if country.bills_us_payers else country.asks_for(what)
    words = gettext("%(message)s Source: %(source)s.")
    return words % {"message": message, "source": source} if source else message


def _once(lacks: Callable[[Contents], bool]) -> Callable[[Contents], Iterator[int | str]]:
    return lambda contents: iter([""] if lacks(contents) else [])


def _undescribed(contents: Contents) -> Iterator[int | str]:
    return (n for n, line in enumerate(contents.visit.lines) if not line.description.strip())


def _unpointed(contents: Contents) -> Iterator[int | str]:
    """Not where there is no diagnosis to point to, which is said once."""
    lines = contents.visit.lines if contents.visit.diagnoses else ()
    return (n for n, line in enumerate(lines) if not line.pointers.strip())


def _of_medicare(contents: Contents) -> bool:
    return contents.payer is not None and contents.payer.kind == "medicare"


def _without_number(contents: Contents, *, in_us: bool) -> bool:
    referrer = contents.visit.referrer
    is_in_us = country_now(contents).bills_us_payers
    return is_in_us is in_us and referrer is not None and not referrer.npi


def _without_referral_date(contents: Contents) -> bool:
    return contents.visit.referrer is not None and not contents.visit.referred_on


def _untimed(contents: Contents) -> Iterator[int | str]:
    return (n for n, line in enumerate(contents.visit.lines) if not line.minutes)


def _uncoded(contents: Contents) -> Iterator[int | str]:
    return (n for n, line in enumerate(contents.visit.lines) if not line.code.strip())


def _unpaid(contents: Contents) -> bool:
    return balance(contents) > 0


def _paid_some_day(contents: Contents) -> bool:
    """Paid in full, but on which day or how isn't said."""
    visit = contents.visit
    return (
        bool(visit.amount_paid)
        and not _unpaid(contents)
        and not (visit.paid_on and visit.payment_method)
    )


def _unsigned(contents: Contents) -> bool:
    signed = contents.letterhead.clinician.paper_signature
    return not signed or signed.kind == "typed"


LACKS: tuple[Lack, ...] = (
    Lack("birth date", _("Client"), Place.CLIENT, "birth_date",
         _("The client has no birth date. Enter it."),
         _once(lambda c: c.client.birth_date is None)),
    Lack("client address", _("Client address"), Place.CLIENT, "line1",
         _("The client has no address. Enter it."),
         _once(lambda c: not c.client.address.line1.strip())),
    Lack("description", _("Services"), Place.VISIT, "lines-#-description",
         _("Service %(line)s has no description. Say in a few words what it was."), _undescribed),
    Lack("code", _("Services"), Place.VISIT, "lines-#-code",
         _("Service %(line)s has no code. Enter it."), _uncoded),
    Lack("minutes", _("Services"), Place.VISIT, "lines-#-minutes",
         _("Service %(line)s doesn't say how long it took. Enter its minutes."), _untimed),
    Lack("pointers", _("Services"), Place.VISIT, "lines-#-pointers",
         _("Service %(line)s doesn't say which diagnosis it is for. Enter its letter, such as A."),
         _unpointed),
    Lack("referrer number", _("Referring provider"), Place.VISIT, "referrer_npi",
         _("The referring provider has no NPI. Most insurers ask for it."),
         _once(lambda c: _without_number(c, in_us=True))),
    Lack("referrer number", _("Referring provider"), Place.VISIT, "referrer_npi",
         _("The referring provider’s number is missing: %(number)s. Enter it."),
         _once(lambda c: _without_number(c, in_us=False))),
    Lack("referral date", _("Referring provider"), Place.VISIT, "referred_on",
         _("The date of referral is missing. Enter the day on which it was written."),
         _once(_without_referral_date)),
    Lack("paid", _("Payment"), Place.VISIT, "amount_paid",
         _("This isn't paid in full. Enter what was paid, on which day and how."),
         _once(_unpaid)),
    Lack("paid", _("Payment"), Place.VISIT, "paid_on",
         _("On which day and how it was paid isn't said. Enter both."), _once(_paid_some_day)),
    Lack("signature", _("Signature"), Place.SIGNATURE, "paper_signature",
         _("The name is typed, not signed. Draw your signature, or add a picture of it."),
         _once(_unsigned)),
    Lack("", _("Payer"), Place.VISIT, "policy",
         _("Medicare doesn't pay clients back. You have to send the claim: make a CMS-1500, unless "
           "you opted out of Medicare or it never pays for this."),
         _once(_of_medicare)),  # Source: SSA 1848(g)(4)
)  # fmt: skip
