"""The pop-up "Edit Signature": words and shape of what is typed, drawn or sent."""

from collections.abc import Callable
from typing import Any

from django import forms

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
    """How superbills and documents are signed, with the password once more."""

    picture = forms.FileField(
        label="Picture of your signature",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text="PNG, JPEG or WebP: dark ink on white paper, photographed or scanned",
    )
    strokes = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400_000)
    password = PasswordField(
        help_text="Once more, so that nobody signs for you from your screen",
    )

    class Meta:
        model = Practitioner
        fields = ("paper_signature", "typed_signature")
        widgets = {"paper_signature": forms.RadioSelect}
        help_texts = {"typed_signature": "Left empty, your name with credentials stands there"}

    def __init__(self, *args: Any, check_password: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        self.check_password = check_password
        self.kept = (self.instance.paper_signature, self.instance.signature_sha256)

    def clean_password(self) -> str:
        """Ask whether it is the one logged in with."""
        password: str = self.cleaned_data["password"]
        if error := self.check_password(password):
            raise forms.ValidationError(error)
        return password

    def clean(self) -> dict[str, Any]:
        """Make the picture of a signature that is drawn or sent."""
        cleaned = super().clean()
        kind = cleaned.get("paper_signature")
        cleaned["made"] = None
        if "strokes" in self.errors:  # a hidden field, whose error nobody would read
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
        if kind != "typed" and cleaned["made"] is None and self.kept[0] != kind:
            field, words = _MISSING[str(kind)]
            self.add_error(field, words)
        return cleaned

    def _from_picture(self, file: Any) -> bytes:
        if file.size > MOST_BYTES:
            raise NotASignature("This file is larger than 5 MB. Choose a smaller one.")
        return from_picture(file)

    def _get_validation_exclusions(self) -> set[str]:
        # The action brings kind and picture together; here the picture isn't kept yet.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"paper_signature"}


_MISSING = {
    "drawn": ("paper_signature", "Draw your signature on the pad, or choose another way."),
    "picture": ("picture", "Choose a picture of your signature."),
    "None": ("paper_signature", "Choose how you sign."),
}
