"""What the pop-ups of Account Settings share, those of higher rooms too."""

from typing import Any

from django.core.exceptions import ValidationError

from letterhead.numbers.ids import clean_number, provider_number_error
from letterhead.ui.forms.fields import check_address, harden
from letterhead.ui.forms.versioned import VersionedForm


class SettingsForm(VersionedForm):
    """A form of one row of the practice's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)

    def clean(self) -> dict[str, Any]:
        """Write an address in the United States as claims want it."""
        cleaned = super().clean() or self.cleaned_data
        check_address(self)
        return cleaned

    def clean_npi_in(self, name: str, country: str) -> str:
        """Take blanks and hyphens out of a number, then ask the country's rule."""
        number = clean_number(self.cleaned_data[name])
        if number and (error := provider_number_error(number, country=country)):
            raise ValidationError(error)
        if len(number) > 10:
            raise ValidationError("At most 10 characters fit here.")
        return number
