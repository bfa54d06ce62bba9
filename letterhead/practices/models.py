"""The practice, its members, its locations and the payers it bills."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.encryption.fields import EncryptedTextField
from letterhead.places.countries import COUNTRIES
from letterhead.practices.preferred import (
    ClientsInFeed,
    Preferences,
    Weekday,
    in_words,
    practice_way,
    preferred,
    whose,
)
from letterhead.practices.roles import Role
from letterhead.ui.dates import DateStyle, TimeStyle

# Days that people may be given to set two-factor authentication up.
LONGEST_GRACE = 14
GRACE = [
    (0, "None: from now on"),
    (1, "1 day"),
    *((days, f"{days} days") for days in range(2, LONGEST_GRACE + 1)),
]
# Minutes without activity after which a practice may have its people logged out.
SHORTEST_IDLE, LONGEST_IDLE = 5, 60


class Addressed(models.Model):
    """Columns of a postal address."""

    line1 = models.CharField("Address", max_length=55, blank=True)
    line2 = models.CharField("Address line 2", max_length=55, blank=True)
    city = models.CharField("City", max_length=30, blank=True)
    state = models.CharField("State", max_length=30, blank=True)
    postal_code = models.CharField("ZIP code", max_length=15, blank=True)
    country = models.CharField("Country", max_length=2, choices=COUNTRIES, default="US")

    class Meta:
        abstract = True


class Practice(Addressed):
    """A tenant: one practice with its details, which live on Account Settings."""

    class NpiType(models.TextChoices):
        ORGANIZATION = "organization", "Organization"
        INDIVIDUAL = "individual", "Individual"

    class TaxIdKind(models.TextChoices):
        EIN = "EIN", "EIN"
        SSN = "SSN", "SSN"
        OTHER = "TIN", "Tax number"

    name = models.CharField("Practice name", max_length=100)
    slug = models.SlugField(max_length=60, unique=True)
    phone = models.CharField("Phone", max_length=16, blank=True)
    website = models.URLField("Website", max_length=200, blank=True)
    time_zone = models.CharField("Time zone", max_length=50, default="America/New_York")
    currency = models.CharField("Currency", max_length=3, default="USD")
    profession = models.CharField("Profession", max_length=60, blank=True)
    logo_sha256 = models.CharField(max_length=64, blank=True)

    npi_type = models.CharField(
        "NPI type", max_length=12, choices=NpiType, default=NpiType.ORGANIZATION
    )
    group_npi = models.CharField("Group NPI", max_length=10, blank=True)
    holder_first_name = models.CharField("First name of the holder", max_length=35, blank=True)
    holder_middle_name = models.CharField("Middle name of the holder", max_length=25, blank=True)
    holder_last_name = models.CharField("Last name of the holder", max_length=60, blank=True)
    holder_suffix = models.CharField("Suffix of the holder", max_length=10, blank=True)
    holder_npi = models.CharField("NPI of the holder", max_length=10, blank=True)
    tax_id = EncryptedTextField("Practice Tax ID", blank=True)
    tax_id_kind = models.CharField(
        "Kind of practice tax ID", max_length=3, choices=TaxIdKind, blank=True
    )
    taxonomy = models.CharField("Taxonomy", max_length=10, blank=True)
    remit_line1 = models.CharField("Remit-to address", max_length=55, blank=True)
    remit_line2 = models.CharField("Remit-to address line 2", max_length=55, blank=True)
    remit_city = models.CharField("Remit-to city", max_length=30, blank=True)
    remit_state = models.CharField("Remit-to state", max_length=30, blank=True)
    remit_postal_code = models.CharField("Remit-to ZIP code", max_length=15, blank=True)
    remit_country = models.CharField(max_length=2, choices=COUNTRIES, default="US")
    idle_minutes = models.PositiveSmallIntegerField("Idle log-off", default=15)
    require_two_factor = models.BooleanField(
        "Require two-factor authentication for all users", default=False
    )
    two_factor_grace_days = models.PositiveSmallIntegerField(
        "Days to set it up", choices=GRACE, default=0
    )
    two_factor_required_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="practice_tax_id_and_kind_together",
                condition=Q(tax_id="", tax_id_kind="") | ~Q(tax_id="") & ~Q(tax_id_kind=""),
                violation_error_message="Enter the tax ID and its kind together.",
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
    def two_factor_from(self) -> dt.datetime | None:
        """From when on nobody gets in without two-factor authentication; None: not required."""
        if self.two_factor_required_at is None:
            return None
        return self.two_factor_required_at + dt.timedelta(days=self.two_factor_grace_days)


class Granted(models.Model):
    """Columns of what somebody may: the role, and the flags that add to it or take from it."""

    role = models.CharField("Role", max_length=14, choices=Role)
    access_billing = models.BooleanField("Access Billing", default=False)
    show_on_calendar = models.BooleanField("Show on Calendar", default=True)
    edit_own_availability = models.BooleanField("Edit own availability", default=True)
    only_assigned_clients = models.BooleanField("Only assigned clients", default=False)
    edit_templates = models.BooleanField("Edit templates", default=False)
    edit_account_settings = models.BooleanField("Edit Account Settings", default=False)

    class Meta:
        abstract = True

    @property
    def flags_in_words(self) -> list[str]:
        """Give the names of the flags that are set, in the order of the page."""
        return [
            str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in FLAGS
            if getattr(self, name)
        ]


FLAGS = (
    *("access_billing", "edit_account_settings", "only_assigned_clients"),
    *("show_on_calendar", "edit_own_availability", "edit_templates"),
)


class Membership(Granted):
    """A person in a practice: role, flags and preferences ("": as the practice does).

    It stays when access ends; from `ends_at` on the person reaches nothing of the practice.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="memberships")
    ends_at = models.DateTimeField("Access ends", null=True, blank=True)
    time_zone = models.CharField("Time zone", max_length=50, blank=True)
    language = models.CharField("Language", max_length=5, blank=True)
    date_style = models.CharField("Date style", max_length=11, choices=DateStyle, blank=True)
    time_style = models.CharField("Time style", max_length=8, choices=TimeStyle, blank=True)
    week_starts_on = models.CharField(
        "First day of the week", max_length=8, choices=Weekday, blank=True
    )
    clients_in_feed = models.CharField(
        "Clients in my calendar feed", max_length=10, choices=ClientsInFeed, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "practice"], name="member_once_per_practice")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.practice}"

    @property
    def has_ended(self) -> bool:
        """Whether the person's access has ended by now."""
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def last_day(self) -> dt.date | None:
        """The last day of access where the practice is; None where no end is set."""
        if self.ends_at is None:
            return None
        zone = ZoneInfo(self.practice.time_zone)
        return (self.ends_at - dt.timedelta(microseconds=1)).astimezone(zone).date()

    @property
    def practice_way(self) -> Preferences:
        """How pages are written where nothing was chosen."""
        practice = self.practice
        return practice_way(country=practice.country, time_zone=practice.time_zone)

    @property
    def preferences(self) -> Preferences:
        """How pages are written for this member."""
        return preferred(self, self.practice_way)

    @property
    def preferences_in_words(self) -> list[tuple[str, str, str]]:
        """Give label, value and whose it is, of every preference, as the page writes them."""
        words = in_words(self.preferences)
        return [
            (str(self._meta.get_field(name).verbose_name), words[name], whose(self, name))  # type: ignore[union-attr]
            for name in words
        ]


