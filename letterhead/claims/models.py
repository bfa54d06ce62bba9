"""Printers that take the pre-printed form."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from letterhead.practices.models import Practice

_WITHIN = [MinValueValidator(-25), MaxValueValidator(25)]


class Printer(models.Model):
    """A printer and how far off it puts the pre-printed form, in millimetres."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="printers")
    name = models.CharField("Printer name", max_length=60)
    right_mm = models.DecimalField(
        "Move right (mm)", max_digits=4, decimal_places=1, default=0, validators=_WITHIN
    )
    down_mm = models.DecimalField(
        "Move down (mm)", max_digits=4, decimal_places=1, default=0, validators=_WITHIN
    )
    is_default = models.BooleanField("Default", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"],
                name="printer_name_once_per_practice",
                violation_error_message="Another printer has this name.",
            ),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(is_default=True), name="one_default_printer"
            ),
        ]

    def __str__(self) -> str:
        return self.name
