"""Repeated rows in forms: added, removed and moved by the server, with and without scripts.

Each button of a row is a submit button named `rows`, its value `phones:add`, `phones:remove:0`,
`phones:up:1` or `phones:down:0`. Pressing one posts the whole form; it comes back as it was typed
but for that change, and nothing is saved.
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

MOST_ROWS = 100
_PRESS = re.compile(r"([A-Za-z_]\w*):(add|(?:remove|up|down):(?:0|[1-9]\d{0,3}))")


class Press(NamedTuple):
    """A row's button that was pressed: whose rows, what to do, to which row (0 for `add`)."""

    prefix: str
    act: str
    row: int


def rows_pressed(data: Mapping[str, Any]) -> str | None:
    """Give the pressed row button's value, or None when the form itself was sent."""
    return data.get("rows")


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was posted, rows changed where one of their buttons was pressed; None for GET."""
    if request.method != "POST":
        return None
    pressed = rows_pressed(request.POST)
    return request.POST if pressed is None else with_rows_changed(request.POST, pressed)


def saving(request: HttpRequest) -> bool:
    """Tell whether Save was pressed: a POST that comes from no row's button."""
    return request.method == "POST" and rows_pressed(request.POST) is None


def with_rows_changed(data: QueryDict, pressed: str, most: int = MOST_ROWS) -> QueryDict:
    """Add, remove or move one row and number the rows anew; all else stays as it was typed.

    What can't be done (the first row up, row 9 of 3, rows that were never sent) changes nothing.
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
    """Let forms and formsets show what was typed without saying what is wrong with it."""
    for part in parts:
        if isinstance(part, BaseFormSet):
            as_typed(*part.forms)
            part._errors = []  # type: ignore[attr-defined] # the stubs leave it out
            part._non_form_errors = part.error_class()  # type: ignore[attr-defined]
        else:
            _pass_unread(part)


class RowCount(ManagementForm):
    """How many rows were sent; the other counts are of no use to us."""

    TOTAL_FORMS = IntegerField(min_value=0, widget=HiddenInput)
    INITIAL_FORMS = IntegerField(required=False, widget=HiddenInput)

    def clean_TOTAL_FORMS(self) -> int:
        """Count in digits 0 to 9 only, as `with_rows_changed` does."""
        if not str(self.data.get(self.add_prefix(TOTAL_FORM_COUNT))).isascii():
            raise ValidationError("Digits 0 to 9 only.")
        return int(self.cleaned_data[TOTAL_FORM_COUNT] or 0)


class RowFormSet(BaseFormSet):
    """Rows in the order they were sent; those left entirely empty are passed over in silence.

    Name `form`, `row_name` ("Phone"), `add_label`; `movable` rows also go up and down, and
    `blank_rows` empty ones await on a page without any. A tick alone doesn't fill a row.
    """

    form: type[BaseForm]
    row_name: str | Promise = "Row"
    add_label: str | Promise = "Add row"
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
        "missing_management_form": (
            "These rows did not arrive whole. Nothing was saved; load the page again."
        ),
        "too_many_forms": "At most %(num)d fit here. Remove some of them.",
    }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The cleaned rows in their order, empty ones left out; only once they are valid."""
        return [row.cleaned_data for row in self.forms if not self._is_blank(row)]

    @property
    def full(self) -> bool:
        """No further row fits."""
        return len(self.forms) >= self.max_num

    @property
    def wants_focus(self) -> Press:
        """Where the focus belongs after a row's button: row -1 is the button that adds."""
        press = _read(self.data.get("rows") or "")
        if press is None or press.prefix != self.prefix:
            return Press("", "", 0)
        last = len(self.forms) - 1
        row = {"add": last, "up": press.row - 1, "down": press.row + 1}.get(press.act, press.row)
        return press._replace(row=min(max(row, min(last, 0)), last))

    @cached_property
    def management_form(self) -> ManagementForm:
        """Read the number of rows, or give it to the page."""
        if not self.is_bound:
            count = {TOTAL_FORM_COUNT: self.total_form_count()}
            return RowCount(initial=count, prefix=self.prefix, auto_id=False)
        counted = RowCount(self.data, prefix=self.prefix, auto_id=False)
        counted.full_clean()
        return counted

    def initial_form_count(self) -> int:
        """Rows have no identity: whatever is sent replaces what was there."""
        return 0 if self.is_bound else len(self.initial or [])

    def total_form_count(self) -> int:
        """As many as were sent, else as many as there are (or `blank_rows` where none is)."""
        if self.is_bound:
            return int(super().total_form_count())
        return len(self.initial or []) or self.blank_rows

    @cached_property
    def forms(self) -> list[BaseForm]:
        """The rows; blank ones are not read, and the one to go on with has the focus."""
        if self.is_bound:
            self.initial = None
        rows = [
            self._construct_form(index, **self.get_form_kwargs(index))  # type: ignore[attr-defined]
            for index in range(self.total_form_count())
        ]
        self.__dict__["forms"] = rows
        for row in rows:
            if self.is_bound and self._is_blank(row):
                _pass_unread(row)
        focus = self.wants_focus
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


def _fresh(field: BoundField) -> Any:
    """What a new row holds in this field: its initial value, or a drop-down's first option."""
    widget = field.field.widget
    if field.initial is None and isinstance(widget, Select):
        return next((value for value, _label in widget.choices), None)
    return field.initial


def _pass_unread(form: BaseForm) -> None:
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
    """Split `phones-3-number` into 3 and `number`."""
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
