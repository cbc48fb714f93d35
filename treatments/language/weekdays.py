"""The days of the week, in the order of the Bangladeshi one, and what they are called."""

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