class Invitation(Granted):
    """A person asked to join, by mail. Whoever holds the link may accept, once, until it ends.

    Only a hash of what the link holds is kept. Sending it again makes another link.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("Email", max_length=254)
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
                violation_error_message="This email has been invited already.",
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
        """Whether its link is too old by now."""
        return self.expires_at <= timezone.now()


class Location(Addressed):
    """Where care is given."""

    class Qualifier(models.TextChoices):
        STATE_LICENSE = "0B", "0B State License Number"
        PROVIDER_COMMERCIAL = "G2", "G2 Provider Commercial Number"
        LOCATION = "LU", "LU Location Number"

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField("Location name", max_length=60)
    place_of_service = models.CharField("Place of service", max_length=2, default="11")
    npi = models.CharField("Location NPI", max_length=10, blank=True)
    other_id_qualifier = models.CharField(
        "Other ID Qualifier", max_length=2, choices=Qualifier, blank=True
    )
    other_id = models.CharField("Other ID Number", max_length=12, blank=True)  # 32b holds 14
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"],
                name="location_name_once_per_practice",
                violation_error_message="Another location has this name.",
            ),
            models.CheckConstraint(
                name="location_number_and_qualifier_together",
                condition=Q(other_id="", other_id_qualifier="")
                | ~Q(other_id="") & ~Q(other_id_qualifier=""),
                violation_error_message="Enter the number and its qualifier together.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Payer(Addressed):
    """An insurer or programme, with what it wants in items 24I and 24J of a claim."""

    class Kind(models.TextChoices):
        GROUP = "group", "Group health plan"
        MEDICARE = "medicare", "Medicare"
        MEDICAID = "medicaid", "Medicaid"
        TRICARE = "tricare", "TRICARE"
        CHAMPVA = "champva", "CHAMPVA"
        FECA = "feca", "FECA or black lung"
        OTHER = "other", "Other"

    class NpiIn24J(models.TextChoices):
        ALWAYS = "always", "Always"
        UNLESS_SAME = "unless same as 33a", "Only where it differs from item 33a"

    class OtherIdIn24J(models.TextChoices):
        PAIR = "pair", "The other ID from My Details"
        TAXONOMY = "taxonomy", "The practice's taxonomy with ZZ"
        NONE = "none", "Nothing: NPI only"

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="payers")
    name = models.CharField("Payer name", max_length=60)
    kind = models.CharField("Kind of coverage", max_length=8, choices=Kind, default=Kind.GROUP)
    npi_in_24j = models.CharField(
        "NPI in item 24J", max_length=20, choices=NpiIn24J, default=NpiIn24J.ALWAYS
    )
    other_id_in_24j = models.CharField(
        "Other ID in items 24I and 24J",
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
                violation_error_message="Another payer has this name.",
            )
        ]

    def __str__(self) -> str:
        return self.name
