"""Email addresses: the one check of what is typed, and the form in which they are sent."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

LONGEST = 254  # RFC 5321
LONGEST_LOCAL_PART = 64


class NotAnEmail(ValueError):
    """What was typed isn't an email address; the text says why, in the present language."""


def read_email(typed: str) -> str:
    """Return an email address as it is saved: as typed; a domain in other letters in lower case.

    Raises NotAnEmail.
    """
    from email_validator import EmailNotValidError, validate_email

    typed = typed.strip()
    if any(unicodedata.category(each) in {"Cc", "Cf"} for each in typed):
        raise NotAnEmail(_("This has a character that can't be seen. Type the address again."))
    if len(typed.rpartition("@")[0]) > LONGEST_LOCAL_PART:
        text = _("The part before the @ is longer than %(most)d characters. Check the address.")
        raise NotAnEmail(text % {"most": LONGEST_LOCAL_PART})
    try:
        found = validate_email(typed, strict=True, allow_smtputf8=False, check_deliverability=False)
    except EmailNotValidError as wrong:
        raise NotAnEmail(_("Enter a valid email address.")) from wrong
    return typed if typed.isascii() else found.normalized


def wire_email(address: str) -> str:
    """Return an address as mail servers take it: its domain by IDNA 2008, where ß stays ß.

    An address that isn't valid comes back unchanged.
    """
    from email_validator import EmailNotValidError, validate_email

    if address.isascii():
        return address
    try:
        found = validate_email(address, allow_smtputf8=False, check_deliverability=False)
    except EmailNotValidError:
        return address
    return found.ascii_email or address


class EmailFormField(forms.EmailField):
    """An email address as `read_email` takes it."""

    default_validators = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST, **kwargs})

    def to_python(self, value: Any) -> str:
        """Return the address as it is saved, "" for ""."""
        typed = super().to_python(value) or ""
        if not typed:
            return ""
        try:
            return read_email(typed)
        except NotAnEmail as wrong:
            raise ValidationError(str(wrong), code="invalid") from wrong


class KnownEmailField(forms.EmailField):
    """The email of someone who may be known: an address saved under older rules passes too."""

    def to_python(self, value: Any) -> str:
        """Return the address as it would be saved."""
        typed = super().to_python(value) or ""
        try:
            return read_email(typed)
        except NotAnEmail:
            return typed


class EmailField(models.EmailField):
    """A column for an email address, whose form field is ours; for the database Django's own."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return our form field."""
        return super().formfield(**{"form_class": EmailFormField, **kwargs})

    def deconstruct(self) -> Any:
        """Keep migrations free of code that only forms use."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
