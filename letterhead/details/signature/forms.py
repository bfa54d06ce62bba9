"""The pop-up "Edit Signature": its fields and what they accept."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.password_field import PasswordField
from letterhead.details.models import Practitioner
from letterhead.details.signature.drawing import (
    TOO_MANY_STROKES,
    NotASignature,
    from_picture,
    from_strokes,
)
from letterhead.files.logo import MOST_BYTES
from letterhead.ui.forms.fields import harden
from letterhead.ui.forms.versioned import VersionedForm


class SignatureForm(VersionedForm):
    """How superbills and documents are signed; asks for the password again."""

    picture = forms.FileField(
        label=_("Picture of your signature"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP: dark ink on white paper, photographed or scanned"),
    )
    strokes = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400_000)
    password = PasswordField(
        help_text=_("So that no one else can sign for you from your screen"),
    )

    class Meta:
        model = Practitioner
        fields = ("paper_signature", "typed_signature")
        widgets = {"paper_signature": forms.RadioSelect}
        help_texts = {"typed_signature": _("If empty, your name with credentials is printed")}

    def __init__(self, *args: Any, check_password: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        if not self.instance.practice.uses_us_claims:
            self.fields["paper_signature"].label = _("Signature on bills and documents")
        self.check_password = check_password
        self.saved = (self.instance.paper_signature, self.instance.signature_sha256)
        if not self.instance.practice.uses_us_claims:
            self.fields["paper_signature"].label = _("Signature on bills and documents")

    def clean_password(self) -> str:
        """Check that it is the person's login password."""
        password: str = self.cleaned_data["password"]
        if error := self.check_password(password):
            raise forms.ValidationError(error)
        return password

    def clean(self) -> dict[str, Any]:
        """Make the image of a signature that was drawn or uploaded."""
        cleaned = super().clean()
        kind = cleaned.get("paper_signature")
        cleaned["made"] = None
        if "strokes" in self.errors:  # a hidden field: its error wouldn't be seen
            self.add_error("paper_signature", TOO_MANY_STROKES)
            return cleaned
        try:
            if kind == "drawn" and cleaned.get("strokes"):
                cleaned["made"] = from_strokes(cleaned["strokes"])
            elif kind == "picture" and cleaned.get("picture"):
                cleaned["made"] = self._from_picture(cleaned["picture"])
        except NotASignature as wrong:
            self.add_error("picture" if kind == "picture" else "paper_signature", str(wrong))
            return cleaned
        if kind != "typed" and cleaned["made"] is None and self.saved[0] != kind:
            field, text = _MISSING[str(kind)]
            self.add_error(field, text)
        return cleaned

    def _from_picture(self, file: Any) -> bytes:
        if file.size > MOST_BYTES:
            raise NotASignature(gettext("This file is larger than 5 MB. Choose a smaller one."))
        return from_picture(file)

    def _get_validation_exclusions(self) -> set[str]:
        # The action sets kind and image together; here the image isn't stored yet.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"paper_signature"}


_MISSING = {
    "drawn": (
        "paper_signature",
        _("Draw your signature on the pad, or choose another way to sign."),
    ),
    "picture": ("picture", _("Choose a picture of your signature.")),
    "None": ("paper_signature", _("Choose how you sign.")),
}
