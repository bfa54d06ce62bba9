"""Columns of a visit and its services that only some payers ask about, and what must hold of them.

Source: NUCC 1500 reference instruction manual, version 02/12; items are those of the form.
"""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# Characters of items 10d, 19 and the shaded half of 24.
CLAIM_CODES, ADDITIONAL_INFORMATION, SUPPLEMENTAL = 19, 71, 61


class OnsetQualifier(models.TextChoices):
    """What the date of item 14 is."""

    ONSET = "431", _("Onset of the symptoms, illness or injury")
    LAST_PERIOD = "484", _("Last menstrual period")


class OtherDateQualifier(models.TextChoices):
    """What the date of item 15 is."""

    INITIAL_TREATMENT = "454", _("First treatment")
    LATEST_VISIT = "304", _("Latest visit or consultation")
    ACUTE = "453", _("Acute phase of a chronic condition")
    ACCIDENT = "439", _("Accident")
    LAST_X_RAY = "455", _("Last X-ray")
    PRESCRIPTION = "471", _("Prescription")
    CARE_ASSUMED = "090", _("Care taken over")
    CARE_RELINQUISHED = "091", _("Care handed over")
    FIRST_VISIT = "444", _("First visit or consultation")


class ReferrersOtherId(models.TextChoices):
    """Whose number item 17a has."""

    STATE_LICENSE = "0B", _("0B State License Number")
    UPIN = "1G", _("1G Provider UPIN Number")
    COMMERCIAL = "G2", _("G2 Provider Commercial Number")
    LOCATION = "LU", _("LU Location Number (supervising provider)")


class EpsdtReason(models.TextChoices):
    """How the referral of an EPSDT screening stands, the shaded half of item 24H."""

    NOT_USED = "NU", _("NU: no referral was given")
    AVAILABLE = "AV", _("AV: the client refused the referral")
    UNDER_TREATMENT = "S2", _("S2: under treatment already")
    NEW_SERVICE = "ST", _("ST: referred or scheduled for treatment")


class AskedOfVisit(models.Model):
    """Items 10d, 14, 15, 16, 17a, 18, 19 and 20."""

    claim_codes = models.CharField(_("Claim codes"), max_length=CLAIM_CODES, blank=True)
    onset_on = models.DateField(_("Date of the illness, injury or last period"), null=True,
                                blank=True)  # fmt: skip
    onset_qualifier = models.CharField(
        _("What this date is"), max_length=3, choices=OnsetQualifier, blank=True
    )
    other_date = models.DateField(_("Other date"), null=True, blank=True)
    other_date_qualifier = models.CharField(
        _("What the other date is"), max_length=3, choices=OtherDateQualifier, blank=True
    )
    unable_to_work_since = models.DateField(_("Unable to work from"), null=True, blank=True)
    unable_to_work_until = models.DateField(_("Unable to work to"), null=True, blank=True)
    referrer_other_id_qualifier = models.CharField(
        _("Other ID Qualifier"), max_length=2, choices=ReferrersOtherId, blank=True
    )
    referrer_other_id = models.CharField(_("Other ID Number"), max_length=17, blank=True)
    hospitalized_since = models.DateField(_("In the hospital from"), null=True, blank=True)
    hospitalized_until = models.DateField(_("In the hospital to"), null=True, blank=True)
    additional_information = models.CharField(
        _("Additional claim information"), max_length=ADDITIONAL_INFORMATION, blank=True
    )
    outside_lab_charge = models.DecimalField(
        _("Outside lab charges"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )

    class Meta:
        abstract = True


class AskedOfLine(models.Model):
    """Items 24A (to), 24C, 24H and the shaded half of 24."""

    until = models.DateField(_("Last day"), null=True, blank=True)  # empty: one day
    emergency = models.BooleanField(_("Emergency"), default=False)
    epsdt_reason = models.CharField(
        _("EPSDT referral"), max_length=2, choices=EpsdtReason, blank=True
    )
    family_plan = models.BooleanField(_("Family planning"), default=False)
    supplemental = models.CharField(
        _("Supplemental information"), max_length=SUPPLEMENTAL, blank=True
    )

    class Meta:
        abstract = True


def _both_or_neither(date: str, qualifier: str) -> Q:
    return Q(**{f"{date}__isnull": True, qualifier: ""}) | (
        Q(**{f"{date}__isnull": False}) & ~Q(**{qualifier: ""})
    )


def _in_order(since: str, until: str) -> Q:
    return (
        Q(**{f"{since}__isnull": True})
        | Q(**{f"{until}__isnull": True})
        | Q(**{f"{until}__gte": F(since)})
    )


HOLDS_OF_VISIT = (
    models.CheckConstraint(
        name="onset_has_its_qualifier", condition=_both_or_neither("onset_on", "onset_qualifier")
    ),
    models.CheckConstraint(
        name="other_date_has_its_qualifier",
        condition=_both_or_neither("other_date", "other_date_qualifier"),
    ),
    models.CheckConstraint(
        name="unable_to_work_in_order",
        condition=_in_order("unable_to_work_since", "unable_to_work_until"),
    ),
    models.CheckConstraint(
        name="hospitalized_in_order",
        condition=_in_order("hospitalized_since", "hospitalized_until"),
    ),
    models.CheckConstraint(
        name="referrers_other_id_has_its_qualifier",
        condition=Q(referrer_other_id="", referrer_other_id_qualifier="")
        | (~Q(referrer_other_id="") & ~Q(referrer_other_id_qualifier="")),
    ),
    models.CheckConstraint(
        name="outside_lab_charge_is_not_negative",
        condition=Q(outside_lab_charge__isnull=True) | Q(outside_lab_charge__gte=0),
    ),
)
HOLDS_OF_LINE = (
    models.CheckConstraint(
        name="service_ends_after_it_began",
        condition=Q(until__isnull=True) | Q(until__gte=F("service_on")),
    ),
)
