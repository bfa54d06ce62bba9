"""Services, when clinicians see clients, and the appointments made with them.

Instants are UTC. Hours and time off are days and times on the wall clock of the practice's time
zone, resolved for each day: nine o'clock stays nine o'clock when the clocks change.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letterhead.clients.models import Client
from letterhead.practices.models import Location, Membership, Practice
from letterhead.scheduling.columns import (
    LONGEST_BUFFER,
    LONGEST_MINUTES,
    MOST_IN_A_GROUP,
    DaysOff,
    Described,
    OpenHours,
    OwnTerms,
    Person,
    Ruled,
    Span,
    State,
    WaitingState,
    Waits,
)


class Service(Described):
    """Something that clients make appointments for.

    Once it isn't offered any more it has `ended_at`; its appointments keep it.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="services")
    ended_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"],
                condition=Q(ended_at=None),
                name="service_name_once_per_practice",
                violation_error_message=_("Another service has this name."),
            ),
            models.CheckConstraint(
                name="service_minutes_in_bounds",
                condition=Q(
                    duration__gte=5,
                    duration__lte=LONGEST_MINUTES,
                    buffer_before__lte=LONGEST_BUFFER,
                    buffer_after__lte=LONGEST_BUFFER,
                ),
            ),
            models.CheckConstraint(
                name="service_capacity_in_bounds",
                condition=Q(capacity__gte=1, capacity__lte=MOST_IN_A_GROUP),
            ),
            models.CheckConstraint(
                name="service_fee_is_not_negative", condition=Q(fee=None) | Q(fee__gte=0)
            ),
            models.CheckConstraint(
                name="service_is_somewhere",
                condition=Q(in_office=True) | Q(virtual=True) | Q(at_home=True),
                violation_error_message=_("Choose at least one place."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Offer(OwnTerms):
    """A clinician offers a service; with their own duration and fee where these differ."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="offers")
    practitioner = models.ForeignKey(
        "details.Practitioner",
        on_delete=models.CASCADE,
        related_name="offers",
        verbose_name=_("Clinician"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "practitioner"], name="offered_once"),
            models.CheckConstraint(
                name="offer_in_bounds",
                condition=(Q(duration=None) | Q(duration__gte=5, duration__lte=LONGEST_MINUTES))
                & (Q(fee=None) | Q(fee__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} by {self.practitioner}"


class PracticeRules(Ruled):
    """The booking rules of a practice. `version` also moves with its services and holidays."""

    practice = models.OneToOneField(
        Practice, on_delete=models.CASCADE, primary_key=True, related_name="booking_rules"
    )
    embedded_by = models.JSONField(_("Sites that show the scheduler"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [Ruled.IN_BOUNDS]

    def __str__(self) -> str:
        return f"rules of practice {self.practice_id}"


class Diary(Ruled):
    """A clinician's own booking rules (empty: the practice's), and the lock of their time.

    Whoever changes a clinician's hours, time off or appointments locks this row and raises
    `version` (`diaries.locked`): so two never take one time, and what was calculated from a diary
    is good while its version stays.
    """

    practitioner = models.OneToOneField(
        "details.Practitioner", on_delete=models.CASCADE, primary_key=True, related_name="diary"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "diaries"
        constraints = [Ruled.IN_BOUNDS]

    def __str__(self) -> str:
        return f"diary of practitioner {self.practitioner_id}"


class Hours(OpenHours):
    """When a clinician sees clients: every week on `weekday`, or on one `day` only.

    A day with rows of its own has these instead of the weekly ones. `ends` 00:00 is midnight at the
    end of the day. Weekly hours hold from `first_day` to `last_day`, both included. Without a
    location they are for any.
    """

    practitioner = models.ForeignKey(
        "details.Practitioner", on_delete=models.CASCADE, related_name="hours"
    )
    location = models.ForeignKey(
        Location,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="hours",
        verbose_name=_("Location"),
    )

    class Meta:
        verbose_name_plural = "hours"
        indexes = [models.Index(fields=["practitioner", "day"], name="hours_of_clinician")]
        constraints = OpenHours.HOLDS

    def __str__(self) -> str:
        return f"{self.day or self.weekday} {self.starts}-{self.ends}"


class TimeOff(DaysOff):
    """When a clinician sees no one, or nobody in the practice does (its holidays).

    Both days are included; with times, it begins and ends at these. Clients never see the reason.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="times_off")
    practitioner = models.ForeignKey(
        "details.Practitioner",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="times_off",
    )

    class Meta:
        verbose_name_plural = "times off"
        indexes = [models.Index(fields=["practice", "last_day"], name="times_off_by_day")]
        constraints = DaysOff.HOLDS

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"


