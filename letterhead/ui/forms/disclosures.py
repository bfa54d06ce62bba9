"""Fields that are rarely needed, folded away behind their names; works without scripts."""

from typing import NamedTuple

from django.forms import BaseForm, BoundField
from django.utils.functional import Promise


class Disclosure(NamedTuple):
    """Fields behind a title that names them. `matters`: they can matter here, so they are open."""

    title: str | Promise
    fields: tuple[BoundField, ...]
    matters: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the fields show at once: also if one is filled or wrong."""
        return self.matters or any(
            field.errors or field.value() not in (None, "", False) for field in self.fields
        )


def disclosure(
    form: BaseForm, title: str | Promise, *names: str, matters: bool = False
) -> Disclosure:
    """Fold away these fields of a form. Their title says what they are for, so none is optional."""
    for name in names:
        form.fields[name].always_plain = True  # type: ignore[attr-defined]
    return Disclosure(title, tuple(form[name] for name in names), matters)
