"""The names of the weekdays, in the order of the Bangladeshi week."""

from django.utils.translation import gettext_lazy as _

from .models import WEEKDAYS

_NAMES = (
    _("Saturday"),
    _("Sunday"),
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
)
WEEKDAY_NAMES = dict(zip(WEEKDAYS, _NAMES, strict=True))
