"""Closed days as staff write them: a tick for each, and a holiday of several days in one go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..clinic.closed_days import runs
from ..language.active import date_in_words, in_active_digits
from ..language.digits import typed_digits
from .clinic_rows import Question, RowsField

YEARS_PLANNED = 5  # no closed day is known longer before
LONGEST = 31  # days of a holiday, before it is asked about
PARTS = ("day", "month", "year")


@dataclass
class Typed:
    """A date in its three fields."""

    day: str = ""
    month: str = ""
    year: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.day.strip() or self.month.strip())

    def read(self) -> date:
        """Raises ValidationError with a sentence for staff."""
        parts = [typed_digits(getattr(self, part)).strip() for part in PARTS]
        if not all(part.isdigit() and len(part) <= 4 for part in parts):
            raise forms.ValidationError(_("Write the day, the month and the year in numbers."))
        day, month, year = map(int, parts)
        try:
            found = date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError(
                _("There is no such day: %(day)s/%(month)s/%(year)s."),
                params=dict(zip(PARTS, parts, strict=True)),
            ) from error
        today = timezone.localdate()
        if not today.year <= found.year <= today.year + YEARS_PLANNED:
            raise forms.ValidationError(
                _("Is the year %(year)s right? Write one from %(first)s to %(last)s."),
                params={"year": year, "first": today.year, "last": today.year + YEARS_PLANNED},
            )
        return found


@dataclass
class Run:
    """Closed days that follow each other."""

    days: list[date]

    @property
    def value(self) -> str:
        return f"{self.days[0]}/{self.days[-1]}"

    @property
    def in_words(self) -> str:
        words = _("%(first)s to %(last)s (%(number)s days)")
        ends = {"first": in_words(self.days[0]), "last": in_words(self.days[-1])}
        return words % {**ends, "number": in_active_digits(len(self.days))}

    @property
    def is_past(self) -> bool:
        return self.days[-1] < timezone.localdate()


@dataclass
class Choice:
    """The form's answer: which of the days it showed stay, and which are new."""

    shown: list[date]
    ticked: set[date]
    first: Typed = field(default_factory=Typed)
    last: Typed = field(default_factory=Typed)
    sure: tuple[str, ...] = ()
    errors: list[str | Promise] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def coming(self) -> list[Run]:
        return [run for run in map(Run, runs(self.shown)) if not run.is_past]

    @property
    def past(self) -> list[Run]:
        return [run for run in map(Run, runs(self.shown)) if run.is_past]

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors) or not all(question.answered for question in self.questions)

    def read_new(self) -> list[date]:
        """The new days, from the first to the last; what is wrong with them is noted."""
        if self.first.is_empty and self.last.is_empty:
            return []
        try:
            return self._read_new()
        except forms.ValidationError as error:
            self.errors += error.messages
            return []

    def _read_new(self) -> list[date]:
        if self.first.is_empty:
            raise forms.ValidationError(_("Write the first day too."))
        first = self.first.read()
        last = first if self.last.is_empty else self.last.read()
        if last < first:
            raise forms.ValidationError(_("The last day is before the first."))
        if first < timezone.localdate():
            raise forms.ValidationError(
                _("%(day)s is past. Which year do you mean?"), params={"day": in_words(first)}
            )
        if (length := (last - first).days + 1) > LONGEST:
            words = _("%(first)s to %(last)s are %(number)s days. Is the clinic closed so long?")
            ends = {"first": in_words(first), "last": in_words(last), "number": length}
            value = f"{first}/{last}"
            self.questions.append(Question(value, words % ends, value in self.sure))
        return list(days_from(first, last))


def in_words(day: date) -> str:
    """ "Wednesday, 16 December 2026"."""
    return date_in_words(day, "l, j F Y")


def days_from(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


class ClosedDaysWidget(forms.Widget):
    """`NAME` is sent once for each ticked day, `NAME-shown` for each that could be ticked.

    `NAME-drop` takes a whole run out; the button `NAME-add` gives the form back with the new days
    among the others, and saves nothing.
    """

    template_name = "staff/clinic/closed_days.html"

    def id_for_label(self, id_):
        return ""  # each field has its own label

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        today = timezone.localdate()
        for typed in (value.first, value.last):
            typed.year = typed.year or str(today.year)
        context["widget"] |= {"choice": value, "months": MONTHS.items()}
        return context

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-first-day" not in data

    def value_from_datadict(self, data, files, name) -> Choice:
        shown, ticked = (
            {day for day in map(_iso_day, data.getlist(key)) if day}
            for key in (f"{name}-shown", name)
        )
        for ends in data.getlist(f"{name}-drop"):
            first, _slash, last = ends.partition("/")
            ticked = {day for day in ticked if not first <= day.isoformat() <= last}
        typed = [
            Typed(**{part: data.get(f"{name}-{which}-{part}", "") for part in PARTS})
            for which in ("first", "last")
        ]
        sure = tuple(data.getlist(f"{name}-sure"))
        choice = Choice(sorted(shown | ticked), ticked, *typed, sure)
        if f"{name}-add" in data:
            _add(choice)
        return choice


def _add(choice: Choice) -> None:
    new = choice.read_new()
    if not choice.is_wrong:
        choice.shown = sorted({*choice.shown, *new})
        choice.ticked |= {*new}
        choice.first, choice.last = Typed(), Typed()


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class ClosedDaysField(RowsField):
    """`validate_closed_days` says what its value is."""

    widget = ClosedDaysWidget

    def prepare_value(self, value):
        if isinstance(value, Choice):
            return value
        days = [day for day in map(_iso_day, value or []) if day]
        return Choice(days, {*days})

    def clean(self, value: Choice) -> list[str]:
        value.errors, value.questions = [], []
        days = value.ticked | {*value.read_new()}
        if value.is_wrong:
            raise forms.ValidationError(_("Look at the new closed days."))
        return sorted(day.isoformat() for day in days)
