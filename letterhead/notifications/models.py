"""How often each member wants to be notified about each event, and what was sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letterhead.practices.models import Membership


class HowOften(models.TextChoices):
    """How soon a notification is emailed."""

    IMMEDIATELY = "immediately", _("Immediately")
    HOURLY = "hourly", _("Hourly")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    NEVER = "never", _("Never")


class Frequency(models.Model):
    """How often a member is notified about one event; without a row, the event's default."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="frequencies")
    event = models.CharField(max_length=40)
    how_often = models.CharField(max_length=11, choices=HowOften)
    version = models.PositiveIntegerField()  # of all rows of the member when this one was saved

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
    """One thing that a member was notified about. The same cause never makes a second one."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notices")
    event = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    text = models.CharField(max_length=300)  # no client's name, no health information
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "event", "key"], name="notice_once")
        ]

    def __str__(self) -> str:
        return self.text
