"""The forms of a client and of a policy."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.clients.fields import (
    PhoneField,
    RecordForm,
    choose_from,
    chose,
    without_optional,
)
from letterhead.clients.models import Client, Policy, Sex
from letterhead.numbers.phones import show_phone
from letterhead.practices.days import today_in
from letterhead.practices.models import Payer
from letterhead.ui.forms.disclosures import Disclosure, disclosure
from letterhead.ui.forms.fields import DayField, show_folded
from letterhead.ui.languages import of_paper, offered_for_paper

_INSURED = ("insured_first_name", "insured_last_name")
_OTHER_PLAN = (
    *("other_insured_first_name", "other_insured_last_name"),
    *("other_policy_number", "other_plan_name"),
)
_OTHER_INSURED = ("first_name", "middle_name", "last_name", "suffix")
_CARD = ("card_first_name", "card_middle_name", "card_last_name", "card_suffix")
# Payers that may pay for an accident, or for an employer.
_OF_ACCIDENTS = (Payer.Kind.FECA, Payer.Kind.OTHER)
_PRINTED_OF_CLIENT = (
    *("first_name", "middle_name", "last_name", "suffix", "line1", "line2", "city"),
)
_PRINTED_OF_POLICY = (
    *(f"insured_{name}" for name in _PRINTED_OF_CLIENT),
    *("plan_name", "insured_organization", *_CARD, "other_plan_name"),
    *(f"other_insured_{part}" for part in _OTHER_INSURED),
)
# Only for claims on the CMS-1500.
_ON_CLAIMS = (
    *("other_claim_id", *_CARD, "insured_organization", "another_plan"),
    *(f"other_insured_{part}" for part in _OTHER_INSURED),
    *("other_policy_number", "other_plan_name", "other_coba_id"),
    *("client_signature_on_file", "client_signed_on", "client_signed_how"),
    *("benefits_assigned", "insured_signed_on", "insured_signed_how"),
)
# what has to be known of a signature that is on file
_SIGNED = {
    "client_signature_on_file": ("client_signed_on", "client_signed_how"),
    "benefits_assigned": ("insured_signed_on", "insured_signed_how"),
}
_UNKNOWN_OR = [("", _("Unknown")), *Sex.choices]


class ClientForm(RecordForm):
    """A client's facts."""

    birth_date = DayField(label=_("Birth date"), required=False)
    phone = PhoneField(label=_("Phone"))
    language = forms.ChoiceField(label=_("Language of paper"), required=False)

    class Meta:
        model = Client
        fields = (
            *("first_name", "middle_name", "last_name", "suffix", "birth_date", "sex"),
            *("line1", "line2", "city", "state", "postal_code", "country", "phone", "email"),
            *("clinician", "language"),
        )
        help_texts = {"last_name": _("Someone with one name only has it here")}

    def __init__(self, *args: Any, clinicians: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "clinician", clinicians)
        self.fields["first_name"].required = False  # people with one name have only a last name
        self.fields["sex"].choices = _UNKNOWN_OR  # type: ignore[attr-defined]
        self.fields["birth_date"].latest = today_in(self.practice)  # type: ignore[attr-defined]
        if self.instance.phone:
            country = self.practice.country
            self.initial["phone"] = show_phone(self.instance.phone, country=country)

        self._offer_languages()

    def _offer_languages(self) -> None:
        languages = self.practice.place.paper_languages
        if len(languages) < 2:
            self.leave_out("language")
            return
        chosen = self.practice.paper_language or self.practice.practice_way.language
        choices = offered_for_paper(languages, kept=self.instance.language)
        practices = gettext("Practice default (%(value)s)") % {"value": of_paper(chosen)}
        field: Any = self.fields["language"]
        field.choices, field.always_plain = [("", practices), *choices], True

    def clean_phone(self) -> str:
        """Return the number as E.164, read by the rules of the practice's country."""
        return self.e164("phone")

    def clean(self) -> dict[str, Any]:
        """Show what claims print, if that isn't what was typed."""
        cleaned = super().clean()
        if self.practice.uses_us_claims:
            show_folded(self, *_PRINTED_OF_CLIENT)
        return cleaned


