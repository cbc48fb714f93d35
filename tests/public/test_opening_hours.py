"""Open now, and the days on which the clinic is closed."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from treatments.models import Clinic
from treatments.models.clinic import validate_closed_days
from treatments.page_cache import invalidation
from treatments.planner.schedule import CoursePlan, schedule

from ..pages import PAGE, soup, words

HOURS = [
    {"weekday": "sat", "opens": "10:00", "closes": "13:00"},
    {"weekday": "sat", "opens": "17:00", "closes": "23:59"},
    {"weekday": "sun", "opens": "00:00", "closes": "13:00"},
    {"weekday": "thu", "opens": "20:00", "closes": "02:00"},
]


def open_on(closed_days=(), hours=HOURS):
    clinic = Clinic.the_one()
    clinic.hours, clinic.closed_days = hours, list(closed_days)
    clinic.full_clean()
    clinic.save()


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [  # Universal Time: Bangladesh is six hours ahead
        ("2026-12-12T03:59:59Z", False),
        ("2026-12-12T04:00:00Z", True),
        ("2026-12-12T06:59:59Z", True),
        ("2026-12-12T07:00:00Z", False),
        ("2026-12-12T17:58:59Z", True),
        ("2026-12-12T17:59:30Z", False),  # the last minute of Saturday
        ("2026-12-12T18:00:00Z", True),  # Sunday has begun in Dhaka, not in London
        ("2026-12-11T12:00:00Z", False),  # Friday
        ("2026-12-19T05:00:00Z", False),  # a Saturday on which the clinic is closed
        ("2026-12-10T13:59:59Z", False),  # Thursday evening
        ("2026-12-10T14:00:00Z", True),
        ("2026-12-10T18:30:00Z", True),  # Friday, half past midnight
        ("2026-12-10T19:59:59Z", True),
        ("2026-12-10T20:00:00Z", False),
        ("2026-12-09T19:00:00Z", False),  # Thursday, 1 am: the night is the next
        ("2026-12-17T14:30:00Z", False),  # a Thursday on which the clinic is closed
        ("2026-12-17T19:00:00Z", False),  # and the night after it
        ("2026-12-24T19:00:00Z", True),  # Friday is closed; its first hours are Thursday's
    ],
)
def test_open_now_is_right_in_bangladesh(chromium, site_to_call, moment, open_now):
    open_on(["2026-12-17", "2026-12-19", "2026-12-25"])
    context = chromium.new_context(base_url=site_to_call, timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(moment)
    page.goto("/en/about/")
    assert page.locator(".now").inner_text() == ("Open now" if open_now else "Closed now")
    context.close()


def test_open_now_changes_by_itself_and_needs_no_javascript_to_read_the_hours(
    chromium, site_to_call
):
    open_on()
    page = (context := chromium.new_context(base_url=site_to_call)).new_page()
    page.clock.install(time="2026-12-12T06:59:50Z")
    page.goto("/bn/treatments/iontophoresis/")
    assert page.locator(".now").inner_text() == "এখন খোলা"
    page.clock.run_for(20_000)
    assert page.locator(".now").inner_text() == "এখন বন্ধ"
    context.close()
    plain = (context := chromium.new_context(java_script_enabled=False)).new_page()
    plain.goto(f"{site_to_call}/en/about/")
    assert not plain.locator(".now").is_visible()
    assert "10 am–1 pm" in plain.locator("main").inner_text()
    context.close()


OTHER_DEVICES = {  # how one writes the time that it is asked for in Swedish
    "another locale": "() => '12/16/2026, 9:05:00 AM'",
    "Bangla digits": "() => '২০২৬-১২-১২ ১১:০০:০০'",
    "the day first": "() => '12.12.2026 11:00:00'",
    "a letter between": "() => '2026-12-12T11:00:00'",
    "twelve hours": "() => '2026-12-12 11:00:00 AM'",
    "no seconds": "() => '2026-12-12 11:00'",
    "nothing": "() => ''",
    "no such zone": "() => { throw new RangeError('Invalid time zone: Asia/Dhaka') }",
}


@pytest.mark.parametrize("writes", OTHER_DEVICES.values(), ids=OTHER_DEVICES)
def test_what_cannot_be_read_is_not_told(chromium, site_to_call, writes):
    open_on()
    page = (context := chromium.new_context(base_url=site_to_call)).new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.clock.install(time="2026-12-12T05:00:00Z")  # open
    page.add_init_script(f"Date.prototype.toLocaleString = {writes}")
    page.goto("/en/about/")
    assert not page.locator(".now").is_visible() and not problems
    page.evaluate("() => { Date.prototype.toLocaleString = () => '2026-12-12 11:00:00' }")
    page.clock.run_for(20_000)
    assert page.locator(".now").inner_text() == "Open now"
    page.evaluate(f"() => {{ Date.prototype.toLocaleString = {writes} }}")
    page.clock.run_for(20_000)
    assert not page.locator(".now").is_visible() and not problems
    context.close()


def test_days_on_which_the_clinic_is_closed_are_named_until_they_are_over(
    client, site, monkeypatch
):
    open_on(["2026-12-15", "2026-12-16"])
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 12, 16))
    for path in ("/en/about/", PAGE.format("en"), "/en/"):
        text = words(soup(client.get(path)))
        assert "Closed on: 16 December 2026" in re.sub(r"\s+", " ", text)
    assert "১৬ ডিসেম্বর ২০২৬" in words(soup(client.get("/bn/about/")))
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 12, 17))
    assert "Closed on" not in words(soup(client.get("/en/about/")))


def test_a_stored_page_ends_with_the_closed_day(site):
    open_on(["2026-12-16"])
    midnight = datetime(2026, 12, 16, 18, 0, tzinfo=UTC)
    clinic, before = Clinic.the_one(), datetime(2026, 12, 16, 17, 59, tzinfo=UTC)
    assert midnight.timestamp() in invalidation._boundaries(before, clinic)
    assert midnight.timestamp() not in invalidation._boundaries(midnight, clinic)


def test_no_session_is_planned_for_a_closed_day(client, site, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 20))
    query = "?start=2026-12-12&day=sat&day=tue"

    def planned() -> list[str]:
        page = soup(client.get(f"{PAGE.format('en')}plan/{query}"))
        return [time["datetime"] for time in page.select(".dates time")]

    before = planned()
    open_on([before[0], before[3], before[-1]], hours=[])
    after = planned()
    assert not {before[0], before[3], before[-1]} & set(after)
    assert len(after) == len(before) and after == sorted(set(after))
    assert {date.fromisoformat(day).weekday() for day in after} == {1, 5}
    text = words(soup(client.get(f"{PAGE.format('en')}plan/{query}")))
    assert "closed on these days" in text and "12 December 2026" in text
    dated = Calendar.from_ical(client.get(f"{PAGE.format('en')}plan/calendar.ics{query}").content)
    assert [event["DTSTART"].dt.isoformat() for event in dated.walk("VEVENT")] == after


@given(
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.sets(st.integers(0, 120), max_size=40),
    st.integers(1, 6),
)
def test_closed_days_move_sessions_and_drop_none(first_day, offsets, weeks):
    the_plan = CoursePlan((2, 3), (6, 10), (weeks, weeks))
    closed = {first_day + timedelta(days=offset) for offset in offsets}
    usual = schedule(the_plan, first_day, {"sat", "tue"})
    dated = schedule(the_plan, first_day, {"sat", "tue"}, closed)
    days = [session.day for session in dated.sessions]
    assert not closed & set(days) and days == sorted(set(days))
    assert {day.weekday() for day in days} <= {1, 5}
    assert len(dated.course) == len(usual.course) and dated.maintenance


@pytest.mark.parametrize("days", [["16/12/2026"], ["2026-12-16", "2026-01-01"], "2026-12-16", [7]])
def test_closed_days_that_are_none_are_refused(site, days):
    with pytest.raises(ValidationError):
        open_on(days, hours=[]) if isinstance(days, list) else validate_closed_days(days)
