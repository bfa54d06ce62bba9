"""What the pop-ups of Account Settings share, including those of higher rooms."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from letterhead.numbers.ids import clean_provider_number, provider_number_error
from letterhead.ui.forms.fields import harden
from letterhead.ui.forms.versioned import VersionedForm


class SettingsForm(VersionedForm):
    """A form for one row that belongs to the practice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)

    def clean_npi_in(self, name: str, country: str) -> str:
        """Return the number without spaces and hyphens, checked by the country's rule."""
        number = clean_provider_number(self.cleaned_data[name], country=country)
        if number and (error := provider_number_error(number, country=country)):
            raise ValidationError(error)
        if len(number) > 20:
            raise ValidationError(_("Enter at most 20 characters."))
        return number
