"""Jobs that wait, as rows that are committed with their cause."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One thing to do outside a request. The row is deleted when it is done."""

    name = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True)
    practice = models.BigIntegerField(null=True)  # a value, not a key: the lowest room
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_by = models.CharField(max_length=100, blank=True)
    leased_until = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="job_key_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(parked_at=None), name="jobs_to_do"),
            models.Index(fields=["practice"], condition=Q(last_error__gt=""), name="jobs_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key or self.pk}"
