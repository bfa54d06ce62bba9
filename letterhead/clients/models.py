"""Clients and the policies they are insured under."""

from django.db import models
from django.db.models import Q

from letterhead.practices.models import Addressed, Payer, Practice


class Sex(models.TextChoices):
    """As item 3 of the claim form asks it."""

    FEMALE = "F", "Female"
    MALE = "M", "Male"


class Client(Addressed):
    """A person in care; the form's patient."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="clients")
    clinician = models.ForeignKey(
        "details.Practitioner",
        on_delete=models.PROTECT,
        related_name="clients",
        verbose_name="Clinician",
    )
    first_name = models.CharField("First name", max_length=35)
    middle_name = models.CharField("Middle name", max_length=25, blank=True)
    last_name = models.CharField("Last name", max_length=60)
    suffix = models.CharField("Suffix", max_length=10, blank=True)
    birth_date = models.DateField("Birth date", null=True, blank=True)
    sex = models.CharField("Sex", max_length=1, choices=Sex, blank=True)
    phone = models.CharField("Phone", max_length=16, blank=True)
    email = models.EmailField("Email", max_length=254, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["practice", "last_name"], name="clients_by_name")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Policy(models.Model):
    """A policy that pays for a client's care; the insured may be somebody else."""

    class Relationship(models.TextChoices):
        SELF = "self", "Self"
        SPOUSE = "spouse", "Spouse"
        CHILD = "child", "Child"
        OTHER = "other", "Other"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="policies")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="policies")
    member_id = models.CharField("Member ID", max_length=29)
    group_number = models.CharField("Group number", max_length=29, blank=True)
    plan_name = models.CharField("Plan name", max_length=29, blank=True)
    relationship = models.CharField(
        "Client's relationship to the insured",
        max_length=6,
        choices=Relationship,
        default=Relationship.SELF,
    )
    insured_first_name = models.CharField("First name of the insured", max_length=35, blank=True)
    insured_middle_name = models.CharField("Middle name of the insured", max_length=25, blank=True)
    insured_last_name = models.CharField("Last name of the insured", max_length=60, blank=True)
    insured_suffix = models.CharField("Suffix of the insured", max_length=10, blank=True)
    insured_birth_date = models.DateField("Birth date of the insured", null=True, blank=True)
    insured_sex = models.CharField("Sex of the insured", max_length=1, choices=Sex, blank=True)
    insured_line1 = models.CharField("Address of the insured", max_length=55, blank=True)
    insured_line2 = models.CharField("Address line 2 of the insured", max_length=55, blank=True)
    insured_city = models.CharField("City of the insured", max_length=30, blank=True)
    insured_state = models.CharField("State of the insured", max_length=30, blank=True)
    insured_postal_code = models.CharField("ZIP code of the insured", max_length=15, blank=True)
    insured_phone = models.CharField("Phone of the insured", max_length=16, blank=True)
    another_plan = models.BooleanField("The client has another health plan", default=False)
    other_insured_first_name = models.CharField(
        "First name of the other insured", max_length=35, blank=True
    )
    other_insured_last_name = models.CharField(
        "Last name of the other insured", max_length=60, blank=True
    )
    other_policy_number = models.CharField("Other policy number", max_length=28, blank=True)
    other_plan_name = models.CharField("Other plan name", max_length=28, blank=True)
    client_signature_on_file = models.BooleanField(
        "The client's signature is on file", default=True
    )
    benefits_assigned = models.BooleanField(
        "The insured's signature to pay us directly is on file", default=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.CheckConstraint(
                name="insured_named_where_not_the_client",
                condition=Q(relationship="self") | ~Q(insured_last_name=""),
                violation_error_message="Enter the insured's name, or choose Self.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.member_id}"
