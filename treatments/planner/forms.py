"""The planner's form: a first day and days of the week, in either language's digits."""

import re
from collections.abc import Collection
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..language.active import date_in_words
from ..language.digits import digits_in, range_in, typed_digits
from ..language.text import normalise
from ..language.weekdays import WEEKDAY_NAMES, WEEKDAYS
from .schedule import CoursePlan, Refusal, refusal_reason

_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\Z", re.ASCII)
# What a chat leaves at the end of an address, and so at the end of what was chosen: `day=tue।`
_BEHIND_A_DATE = re.compile(r"(?<=\d)\D+\Z", re.ASCII)
_BEHIND_A_WEEKDAY = re.compile(r"(?<=[a-z])[^a-z].*\Z", re.DOTALL)


def parse_day(text: str) -> date | None:
    """A date as a browser sends it (2027-03-09) or as people write it (9/3/2027, ০৯/০৩/২০২৭)."""
    text = _BEHIND_A_DATE.sub("", typed_digits(normalise(text)))
    if match := _YEAR_FIRST.match(text):
        parts = match.groups()
    elif match := _DAY_FIRST.match(text):
        parts = match.groups()[::-1]
    else:
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


class DayField(forms.Field):
    """Any day within a year of `today`."""

    def __init__(self, *, today: date, **options):
        super().__init__(**options)
        self.today = today

    def clean(self, value: str | None) -> date:
        if not normalise(value or ""):
            raise ValidationError(_("Choose the day on which you want to begin."))
        day = parse_day(value)
        if day is None:
            example = date_in_words(self.today, "d/m/Y")
            raise ValidationError(
                _("This is not a date. Write day/month/year, for example %(example)s.")
                % {"example": example}
            )
        if abs((day - self.today).days) > 366:
            raise ValidationError(_("Choose a day that is less than a year away."))
        return day


class WeekdaysField(forms.MultipleChoiceField):
    """Names such as "sat", in the order of the week; raises what a list of choices raises."""

    def to_python(self, value: list[str]) -> list[str]:
        return [_BEHIND_A_WEEKDAY.sub("", name) for name in super().to_python(value)]


class PlanForm(forms.Form):
    """`start` becomes a date, `day` the chosen weekdays ("sat", …); they meet the plan."""

    def __init__(self, data, *, plan: CoursePlan, open_days: Collection[str], today: date):
        super().__init__(data)
        self.plan, self.open_days = plan, open_days
        self.fields["start"] = DayField(today=today)
        self.fields["day"] = WeekdaysField(
            choices=[(name, WEEKDAY_NAMES[name]) for name in WEEKDAYS],
            error_messages={
                "required": gettext_lazy("Choose the days of the week when you can come."),
                "invalid_choice": gettext_lazy("Choose days from the list."),
                "invalid_list": gettext_lazy("Choose days from the list."),
            },
        )

    def clean_day(self) -> list[str]:
        chosen = [name for name in WEEKDAYS if name in self.cleaned_data["day"]]
        why = refusal_reason(self.plan, chosen, self.open_days)
        if why is Refusal.CLOSED:
            closed = [str(WEEKDAY_NAMES[name]) for name in chosen if name not in self.open_days]
            raise ValidationError(
                _("The clinic is closed on this day: %(days)s. Choose other days.")
                % {"days": normalise(", ".join(closed))}
            )
        if why:
            language = get_language()
            raise ValidationError(
                _(
                    "Days chosen: %(chosen)s. Days needed for this plan: %(n)s a week, one for "
                    "each session."
                )
                % {
                    "chosen": digits_in(language, len(chosen)),
                    "n": range_in(language, *self.plan.a_week),
                }
            )
        return chosen

    @property
    def start_text(self) -> str:
        """What to show in the field again: a browser's own form of a date, or the words typed."""
        text = self.data.get("start", "")
        day = parse_day(text)
        return day.isoformat() if day else text

    @property
    def start_is_readable(self) -> bool:
        return not self.start_text or parse_day(self.start_text) is not None

    @property
    def days_offered(self) -> list[tuple[str, bool]]:
        """The weekdays on which the clinic is open, and whether each is chosen."""
        chosen = self.fields["day"].to_python(self.data.getlist("day"))
        return [(name, name in chosen) for name in WEEKDAYS if name in self.open_days]
