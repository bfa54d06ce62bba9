"""How often each member wants to hear of each event, and what they were told."""

from django.db import models
from django.db.models import Q

from letterhead.practices.models import Membership


class HowOften(models.TextChoices):
    """How soon a notification is mailed."""

    IMMEDIATELY = "immediately", "Immediately"
    HOURLY = "hourly", "Hourly"
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"
    NEVER = "never", "Never"


class Frequency(models.Model):
    """How often a member hears of one event; without a row, as the event has it."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="frequencies")
    event = models.CharField(max_length=40)
    how_often = models.CharField(max_length=11, choices=HowOften)
    version = models.PositiveIntegerField()  # of all of the member's rows when this was written

    class Meta:
        verbose_name_plural = "frequencies"
        constraints = [
            models.UniqueConstraint(fields=["membership", "event"], name="frequency_once"),
            models.CheckConstraint(
                name="frequency_is_one_of_the_list", condition=Q(how_often__in=HowOften.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.how_often}"


class Notice(models.Model):
    """One thing that a member was told. The same cause never makes a second one."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notices")
    event = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    text = models.CharField(max_length=300)  # names no client and no fact of health
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "event", "key"], name="notice_once")
        ]

    def __str__(self) -> str:
        return self.text
