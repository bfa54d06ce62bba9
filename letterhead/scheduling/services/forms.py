"""The pop-up of a service."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.clients.fields import MoneyField, RecordForm, read_money_in
from letterhead.practices.models import Location
from letterhead.scheduling.columns import (
    LONGEST_BUFFER,
    LONGEST_CODE,
    LONGEST_MINUTES,
    MOST_IN_A_GROUP,
)
from letterhead.scheduling.models import Offer, Service
from letterhead.scheduling.services.actions import Offers, Terms
from letterhead.scheduling.timetables import takes_place_at
from letterhead.ui.forms.disclosures import Disclosure
from letterhead.ui.forms.fields import WholeNumberField, modifiers, service_code

PLACES = ("in_office", "virtual", "at_home")
_NO_LOCATION = {
    "in_office": _("The practice has no office yet. Add a location for it."),
    "virtual": _("The practice has no telehealth location yet. Add one."),
    "at_home": _("The practice has no location for clients’ homes yet. Add one."),
}


class ServiceForm(RecordForm):
    """A service, where it takes place, who can book it, and which clinicians offer it."""

    code = forms.CharField(label=_("Code"), max_length=LONGEST_CODE, required=False)
    modifiers = forms.CharField(
        label=_("Modifiers"), max_length=40, required=False, help_text=_("Up to four, like 95 GT")
    )
    duration = WholeNumberField(label=_("Duration in minutes"), low=5, high=LONGEST_MINUTES)
    fee = MoneyField(label=_("Fee"), max_digits=8, required=False)
    buffer_before = WholeNumberField(label=_("Buffer before"), high=LONGEST_BUFFER, required=False)
    buffer_after = WholeNumberField(label=_("Buffer after"), high=LONGEST_BUFFER, required=False)
    capacity = WholeNumberField(label=_("Capacity"), low=1, high=MOST_IN_A_GROUP, required=False)

    class Meta:
        model = Service
        fields = (
            *("name", "code", "modifiers", "duration", "fee", "buffer_before", "buffer_after"),
            *(*PLACES, "bookable_online", "for_new_clients", "show_price", "capacity", "color"),
        )
        help_texts = {
            "name": _("As clients read it when they book"),
            "bookable_online": _("If not, only the practice makes appointments"),
            "for_new_clients": _("People who haven’t been here can book it too"),
        }

    def __init__(
        self, *args: Any, clinicians: Sequence[Any], locations: Iterable[Location], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.clinicians = clinicians
        self._follow_the_country()
        self.without_location = _without_location(locations)
        for name in self.without_location:
            self.fields[name].help_text = _NO_LOCATION[name]
        if not self.instance.pk:
            self._begin_where_there_is_a_location()
        self._add_offers()
        minutes = _("Minutes that stay free")
        self.fields["buffer_before"].help_text = self.fields["buffer_after"].help_text = minutes
        self.fields["capacity"].help_text = _("1, or how many people a group holds")
        for name in ("buffer_before", "buffer_after", "capacity"):
            self.fields[name].always_plain = True  # type: ignore[attr-defined]

    def _follow_the_country(self) -> None:
        services, code = self.practice.place.services, self.fields["code"]
        if services.code_needed:
            code.help_text = gettext("%(code)s, for bills") % {"code": services.code_help}
        else:
            code.label, code.help_text = str(services.code_label), str(services.code_help)
        if not (services.has_modifiers or self.practice.uses_us_claims):
            del self.fields["modifiers"]

    def _begin_where_there_is_a_location(self) -> None:
        there = [name for name in PLACES if name not in self.without_location]
        for name in PLACES:
            self.initial[name] = name == (there or PLACES)[0]

    def _add_offers(self) -> None:
        """Add for each clinician whether they offer it, and their own duration and fee."""
        self.before = _offers_of(self.instance)
        for each in self.clinicians:
            terms = self.before.get(each.pk)
            self.fields[f"by_{each.pk}"] = forms.BooleanField(label=str(each), required=False)
            self.initial[f"by_{each.pk}"] = bool(terms) or not self.instance.pk
            self.fields[f"minutes_{each.pk}"] = WholeNumberField(
                label=gettext("Own minutes, %(name)s") % {"name": each},
                low=5,
                high=LONGEST_MINUTES,
                required=False,
            )
            self.fields[f"price_{each.pk}"] = MoneyField(
                label=gettext("Own price, %(name)s") % {"name": each}, max_digits=8, required=False
            )
            self.initial[f"minutes_{each.pk}"], self.initial[f"price_{each.pk}"] = terms or Terms()
        read_money_in(self, self.practice)

    def offered(self) -> list[forms.BoundField]:
        """The checkboxes of the clinicians."""
        return [self[f"by_{each.pk}"] for each in self.clinicians]

    def own_terms(self) -> Disclosure:
        """The clinicians' own durations and fees, folded away where there are none."""
        names = [f"{part}_{each.pk}" for each in self.clinicians for part in ("minutes", "price")]
        for name in names:
            self.fields[name].always_plain = True  # type: ignore[attr-defined]
        title = _("If a clinician takes longer or charges another price")
        return Disclosure(title, tuple(self[name] for name in names))

    def offers(self) -> Offers:
        """Return who offers it, once it is valid; terms that are the service's aren't their own."""
        cleaned = self.cleaned_data
        usual = Terms(cleaned["duration"], cleaned["fee"])
        return {
            each.pk: Terms(
                *(own if own != of_service else None for own, of_service in zip(
                    (cleaned[f"minutes_{each.pk}"], cleaned[f"price_{each.pk}"]), usual, strict=True
                ))
            )
            for each in self.clinicians
            if cleaned[f"by_{each.pk}"]
        }  # fmt: skip

    def among(self) -> list[int]:
        """The ids of the clinicians that the form asked about."""
        return [each.pk for each in self.clinicians]

    def clean_code(self) -> str:
        """Write it as a visit's service has it."""
        checked = self.practice.place.services.code_needed
        return service_code(self.cleaned_data["code"], is_in_us=checked)

    def clean_modifiers(self) -> str:
        """Write them as a visit's service has them."""
        return modifiers(self.cleaned_data["modifiers"])

    def clean_buffer_before(self) -> int:
        """An empty buffer is none."""
        return self.cleaned_data["buffer_before"] or 0

    def clean_buffer_after(self) -> int:
        """An empty buffer is none."""
        return self.cleaned_data["buffer_after"] or 0

    def clean_capacity(self) -> int:
        """An appointment is for one, unless it says otherwise."""
        return self.cleaned_data["capacity"] or 1

    def clean(self) -> dict[str, Any]:
        """Ask for a place where the practice has a location."""
        cleaned = super().clean()
        chosen = [name for name in PLACES if cleaned.get(name)]
        if not chosen:
            self.add_error("in_office", gettext("Choose at least one place."))
        elif set(chosen) <= self.without_location:
            self.add_error(chosen[0], str(_NO_LOCATION[chosen[0]]))
        return cleaned


def _without_location(locations: Iterable[Location]) -> set[str]:
    """Return the kinds of places for which there is no location."""
    every, nowhere = list(locations), dict.fromkeys(PLACES, False)
    return {
        name
        for name in PLACES
        if not any(takes_place_at(Service(**{**nowhere, name: True}), there) for there in every)
    }


def _offers_of(service: Service) -> dict[int, Terms]:
    if not service.pk:
        return {}
    rows = Offer.objects.filter(service=service)
    return {row.practitioner_id: Terms(row.duration, row.fee) for row in rows}


class EndForm(forms.Form):
    """Nothing to fill in: the question whether to stop offering a service."""