class Series(models.Model):
    """A repeating appointment: what its appointments still to be changed as a whole have in common.

    `rule` is an RRULE of RFC 5545 without DTSTART; the first appointment begins on `first_day` at
    `starts` on the practice's wall clock.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="series")
    first_day = models.DateField()
    starts = models.TimeField()
    rule = models.CharField(max_length=120)
    uid = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.rule


class Appointment(Span):
    """A span of a clinician's time, and who comes then: one client, or a group.

    `busy_from` and `busy_until` include the buffers. While `takes_time` is true, nobody else gets
    that time: on PostgreSQL by an exclusion constraint, on both databases by `diaries.locked`; only
    one `booked_anyway` may stand beside others. A time held while its form is filled in is an
    appointment too, until `held_until`.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="appointments")
    practitioner = models.ForeignKey(
        "details.Practitioner",
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("Clinician"),
        db_index=False,
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("Service")
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("Location")
    )
    note = models.CharField(_("Note"), max_length=500, blank=True)  # clients never see it
    series = models.ForeignKey(
        Series, null=True, on_delete=models.PROTECT, related_name="appointments"
    )
    series_day = models.DateField(null=True)  # the day it was made for, wherever it is now
    apart = models.BooleanField(default=False)  # changed alone: its series leaves it as it is
    uid = models.UUIDField(default=uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["practitioner", "starts_at"], name="appointments_of_clinician"),
            models.Index(fields=["practice", "starts_at"], name="appointments_by_start"),
        ]
        constraints = [
            *Span.HOLDS,
            models.CheckConstraint(
                name="appointment_of_a_series_has_its_day",
                condition=Q(series=None, series_day=None)
                | Q(series__isnull=False, series_day__isnull=False),
            ),
            models.UniqueConstraint(fields=["series", "series_day"], name="once_a_day_in_a_series"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC"


class Attendee(Person):
    """Someone who comes to an appointment, and how that stands.

    `client` is set by staff only: a booking with a known email names no client by itself. `key` is
    the secret of the links in emails, and what makes one booking of a form sent twice.
    """

    State = State
    GONE = (State.CANCELED, State.LATE)

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="attendees")
    client = models.ForeignKey(
        Client,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("Client"),
    )
    booked_online = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)  # of its calendar files, RFC 5545 3.8.7.4
    moved_from = models.DateTimeField(null=True)  # where it was before it was last moved
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client", "appointment"], name="attendances_of_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "client"],
                condition=Q(client__isnull=False) & ~Q(state__in=["canceled", "late"]),
                name="client_once_in_an_appointment",
                violation_error_message=_("This client already comes to this appointment."),
            ),
            *Person.HOLDS,
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The client's name, or the one given when booking."""
        if self.client:
            return str(self.client)
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def takes_a_place(self) -> bool:
        """Whether nobody else can have this place."""
        return self.state not in self.GONE


class CalendarFeed(models.Model):
    """The private address of a member's appointments; only a hash of its token is stored."""

    membership = models.OneToOneField(
        Membership, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed of member {self.membership_id}"


class Waiting(Waits):
    """Someone who waits for a time on a day that is full; without a practitioner, of anyone.

    `held` is the time that was offered, until it lapses. `key` is the secret of the links.
    """

    State = WaitingState

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="waiting_list")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="waiting_list")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="waiting_list")
    practitioner = models.ForeignKey(
        "details.Practitioner", null=True, on_delete=models.CASCADE, related_name="waiting_list"
    )
    held = models.OneToOneField(
        Attendee, null=True, on_delete=models.SET_NULL, related_name="offered_to"
    )
    key = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        verbose_name_plural = "waiting"
        indexes = [models.Index(fields=["service", "state", "day"], name="waiting_for_service")]
