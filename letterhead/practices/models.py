"""The practice, its members, its locations and the payers it bills."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.models import User
from letterhead.countries.country import Country
from letterhead.countries.numbers import NumberKind
from letterhead.countries.table import US_PAYERS, country_of
from letterhead.encryption.fields import EncryptedTextField
from letterhead.places.countries import country_choices
from letterhead.practices.columns import (
    GRACE,
    LONGEST_GRACE,
    LONGEST_IDLE,
    NUMBER_OF_PRACTICE,
    SHORTEST_IDLE,
    Addressed,
    Granted,
    Numbered,
    Preferring,
    WantedByPayer,
)
from letterhead.practices.preferred import (
    Preferences,
    in_words,
    practice_way,
    preferred,
    whose,
)
from letterhead.texts.emails import EmailField
from letterhead.texts.folded import FoldedField


class Practice(Addressed):
    """A practice, the business that uses Letterhead, with its Account Settings."""

    class NpiType(models.TextChoices):
        ORGANIZATION = "organization", _("Organization")
        INDIVIDUAL = "individual", _("Individual")

    class Paper(models.TextChoices):
        US_LETTER = "us-letter", _("US Letter")
        A4 = "a4", _("A4")

    name = models.CharField(_("Practice name"), max_length=100)
    registered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60, unique=True)
    phone = models.CharField(_("Phone"), max_length=16, blank=True)
    website = models.URLField(_("Website"), max_length=200, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=50, default="America/New_York")
    currency = models.CharField(_("Currency"), max_length=3, default="USD")
    paper = models.CharField(_("Paper"), max_length=9, choices=Paper, blank=True)  # "": country's
    paper_language = models.CharField(_("Language of paper"), max_length=11, blank=True)
    profession = models.CharField(_("Profession"), max_length=60, blank=True)
    logo_sha256 = models.CharField(max_length=64, blank=True)

    legal_name = models.CharField(_("Legal name"), max_length=100, blank=True)  # for item 33
    npi_type = models.CharField(
        _("NPI type"), max_length=12, choices=NpiType, default=NpiType.ORGANIZATION
    )
    group_npi = models.CharField(_("Group NPI"), max_length=20, blank=True)
    holder_first_name = models.CharField(
        _("First name of the billing provider"), max_length=35, blank=True
    )
    holder_middle_name = models.CharField(
        _("Middle name of the billing provider"), max_length=25, blank=True
    )
    holder_last_name = models.CharField(
        _("Last name of the billing provider"), max_length=60, blank=True
    )
    holder_suffix = models.CharField(_("Suffix of the billing provider"), max_length=10, blank=True)
    holder_npi = models.CharField(_("NPI of the billing provider"), max_length=20, blank=True)
    tax_id = EncryptedTextField(_("Practice Tax ID"), blank=True)
    tax_id_kind = models.CharField(_("Kind of practice tax ID"), max_length=20, blank=True)
    bills_us_payers = models.BooleanField(_("We bill US payers"), default=False)
    tax = models.CharField(_("Tax on services"), max_length=20, blank=True)  # "": none
    tax_note = models.CharField(_("Sentence where no tax is charged"), max_length=150, blank=True)
    bill_prefix = models.CharField(_("Numbers begin with"), max_length=3, blank=True)
    taxonomy = models.CharField(_("Taxonomy"), max_length=10, blank=True)
    remit_line1 = models.CharField(_("Remit-to address"), max_length=55, blank=True)
    remit_line2 = models.CharField(_("Remit-to address line 2"), max_length=55, blank=True)
    remit_city = models.CharField(_("Remit-to city"), max_length=30, blank=True)
    remit_state = models.CharField(_("Remit-to state"), max_length=30, blank=True)
    remit_postal_code = models.CharField(_("Remit-to ZIP code"), max_length=15, blank=True)
    remit_country = models.CharField(max_length=2, choices=country_choices, default="US")
    idle_minutes = models.PositiveSmallIntegerField(_("Automatic logout"), default=15)
    require_two_factor = models.BooleanField(
        _("Require two-factor authentication for all users"), default=False
    )
    two_factor_grace_days = models.PositiveSmallIntegerField(
        _("Days to set it up"), choices=GRACE, default=0
    )
    two_factor_required_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="practice_tax_id_and_kind_together",
                condition=Q(tax_id="", tax_id_kind="") | ~Q(tax_id="") & ~Q(tax_id_kind=""),
                violation_error_message=_("Enter the tax ID and its kind together."),
            ),
            models.CheckConstraint(
                name="practice_idle_minutes_in_bounds",
                condition=Q(idle_minutes__gte=SHORTEST_IDLE, idle_minutes__lte=LONGEST_IDLE),
            ),
            models.CheckConstraint(
                name="practice_two_factor_grace_in_bounds",
                condition=Q(two_factor_grace_days__lte=LONGEST_GRACE),
            ),
            models.CheckConstraint(
                name="practice_two_factor_required_since",
                condition=Q(require_two_factor=False, two_factor_required_at=None)
                | Q(require_two_factor=True, two_factor_required_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def place(self) -> Country:
        """All that its country is to it."""
        return country_of(self.country)

    @property
    def practice_way(self) -> Preferences:
        """The preferences of its members who chose nothing."""
        return practice_way(country=self.country, time_zone=self.time_zone)

    @property
    def uses_us_claims(self) -> bool:
        """Whether CMS-1500s, with their numbers, codes and words, are for it."""
        return self.place.bills_us_payers or self.bills_us_payers

    @property
    def uses_us_numbers_too(self) -> bool:
        """Whether its clinicians can have an NPI besides the numbers of its own country."""
        return self.bills_us_payers and not self.place.bills_us_payers

    def main_number(self, number: str = "") -> NumberKind:
        """Return which kind a clinician's main number is: the country's, or an NPI.

        Where US payers are billed from elsewhere, one of ten digits is an NPI.
        """
        npi = US_PAYERS.provider_number
        if not self.uses_us_numbers_too or number and not npi.is_shaped(npi.clean(number)):
            return self.place.provider_number
        return npi

    @property
    def tax_id_label(self) -> str:
        """What the kind of its tax ID is called."""
        return self.place.label_of_number(self.tax_id_kind)

    @property
    def is_proven(self) -> bool:
        """Whether whoever registered it proved their login email; until then it emails no one."""
        return self.registered_by is None or self.registered_by.is_proven

    @property
    def two_factor_from(self) -> dt.datetime | None:
        """When two-factor authentication becomes mandatory; None if it is not required."""
        if self.two_factor_required_at is None:
            return None
        return self.two_factor_required_at + dt.timedelta(days=self.two_factor_grace_days)


class PracticeNumber(Numbered):
    """A number of the practice besides its group NPI and tax ID, such as an ABN."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="numbers")

    class Meta(Numbered.Meta):
        constraints = [
            *Numbered.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "position"], name="practice_number_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PracticeSlug(models.Model):
    """A slug that a practice has or had. Never another's: old addresses redirect for ever."""

    slug = models.SlugField(max_length=60, unique=True)
    owner = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="slugs")

    def __str__(self) -> str:
        return self.slug


