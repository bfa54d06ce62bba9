"""Columns that several tables share, address and what a user can do; the bounds of others."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from letterhead.places.countries import country_choices
from letterhead.practices.preferred import ClientsInFeed, Weekday
from letterhead.practices.roles import Role
from letterhead.ui.dates import DateStyle, TimeStyle

FLAGS = (
    *("access_billing", "edit_account_settings", "only_assigned_clients"),
    *("show_on_calendar", "edit_own_availability", "edit_templates"),
)


def _days(days: int) -> str:
    """Return "1 day", "2 days" and so on."""
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


# Days a practice can give its people to set up two-factor authentication.
LONGEST_GRACE = 14
GRACE = [
    (0, _("None: required now")),
    *((days, lazy(_days, str)(days)) for days in range(1, LONGEST_GRACE + 1)),
]
# Bounds of the minutes without activity after which a practice logs its people out.
SHORTEST_IDLE, LONGEST_IDLE = 5, 60


class Addressed(models.Model):
    """Columns of a postal address."""

    line1 = models.CharField(_("Address"), max_length=55, blank=True)
    line2 = models.CharField(_("Address line 2"), max_length=55, blank=True)
    city = models.CharField(_("City"), max_length=30, blank=True)
    state = models.CharField(_("State"), max_length=30, blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=15, blank=True)
    country = models.CharField(_("Country"), max_length=2, choices=country_choices, default="US")

    class Meta:
        abstract = True


class Numbered(models.Model):
    """A number besides the main one: of a kind that the country has, or with a label of its own.

    It can be for one payer only, and for one location only.
    """

    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind of number"), max_length=20, blank=True)  # "": own label
    own_label = models.CharField(_("Own label"), max_length=30, blank=True)
    number = models.CharField(_("Number"), max_length=50)
    payer = models.ForeignKey(
        "practices.Payer",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Payer"),
    )
    location = models.ForeignKey(
        "practices.Location",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Location"),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_of_a_kind_or_own_label",
                condition=~Q(kind="") & Q(own_label="") | Q(kind="") & ~Q(own_label=""),
                violation_error_message=_("Choose a kind of number, or enter your own label."),
            ),
            models.CheckConstraint(name="%(class)s_not_empty", condition=~Q(number="")),
        ]


@dataclass(frozen=True, kw_only=True)
class NewNumber:
    """A number to save; payer and location are the practice's, or None for any."""

    kind: str = ""
    own_label: str = ""
    number: str
    payer_id: int | None = None
    location_id: int | None = None


class WantedByPayer(models.Model):
    """Columns of what a payer wants on a claim beside the form's rules."""

    class BillingQualifier(models.TextChoices):
        STATE_LICENSE = "0B", _("0B State License Number")
        PROVIDER_COMMERCIAL = "G2", _("G2 Provider Commercial Number")

    bare_member_id = models.BooleanField(
        _("Print member IDs without spaces and hyphens"), default=False
    )
    facility_always = models.BooleanField(
        _("Fill in item 32 even where it equals item 33"), default=False
    )
    billing_other_id_qualifier = models.CharField(
        _("Qualifier of the practice’s number"), max_length=2, choices=BillingQualifier, blank=True
    )
    billing_other_id = models.CharField(  # 33b holds 17 with its qualifier
        _("The practice’s number"), max_length=15, blank=True
    )

    class Meta:
        abstract = True


NUMBER_OF_PRACTICE = models.CheckConstraint(
    name="number_of_practice_and_qualifier_together",
    condition=Q(billing_other_id="", billing_other_id_qualifier="")
    | ~Q(billing_other_id="") & ~Q(billing_other_id_qualifier=""),
    violation_error_message=_("Enter the number and its qualifier together."),
)


class Granted(models.Model):
    """Columns of what a user can do: a role, and flags that add to it or take from it."""

    role = models.CharField(_("Role"), max_length=14, choices=Role)
    access_billing = models.BooleanField(_("Access Billing"), default=False)
    show_on_calendar = models.BooleanField(_("Show on Calendar"), default=True)
    edit_own_availability = models.BooleanField(_("Edit own availability"), default=True)
    only_assigned_clients = models.BooleanField(_("Only assigned clients"), default=False)
    edit_templates = models.BooleanField(_("Edit templates"), default=False)
    edit_account_settings = models.BooleanField(_("Edit Account Settings"), default=False)

    class Meta:
        abstract = True

    @property
    def flags_in_words(self) -> list[str]:
        """Labels of the flags that are set, in the order of the page."""
        return [
            str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in FLAGS
            if getattr(self, name)
        ]


class Preferring(models.Model):
    """Columns of what a member prefers ("": the practice's way), of being away, and of video."""

    time_zone = models.CharField(_("Time zone"), max_length=50, blank=True)
    language = models.CharField(_("Language"), max_length=5, blank=True)
    date_style = models.CharField(_("Date style"), max_length=11, choices=DateStyle, blank=True)
    time_style = models.CharField(_("Time style"), max_length=8, choices=TimeStyle, blank=True)
    week_starts_on = models.CharField(
        _("First day of the week"), max_length=8, choices=Weekday, blank=True
    )
    clients_in_feed = models.CharField(
        _("Clients in my calendar feed"), max_length=10, choices=ClientsInFeed, blank=True
    )
    away_from = models.DateField(_("Away from"), null=True, blank=True)
    away_until = models.DateField(_("Away until"), null=True, blank=True)  # included
    away_text = models.CharField(_("What clients read"), max_length=300, blank=True)
    away_colleague = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Colleague to turn to"),
    )
    video_link = models.URLField(_("Video link"), max_length=300, blank=True)
    video_how = models.CharField(_("How to join"), max_length=300, blank=True)

    class Meta:
        abstract = True
