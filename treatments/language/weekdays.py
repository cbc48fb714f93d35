"""The days of the week, in the order of the Bangladeshi one, and what they are called."""

from datetime import date

from django.utils.translation import gettext_lazy as _

WEEKDAY_NAMES = {
    "sat": _("Saturday"),
    "sun": _("Sunday"),
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
}
WEEKDAYS = tuple(WEEKDAY_NAMES)


def weekday_of(day: date) -> str:
    return WEEKDAYS[(day.weekday() + WEEKDAYS.index("mon")) % 7]
