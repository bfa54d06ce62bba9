"""Who did what, when and from where."""

from django.db import models


class Activity(models.Model):
    """One thing that a person did. Values, not foreign keys: the record outlives its subjects."""

    practice = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=254)
    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "activity"
        indexes = [models.Index(fields=["practice", "at"], name="activity_of_practice")]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.act} {self.about}"
