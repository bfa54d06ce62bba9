"""The search, the filters and the order of the list of bills, all of them in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.bills.queries import KEYS, Sought
from letterhead.billing.kinds import kinds_of
from letterhead.billing.models import Bill
from letterhead.practices.models import Practice
from letterhead.texts.claim_letters import cannot_print
from letterhead.ui.forms.fields import DayField, check_days, harden

_IN_LINKS = ("sort", "after", "before", "sum")  # which nobody types


class _IdField(forms.IntegerField):
    """The id of a bill, as the database can hold it."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, required=False)


class CorrectionForm(forms.Form):
    """What a payer is told in item 22 of a corrected claim."""

    resubmission_code = forms.ChoiceField(
        label=_("What the payer has to do"),
        initial=Bill.Resubmission.CORRECTED,
        choices=[
            (Bill.Resubmission.CORRECTED, _("Replace the claim (7)")),
            (Bill.Resubmission.VOID, _("Void the claim (8)")),
        ],
    )
    original_reference = forms.CharField(
        label=_("Payer’s claim number"),
        max_length=18,
        help_text=_(
            "The payer’s own number for the claim, from its notice of payment. Don’t use the "
            "number on your claim."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)

    def clean_original_reference(self) -> str:
        """Refuse what the form can't print."""
        typed: str = self.cleaned_data["original_reference"]
        if cannot_print(typed) or not any(map(str.isalnum, typed)):
            raise ValidationError(gettext("Enter letters and numbers, as the payer writes it."))
        return typed.upper()


class SoughtForm(forms.Form):
    """What to look for; each can be left empty."""

    q = forms.CharField(
        label=_("Client or number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *Bill.State.choices]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    clinician = forms.TypedChoiceField(
        label=_("Clinician"), required=False, coerce=int, empty_value=None
    )
    first = DayField(label=_("Visits from"), required=False)
    last = DayField(label=_("Visits to"), required=False)
    sort = forms.ChoiceField(
        required=False,
        choices=[(f"{sign}{name}", name) for name in KEYS for sign in ("", "-")],
        widget=forms.HiddenInput,
    )
    after = _IdField()
    before = _IdField()
    sum = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        clinicians: Sequence[tuple[int, str]],
        practice: Practice,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(k.stored_as.value, k.words(practice.place).title) for k in kinds_of(practice)]
        self.fields["kind"].choices = [("", gettext("All")), *kinds]  # type: ignore[attr-defined]
        if len(kinds) < 2:  # nothing to choose from
            del self.fields["kind"]
        choices = [(str(pk), name) for pk, name in clinicians]
        self.fields["clinician"].choices = [("", gettext("All")), *choices]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.always_plain = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first, and links that were changed by hand."""
        cleaned = super().clean() or self.cleaned_data
        check_days(self)
        if not self.errors.keys().isdisjoint(_IN_LINKS):
            raise ValidationError(gettext("This address is wrong. Choose Show to see the bills."))
        return cleaned

    @property
    def sought(self) -> Sought:
        """What to list. Only if the form is valid."""
        cleaned = self.cleaned_data
        return Sought(
            called=cleaned["q"],
            state=cleaned["state"],
            kind=cleaned.get("kind", ""),
            clinician=cleaned["clinician"],
            first=cleaned["first"],
            last=cleaned["last"],
            order=cleaned["sort"] or Sought.order,
            after=cleaned["after"],
            before=cleaned["before"],
            add_up=cleaned["sum"],
        )
