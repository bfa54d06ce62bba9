"""Repeated rows in forms: added, removed and moved by the server, with and without scripts.

The buttons of rows are submit buttons named `rows` with a value such as `phones:add`,
`phones:remove:0`, `phones:up:1` or `phones:down:0`. Pressing one posts the whole form; it comes
back as it was typed except for that change, and nothing is saved.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.forms import (
    BaseForm,
    BaseFormSet,
    BoundField,
    CheckboxInput,
    HiddenInput,
    IntegerField,
    Select,
    ValidationError,
)
from django.forms.formsets import TOTAL_FORM_COUNT, ManagementForm
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict  # noqa: TID251 # what was posted is read here
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MOST_ROWS = 100
_PRESS = re.compile(r"([A-Za-z_]\w*):(add|(?:remove|up|down):(?:0|[1-9]\d{0,3}))")


class Press(NamedTuple):
    """The button that was pressed: which rows, what to do, to which row (0 for `add`)."""

    prefix: str
    act: str
    row: int


def rows_pressed(data: Mapping[str, Any]) -> str | None:
    """Return the value of the row button that was pressed, None if the form itself was sent."""
    return data.get("rows")


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, with rows changed if a row button was pressed; None for GET."""
    if request.method != "POST":
        return None
    pressed = rows_pressed(request.POST)
    return request.POST if pressed is None else with_rows_changed(request.POST, pressed)


def saving(request: HttpRequest) -> bool:
    """Whether Save was pressed: a POST from anything but a row button."""
    return request.method == "POST" and rows_pressed(request.POST) is None


