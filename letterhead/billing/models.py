"""Visits and their lines, bills as drafts, and issued bills, frozen by the database."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letterhead.billing.columns import HOLDS_OF_LINE, HOLDS_OF_VISIT, AskedOfLine, AskedOfVisit
from letterhead.clients.models import Client, Policy
from letterhead.countries.money import plain
from letterhead.encryption.fields import EncryptedTextField
from letterhead.practices.models import Location, Practice
from letterhead.scheduling.models import Attendee


class Visit(AskedOfVisit):
    """A visit: diagnoses, services, and what a claim asks about them.

    One made from an appointment names who came. Until someone saves it, `carried_over_from` is the
    day of the visit that its diagnoses and policy were copied from.
    """

    class ReferrerQualifier(models.TextChoices):
        REFERRING = "DN", _("Referring provider")
        ORDERING = "DK", _("Ordering provider")
        SUPERVISING = "DQ", _("Supervising provider")

    class PaymentMethod(models.TextChoices):
        CASH = "cash", _("Cash")
        CHECK = "check", _("Check")
        CARD = "card", _("Card")
        TRANSFER = "transfer", _("Bank transfer")
        OTHER = "other", _("Other")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="visits")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="visits")
    practitioner = models.ForeignKey(
        "details.Practitioner",
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name=_("Clinician"),
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="visits", verbose_name=_("Location")
    )
    policy = models.ForeignKey(
        Policy, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("Policy")
    )
    attendee = models.OneToOneField(
        Attendee, null=True, editable=False, on_delete=models.PROTECT, related_name="visit"
    )
    visited_on = models.DateField(_("Date of visit"))
    carried_over_from = models.DateField(null=True, editable=False)
    amount_paid = models.DecimalField(
        _("Amount paid"),
        max_digits=9,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    paid_on = models.DateField(_("Paid on"), null=True, blank=True)
    payment_method = models.CharField(
        _("Payment method"), max_length=8, choices=PaymentMethod, blank=True
    )
    employment_related = models.BooleanField(_("Related to employment"), default=False)
    auto_accident = models.BooleanField(_("Related to an auto accident"), default=False)
    auto_accident_state = models.CharField(
        _("State where the accident happened"), max_length=2, blank=True
    )
    other_accident = models.BooleanField(_("Related to another accident"), default=False)
    referrer_qualifier = models.CharField(
        _("Role"), max_length=2, choices=ReferrerQualifier, blank=True
    )
    referrer_first_name = models.CharField(_("First name"), max_length=35, blank=True)
    referrer_last_name = models.CharField(_("Last name"), max_length=60, blank=True)
    referrer_credentials = models.CharField(_("Credentials"), max_length=24, blank=True)
    referrer_npi = models.CharField(_("NPI"), max_length=20, blank=True)
    referred_on = models.DateField(_("Date of referral"), null=True, blank=True)
    prior_authorization = models.CharField(_("Prior authorization"), max_length=29, blank=True)
    account_number = models.CharField(_("Account number"), max_length=14, blank=True)
    accept_assignment = models.BooleanField(_("Accept assignment"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["client", "visited_on", "id"], name="visits_of_client"),
            models.Index(fields=["practitioner", "visited_on"], name="visits_of_clinician"),
        ]
        constraints = [
            models.CheckConstraint(name="nothing_paid_back", condition=Q(amount_paid__gte=0)),
            models.CheckConstraint(
                name="payment_of_an_amount",
                condition=Q(amount_paid__gt=0) | Q(paid_on=None, payment_method=""),
                violation_error_message=_(
                    "Enter the amount paid, or clear the day and the payment method."
                ),
            ),
            *HOLDS_OF_VISIT,
        ]

    def __str__(self) -> str:
        return _("Visit of %(date)s") % {"date": self.visited_on}

    @property
    def all_bills(self) -> list["Bill"]:
        """Its bills, also those that it shares with other visits, oldest first."""
        return sorted([*self.bills.all(), *self.shared_bills.all()], key=lambda bill: bill.pk)


class Diagnosis(models.Model):
    """A diagnosis of a visit; position 0 is letter A of item 21."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="diagnoses")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("ICD-10-CM code"), max_length=8)

    class Meta:
        verbose_name_plural = "diagnoses"
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="diagnosis_position_once"),
            models.UniqueConstraint(
                fields=["visit", "code"],
                name="diagnosis_once_per_visit",
                violation_error_message=_("This diagnosis is already listed."),
            ),
            models.CheckConstraint(
                name="at_most_12_diagnoses", condition=Q(position__gte=0, position__lt=12)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ServiceLine(AskedOfLine):
    """One service of a visit; the charge is for the whole line."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    service_on = models.DateField(_("Date of service"))
    place_of_service = models.CharField(_("Place of service"), max_length=2, blank=True)
    code = models.CharField(_("Code"), max_length=20, blank=True)
    modifiers = models.CharField(_("Modifiers"), max_length=11, blank=True)  # two letters each
    description = models.CharField(_("Description"), max_length=80, blank=True)
    pointers = models.CharField(_("Diagnosis pointers"), max_length=4, blank=True)
    charge = models.DecimalField(_("Charge"), max_digits=8, decimal_places=2)
    units = models.DecimalField(_("Units"), max_digits=5, decimal_places=2, default=Decimal(1))
    factor = models.DecimalField(  # of a scale of charges: GOÄ § 5
        _("Factor"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    tax = models.CharField(_("Tax"), max_length=20, blank=True)  # "": none

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="line_position_once"),
            models.CheckConstraint(
                name="charge_is_not_negative",
                condition=Q(charge__gte=0),
                violation_error_message=_("A charge can't be negative."),
            ),
            models.CheckConstraint(
                name="at_least_one_unit",
                condition=Q(units__gte=1),
                violation_error_message=_("Enter at least one unit."),
            ),
            *HOLDS_OF_LINE,
        ]

    def __str__(self) -> str:
        return self.code or self.description

    @property
    def units_shown(self) -> str:
        """The units without zeros at the end: 2, 1.5."""
        return f"{plain(self.units):f}"


_SOUGHT = ("kind", "state", "practitioner")  # read from the index while walking it in order


class Bill(models.Model):
    """A superbill or claim for a visit. A draft shows today's details until it is issued.

    It can be for more visits of the client, which then are in `further`.

    The list reads `state` to `currency` here, ordered and summed by indexes. A draft's follow its
    visit; an issued bill's stay as they were issued. `corrects` is the issued claim that this one
    replaces or voids; that one is corrected once, and then the correction itself.
    """

    class Kind(models.TextChoices):
        SUPERBILL = "superbill", _("Superbill")
        CMS1500 = "cms1500", _("CMS-1500")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")

    class Resubmission(models.TextChoices):
        CORRECTED = "7", _("Corrected claim")
        VOID = "8", _("Void claim")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="bills")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="bills")
    further = models.ManyToManyField(Visit, related_name="shared_bills")
    kind = models.CharField(max_length=9, choices=Kind)
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="bills", db_index=False
    )
    practitioner = models.ForeignKey(
        "details.Practitioner", on_delete=models.PROTECT, related_name="bills", db_index=False
    )
    visited_on = models.DateField()
    total = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, blank=True)  # of a draft: the practice's, today
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction"
    )
    resubmission_code = models.CharField(  # 22
        _("What the payer has to do"), max_length=1, choices=Resubmission, blank=True
    )
    original_reference = models.CharField(_("Payer’s claim number"), max_length=18, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correction_with_code_and_reference",
                condition=Q(corrects=None, resubmission_code="", original_reference="")
                | Q(corrects__isnull=False, kind="cms1500", resubmission_code__in=["7", "8"])
                & ~Q(original_reference=""),
            )
        ]
        indexes = [
            models.Index(fields=["practice", "visited_on", "id", *_SOUGHT], name="bills_by_day"),
            models.Index(
                fields=["practice", "total", "id", *_SOUGHT, "visited_on"], name="bills_by_total"
            ),
            models.Index(
                fields=["practitioner", "visited_on", "id", "kind", "state"],
                name="bills_of_clinician",
            ),
            models.Index(fields=["client", "id", *_SOUGHT, "visited_on"], name="bills_of_client"),
            models.Index(
                fields=["practice", *_SOUGHT, "visited_on", "total", "currency"],
                name="bills_sought",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @classmethod
    def draft_of(cls, *visits: Visit, kind: str) -> "Bill":
        """Return a draft for visits as they are now, the first one first, not saved yet."""
        first = visits[0]
        lines = (line for visit in visits for line in visit.lines.all())
        return cls(
            practice_id=first.practice_id,
            visit=first,
            kind=kind,
            client_id=first.client_id,
            practitioner_id=first.practitioner_id,
            visited_on=first.visited_on,
            total=sum((line.charge for line in lines), Decimal(0)),
        )


class Numbering(models.Model):
    """The last number used by practice, kind of bill and year: numbers have no gaps."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE)
    kind = models.CharField(max_length=9, choices=Bill.Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "year"], name="numbering_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class IssuedBill(models.Model):
    """An issued bill. Frozen: the database refuses update and delete.

    `contents` is the JSON of billing.contents.Contents without its tax IDs; those are in `sealed`,
    encrypted for this bill, the one column that may be written again (with a newer key).
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="issued_bills")
    bill = models.OneToOneField(Bill, on_delete=models.PROTECT, related_name="issued")
    number = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=254)
    contents = models.TextField()
    sealed = EncryptedTextField(row="bill")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="bill_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class IssuedFile(models.Model):
    """A file of an issued bill, stored under its SHA-256. Frozen."""

    class Form(models.TextChoices):
        SUPERBILL = "superbill", _("Superbill PDF")
        CMS1500 = "cms-1500", _("CMS-1500 PDF")
        PREPRINTED = "cms-1500-pre-printed", _("CMS-1500 for pre-printed forms")

    issued = models.ForeignKey(IssuedBill, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=20, choices=Form)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issued", "form"], name="file_once_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.issued} {self.form}"
