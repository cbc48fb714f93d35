"""The calendar file, read by a reader of its own that knows only RFC 5545."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from treatments.planner.calendar import to_ics
from treatments.planner.schedule import CoursePlan, schedule

PLAN = CoursePlan(a_week=(2, 3), sessions=(6, 10), weeks_between=(2, 4))
FIRST_DAY = date(2026, 12, 1)
MADE = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)
DATES = schedule(PLAN, FIRST_DAY, {"sat", "tue"})


def written(
    language: str = "en", dates=DATES, key: str = "iontophoresis", made: datetime = MADE
) -> bytes:
    with translation.override(language):
        return to_ics(dates, first_day=FIRST_DAY, key=key, host="example.org", made=made)


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]


def components(data: bytes, name: str) -> list[dict[str, str]]:
    """The properties of each component of a name, without those of what stands inside it."""
    found, depth = [], []
    for line in unfolded(data):
        head, _, value = line.partition(":")
        if head == "BEGIN":
            depth.append(value)
            if value == name:
                found.append({})
        elif head == "END":
            assert depth.pop() == value
        elif depth[-1] == name:
            found[-1][head] = re.sub(r"\\([,;\\])", r"\1", value)
    assert not depth
    return found


@pytest.mark.parametrize("language", ["en", "bn"])
def test_every_session_is_an_all_day_event_on_its_date(language):
    events = components(written(language), "VEVENT")
    dates = [session.day.strftime("%Y%m%d") for session in DATES.sessions]
    assert [event["DTSTART;VALUE=DATE"] for event in events] == dates
    for session, event in zip(DATES.sessions, events, strict=True):
        assert (
            datetime.strptime(event["DTEND;VALUE=DATE"], "%Y%m%d").date() - session.day
        ).days == 1
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["STATUS"] == "TENTATIVE"


def test_the_file_keeps_to_the_format():
    data = written("bn")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (calendar,) = components(data, "VCALENDAR")
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert all(event["DTSTAMP"] == "20260309T040000Z" for event in components(data, "VEVENT"))


def test_a_reminder_comes_at_nine_on_the_morning_before():
    alarms = components(written(), "VALARM")
    assert len(alarms) == len(DATES.sessions)
    assert {alarm["TRIGGER"] for alarm in alarms} == {"-PT15H"}
    assert {alarm["ACTION"] for alarm in alarms} == {"DISPLAY"}


def test_nothing_in_the_file_tells_what_the_treatment_is():
    for language, title in (("en", "Clinic appointment"), ("bn", "ক্লিনিকে সেশন")):
        text = "\n".join(unfolded(written(language)))
        assert title in text
        for word in ("iontophoresis", "ionto", "sweat", "আয়ন", "ঘাম"):
            assert word not in text.lower()


def test_what_may_not_be_needed_says_so():
    events = components(written(), "VEVENT")
    said = [event["SUMMARY"] for event in events]
    assert said[5:7] == ["Clinic appointment", "Clinic appointment (may not be needed)"]
    assert said[10] == "Clinic appointment"
    assert "না-ও লাগতে পারে" in components(written("bn"), "VEVENT")[6]["SUMMARY"]


def test_the_clinic_sets_the_real_date_and_time():
    events = components(written(), "VEVENT")
    assert {event["DESCRIPTION"] for event in events} == {"The clinic sets the real date and time."}


def test_an_event_keeps_its_identity_when_its_date_moves():
    other_days = schedule(PLAN, FIRST_DAY, {"sun", "wed"})
    uids = [event["UID"] for event in components(written(), "VEVENT")]
    moved = [event["UID"] for event in components(written(dates=other_days), "VEVENT")]
    assert len(set(uids)) == len(uids)
    assert moved[: len(uids)] == uids[: len(moved)]
    assert not set(uids) & {event["UID"] for event in components(written(key="another"), "VEVENT")}
    assert all(uid.endswith("@example.org") for uid in uids)


def test_appointments_downloaded_in_2026_keep_their_names():
    """Phones have them: under another name they would stand there twice."""
    first = components(written(), "VEVENT")[0]
    assert first["UID"] == "d3b667f0c5dcf6bd176609dd5bc312aa@example.org"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2093, 1, 1), timezones=st.just(UTC)),
    st.timedeltas(timedelta(seconds=1), timedelta(days=300)),
)
def test_a_later_download_outranks_an_earlier_one(first, later):
    """What RFC 5545 asks of a calendar: it takes the higher SEQUENCE, then the later DTSTAMP."""
    files = [components(written(made=made), "VEVENT") for made in (first, first + later)]
    for before, after in zip(*files, strict=True):
        assert before["UID"] == after["UID"]
        assert 0 <= int(before["SEQUENCE"]) < int(after["SEQUENCE"]) < 2**31
        for name in ("DTSTAMP", "LAST-MODIFIED"):  # some calendars look at the one or the other
            assert before[name] < after[name]


def test_the_same_dates_give_the_same_bytes():
    assert written() == written()
