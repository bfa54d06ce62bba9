"""The pop-up of a printer."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from letterhead.claims.models import Printer
from letterhead.practices.forms import SettingsForm


class MillimetersField(forms.DecimalField):
    """A distance in millimeters with one decimal, in digits 0 to 9; a comma is read as a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": _("Enter millimeters like 1.5 or -0.5.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=-25, max_value=25, decimal_places=1, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # stubs say int
        """Refuse what isn't a plain number."""
        if isinstance(value, str) and value.strip():
            value = value.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
            if not re.fullmatch(r"[+-]?[0-9]{1,6}(\.[0-9]{0,6})?", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class PrinterForm(SettingsForm):
    """A printer, and how far its pages are moved to meet the pre-printed boxes."""

    right_mm = MillimetersField(
        label=_("Move right (mm)"), initial=0, help_text=_("Use a number below 0 to move left")
    )
    down_mm = MillimetersField(
        label=_("Move down (mm)"), initial=0, help_text=_("Use a number below 0 to move up")
    )

    class Meta:
        model = Printer
        fields = ("name", "right_mm", "down_mm", "is_default")
        help_texts = {
            "is_default": _("Claims are aligned for this printer unless you choose another")
        }