class Membership(Granted, Preferring):
    """A person in a practice: role, flags and preferences ("" for the practice's own).

    The row stays when access ends; from `ends_at` on the person can't reach the practice.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="memberships")
    ends_at = models.DateTimeField(_("Access ends"), null=True, blank=True)
    last_chosen_at = models.DateTimeField(null=True)  # by joining it, or by Switch
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "practice"], name="member_once_per_practice"),
            models.CheckConstraint(
                name="away_from_until",
                condition=Q(away_from=None, away_until=None)
                | Q(away_from__isnull=False, away_until__gte=F("away_from")),
                violation_error_message=_("The last day away is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.practice}"

    @property
    def has_ended(self) -> bool:
        """Whether access has ended by now."""
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def last_day(self) -> dt.date | None:
        """The last day of access in the practice's time zone; None if no end is set."""
        if self.ends_at is None:
            return None
        return (self.ends_at - dt.timedelta(microseconds=1)).astimezone(self.practice.zone).date()

    @property
    def practice_way(self) -> Preferences:
        """The preferences that apply where the member chose nothing."""
        return self.practice.practice_way

    @property
    def preferences(self) -> Preferences:
        """The preferences that apply to this member."""
        return preferred(self, self.practice_way)

    @property
    def preferences_in_words(self) -> list[tuple[str, str, str]]:
        """(label, value, whose it is) of every preference, as the page shows them."""
        words = in_words(self.preferences)
        return [
            (str(self._meta.get_field(name).verbose_name), words[name], whose(self, name))  # type: ignore[union-attr]
            for name in words
        ]


