"""Opening hours as staff write them: a weekday a row, several times a row, past midnight too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..clinic.opening_hours import (
    minutes_open,
    opening_in_words,
    overlaps,
    parse_closing_time,
    parse_time,
    runs_overnight,
    typed_time,
)
from ..language.weekdays import WEEKDAY_NAMES, WEEKDAYS
from ..models.clinic import overlap_in_words
from .clinic_rows import Question, RowsField

ENDS = ("opens", "closes")
# What begins before, or lasts for longer (minutes), is asked about.
EARLIEST, LONGEST_DAY, LONGEST_NIGHT = "08:00", 14 * 60, 12 * 60
NO_TIMES = {"opens": "", "closes": ""}


@dataclass
class Day:
    """A weekday's row as it was typed, with what is wrong in it and what is to be asked."""

    name: str
    closed: bool = False
    times: list[dict[str, str]] = field(default_factory=list)
    sure: tuple[str, ...] = ()
    errors: list[str | Promise] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def label(self) -> str | Promise:
        return WEEKDAY_NAMES[self.name]

    @property
    def filled(self) -> list[dict[str, str]]:
        return [one for one in self.times if any(one[end].strip() for end in ENDS)]


def stored_as_days(hours: Sequence[Mapping[str, str]]) -> list[Day]:
    """Stored hours as the rows of the form; a day without any is closed, where others have some."""
    days = []
    for name in WEEKDAYS:
        times = [
            {end: typed_time(entry[end]) for end in ENDS}
            for entry in hours
            if entry["weekday"] == name
        ]
        days.append(Day(name, closed=bool(hours) and not times, times=times or [dict(NO_TIMES)]))
    return days


class HoursWidget(forms.Widget):
    """Text fields: a browser's own field for a time is sent empty where half of it is filled in.

    Two buttons of the form give it back without saving: one with another pair of times for a day
    (`NAME-more`), one with the times of the first open day on all that are not closed (`NAME-copy`).
    """

    template_name = "staff/clinic/hours.html"

    def id_for_label(self, id_):
        return ""  # each field has its own label

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["days"] = value
        return context

    def value_omitted_from_data(self, data, files, name):
        return not any(key.startswith(f"{name}-") for key in data)

    def value_from_datadict(self, data, files, name) -> list[Day]:
        days = [self._day(data, name, day) for day in WEEKDAYS]
        for day in days:
            if data.get(f"{name}-more") == day.name:
                day.times.append(dict(NO_TIMES))
        if f"{name}-copy" in data:
            _copy_times(days)
        return days

    def _day(self, data, name: str, day: str) -> Day:
        times = []
        for number in count(1):
            typed = {end: data.get(f"{name}-{day}-{number}-{end}") for end in ENDS}
            if None in typed.values():
                break
            times.append(typed)
        sure = data.getlist(f"{name}-{day}-sure")
        return Day(day, f"{name}-{day}-closed" in data, times or [dict(NO_TIMES)], tuple(sure))


def _copy_times(days: list[Day]) -> None:
    source = next((day for day in days if day.filled and not day.closed), None)
    for day in days:
        if source and not day.closed:
            day.times = [dict(one) for one in source.filled]


class HoursField(RowsField):
    """`validate_hours` says what its value is. What is wrong stands in the row of its day."""

    widget = HoursWidget
    stored: Sequence[Mapping[str, str]] = ()  # what stands until this is saved

    def prepare_value(self, value):
        if value and isinstance(value[0], Day):
            return value
        return stored_as_days(value or [])

    def clean(self, value: list[Day]) -> list[dict[str, str]]:
        if not any(day.closed or day.filled for day in value):
            return []
        if all(day.closed for day in value):
            raise forms.ValidationError(
                _(
                    "Every day is ticked as closed. If the clinic is closed for a time, write that "
                    "under closed days. If its hours are not known, untick all."
                )
            )
        stored = {day.name: day.filled for day in stored_as_days(self.stored)}
        for day in value:
            if day.closed and day.filled not in ([], stored[day.name]):  # newly typed beside it
                text = _(
                    "“Closed” is ticked, and times are written. Untick it, or empty the times."
                )
                day.errors.append(text)
        hours = [entry for day in value if not day.closed for entry in _read_day(day)]
        if not any(day.errors for day in value):
            by_name = {day.name: day for day in value}
            for first, following in overlaps(hours):
                by_name[first].errors.append(overlap_in_words(first, following))
        wrong = [day for day in value if day.errors or not all(q.answered for q in day.questions)]
        if wrong:
            names = ", ".join(str(day.label) for day in wrong)
            raise forms.ValidationError(_("Look at %(days)s."), params={"days": names})
        return hours


def _read_day(day: Day) -> list[dict[str, str]]:
    if not day.filled:
        day.errors.append(_("Write when it opens and when it closes, or tick “Closed”."))
    hours = []
    for typed in day.filled:
        try:
            hours.append(_read_opening(day.name, typed))
        except forms.ValidationError as error:
            day.errors += error.messages
    hours.sort(key=lambda entry: entry["opens"])
    for entry in hours:
        if text := _doubt(entry):
            value = f"{entry['opens']}-{entry['closes']}"
            day.questions.append(Question(value, text, value in day.sure))
    return hours


def _read_opening(weekday: str, typed: Mapping[str, str]) -> dict[str, str]:
    read = {"weekday": weekday}
    for end, parse in zip(ENDS, (parse_time, parse_closing_time), strict=True):
        if not typed[end].strip():
            raise forms.ValidationError(
                _("Write both when it opens and when it closes, or leave both empty.")
            )
        read[end] = parse(typed[end])
        if read[end] is None:
            raise forms.ValidationError(
                _("“%(typed)s” is not a time. Write times like 10:00 or 8:30 pm."),
                params={"typed": typed[end][:40]},
            )
    if read["opens"] == read["closes"] != "00:00":
        raise forms.ValidationError(_("The opening and the closing time are the same."))
    return read


def _doubt(entry: Mapping[str, str]) -> str:
    """What is to be asked about an opening; "" for nothing."""
    if entry["opens"] == entry["closes"]:
        return ""  # day and night
    words = {"times": opening_in_words(entry, get_language())}
    if runs_overnight(entry) and minutes_open(entry) > LONGEST_NIGHT:
        question = _(
            "%(times)s on the next day? If you mean the evening, write pm, for example 8 pm."
        )
        return question % words
    if entry["opens"] < EARLIEST:
        return _("%(times)s: so early in the morning? If you mean the afternoon, write pm.") % words
    if minutes_open(entry) > LONGEST_DAY:
        return _("%(times)s: for so long? Noon is 12 pm, midnight is 12 am.") % words
    return ""
