"""A treatment's plan: what it is done with, and its amounts, each a range with a unit."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(models.TextChoices):
    """What a treatment is done with: the words in which patients read its amounts go by it."""

    __empty__ = gettext_lazy("Something else")

    CURRENT = "current", gettext_lazy("Electric current")
    LIGHT = "light", gettext_lazy("Light")
    LASER = "laser", gettext_lazy("Laser")
    WAVES = "waves", gettext_lazy("Ultrasound or radio waves")
    COLD = "cold", gettext_lazy("Freezing")
    NEEDLE = "needle", gettext_lazy("Injections or needling")
    PEEL = "peel", gettext_lazy("A liquid or a cream that stays on for a while")
    PROCEDURE = "procedure", gettext_lazy("An operation or another procedure")
    MEDICINE = "medicine", gettext_lazy("A medicine, taken or put on at home")


class Unit(models.TextChoices):
    SECONDS = "seconds", gettext_lazy("seconds")
    MINUTES = "minutes", gettext_lazy("minutes")
    HOURS = "hours", gettext_lazy("hours")
    A_DAY = "a_day", gettext_lazy("times a day")
    A_WEEK = "a_week", gettext_lazy("times a week")
    A_MONTH = "a_month", gettext_lazy("times a month")
    DAYS_APART = "days_apart", gettext_lazy("days from one to the next")
    WEEKS_APART = "weeks_apart", gettext_lazy("weeks from one to the next")
    MONTHS_APART = "months_apart", gettext_lazy("months from one to the next")
    SESSIONS = "sessions", gettext_lazy("sessions in all")
    DAYS = "days", gettext_lazy("days")
    WEEKS = "weeks", gettext_lazy("weeks")
    MONTHS = "months", gettext_lazy("months")


# More than this of a unit is a slip of the pen.
MOST = {
    Unit.SECONDS: 600,
    Unit.MINUTES: 240,
    Unit.HOURS: 24,
    Unit.A_DAY: 24,
    Unit.A_WEEK: 14,
    Unit.A_MONTH: 31,
    Unit.DAYS_APART: 365,
    Unit.WEEKS_APART: 52,
    Unit.MONTHS_APART: 60,
    Unit.SESSIONS: 100,
    Unit.DAYS: 365,
    Unit.WEEKS: 104,
    Unit.MONTHS: 60,
}

# How often: counted in a stretch of time, or as the time from one to the next.
COUNTED = (Unit.A_WEEK, Unit.A_DAY, Unit.A_MONTH)
APART = (Unit.DAYS_APART, Unit.WEEKS_APART, Unit.MONTHS_APART)

# The units of each amount, the commonest first.
PLAN = {
    "visit": (Unit.MINUTES, Unit.HOURS),
    "running": (Unit.MINUTES, Unit.SECONDS, Unit.HOURS),
    "frequency": (*COUNTED, *APART),
    "course": (Unit.SESSIONS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS),
    "maintenance": (Unit.WEEKS_APART, Unit.DAYS_APART, Unit.MONTHS_APART, *COUNTED),
}

PLAN_LABELS = {
    "kind": gettext_lazy("Done with"),
    "visit": gettext_lazy("The whole visit"),
    "running": gettext_lazy("The treatment itself"),
    "frequency": gettext_lazy("How often"),
    "course": gettext_lazy("How long, or how many, in all"),
    "maintenance": gettext_lazy("Later, to keep the result"),
}


def plan_columns() -> Iterator[str]:
    """The treatment's columns that make its plan."""
    yield "kind"
    for name in PLAN:
        yield from (f"{name}_min", f"{name}_max", f"{name}_unit")


def validate_amount(low: int | None, high: int | None, unit: str) -> None:
    """Raises ValidationError, in words for staff, for ends that are no range of this unit."""
    if low is high is None:
        return
    if low is None or high is None or not 1 <= low <= high:
        raise ValidationError(_("Fill in both ends of the range, the smaller number first."))
    if high > MOST[Unit(unit)]:
        raise ValidationError(
            _("At most %(most)d fits here. Is the unit right?"), params={"most": MOST[Unit(unit)]}
        )


def end_column(label: str) -> models.PositiveSmallIntegerField:
    """A range's lower or upper end; both are empty where nothing is said."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1)]
    )


def unit_column(name: str) -> models.CharField:
    return models.CharField(
        gettext_lazy("unit"),
        max_length=20,
        choices=[(unit.value, unit.label) for unit in PLAN[name]],
        default=PLAN[name][0].value,
    )


def range_constraint(name: str) -> models.CheckConstraint:
    low, high = f"{name}_min", f"{name}_max"
    return models.CheckConstraint(
        name=f"{name}_range",
        condition=Q(**{f"{low}__isnull": True, f"{high}__isnull": True})
        | Q(**{f"{low}__gte": 1, f"{high}__isnull": False, f"{high}__gte": F(low)}),
        violation_error_message=gettext_lazy(
            "Fill in both ends of the range, the smaller number first."
        ),
    )
