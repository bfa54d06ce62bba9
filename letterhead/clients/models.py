"""Clients and the policies they are insured under."""

import datetime as dt

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.places.countries import country_choices
from letterhead.practices.columns import Addressed
from letterhead.practices.models import Payer, Practice
from letterhead.texts.emails import EmailField
from letterhead.texts.folded import BytewiseField, FoldedField

# CR 5837: Medicare takes a Medigap plan's claim-based ID only in this form.
COBA_ID = r"^5[0-9]{4}\Z"


class Sex(models.TextChoices):
    """The choices of item 3 on the claim form."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")


class Signed(models.TextChoices):
    """How a signature that is on file was given."""

    PAPER = "paper", _("On paper")
    ELECTRONIC = "electronic", _("Electronically")


class Client(Addressed):
    """A person in care; the form's patient."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="clients")
    clinician = models.ForeignKey(
        "details.Practitioner",
        on_delete=models.PROTECT,
        related_name="clients",
        verbose_name=_("Clinician"),
    )
    first_name = models.CharField(_("First name"), max_length=35)
    middle_name = models.CharField(_("Middle name"), max_length=25, blank=True)
    last_name = models.CharField(_("Last name"), max_length=60)
    suffix = models.CharField(_("Suffix"), max_length=10, blank=True)
    birth_date = models.DateField(_("Birth date"), null=True, blank=True)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex, blank=True)
    phone = models.CharField(_("Phone"), max_length=16, blank=True)
    email = EmailField(_("Email"), max_length=254, blank=True)
    language = models.CharField(  # "": the practice's
        _("Language of paper"), max_length=11, blank=True
    )
    folded = FoldedField("last_name", "first_name", "middle_name", "suffix", "email")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "folded", "id"], name="clients_by_name"),
            models.Index(fields=["clinician", "folded", "id"], name="clients_of_clinician"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class ClientWord(models.Model):
    """A word of a client's folded column after the first one, to search by.

    The first word needs no row: the index of the column itself begins with it. Only the database
    writes these rows (`triggers.py`), whatever way a client is saved.
    """

    practice = models.ForeignKey(
        Practice, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    word = BytewiseField()
    client = models.ForeignKey(Client, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "word", "client"], name="word_once_per_client"
            )
        ]

    def __str__(self) -> str:
        return self.word


class Policy(models.Model):
    """A policy that pays for a client's care; the insured can be someone else."""

    class Relationship(models.TextChoices):
        SELF = "self", _("Self")
        SPOUSE = "spouse", _("Spouse")
        CHILD = "child", _("Child")
        OTHER = "other", _("Other")

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="policies")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="policies")
    member_id = models.CharField(_("Member ID"), max_length=29)
    group_number = models.CharField(_("Group number"), max_length=29, blank=True)
    plan_name = models.CharField(_("Plan name"), max_length=29, blank=True)
    # Item 11b: the number that an insurer gave the accident.
    other_claim_id = models.CharField(
        _("Property and casualty claim number"), max_length=28, blank=True
    )
    # The client's name as this payer has it, where that differs.
    card_first_name = models.CharField(_("First name on the card"), max_length=35, blank=True)
    card_middle_name = models.CharField(_("Middle name on the card"), max_length=25, blank=True)
    card_last_name = models.CharField(_("Last name on the card"), max_length=60, blank=True)
    card_suffix = models.CharField(_("Suffix on the card"), max_length=10, blank=True)
    relationship = models.CharField(
        _("Client's relationship to the insured"),
        max_length=6,
        choices=Relationship,
        default=Relationship.SELF,
    )
    insured_first_name = models.CharField(_("First name of the insured"), max_length=35, blank=True)
    insured_middle_name = models.CharField(
        _("Middle name of the insured"), max_length=25, blank=True
    )
    insured_last_name = models.CharField(_("Last name of the insured"), max_length=60, blank=True)
    insured_suffix = models.CharField(_("Suffix of the insured"), max_length=10, blank=True)
    insured_organization = models.CharField(_("Employer"), max_length=60, blank=True)
    insured_birth_date = models.DateField(_("Birth date of the insured"), null=True, blank=True)
    insured_sex = models.CharField(_("Sex of the insured"), max_length=1, choices=Sex, blank=True)
    insured_line1 = models.CharField(_("Address of the insured"), max_length=55, blank=True)
    insured_line2 = models.CharField(_("Address line 2 of the insured"), max_length=55, blank=True)
    insured_city = models.CharField(_("City of the insured"), max_length=30, blank=True)
    insured_state = models.CharField(_("State of the insured"), max_length=30, blank=True)
    insured_postal_code = models.CharField(_("ZIP code of the insured"), max_length=15, blank=True)
    insured_country = models.CharField(
        _("Country of the insured"), max_length=2, choices=country_choices, default="US"
    )
    insured_phone = models.CharField(_("Phone of the insured"), max_length=16, blank=True)
    another_plan = models.BooleanField(_("The client has another health plan"), default=False)
    other_insured_first_name = models.CharField(
        _("First name of the other insured"), max_length=35, blank=True
    )
    other_insured_middle_name = models.CharField(
        _("Middle name of the other insured"), max_length=25, blank=True
    )
    other_insured_last_name = models.CharField(
        _("Last name of the other insured"), max_length=60, blank=True
    )
    other_insured_suffix = models.CharField(
        _("Suffix of the other insured"), max_length=10, blank=True
    )
    other_policy_number = models.CharField(_("Other policy number"), max_length=28, blank=True)
    other_plan_name = models.CharField(_("Other plan name"), max_length=28, blank=True)
    other_coba_id = models.CharField(
        _("COBA ID of the Medigap plan"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(COBA_ID, _("A COBA ID has five digits, the first a 5."))],
    )
    client_signature_on_file = models.BooleanField(
        _("The client's signature is on file"), default=False
    )
    client_signed_on = models.DateField(_("The client signed on"), null=True, blank=True)
    client_signed_how = models.CharField(
        _("How the client signed"), max_length=10, choices=Signed, blank=True
    )
    benefits_assigned = models.BooleanField(
        _("The insured's signature for payment to the practice is on file"), default=False
    )
    insured_signed_on = models.DateField(_("The insured signed on"), null=True, blank=True)
    insured_signed_how = models.CharField(
        _("How the insured signed"), max_length=10, choices=Signed, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.CheckConstraint(
                name="insured_named_where_not_the_client",
                condition=Q(relationship="self")
                | ~Q(insured_last_name="")
                | ~Q(insured_organization=""),
                violation_error_message=_("Enter the insured's name, or choose Self."),
            ),
            models.CheckConstraint(
                name="employer_insures_others_and_is_no_person",
                condition=Q(insured_organization="")
                | Q(relationship="other", insured_first_name="", insured_last_name=""),
                violation_error_message=_("Enter either a person or an employer as the insured."),
            ),
            models.CheckConstraint(
                name="name_on_card_has_a_last_name",
                condition=~Q(card_last_name="")
                | Q(card_first_name="", card_middle_name="", card_suffix=""),
                violation_error_message=_("Enter the last name on the card."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.member_id}"

    @property
    def signatures(self) -> list[tuple[str, dt.date | None, str]]:
        """(whose, when, how) of the signatures on file; those saved before 2026-11 have no date."""
        found = []
        if self.client_signature_on_file:
            how = self.get_client_signed_how_display()
            found.append((gettext("The client’s signature"), self.client_signed_on, how))
        if self.benefits_assigned:
            how = self.get_insured_signed_how_display()
            found.append((gettext("The insured’s signature"), self.insured_signed_on, how))
        return found
