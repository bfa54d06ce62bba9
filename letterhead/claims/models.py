"""Printers that take the pre-printed form."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letterhead.practices.models import Practice
from letterhead.texts.folded import FoldedField

_WITHIN = [MinValueValidator(-25), MaxValueValidator(25)]


class Printer(models.Model):
    """A printer and how far off it puts the pre-printed form, in millimeters."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="printers")
    name = models.CharField(_("Printer name"), max_length=60)
    folded = FoldedField("name")
    right_mm = models.DecimalField(
        _("Move right (mm)"), max_digits=4, decimal_places=1, default=0, validators=_WITHIN
    )
    down_mm = models.DecimalField(
        _("Move down (mm)"), max_digits=4, decimal_places=1, default=0, validators=_WITHIN
    )
    is_default = models.BooleanField(_("Default"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"],
                name="printer_name_once_per_practice",
                violation_error_message=_("Another printer has this name."),
            ),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(is_default=True), name="one_default_printer"
            ),
        ]

    def __str__(self) -> str:
        return self.name
