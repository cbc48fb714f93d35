"""Telephone numbers as staff write them: one in a field, with how patients will see and dial it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..clinic.phones import dialable, readable_number
from ..language.active import in_active_digits
from .clinic_rows import Question, RowsField

LONGEST_HOTLINE = 5


@dataclass
class Row:
    """A field as it was typed, with what is wrong in it, what is to be asked, or how it is seen."""

    typed: str
    label: str | Promise = ""
    name: str = ""
    sure: tuple[str, ...] = ()
    errors: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    hint: str = ""


class NumbersWidget(forms.Widget):
    template_name = "staff/clinic/numbers.html"

    def id_for_label(self, id_):
        return ""  # each field has its own label

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for number, row in enumerate(value, 1):
            row.name = f"{name}-{number}"
        context["widget"]["rows"] = value
        return context

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-1" not in data

    def value_from_datadict(self, data, files, name) -> list[Row] | None:
        rows = []
        for number in count(1):
            if (typed := data.get(f"{name}-{number}")) is None:
                return rows or None
            rows.append(Row(typed, sure=tuple(data.getlist(f"{name}-{number}-sure"))))


class NumbersField(RowsField):
    """Numbers in the stored form that `read` gives them, one a line.

    `doubt` takes a stored form, and says what is to be asked about it.
    """

    widget = NumbersWidget

    def __init__(
        self,
        read: Callable[[str], str],
        doubt: Callable[[str], str],
        *,
        labels: Sequence[str | Promise],
        more_label: str | Promise = "",
        **options,
    ):
        super().__init__(**options)
        self.read, self.doubt, self.labels, self.more_label = read, doubt, labels, more_label

    def prepare_value(self, value) -> list[Row]:
        if isinstance(value, list):
            rows = value
        else:
            kept = (value or "").splitlines()
            rows = [Row(readable_number(one, "en"), hint=_hint(dialable(one))) for one in kept]
        while len(rows) < len(self.labels) or (self.more_label and rows[-1].typed):
            rows.append(Row(""))
        for number, row in enumerate(rows, 1):
            known = number <= len(self.labels)
            row.label = (
                self.labels[number - 1]
                if known
                else self.more_label % {"number": in_active_digits(number)}
            )
        return rows

    def clean(self, value: list[Row] | None) -> str:
        numbers: dict[str, None] = {}
        filled = [row for row in value or () if row.typed.strip()]
        for row in filled:
            numbers |= dict.fromkeys(self._read(row).splitlines())
        if any(row.errors for row in filled):
            raise forms.ValidationError(_("Nothing is saved until every number is right."))
        if not all(question.answered for row in filled for question in row.questions):
            raise forms.ValidationError(_("Answer what is asked beside the number."))
        if self.required and not numbers:
            raise forms.ValidationError(_("This number is required."))
        return "\n".join(numbers)

    def _read(self, row: Row) -> str:
        try:
            kept = self.read(row.typed)
        except forms.ValidationError as error:
            row.errors += error.messages
            return ""
        for number in kept.splitlines():
            if text := self.doubt(number):
                row.questions.append(Question(number, text, number in row.sure))
        row.hint = _hint(kept)
        return kept


def _hint(kept: str) -> str:
    """How patients will see and dial a number; "" for none, or for several in one field."""
    if not kept or "\n" in kept:
        return ""
    seen = {
        "english": readable_number(kept, "en"),
        "bangla": readable_number(kept, "bn"),
        "dialled": kept,
    }
    if len(kept) <= LONGEST_HOTLINE:
        return _("Short number, dialled as it stands: %(english)s · %(bangla)s") % seen
    return _("Patients see %(english)s · %(bangla)s, and dial %(dialled)s.") % seen
