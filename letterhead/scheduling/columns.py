"""Columns of services, of booking rules, and of people who come to appointments."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letterhead.texts.emails import EmailField

GRIDS = (5, 10, 15, 20, 30, 60)
LONGEST_NOTICE = LONGEST_CHANGE = 30 * 24  # hours
FURTHEST = 366  # days
MOST_A_DAY = 100
LONGEST_MINUTES, LONGEST_BUFFER = 12 * 60, 4 * 60
LONGEST_SPAN = dt.timedelta(minutes=LONGEST_MINUTES + 2 * LONGEST_BUFFER)
MOST_IN_A_GROUP = 500
LONGEST_CODE = 20
MOST_REASON = 1000
_MINUTES = [MinValueValidator(5), MaxValueValidator(LONGEST_MINUTES)]
_BUFFER = [MaxValueValidator(LONGEST_BUFFER)]


class Ruled(models.Model):
    """Booking rules; an empty one is as the practice says, and there as `rules.USUAL` says."""

    notice_hours = models.PositiveSmallIntegerField(
        _("Minimum notice in hours"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_NOTICE)],
    )
    horizon_days = models.PositiveSmallIntegerField(
        _("How many days ahead clients can book"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(FURTHEST)],
    )
    grid_minutes = models.PositiveSmallIntegerField(
        _("Start times every"),
        null=True,
        blank=True,
        choices=[(minutes, _("%d minutes") % minutes) for minutes in GRIDS],
    )
    most_a_day = models.PositiveSmallIntegerField(
        _("Most appointments a day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_A_DAY)],
    )
    change_hours = models.PositiveSmallIntegerField(
        _("Clients can reschedule or cancel until, in hours before"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_CHANGE)],
    )
    needs_approval = models.BooleanField(
        _("The practice confirms each online booking"), null=True, blank=True
    )
    proves_email = models.BooleanField(
        _("A booking counts once its email is confirmed"), null=True, blank=True
    )

    class Meta:
        abstract = True

    IN_BOUNDS: ClassVar[models.BaseConstraint] = models.CheckConstraint(
        name="%(class)s_in_bounds",
        condition=(Q(notice_hours=None) | Q(notice_hours__lte=LONGEST_NOTICE))
        & (Q(horizon_days=None) | Q(horizon_days__gte=1, horizon_days__lte=FURTHEST))
        & (Q(grid_minutes=None) | Q(grid_minutes__in=GRIDS))
        & (Q(most_a_day=None) | Q(most_a_day__gte=1, most_a_day__lte=MOST_A_DAY))
        & (Q(change_hours=None) | Q(change_hours__lte=LONGEST_CHANGE)),
    )


class Described(models.Model):
    """What a service is."""

    class Color(models.TextChoices):
        GREEN = "green", _("Green")
        BLUE = "blue", _("Blue")
        RUST = "rust", _("Rust")
        PLUM = "plum", _("Plum")
        OCHRE = "ochre", _("Ochre")
        SLATE = "slate", _("Slate")

    name = models.CharField(_("Service name"), max_length=80)
    code = models.CharField(_("Code"), max_length=LONGEST_CODE, blank=True)
    modifiers = models.CharField(_("Modifiers"), max_length=11, blank=True)
    duration = models.PositiveSmallIntegerField(
        _("Duration in minutes"), default=50, validators=_MINUTES
    )
    fee = models.DecimalField(
        _("Fee"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    buffer_before = models.PositiveSmallIntegerField(
        _("Buffer before"), default=0, validators=_BUFFER
    )
    buffer_after = models.PositiveSmallIntegerField(
        _("Buffer after"), default=0, validators=_BUFFER
    )
    in_office = models.BooleanField(_("At a place of the practice"), default=True)
    virtual = models.BooleanField(_("Virtual"), default=False)
    at_home = models.BooleanField(_("At the client’s home"), default=False)
    bookable_online = models.BooleanField(_("Bookable online"), default=False)
    for_new_clients = models.BooleanField(_("New clients"), default=True)
    show_price = models.BooleanField(_("Show the price online"), default=False)
    capacity = models.PositiveSmallIntegerField(
        _("Capacity"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_IN_A_GROUP)],
    )
    color = models.CharField(_("Color"), max_length=5, choices=Color, default=Color.GREEN)

    class Meta:
        abstract = True


class OwnTerms(models.Model):
    """A clinician's own duration and fee; empty: the service's."""

    duration = models.PositiveSmallIntegerField(
        _("Duration in minutes"), null=True, blank=True, validators=_MINUTES
    )
    fee = models.DecimalField(
        _("Fee"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )

    class Meta:
        abstract = True


class Weekday(models.IntegerChoices):
    """Days of the week, numbered like `datetime.date.weekday`."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class OpenHours(models.Model):
    """From a time to another on the wall clock, weekly or on one day."""

    weekday = models.PositiveSmallIntegerField(_("Day"), choices=Weekday, null=True)
    day = models.DateField(_("Date"), null=True)
    starts = models.TimeField(_("From"))
    ends = models.TimeField(_("To"))
    first_day = models.DateField(_("First day"), null=True, blank=True)
    last_day = models.DateField(_("Last day"), null=True, blank=True)

    class Meta:
        abstract = True

    HOLDS: ClassVar[list[models.BaseConstraint]] = [
        models.CheckConstraint(
            name="hours_weekly_or_of_one_day",
            condition=Q(weekday__gte=0, weekday__lte=6, day=None)
            | Q(weekday=None, day__isnull=False, first_day=None, last_day=None),
        ),
        models.CheckConstraint(
            name="hours_end_after_they_begin",
            condition=Q(ends__gt=F("starts")) | Q(ends="00:00"),
            violation_error_message=_("The end has to be after the start."),
        ),
        models.CheckConstraint(
            name="hours_last_day_not_before_first",
            condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
            violation_error_message=_("The last day is before the first day."),
        ),
    ]


