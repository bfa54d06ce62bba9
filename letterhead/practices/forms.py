"""What the pop-ups of Account Settings share, including those of higher rooms."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letterhead.accounts.limits import Try
from letterhead.numbers.ids import clean_provider_number, provider_number_error
from letterhead.texts.slugs import LONGEST, slug_error
from letterhead.ui.forms.fields import harden
from letterhead.ui.forms.versioned import VersionedForm

_TAKEN = gettext_lazy("This address is, or was, someone else’s. Choose another.")


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


class PublicAddressForm(VersionedForm):
    """The last part of a public page's address, below a path."""

    slug = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=LONGEST,
        error_messages={"unique": _TAKEN},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Letters a to z, numbers and hyphens. Old addresses still work: they lead to the new "
            "one, and nobody else can ever have them."
        ),
    )

    class Meta:
        fields = ("slug",)

    def __init__(self, *args: Any, below: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        self.before = f"{settings.BASE_URL_AS_TYPED}{below}"

    def clean_slug(self) -> str:
        """Return the slug in small letters; refuse what can't be part of an address."""
        slug: str = self.cleaned_data["slug"].lower()
        if slug != self.initial["slug"] and (error := slug_error(slug)):
            raise ValidationError(error)
        return slug

    def is_allowed(self, attempt: Try) -> bool:
        """Whether a change may be tried now; if not, show how long to wait beside the field."""
        if attempt.error:
            self.add_error("slug", attempt.error)
        return not attempt.error

    def say_taken(self) -> None:
        """Show beside the field that the slug belongs to someone else."""
        self.add_error("slug", _TAKEN)
