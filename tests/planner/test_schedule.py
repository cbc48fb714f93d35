"""Dates of sessions: never outside the plan's numbers, whatever the day and the weekdays."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from treatments.document.plan import Plan
from treatments.planner.schedule import (
    WEEKS_DRAWN,
    CoursePlan,
    Refusal,
    course_plan,
    open_weekdays,
    refusal_reason,
    schedule,
    timeline,
)

from ..plans import plan_of

IONTOPHORESIS = CoursePlan(a_week=(2, 3), sessions=(6, 10), weeks_between=(2, 4))
TUESDAY = date(2026, 12, 1)
BY_NUMBER = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # as `date.weekday()` counts
EVERY_DAY = frozenset(BY_NUMBER)


def ranges(low: int, high: int):
    return st.tuples(st.integers(low, high), st.integers(low, high)).map(
        lambda ends: tuple(sorted(ends))
    )


plans = st.one_of(
    st.just(IONTOPHORESIS),
    st.builds(CoursePlan, ranges(1, 7), ranges(1, 30), st.none() | ranges(1, 52)),
)
plans_of_weeks = st.builds(
    lambda apart, sessions, between: CoursePlan((1, 7), sessions, between, apart),
    ranges(1, 12).filter(lambda apart: apart != (1, 1)),
    ranges(1, 30),
    st.none() | ranges(1, 52),
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
weekday_sets = st.sets(st.sampled_from(BY_NUMBER))


def weekday(day: date) -> str:
    return BY_NUMBER[day.weekday()]


def most_and_least_in_a_week(dates: list[date]) -> tuple[int, int]:
    """Sessions in any seven days in a row that lie wholly within the course."""
    length = (dates[-1] - dates[0]).days + 1
    counts = [
        sum(1 for day in dates if 0 <= (day - dates[0]).days - begin < 7)
        for begin in range(max(1, length - 6))
    ]
    return max(counts), min(counts)


@given(plans, days, weekday_sets, weekday_sets)
def test_every_choice_is_either_refused_or_dated_within_the_plan(
    plan, first_day, chosen, open_days
):
    if refusal_reason(plan, chosen, open_days):
        return
    dated = schedule(plan, first_day, chosen)
    course = [session.day for session in dated.course]
    every = [session.day for session in dated.sessions]

    assert {weekday(day) for day in every} <= chosen & open_days
    assert first_day <= course[0] < first_day + timedelta(days=7)
    assert every == sorted(set(every))
    assert len(course) == plan.sessions[1]
    assert sum(not session.may_not_be_needed for session in dated.course) == plan.sessions[0]
    most, least = most_and_least_in_a_week(course)
    assert most <= plan.a_week[1]
    if (course[-1] - course[0]).days >= 6:
        assert least >= plan.a_week[0]
    if plan.weeks_between:
        assert dated.maintenance
        low, high = plan.weeks_between
        for before, after in pairwise([course[-1], *(one.day for one in dated.maintenance)]):
            assert timedelta(weeks=low) <= after - before <= timedelta(weeks=high)
    else:
        assert not dated.maintenance


@given(plans_of_weeks, days, weekday_sets, st.sets(days, max_size=100))
def test_sessions_weeks_apart_are_never_nearer_than_the_plan_says(plan, first_day, chosen, closed):
    assume(chosen)
    assert refusal_reason(plan, chosen, EVERY_DAY) is None
    for left_out in (set(), closed):
        dated = schedule(plan, first_day, chosen, left_out)
        assert len(dated.course) == plan.sessions[1]
        assert all(weekday(one.day) in chosen for one in dated.sessions)
        assert not left_out & {one.day for one in dated.sessions}
        low, high = plan.weeks_apart
        for before, after in pairwise(one.day for one in dated.course):
            assert timedelta(weeks=low) <= after - before
            assert left_out or after - before <= timedelta(weeks=high)
        last = [dated.course[-1], *dated.maintenance]
        for before, after in pairwise(one.day for one in last):
            assert timedelta(weeks=plan.weeks_between[0]) <= after - before


def test_a_plan_of_every_few_weeks_is_dated_on_any_day_that_suits():
    plan = course_plan(plan_of("cold", frequency=(2, 3, "weeks_apart"), course=(3, 4)))
    dated = schedule(plan, TUESDAY, {"wed", "sat"})
    assert [session.day.isoformat() for session in dated.course] == [
        "2026-12-02",
        "2026-12-23",
        "2027-01-13",
        "2027-02-03",
    ]
    assert dated.weeks_apart == 3
    assert timeline(plan) is None


def test_once_every_week_is_once_a_week():
    of_weeks = plan_of(frequency=(1, 1, "weeks_apart"), course=(3, 4))
    assert course_plan(of_weeks) == course_plan(plan_of(frequency=(1, 1), course=(3, 4)))


def test_a_year_of_first_days_with_every_set_of_weekdays():
    subsets = [
        {name for number, name in enumerate(BY_NUMBER) if mask >> number & 1} for mask in range(128)
    ]
    open_days = EVERY_DAY - {"fri"}
    for number in range(366):
        first_day = TUESDAY + timedelta(days=number)
        for chosen in subsets:
            why = refusal_reason(IONTOPHORESIS, chosen, open_days)
            if "fri" in chosen:
                assert why is Refusal.CLOSED
            elif len(chosen) < 2:
                assert why is Refusal.TOO_FEW
            elif len(chosen) > 3:
                assert why is Refusal.TOO_MANY
            else:
                assert why is None
                dated = schedule(IONTOPHORESIS, first_day, chosen)
                assert dated.course[0].day >= first_day
                assert all(weekday(session.day) in chosen for session in dated.sessions)


def test_sessions_beyond_the_shortest_course_may_not_be_needed():
    dated = schedule(IONTOPHORESIS, TUESDAY, {"sat", "tue"})
    assert [session.number for session in dated.course if session.may_not_be_needed] == [
        7,
        8,
        9,
        10,
    ]
    assert [session.day.isoformat() for session in dated.course][:3] == [
        "2026-12-01",
        "2026-12-05",
        "2026-12-08",
    ]


def test_maintenance_goes_on_for_six_months_in_the_middle_of_its_range():
    dated = schedule(IONTOPHORESIS, TUESDAY, {"sat", "tue"})
    last = dated.course[-1].day
    assert last == date(2027, 1, 2)
    assert dated.weeks_between == 3
    assert dated.maintenance[0].day == date(2027, 1, 23)
    assert (
        dated.maintenance[-1].day
        <= date(2027, 7, 2)
        < dated.maintenance[-1].day + timedelta(weeks=3)
    )


def test_six_months_after_the_end_of_august_is_the_end_of_february():
    plan = CoursePlan((1, 1), (1, 1), (1, 1))
    assert schedule(plan, date(2026, 8, 31), {"mon"}).maintenance[-1].day == date(2027, 2, 22)


def test_maintenance_further_apart_than_six_months_is_dated_once():
    plan = CoursePlan((1, 1), (2, 2), (40, 52))
    assert len(schedule(plan, TUESDAY, {"tue"}).maintenance) == 1


def test_a_plan_without_maintenance_has_none():
    plan = course_plan(plan_of(frequency=(2, 3), course=(6, 10)))
    assert schedule(plan, TUESDAY, {"sat", "tue"}).maintenance == ()


@pytest.mark.parametrize(
    "plan",
    [
        Plan(),
        plan_of(frequency=(2, 3)),
        plan_of(course=(6, 10), maintenance=(2, 4)),
        plan_of(frequency=(8, 14), course=(6, 10)),
        plan_of(frequency=(2, 3, "weeks_apart")),
        plan_of(frequency=(2, 3, "months_apart"), course=(6, 10)),
        plan_of("procedure", frequency=(2, 3, "weeks_apart"), course=(6, 10)),
        plan_of(frequency=(2, 3), course=(6, 10, "weeks")),
        plan_of("medicine", frequency=(2, 3), course=(6, 10)),
    ],
)
def test_too_little_or_too_much_to_date_is_no_plan(plan):
    assert course_plan(plan) is None


def test_a_plan_of_more_than_seven_a_week_at_most_is_read_as_daily():
    assert course_plan(plan_of(frequency=(5, 14), course=(6, 10))).a_week == (5, 7)


def test_hours_that_are_not_known_close_no_day():
    assert open_weekdays([]) == EVERY_DAY
    assert open_weekdays(
        [
            {"weekday": "sat", "opens": "10:00", "closes": "13:00"},
            {"weekday": "sat", "opens": "16:00", "closes": "20:00"},
        ]
    ) == {"sat"}


@given(plans)
def test_the_drawing_has_as_many_sessions_as_the_plan(plan):
    drawn = timeline(plan)
    assume(drawn)
    assert sum(week.usual for week in drawn.weeks) == plan.sessions[0]
    assert sum(week.perhaps for week in drawn.weeks) == plan.sessions[1] - plan.sessions[0]
    assert len(drawn.weeks) <= WEEKS_DRAWN
    assert all(1 <= week.usual + week.perhaps <= plan.a_week[0] for week in drawn.weeks)


def test_the_shipped_plan_is_drawn_as_three_to_five_weeks():
    assert timeline(IONTOPHORESIS).length == (3, 5)


def test_a_course_of_many_weeks_is_not_drawn():
    assert timeline(CoursePlan((1, 1), (11, 11), None)) is None