class DaysOff(models.Model):
    """From a day to another, both included."""

    first_day = models.DateField(_("From"))
    last_day = models.DateField(_("To"))
    starts = models.TimeField(_("Starts at"), null=True, blank=True)
    ends = models.TimeField(_("Ends at"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=120, blank=True)

    class Meta:
        abstract = True

    HOLDS: ClassVar[list[models.BaseConstraint]] = [
        models.CheckConstraint(
            name="time_off_ends_after_it_begins",
            condition=Q(last_day__gt=F("first_day"))
            | Q(last_day=F("first_day"))
            & (Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts"))),
            violation_error_message=_("The end has to be after the start."),
        ),
    ]


class Span(models.Model):
    """A span of time, with the buffers around it."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    busy_from = models.DateTimeField()
    busy_until = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(default=1)
    takes_time = models.BooleanField(default=True)
    booked_anyway = models.BooleanField(default=False)
    held_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    HOLDS: ClassVar[list[models.BaseConstraint]] = [
        models.CheckConstraint(
            name="appointment_ends_after_it_begins",
            condition=Q(ends_at__gt=F("starts_at")),
        ),
        models.CheckConstraint(
            name="appointment_is_busy_throughout",
            condition=Q(busy_from__lte=F("starts_at"), busy_until__gte=F("ends_at")),
        ),
        models.CheckConstraint(
            name="appointment_capacity_in_bounds",
            condition=Q(capacity__gte=1, capacity__lte=MOST_IN_A_GROUP),
        ),
    ]


class State(models.TextChoices):
    """How an appointment stands for someone who comes."""

    HELD = "held", _("Held")
    UNPROVEN = "unproven", _("Email not confirmed yet")
    REQUESTED = "requested", _("Waiting for the practice")
    BOOKED = "booked", _("Booked")
    CANCELED = "canceled", _("Canceled")
    LATE = "late", _("Canceled late")
    ATTENDED = "attended", _("Attended")
    NO_SHOW = "no-show", _("No-show")


class WaitingState(models.TextChoices):
    """How it stands with someone on the waiting list."""

    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("Offered a time")
    BOOKED = "booked", _("Booked")
    PASSED = "passed", _("Didn’t answer")
    LEFT = "left", _("Left the list")


class Named(models.Model):
    """A person, in the words of whoever made the appointment."""

    first_name = models.CharField(_("First name"), max_length=35, blank=True)
    last_name = models.CharField(_("Last name"), max_length=60, blank=True)
    email = EmailField(_("Email"), max_length=254, blank=True)
    phone = models.CharField(_("Phone"), max_length=16, blank=True)
    reason = models.CharField(_("Reason (optional)"), max_length=MOST_REASON, blank=True)
    time_zone = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=5, blank=True)

    class Meta:
        abstract = True


class Person(Named):
    """Who comes, and how the appointment stands for them."""

    state = models.CharField(max_length=9, choices=State, default=State.BOOKED)
    held_until = models.DateTimeField(null=True)
    canceled_at = models.DateTimeField(null=True)
    canceled_online = models.BooleanField(default=False)

    class Meta:
        abstract = True

    HOLDS: ClassVar[list[models.BaseConstraint]] = [
        models.CheckConstraint(
            name="held_until_while_held",
            condition=Q(state__in=["held", "unproven"], held_until__isnull=False)
            | ~Q(state__in=["held", "unproven"]) & Q(held_until=None),
        ),
        models.CheckConstraint(
            name="canceled_at_where_canceled",
            condition=Q(state__in=["canceled", "late"], canceled_at__isnull=False)
            | ~Q(state__in=["canceled", "late"]) & Q(canceled_at=None),
        ),
    ]


class Waits(Named):
    """Someone who waits for a day, and how it stands with them."""

    day = models.DateField()
    been_here = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=WaitingState, default=WaitingState.WAITING)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