def with_rows_changed(data: QueryDict, pressed: str, most: int = MOST_ROWS) -> QueryDict:
    """Add, remove or move one row and renumber the rows; everything else stays as it was typed.

    What can't be done (first row up, row 9 of 3, rows that were never sent) changes nothing.
    """
    press = _read(pressed)
    if press is None or (total := _total(data, press.prefix)) is None:
        return data
    rows = _rows_of(data, press.prefix, min(total, most))
    _apply(press, rows, most)
    changed = data.copy()
    for name in data:
        if _row_name(name, press.prefix):
            del changed[name]
    for number, row in enumerate(rows):
        for field, values in row.items():
            changed.setlist(f"{press.prefix}-{number}-{field}", values)
    changed[f"{press.prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    return changed


def as_typed(*parts: BaseForm | BaseFormSet) -> None:
    """Make forms and formsets show what was typed, without errors."""
    for part in parts:
        if isinstance(part, BaseFormSet):
            as_typed(*part.forms)
            part._errors = []  # type: ignore[attr-defined] # the stubs leave it out
            part._non_form_errors = part.error_class()  # type: ignore[attr-defined]
        else:
            _skip_validation(part)


class RowCount(ManagementForm):
    """How many rows were sent; Django's other counts aren't used."""

    TOTAL_FORMS = IntegerField(min_value=0, widget=HiddenInput)
    INITIAL_FORMS = IntegerField(required=False, widget=HiddenInput)

    def clean_TOTAL_FORMS(self) -> int:
        """Accept the digits 0 to 9 only, as `with_rows_changed` does."""
        if not str(self.data.get(self.add_prefix(TOTAL_FORM_COUNT))).isascii():
            raise ValidationError(gettext("Use only the digits 0 to 9."))
        return int(self.cleaned_data[TOTAL_FORM_COUNT] or 0)


class RowFormSet(BaseFormSet):
    """Rows in the order they were sent; empty ones are skipped silently.

    Set `form`, `row_name` ("Phone"), `add_label`. `movable` rows have buttons to go up and down,
    and a page without rows starts with `blank_rows` empty ones. A selected checkbox alone doesn't
    count as content.
    """

    form: type[BaseForm]
    row_name: str | Promise = _("Row")
    add_label: str | Promise = _("Add row")
    movable = False
    blank_rows = 0
    row_template = "ui/row.html"

    extra = min_num = 0
    max_num = MOST_ROWS
    absolute_max = MOST_ROWS + 1
    validate_max, validate_min = True, False
    can_order = can_delete = can_delete_extra = False
    renderer = None
    default_error_messages = {
        "missing_management_form": _(
            "These rows are incomplete. Nothing was saved. Reload the page and try again."
        ),
        "too_many_forms": _("At most %(num)d fit here. Remove some of them."),
    }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The cleaned rows in order, without empty ones; only for a valid formset."""
        return [row.cleaned_data for row in self.forms if not self._is_blank(row)]

    @property
    def full(self) -> bool:
        """There is no room for another row."""
        return len(self.forms) >= self.max_num

    @property
    def wants_focus(self) -> Press:
        """Where the focus goes after a row button; row -1 is the button that adds."""
        press = _read(self.data.get("rows") or "")
        if press is None or press.prefix != self.prefix:
            return Press("", "", 0)
        last = len(self.forms) - 1
        row = {"add": last, "up": press.row - 1, "down": press.row + 1}.get(press.act, press.row)
        return press._replace(row=min(max(row, min(last, 0)), last))

    @cached_property
    def management_form(self) -> ManagementForm:
        """The form with the number of rows, as it was sent or for the page."""
        if not self.is_bound:
            count = {TOTAL_FORM_COUNT: self.total_form_count()}
            return RowCount(initial=count, prefix=self.prefix, auto_id=False)
        counted = RowCount(self.data, prefix=self.prefix, auto_id=False)
        counted.full_clean()
        return counted

    def initial_form_count(self) -> int:
        """Return 0 for sent rows: they have no identity, and replace what was there."""
        return 0 if self.is_bound else len(self.initial or [])

    def total_form_count(self) -> int:
        """Return how many rows were sent, else how many there are, or `blank_rows` if none."""
        if self.is_bound:
            return int(super().total_form_count())
        return len(self.initial or []) or self.blank_rows

    @cached_property
    def forms(self) -> list[BaseForm]:
        """The rows; blank ones aren't validated, and the one to continue with has the focus."""
        if self.is_bound:
            self.initial = None
        rows = [
            self._construct_form(index, **self.get_form_kwargs(index))  # type: ignore[attr-defined]
            for index in range(self.total_form_count())
        ]
        self.__dict__["forms"] = rows
        for row in rows:
            if self.is_bound and self._is_blank(row):
                _skip_validation(row)
        focus = self.wants_focus
        if focus.act == "add" and rows:
            _begin(rows[-1])
        if focus.act in {"add", "remove"} and rows:
            first = rows[focus.row].visible_fields()[0]
            first.field.widget.attrs["autofocus"] = True
        return rows

    def _is_blank(self, row: BaseForm) -> bool:
        return not any(
            field.field.has_changed(_fresh(field), field.data)
            for field in row.visible_fields()
            if not isinstance(field.field.widget, CheckboxInput)
        )


def _begin(row: BaseForm) -> None:
    """Fill a row that was just added in as any new row is: checkboxes, and what is usual."""
    if any(bound.html_name in row.data for bound in row):
        return  # there was no room for another
    row.data = row.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    for bound in row:
        if usual := bound.initial:
            is_checkbox = isinstance(bound.field.widget, CheckboxInput)
            row.data[bound.html_name] = "on" if is_checkbox else usual  # type: ignore[index]


def _fresh(field: BoundField) -> Any:
    """What a new row has in this field: its initial value, or a drop-down's first option."""
    widget = field.field.widget
    if field.initial is None and isinstance(widget, Select):
        return next((value for value, _label in widget.choices), None)
    return field.initial


def _skip_validation(form: BaseForm) -> None:
    form._errors = ErrorDict()  # type: ignore[attr-defined] # the stubs leave it out
    form.cleaned_data = {}


def _read(pressed: str) -> Press | None:
    match = _PRESS.fullmatch(pressed)
    if match is None:
        return None
    act, _, row = match[2].partition(":")
    return Press(match[1], act, int(row or 0))


def _total(data: QueryDict, prefix: str) -> int | None:
    total = data.get(f"{prefix}-{TOTAL_FORM_COUNT}", "")
    return int(total) if re.fullmatch(r"[0-9]{1,6}", total) else None


def _row_name(name: str, prefix: str) -> tuple[int, str] | None:
    """Split `phones-3-number` into 3 and `number`; None for other names."""
    match = re.fullmatch(rf"{prefix}-(0|[1-9][0-9]{{0,5}})-(.+)", name)
    return (int(match[1]), match[2]) if match else None


def _rows_of(data: QueryDict, prefix: str, total: int) -> list[dict[str, list[str]]]:
    rows: list[dict[str, list[str]]] = [{} for _ in range(total)]
    for name, values in data.lists():
        split = _row_name(name, prefix)
        if split and split[0] < total:
            rows[split[0]][split[1]] = values
    return rows


def _apply(press: Press, rows: list[dict[str, list[str]]], most: int) -> None:
    if press.act == "add":
        rows.extend([{}] if len(rows) < most else [])
    elif press.row < len(rows):
        row = rows.pop(press.row)
        if press.act != "remove":
            rows.insert(max(press.row + (1 if press.act == "down" else -1), 0), row)
