"""A plan's numbers and a first day → dates of sessions. Values in, values out; no clock."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from ..document.plan import WITHOUT_SESSIONS, Plan
from ..language.weekdays import WEEKDAYS, weekday_of
from ..models import Unit

Range = tuple[int, int]

MAINTENANCE_MONTHS = 6
WEEKS_DRAWN = 10  # a longer course is told in words only


@dataclass(frozen=True)
class CoursePlan:
    a_week: Range  # sessions a week in the initial course, at most one a day
    sessions: Range  # sessions in the initial course
    weeks_between: Range | None  # between maintenance sessions, where the plan has any


def course_plan(plan: Plan) -> CoursePlan | None:
    """What a document's plan says about dates; None where that is too little to date a session.

    More sessions a week than there are days cannot be dated either.
    """
    a_week, sessions = _ends(plan, "frequency", Unit.A_WEEK), _ends(plan, "course", Unit.SESSIONS)
    if plan.kind in WITHOUT_SESSIONS or not a_week or not sessions or a_week[0] > len(WEEKDAYS):
        return None
    low, high = a_week
    weeks_between = _ends(plan, "maintenance", Unit.WEEKS_APART)
    return CoursePlan((low, min(high, len(WEEKDAYS))), sessions, weeks_between)


def _ends(plan: Plan, name: str, unit: Unit) -> Range | None:
    """An amount's range where it is said in this unit."""
    amount = plan.amounts.get(name)
    return (amount.low, amount.high) if amount and amount.unit == unit else None


def open_weekdays(hours: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """The weekdays with an opening time. No hours at all are hours not known: every day."""
    return frozenset(entry["weekday"] for entry in hours) or frozenset(WEEKDAYS)


class Refusal(Enum):
    CLOSED = "a day on which the clinic is closed"
    TOO_FEW = "fewer days than the plan has sessions a week"
    TOO_MANY = "more days than the plan has sessions a week"


def refusal_reason(
    plan: CoursePlan, weekdays: Collection[str], open_days: Collection[str]
) -> Refusal | None:
    """Why sessions on these weekdays, one a day, would not be the plan; None where they would."""
    if not set(weekdays) <= set(open_days):
        return Refusal.CLOSED
    low, high = plan.a_week
    if len(set(weekdays)) < low:
        return Refusal.TOO_FEW
    return Refusal.TOO_MANY if len(set(weekdays)) > high else None


@dataclass(frozen=True)
class Session:
    number: int  # from 1, in the course or among the maintenance sessions
    day: date
    may_not_be_needed: bool = False


@dataclass(frozen=True)
class Schedule:
    course: tuple[Session, ...]
    maintenance: tuple[Session, ...]
    weeks_between: int | None  # as chosen inside the plan's range

    @property
    def sessions(self) -> tuple[Session, ...]:
        return self.course + self.maintenance

    def since(self, day: date) -> "Schedule":
        """Without what was before; each session keeps its number."""
        course, maintenance = (
            tuple(session for session in part if session.day >= day)
            for part in (self.course, self.maintenance)
        )
        return replace(self, course=course, maintenance=maintenance)


def schedule(
    plan: CoursePlan, first_day: date, weekdays: Collection[str], closed: Collection[date] = ()
) -> Schedule:
    """Sessions on the given weekdays, which `refusal` has found to meet the plan.

    A session that would fall on one of the `closed` days is on the next chosen weekday instead.

    The course begins on the first of these weekdays from `first_day` on. Maintenance follows for
    six months, a whole number of weeks apart, so that it keeps to a chosen and open weekday; at
    least one such session is dated.
    """
    least, most = plan.sessions
    days = _days_on(first_day, weekdays, closed)
    course = tuple(
        Session(number, day, may_not_be_needed=number > least)
        for number, day in zip(range(1, most + 1), days, strict=False)
    )
    if plan.weeks_between is None:
        return Schedule(course, (), None)
    weeks = sum(plan.weeks_between) // 2
    last = course[-1].day
    end = max(_months_later(last, MAINTENANCE_MONTHS), last + timedelta(weeks=weeks))
    count = (end - last) // timedelta(weeks=weeks)
    maintenance, latest = [], last
    for number in range(1, count + 1):
        wanted = max(last + number * timedelta(weeks=weeks), latest + timedelta(days=1))
        latest = next(_days_on(wanted, weekdays, closed))
        maintenance.append(Session(number, latest))
    return Schedule(course, tuple(maintenance), weeks)


def _days_on(
    first_day: date, weekdays: Collection[str], closed: Collection[date]
) -> Iterator[date]:
    day = first_day
    while True:
        if weekday_of(day) in weekdays and day not in closed:
            yield day
        day += timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Week:
    number: int
    usual: int  # sessions that everybody has
    perhaps: int  # sessions that may not be needed


@dataclass(frozen=True)
class Timeline:
    """The initial course week by week at the plan's lowest number a week; then maintenance."""

    plan: CoursePlan
    weeks: tuple[Week, ...]

    @property
    def length(self) -> Range:
        """The course's weeks, at the least and at the most."""
        return sum(1 for week in self.weeks if week.usual), len(self.weeks)


def timeline(plan: CoursePlan) -> Timeline | None:
    """None where the course has more weeks than can be drawn legibly."""
    a_week, (least, most) = plan.a_week[0], plan.sessions
    weeks = tuple(
        Week(
            number,
            usual=min(max(least - before, 0), a_week),
            perhaps=min(most - before, a_week) - min(max(least - before, 0), a_week),
        )
        for number, before in enumerate(range(0, most, a_week), 1)
    )
    return Timeline(plan, weeks) if len(weeks) <= WEEKS_DRAWN else None
