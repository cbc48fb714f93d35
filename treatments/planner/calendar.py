"""Session dates → an iCalendar file. Neutral words: a shared phone shows no treatment."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from .schedule import Schedule, Session

REMINDER = timedelta(hours=-15)  # 9 in the morning of the day before
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # from which sequence numbers count the seconds


def to_ics(schedule: Schedule, *, first_day: date, key: str, host: str, made: datetime) -> bytes:
    """The sessions as all-day events in the active language, each with a reminder the day before.

    The clinic sets the times, so an event is a DATE: it needs no time zone, leaves the day free
    and is tentative. `key` names the treatment for good and shows in no event; the same key, first
    day and session give the same UID, so a file that is opened again moves events instead of
    doubling them. `made` is the moment of the download: calendars take a date that has moved only
    from a later file, which is one with higher sequence numbers.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Clinic//Session dates 1//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Clinic appointments"))
    for kind, sessions in (("course", schedule.course), ("later", schedule.maintenance)):
        for event in _events(sessions, f"{key} {first_day.isoformat()} {kind}", host, made):
            calendar.add_component(event)
    return calendar.to_ical()


def _events(sessions: Iterable[Session], key: str, host: str, made: datetime) -> Iterable[Event]:
    for session in sessions:
        event = Event()
        digest = hashlib.sha256(f"{key} {session.number}".encode()).hexdigest()
        event.add("uid", f"{digest[:32]}@{host}")
        event.add("dtstamp", made)
        event.add("last-modified", made)  # what common calendars of Android compare instead
        event.add("sequence", (made - EPOCH) // timedelta(seconds=1))
        event.add("dtstart", session.day)
        event.add("dtend", session.day + timedelta(days=1))
        event.add("summary", _title(session))
        event.add("description", _("The clinic sets the real date and time."))
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        event.add_component(_reminder(session))
        yield event


def _title(session: Session) -> str:
    if session.may_not_be_needed:
        return _("Clinic appointment (may not be needed)")
    return _("Clinic appointment")


def _reminder(session: Session) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _title(session))
    alarm.add("trigger", REMINDER)
    return alarm