class PolicyForm(RecordForm):
    """A policy: the payer, the numbers, and who is insured."""

    address_label = _("%(name)s of the insured")

    insured_birth_date = DayField(label=_("Birth date of the insured"), required=False)
    insured_phone = PhoneField(label=_("Phone of the insured"))
    client_signed_on = DayField(
        label=_("The client signed on"),
        required=False,
        help_text=_("Needed if the signature is on file"),
    )
    insured_signed_on = DayField(
        label=_("The insured signed on"),
        required=False,
        help_text=_("Needed if the signature is on file"),
    )

    class Meta:
        model = Policy
        fields = (
            *("payer", "member_id", "group_number", "plan_name", "other_claim_id", *_CARD),
            "relationship",
            *("insured_first_name", "insured_middle_name", "insured_last_name"),
            *("insured_suffix", "insured_organization", "insured_birth_date", "insured_sex"),
            *("insured_line1", "insured_line2", "insured_city", "insured_state"),
            *("insured_postal_code", "insured_country", "insured_phone", "another_plan"),
            *("other_insured_middle_name", "other_insured_suffix", *_OTHER_PLAN, "other_coba_id"),
            *("client_signature_on_file", *_SIGNED["client_signature_on_file"]),
            *("benefits_assigned", *_SIGNED["benefits_assigned"]),
        )
        labels = {"payer": _("Payer")}
        help_texts = {
            "member_id": _("As on the card; item 1a of a claim"),
            "other_claim_id": _(
                "Item 11b of a claim: the number that the insurer gave the accident or injury"
            ),
            "card_last_name": _("Items 2 and 4 of a claim. Leave it empty if it’s the client’s."),
            "insured_organization": _(
                "For workers’ compensation: item 4 of a claim, in place of a person. Choose Other "
                "as the relationship."
            ),
            **dict.fromkeys(_INSURED, _("Required if the client is not the insured")),
            "another_plan": _("Item 11d of a claim"),
            **dict.fromkeys(_OTHER_PLAN, _("Required if there is another plan")),
            "other_coba_id": _("Five digits, for claims to Medicare; item 9d"),
            "client_signature_on_file": _("Prints SIGNATURE ON FILE in item 12 of a claim"),
            "benefits_assigned": _("Prints SIGNATURE ON FILE in item 13 of a claim"),
            "client_signed_how": _("Required if the signature is on file"),
            "insured_signed_how": _("Required if the signature is on file"),
        }

    def __init__(self, *args: Any, payers: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "payer", payers)
        signed = [name for names in _SIGNED.values() for name in names]
        without_optional(self, *_INSURED, *_OTHER_PLAN, *signed)
        for name in ("client_signed_on", "insured_signed_on"):
            self.fields[name].latest = today_in(self.practice)  # type: ignore[attr-defined]
        self.fields["insured_sex"].choices = _UNKNOWN_OR  # type: ignore[attr-defined]
        born: DayField = self.fields["insured_birth_date"]  # type: ignore[assignment]
        born.latest = today_in(self.practice)
        if self.instance.insured_phone:
            country = self.practice.country
            self.initial["insured_phone"] = show_phone(self.instance.insured_phone, country=country)
        if not self.practice.uses_us_claims:
            self.leave_out(*_ON_CLAIMS)
            self.fields["member_id"].help_text = _("As on the card")

    def folded_away(self) -> dict[str, Disclosure]:
        """Fields for few policies, open where the payer's kind calls for them."""
        if not self.practice.uses_us_claims:
            return {}
        accidents = chose(self, "payer", kind__in=_OF_ACCIDENTS)
        at_work = chose(self, "payer", kind=Payer.Kind.FECA)
        return {
            "card": disclosure(self, _("The client’s name on the card, if different"), *_CARD),
            "claim": disclosure(self, _("Claim number of an accident or injury"),
                                "other_claim_id", matters=accidents),
            "employer": disclosure(self, _("An employer as the insured"),
                                   "insured_organization", matters=at_work),
        }  # fmt: skip

    def clean_insured_phone(self) -> str:
        """Return the number as E.164, read by the rules of the practice's country."""
        return self.e164("insured_phone")

    def clean(self) -> dict[str, Any]:
        """Require the names of the insured and of the other plan, if there are any."""
        cleaned = super().clean() or {}
        if self.practice.uses_us_claims:
            show_folded(self, *_PRINTED_OF_POLICY)
        self._check_names(cleaned)
        if cleaned.get("another_plan"):
            self.need(
                {
                    "other_insured_last_name": gettext("Enter the other insured's last name."),
                    "other_policy_number": gettext("Enter the number of the other policy."),
                    "other_plan_name": gettext("Enter the name of the other plan."),
                }
            )
        if self.practice.uses_us_claims:
            self._check_signatures(cleaned)
        return cleaned

    def _check_names(self, cleaned: dict[str, Any]) -> None:
        """Require one insured, a person or an employer, and whole names."""
        relationship = cleaned.get("relationship", Policy.Relationship.SELF)
        if cleaned.get("insured_organization", self.instance.insured_organization):
            if relationship != Policy.Relationship.OTHER:
                words = gettext("Choose Other: an employer insures those who work there.")
                self.add_error("relationship", words)
            if any(cleaned.get(name) for name in _INSURED):
                words = gettext("Enter either a person or an employer as the insured.")
                asked = "insured_organization" in self.fields
                self.add_error("insured_organization" if asked else "insured_last_name", words)
        elif relationship != Policy.Relationship.SELF:
            words = gettext("Enter the insured's last name, or choose Self.")
            self.need({"insured_last_name": words})
        if any(cleaned.get(name) for name in _CARD):
            self.need({"card_last_name": gettext("Enter the last name on the card.")})

    def _check_signatures(self, cleaned: dict[str, Any]) -> None:
        """Require when and how each signature on file was given, and keep neither without one."""
        for on_file, (when, how) in _SIGNED.items():
            if cleaned.get(on_file):
                self.need(
                    {
                        when: gettext("Enter when it was signed, or uncheck the signature."),
                        how: gettext("Choose how it was signed, or uncheck the signature."),
                    }
                )
            else:
                cleaned |= {when: None, how: ""}
