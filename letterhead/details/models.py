"""My Details as saved: one row for each person and practice, and its lists in order."""

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.models import User
from letterhead.encryption.fields import EncryptedTextField
from letterhead.practices.columns import Numbered
from letterhead.practices.models import Membership, Payer, Practice
from letterhead.texts.emails import EmailField
from letterhead.texts.folded import FoldedField

DEFAULT_LABEL, LONGEST_LABEL = "NPI", 20  # of the main number


class Practitioner(models.Model):
    """A person's details in one practice; they stay when the membership ends."""

    class Signature(models.TextChoices):
        NAME = "name", _("Name with credentials")
        SHORT = "short", _("Short form")
        ON_FILE = "on file", _("SIGNATURE ON FILE")

    class PaperSignature(models.TextChoices):
        TYPED = "typed", _("Typed")
        DRAWN = "drawn", _("Drawn")
        PICTURE = "picture", _("A picture")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="practitioners")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="practitioners")
    membership = models.OneToOneField(
        Membership, null=True, on_delete=models.SET_NULL, related_name="practitioner"
    )
    title = models.CharField(_("Title"), max_length=20, blank=True)
    first_name = models.CharField(_("First name"), max_length=35)
    middle_name = models.CharField(_("Middle name"), max_length=25, blank=True)
    last_name = models.CharField(_("Last name"), max_length=60)
    suffix = models.CharField(_("Suffix"), max_length=10, blank=True)
    pronouns = models.CharField(_("Pronouns"), max_length=30, blank=True)
    pronunciation = models.CharField(
        _("Pronunciation of the name"),
        max_length=60,
        blank=True,
        help_text=_("How clients say your name, such as DAY-nuh rih-VAIR-uh"),
    )
    claim_first_name = models.CharField(_("First name on claims"), max_length=35, blank=True)
    claim_middle_name = models.CharField(_("Middle name on claims"), max_length=25, blank=True)
    claim_last_name = models.CharField(_("Last name on claims"), max_length=60, blank=True)
    claim_suffix = models.CharField(_("Suffix on claims"), max_length=10, blank=True)
    credentials = models.CharField(_("Credentials"), max_length=100, blank=True)
    signature = models.CharField(
        _("Signature on claims"), max_length=7, choices=Signature, default=Signature.NAME
    )
    short_signature = models.CharField(_("Short form"), max_length=60, blank=True)
    paper_signature = models.CharField(
        _("Signature on superbills and documents"),
        max_length=7,
        choices=PaperSignature,
        default=PaperSignature.TYPED,
    )
    typed_signature = models.CharField(_("Typed signature"), max_length=100, blank=True)
    signature_sha256 = models.CharField(max_length=64, blank=True)  # of a drawn one or a picture
    contact_email = EmailField(_("Contact Email"), max_length=254)
    unconfirmed_email = EmailField(max_length=254, blank=True)
    npi_label = models.CharField(
        _("Name"), max_length=LONGEST_LABEL, default=DEFAULT_LABEL, blank=True
    )
    npi = models.CharField(_("Individual NPI"), max_length=20, blank=True)
    tax_id = EncryptedTextField(_("Individual Tax ID"), blank=True)
    tax_id_kind = models.CharField(_("Kind of tax ID"), max_length=20, blank=True)
    tax_id_on_bills = models.BooleanField(_("Print on superbills and invoices"), default=False)
    folded = FoldedField("last_name", "first_name")
    slug = models.SlugField(max_length=60)  # of the public card; only a Director changes it
    uid = models.UUIDField(default=uuid4, editable=False)  # of the vCard, for ever
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    # read by queries.practitioners_in
    phone_rows: list[dict[str, Any]]
    other_id_rows: list[dict[str, Any]]
    license_rows: list[dict[str, Any]]
    number_rows: list[dict[str, Any]]
    practice_number_rows: list[dict[str, Any]]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "user"], name="practitioner_once_per_practice"
            ),
            models.UniqueConstraint(fields=["practice", "slug"], name="card_address_once"),
            models.CheckConstraint(
                name="paper_signature_has_its_picture",
                condition=Q(paper_signature="typed", signature_sha256="")
                | ~Q(paper_signature="typed") & ~Q(signature_sha256=""),
            ),
            models.UniqueConstraint(
                fields=["practice", "npi"],
                condition=~Q(npi=""),
                name="npi_once_per_practice",
                violation_error_message=_(
                    "A colleague already has this NPI. An NPI belongs to one person."
                ),
            ),
            models.CheckConstraint(
                name="individual_tax_id_and_kind_together",
                condition=Q(tax_id="", tax_id_kind="") | ~Q(tax_id="") & ~Q(tax_id_kind=""),
                violation_error_message=_("Enter the tax ID and its kind together."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Leave these to the forms, which name the right field, and to the database.

        Every form edits only one side of them, so Django would spend time and find nothing.
        """

    @property
    def number_label(self) -> str:
        """What prints before the main number: of elsewhere the default is the country's word."""
        if self.practice.place.bills_us_payers or self.npi_label not in {"", DEFAULT_LABEL}:
            return self.npi_label
        return str(self.practice.main_number(self.npi).label)

    @property
    def tax_id_label(self) -> str:
        """What the kind of the tax ID is called."""
        return self.practice.place.label_of_number(self.tax_id_kind)

    @property
    def wanted_email(self) -> str:
        """The contact email last entered: the one in use, or a newer unconfirmed one."""
        return self.unconfirmed_email or self.contact_email


class CardSlug(models.Model):
    """A slug that a public card has or had, never a colleague's: old ones redirect for ever."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="card_slugs")
    slug = models.SlugField(max_length=60)
    owner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="slugs")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "slug"], name="card_slug_ever_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class PhoneNumber(models.Model):
    """A phone number of a practitioner: E.164 and extension."""

    class Kind(models.TextChoices):
        CELL = "cell", _("Cell phone")
        HOME = "home", _("Home")
        WORK = "work", _("Work")
        AFTER_HOURS = "after hours", _("After hours")
        FAX = "fax", _("Fax")
        OTHER = "other", _("Other")

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, related_name="phone_numbers"
    )
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Type"), max_length=11, choices=Kind, default=Kind.CELL)
    own_label = models.CharField(_("Own label"), max_length=20, blank=True)
    number = models.CharField(_("Phone number"), max_length=16)
    extension = models.CharField(_("Extension"), max_length=7, blank=True)
    print_on_bills = models.BooleanField(_("Print on bills"), default=False)
    use_in_messages = models.BooleanField(_("Use in messages"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "position"], name="phone_position_once"
            ),
            models.CheckConstraint(
                name="own_label_for_other_phones",
                condition=Q(kind="other") & ~Q(own_label="") | ~Q(kind="other") & Q(own_label=""),
                violation_error_message=_("Enter your own label."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OtherId(models.Model):
    """A provider number besides the NPI, assigned by a payer or a state."""

    class Qualifier(models.TextChoices):
        STATE_LICENSE = "0B", _("0B State License Number")
        UPIN = "1G", _("1G Provider UPIN Number")
        PROVIDER_COMMERCIAL = "G2", _("G2 Provider Commercial Number")
        LOCATION = "LU", _("LU Location Number")
        TAXONOMY = "ZZ", _("ZZ Provider Taxonomy")

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, related_name="other_ids"
    )
    position = models.PositiveSmallIntegerField()
    qualifier = models.CharField(_("Other ID Qualifier"), max_length=2, choices=Qualifier)
    number = models.CharField(_("Other ID Number"), max_length=50)
    payer = models.ForeignKey(
        Payer, null=True, blank=True, on_delete=models.PROTECT, related_name="other_ids"
    )
    is_default = models.BooleanField(_("Default"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "position"], name="other_id_position_once"
            ),
            models.UniqueConstraint(
                fields=["practitioner"],
                condition=Q(is_default=True),
                name="one_default_other_id",
                violation_error_message=_("Only one other ID can be the default."),
            ),
            models.UniqueConstraint(
                fields=["practitioner", "payer"],
                condition=Q(payer__isnull=False),
                name="one_other_id_per_payer",
                violation_error_message=_("Another row is already for this payer."),
            ),
            models.CheckConstraint(
                name="other_id_number_and_qualifier_together",
                condition=~Q(number="") & ~Q(qualifier=""),
                violation_error_message=_("Enter the number and its qualifier together."),
            ),
            models.CheckConstraint(
                name="default_other_id_is_for_any_payer",
                condition=Q(is_default=False) | Q(payer__isnull=True),
                violation_error_message=_("The default is for any payer. Leave its payer empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.qualifier} {self.number}"


class ProviderNumber(Numbered):
    """A number of a practitioner besides the main one, such as one that belongs to a location."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="numbers")

    class Meta(Numbered.Meta):
        constraints = [
            *Numbered.Meta.constraints,
            models.UniqueConstraint(
                fields=["practitioner", "position"], name="provider_number_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class License(models.Model):
    """A license to practice."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, related_name="licenses"
    )
    position = models.PositiveSmallIntegerField()
    type = models.CharField(_("License type"), max_length=60, blank=True)
    state = models.CharField(_("License state"), max_length=60, blank=True)
    number = models.CharField(_("License number"), max_length=30)
    since = models.DateField(_("License since"), null=True, blank=True)
    expires = models.DateField(_("License expires"), null=True, blank=True)
    board_url = models.URLField(_("Link to the board"), max_length=200, blank=True)
    print_on_superbill = models.BooleanField(_("Print on superbill"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "position"], name="license_position_once"
            ),
            models.CheckConstraint(
                name="license_expires_after_it_began",
                condition=Q(since__isnull=True)
                | Q(expires__isnull=True)
                | Q(expires__gte=models.F("since")),
                violation_error_message=_("The license expires before it began. Check both dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.number}".strip()


class Photo(models.Model):
    """A practitioner's photo: the original, its square that people see, and that square's files.

    Without a photo every column but the version is empty. The square is in pixels of the
    original, turned upright and then by `turned` degrees clockwise.
    """

    practitioner = models.OneToOneField(
        Practitioner, on_delete=models.CASCADE, primary_key=True, related_name="photo"
    )
    original_sha256 = models.CharField(max_length=64, blank=True)
    left = models.PositiveIntegerField(default=0)
    top = models.PositiveIntegerField(default=0)
    side = models.PositiveIntegerField(default=0)
    turned = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    small_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="photo_whole_or_none",
                condition=Q(original_sha256="", sha256="", small_sha256="", side=0)
                | ~Q(original_sha256="") & ~Q(sha256="") & ~Q(small_sha256="") & Q(side__gt=0),
            ),
            models.CheckConstraint(
                name="photo_turned_by_quarters", condition=Q(turned__in=(0, 90, 180, 270))
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class Card(models.Model):
    """What the public card says besides General Details and the photo."""

    practitioner = models.OneToOneField(
        Practitioner, on_delete=models.CASCADE, primary_key=True, related_name="card"
    )
    description = models.TextField(_("Provider Description"), blank=True)  # clean HTML
    specialties = models.JSONField(_("Specialties"), default=list, blank=True)
    languages = models.JSONField(_("Languages spoken"), default=list, blank=True)
    ages = models.JSONField(_("Ages"), default=list, blank=True)
    approaches = models.JSONField(_("Approaches"), default=list, blank=True)
    payers_accepted = models.JSONField(_("Payers accepted"), default=list, blank=True)
    takes_new_clients = models.BooleanField(_("Taking new clients"), default=True)
    is_shown = models.BooleanField(_("Show my card to the public"), default=False)
    position = models.PositiveSmallIntegerField(_("Order among colleagues"), default=0)
    for_search_engines = models.BooleanField(_("Search engines may list my card"), default=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.practitioner)