class Invitation(Granted):
    """An invitation by email. Anyone with its link can accept, once, until it expires.

    Only a hash of the link's token is stored. Sending it again makes a new link.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="invitations")
    email = EmailField(_("Email"), max_length=254)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "practice",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invited_once_at_a_time",
                violation_error_message=_("This email was already invited."),
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_revoked",
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.practice}"

    @property
    def has_expired(self) -> bool:
        """Whether the link is too old by now."""
        return self.expires_at <= timezone.now()


class Location(Addressed):
    """Where care is given: an office, telehealth, or clients' homes.

    Once a visit has it, it is never deleted: from `ended_at` on it isn't offered. With
    `same_address` it has the practice's, whatever that is, and no address of its own.
    """

    class Qualifier(models.TextChoices):
        STATE_LICENSE = "0B", _("0B State License Number")
        PROVIDER_COMMERCIAL = "G2", _("G2 Provider Commercial Number")
        LOCATION = "LU", _("LU Location Number")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField(_("Location name"), max_length=60)
    place_of_service = models.CharField(_("Place of service"), max_length=2, default="11")
    same_address = models.BooleanField(_("Same as the practice’s address"), default=False)
    npi = models.CharField(_("Location NPI"), max_length=20, blank=True)
    other_id_qualifier = models.CharField(
        _("Other ID Qualifier"), max_length=2, choices=Qualifier, blank=True
    )
    other_id = models.CharField(_("Other ID Number"), max_length=12, blank=True)  # 32b holds 14
    ended_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"],
                condition=Q(ended_at=None),
                name="location_name_once_per_practice",
                violation_error_message=_("Another location has this name."),
            ),
            models.CheckConstraint(
                name="location_number_and_qualifier_together",
                condition=Q(other_id="", other_id_qualifier="")
                | ~Q(other_id="") & ~Q(other_id_qualifier=""),
                violation_error_message=_("Enter the number and its qualifier together."),
            ),
            models.CheckConstraint(
                name="location_address_own_or_the_practices",
                condition=Q(same_address=False)
                | Q(line1="", line2="", city="", state="", postal_code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Payer(Addressed, WantedByPayer):
    """An insurer or program, with what it wants in items 24I and 24J of a claim."""

    class Kind(models.TextChoices):
        GROUP = "group", _("Group health plan")
        MEDICARE = "medicare", _("Medicare")
        MEDICAID = "medicaid", _("Medicaid")
        TRICARE = "tricare", _("TRICARE")
        CHAMPVA = "champva", _("CHAMPVA")
        FECA = "feca", _("FECA or black lung")
        OTHER = "other", _("Other")

    class NpiIn24J(models.TextChoices):
        ALWAYS = "always", _("Always")
        UNLESS_SAME = "unless same as 33a", _("Only if it differs from item 33a")

    class OtherIdIn24J(models.TextChoices):
        PAIR = "pair", _("The other ID from My Details")
        TAXONOMY = "taxonomy", _("Taxonomy codes: yours here, the practice's in 33b")
        NONE = "none", _("Nothing: NPI only")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="payers")
    name = models.CharField(_("Payer name"), max_length=60)
    folded = FoldedField("name")
    kind = models.CharField(_("Kind of coverage"), max_length=8, choices=Kind, default=Kind.GROUP)
    npi_in_24j = models.CharField(
        _("NPI in item 24J"), max_length=20, choices=NpiIn24J, default=NpiIn24J.ALWAYS
    )
    other_id_in_24j = models.CharField(
        _("Other ID in items 24I and 24J"),
        max_length=8,
        choices=OtherIdIn24J,
        default=OtherIdIn24J.PAIR,
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"],
                name="payer_name_once_per_practice",
                violation_error_message=_("Another payer has this name."),
            ),
            NUMBER_OF_PRACTICE,
        ]

    def __str__(self) -> str:
        return self.name
