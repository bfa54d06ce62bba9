"""What the pop-ups of Account Settings share, including those of higher rooms."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letterhead.accounts.limits import Try
from letterhead.countries.country import Country
from letterhead.countries.table import US_PAYERS
from letterhead.practices.columns import NewNumber
from letterhead.practices.models import Practice
from letterhead.practices.queries import Row, label_of, location_names_in, written
from letterhead.texts.slugs import LONGEST, slug_error
from letterhead.ui.forms.fields import harden
from letterhead.ui.forms.rows import RowFormSet
from letterhead.ui.forms.versioned import VersionedForm

_TAKEN = gettext_lazy("This address is, or was, someone else’s. Choose another.")
_OTHER = "other"  # among the kinds of a number; stored as ""


class SettingsForm(VersionedForm):
    """A form for one row that belongs to the practice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)

    def clean_npi_in(self, name: str) -> str:
        """Return an NPI without spaces and hyphens, checked."""
        kind = US_PAYERS.provider_number
        number = kind.clean(self.cleaned_data[name])
        if number and (error := kind.error(number)):
            raise ValidationError(error)
        return number


class Offered(NamedTuple):
    """What a row can choose from."""

    country: Country
    kinds: tuple[tuple[str, str], ...]
    payers: Mapping[int, str]
    locations: Mapping[int, str]


class NumberForm(forms.Form):
    """A number of a kind that the country has, or with a label of its own."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of number"))
    own_label = forms.CharField(label=gettext_lazy("Own label"), max_length=30, required=False)
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    payer = forms.ChoiceField(label=gettext_lazy("Payer"), required=False)
    location = forms.ChoiceField(label=gettext_lazy("Location"), required=False)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        self.country = offered.country
        self._choose("kind", *offered.kinds, (_OTHER, _("Other")))
        self._choose("payer", ("", _("Any payer")), *_by_name(offered.payers))
        self._choose("location", ("", _("Any location")), *_by_name(offered.locations))
        if kind := self.country.number_kind(str(self["kind"].value() or "")):
            self.fields["number"].widget.attrs["inputmode"] = kind.keyboard

    def _choose(self, name: str, *choices: tuple[str, str]) -> None:
        field: Any = self.fields[name]
        field.choices, field.always_plain = choices, True

    def clean(self) -> dict[str, Any]:
        """Check the number by its kind; only what has no kind has its own label."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") != _OTHER:
            cleaned["own_label"] = ""
        elif cleaned.get("own_label") == "":
            self.add_error("own_label", _("Enter your own label, or choose another kind."))
        kind = self.country.number_kind(cleaned.get("kind", ""))
        if kind and cleaned.get("number"):
            cleaned["number"] = kind.clean(cleaned["number"])
            if error := kind.error(cleaned["number"]):
                self.add_error("number", error)
        if cleaned.get("kind") == _OTHER:
            cleaned["kind"] = ""
        for name in ("payer", "location"):
            cleaned[f"{name}_id"] = int(cleaned[name]) if cleaned.get(name) else None
        return cleaned


class NumberRows(RowFormSet):
    """Numbers in the order in which they print."""

    form, row_name, add_label = NumberForm, gettext_lazy("Number"), gettext_lazy("Add number")
    row_template = "practices/number_row.html"

    def clean(self) -> None:
        """Refuse what is there already: the same number for the same payer and location."""
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            row = getattr(form, "cleaned_data", None) or {}
            if not row.get("number") or form.errors:
                continue
            new = _new(row)
            what = (new.kind, new.own_label.casefold(), new.number, new.payer_id, new.location_id)
            if what in seen:
                form.add_error("number", _("This number is there twice. Remove one."))
            seen.add(what)

    @property
    def new(self) -> tuple[NewNumber, ...]:
        """The cleaned rows; only for a valid formset."""
        return tuple(map(_new, self.rows))

    def show_what_changed(self, saved: Iterable[Row], *, form: forms.BaseForm) -> None:
        """Say on the form above which numbers someone else saved, if they differ."""
        now = list(saved)
        if now == [vars(row) for row in self.new]:
            return
        country = self.form_kwargs["offered"].country
        shown = [f"{label_of(row, country)} {written(row, country)}" for row in now]
        text = _("Someone else saved these numbers: %(rows)s.")
        form.add_error(None, text % {"rows": ", ".join(shown) or _("none")})


def number_rows(
    data: Any,
    *,
    practice: Practice,
    of: Literal["clinician", "practice"],
    saved: Iterable[Row],
    payers: Callable[[], Mapping[int, str]],
) -> NumberRows | None:
    """Return the rows of a form; None where US payers are billed and nothing was ever entered.

    Their numbers are the other IDs. Takes a statement for the locations, and what `payers` takes.
    """
    country, saved = practice.place, list(saved)
    kinds = [kind for kind in country.numbers if of in kind.of and not kind.is_private]
    if practice.uses_us_numbers_too and of == "clinician":  # whose main one can be the NPI
        kinds = list(dict.fromkeys([country.provider_number, *kinds]))
    if not (kinds or saved or not country.bills_us_payers):
        return None
    names = {kind.name: str(kind.label) for kind in kinds}
    for row in saved:  # of a country where the practice was before
        if row["kind"]:
            names.setdefault(row["kind"], country.label_of_number(row["kind"]))
    current = [row["location_id"] for row in saved if row["location_id"]]
    locations = location_names_in(practice, current=current)
    offered = Offered(country, tuple(names.items()), payers(), locations)
    initial = [
        {
            **row,
            "kind": row["kind"] or _OTHER,
            "number": written(row, country),
            "payer": str(row["payer_id"] or ""),
            "location": str(row["location_id"] or ""),
        }
        for row in saved
    ]
    return NumberRows(data, prefix="numbers", initial=initial, form_kwargs={"offered": offered})


def _new(row: Row) -> NewNumber:
    return NewNumber(**{k: v for k, v in row.items() if k not in {"payer", "location"}})


def _by_name(names: Mapping[int, str]) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in names.items()]


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
