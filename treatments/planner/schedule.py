"""A plan's numbers and a first day → dates of sessions. Values in, values out; no clock."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from itertools import count, islice

from ..document.plan import WITHOUT_SESSIONS, Plan
from ..language.weekdays import WEEKDAYS, weekday_of
from ..models import Unit

Range = tuple[int, int]

MAINTENANCE_MONTHS = 6
WEEKS_DRAWN = 10  # a longer course is told in words only


@dataclass(frozen=True)
class CoursePlan:
    a_week: Range  # days a week in the initial course, of one session each
    sessions: Range  # sessions in the initial course
    weeks_between: Range | None  # between maintenance sessions, where the plan has any
    weeks_apart: Range | None = None  # in the initial course, where it has less than one a week


def course_plan(plan: Plan) -> CoursePlan | None:
    """What a document's plan says about dates; None where that is too little to date a session.

    More sessions a week than there are days cannot be dated either.
    """
    a_week, sessions = _ends(plan, "frequency", Unit.A_WEEK), _ends(plan, "course", Unit.SESSIONS)
    weeks_apart = _ends(plan, "frequency", Unit.WEEKS_APART)
    if weeks_apart:  # any day that suits is one
        once_a_week = weeks_apart == (1, 1)
        a_week, weeks_apart = ((1, 1), None) if once_a_week else ((1, len(WEEKDAYS)), weeks_apart)
    if plan.kind in WITHOUT_SESSIONS or not a_week or not sessions or a_week[0] > len(WEEKDAYS):
        return None
    low, high = a_week
    weeks_between = _ends(plan, "maintenance", Unit.WEEKS_APART)
    return CoursePlan((low, min(high, len(WEEKDAYS))), sessions, weeks_between, weeks_apart)


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
    weeks_apart: int | None = None  # likewise

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

    The course begins on the first of these weekdays from `first_day` on; where its sessions are
    some weeks apart, they are rather too far apart than too near. Maintenance follows for six
    months, a whole number of weeks apart, so that it keeps to a chosen and open weekday; at least
    one such session is dated.
    """
    least, most = plan.sessions
    weeks_apart = plan.weeks_apart and -(-sum(plan.weeks_apart) // 2)
    if weeks_apart:
        days = _weeks_apart(weeks_apart, plan.weeks_apart[0], first_day, weekdays, closed)
    else:
        days = _days_on(first_day, weekdays, closed)
    course = tuple(
        Session(number, day, may_not_be_needed=number > least)
        for number, day in zip(range(1, most + 1), days, strict=False)
    )
    if plan.weeks_between is None:
        return Schedule(course, (), None, weeks_apart)
    weeks = sum(plan.weeks_between) // 2
    last = course[-1].day
    end = max(_months_later(last, MAINTENANCE_MONTHS), last + timedelta(weeks=weeks))
    times = (end - last) // timedelta(weeks=weeks)
    later = islice(_weeks_apart(weeks, plan.weeks_between[0], last, weekdays, closed), 1, times + 1)
    maintenance = tuple(Session(number, day) for number, day in enumerate(later, 1))
    return Schedule(course, maintenance, weeks, weeks_apart)


def _weeks_apart(
    weeks: int, at_least: int, first_day: date, weekdays: Collection[str], closed: Collection[date]
) -> Iterator[date]:
    """The first day that can be, then every so many weeks the next one that can be.

    What a closed day moves on moves the next one too where that would come too soon.
    """
    first = latest = next(_days_on(first_day, weekdays, closed))
    for number in count(1):
        yield latest
        wanted = max(first + number * timedelta(weeks=weeks), latest + timedelta(weeks=at_least))
        latest = next(_days_on(wanted, weekdays, closed))


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
    """None where the course has more weeks than can be drawn legibly, or weeks without a session."""
    if plan.weeks_apart:
        return None
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
