"""What claims to some payers ask of a visit and of its services: fields and how they are checked.

Source: NUCC 1500 reference instruction manual, version 02/12; items are those of the form.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.columns import CLAIM_CODES, SUPPLEMENTAL, EpsdtReason, ReferrersOtherId
from letterhead.billing.models import Visit
from letterhead.clients.fields import MoneyField, RecordForm, chose
from letterhead.practices.models import Payer
from letterhead.texts.claim_letters import fold
from letterhead.ui.forms.disclosures import Disclosure, disclosure
from letterhead.ui.forms.fields import DayField, check_days

ONSET = ("onset_on", "onset_qualifier", "other_date", "other_date_qualifier")
AWAY = (
    *("unable_to_work_since", "unable_to_work_until"),
    *("hospitalized_since", "hospitalized_until"),
)
REFERRERS_ID = ("referrer_other_id_qualifier", "referrer_other_id")
OTHER = ("claim_codes", "additional_information", "outside_lab_charge")
OF_LINE = ("until", "supplemental", "epsdt_reason", "family_plan", "emergency")
ITEMS = (*ONSET, *AWAY, *REFERRERS_ID, *OTHER)
_HELP = {
    "onset_on": _("Item 14 of a claim"),
    "other_date": _("Item 15 of a claim"),
    "unable_to_work_since": _("Item 16 of a claim"),
    "hospitalized_since": _("Item 18 of a claim"),
    "hospitalized_until": _("Leave it empty if the stay goes on"),
    "referrer_other_id": _("Item 17a of a claim, if the payer asks for it"),
    "claim_codes": _(
        "Item 10d of a claim: condition codes like W2 W3; for Medicare, MCD and the Medicaid number"
    ),
    "additional_information": _("Item 19 of a claim, if the payer asks for it"),
    "outside_lab_charge": _("Item 20 of a claim. Empty means that there was no outside lab."),
}
_BETWEEN_CODES = "   "  # three blanks, by the manual


def _day(label: str | Promise) -> DayField:
    return DayField(label=label, required=False)


class VisitItems(RecordForm):
    """The items of a claim that a visit rarely needs."""

    onset_on = _day(_("Date of the illness, injury or last period"))
    other_date = _day(_("Other date"))
    unable_to_work_since = _day(_("Unable to work from"))
    unable_to_work_until = _day(_("Unable to work to"))
    hospitalized_since = _day(_("In the hospital from"))
    hospitalized_until = _day(_("In the hospital to"))
    claim_codes = forms.CharField(label=_("Claim codes"), max_length=40, required=False)
    outside_lab_charge = MoneyField(label=_("Outside lab charges"), max_digits=10, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in _HELP.items():
            self.fields[name].help_text = text
        for name in ("onset_qualifier", "other_date_qualifier", "referrer_other_id_qualifier"):
            field: Any = self.fields[name]
            field.choices = [("", _("None")), *list(field.choices)[1:]]

    def folded_away(self) -> dict[str, Disclosure]:
        """These fields, open where the cause of the condition or another field calls for them.

        None where no claim asks for them.
        """
        if "employment_related" not in self.fields:
            return {}
        at_work, on_the_road = self["employment_related"].value(), self["auto_accident"].value()
        accident = bool(at_work or on_the_road or self["other_accident"].value())
        return {
            "onset": disclosure(self, _("Date of the illness or injury, other date"), *ONSET,
                                matters=accident),
            "away": disclosure(self, _("Unable to work, in the hospital"), *AWAY,
                               matters=bool(at_work)),
            "referrers_id": disclosure(self, _("Other ID of the provider"), *REFERRERS_ID),
            "other": disclosure(self, _("Claim codes, additional information, outside lab"),
                                *OTHER),
        }  # fmt: skip

    def is_for_medicaid(self) -> bool:
        """Whether the chosen policy is with Medicaid."""
        return chose(self, "policy", payer__kind=Payer.Kind.MEDICAID)

    def clean_claim_codes(self) -> str:
        """Write codes of two characters with three blanks between them; anything else as typed."""
        typed = fold(self.cleaned_data["claim_codes"])
        if all(len(code) == 2 for code in typed.split()):
            typed = _BETWEEN_CODES.join(typed.split())
        if len(typed) > CLAIM_CODES:
            words = gettext("Item 10d has room for four codes, or for %(width)s characters.")
            raise forms.ValidationError(words % {"width": CLAIM_CODES})
        return typed

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        cleaned = super().clean() or {}
        self._need_each_other("onset_on", "onset_qualifier")
        self._need_each_other("other_date", "other_date_qualifier")
        self._need_each_other("referrer_other_id", "referrer_other_id_qualifier")
        for what in ("unable_to_work", "hospitalized"):
            check_days(self, first=f"{what}_since", last=f"{what}_until")
        is_location = cleaned.get("referrer_other_id_qualifier") == ReferrersOtherId.LOCATION
        supervising = cleaned.get("referrer_qualifier") == Visit.ReferrerQualifier.SUPERVISING
        if is_location and not supervising:
            words = gettext("LU is for a supervising provider. Choose another one.")
            self.add_error("referrer_other_id_qualifier", words)
        return cleaned

    def _need_each_other(self, value: str, qualifier: str) -> None:
        if self.cleaned_data.get(value):
            self.need({qualifier: gettext("Choose what it is.")})
        if self.cleaned_data.get(qualifier):
            self.need({value: gettext("Enter it, or choose nothing here.")})


class LineItems(forms.Form):
    """The items of a claim that a service rarely needs."""

    until = DayField(
        label=_("Last day"), required=False, help_text=_("If the service went on for several days")
    )
    supplemental = forms.CharField(
        label=_("Supplemental information"),
        max_length=SUPPLEMENTAL,
        required=False,
        strip=False,
        help_text=_(
            "The shaded half of item 24, beginning with the qualifier, like N4 for a drug. Without "
            "a qualifier begin with two spaces."
        ),
    )
    epsdt_reason = forms.ChoiceField(
        label=_("EPSDT referral"),
        choices=[("", _("None")), *EpsdtReason.choices],
        required=False,
        help_text=_("Item 24H of a claim, for Medicaid’s screenings of children"),
    )
    family_plan = forms.BooleanField(label=_("Family planning"), required=False)
    emergency = forms.BooleanField(label=_("Emergency"), required=False)

    def __init__(self, *args: Any, for_medicaid: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_medicaid = for_medicaid

    def folded_away(self) -> Disclosure:
        """These fields, open for Medicaid; only the last day where there are no claims."""
        if "supplemental" not in self.fields or self["supplemental"].is_hidden:
            return disclosure(self, _("Last day"), "until")
        title = _("Last day, supplemental information, EPSDT, family planning, emergency")
        return disclosure(self, title, *OF_LINE, matters=self.for_medicaid)

    def clean_supplemental(self) -> str:
        """Leave blanks in front: they say that there is no qualifier."""
        return str(self.cleaned_data["supplemental"]).rstrip()


def days_are_in_order(lines: Iterable[forms.BaseForm], *, visited_on: dt.date | None) -> bool:
    """Whether no service ends before it begins; says so beside those that do.

    One that ends on the day it began has no last day.
    """
    wrong = 0
    for line in lines:
        began = line.cleaned_data.get("service_on") or visited_on
        until = line.cleaned_data.get("until")
        if began and until and until < began:
            line.add_error("until", gettext("This is before the first day."))
            wrong += 1
        elif until and until == began:
            line.cleaned_data["until"] = None
    return wrong == 0
