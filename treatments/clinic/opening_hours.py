"""Opening hours and clock times as people say them. Values in, words out."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..language.digits import digits_in, typed_digits
from ..language.weekdays import WEEKDAYS

DAY = 24 * 60  # minutes

# From this hour on it is called so, in Bangla.
_PARTS_OF_THE_DAY = ((20, "রাত"), (18, "সন্ধ্যা"), (15, "বিকেল"), (12, "দুপুর"), (6, "সকাল"), (4, "ভোর"), (0, "রাত"))  # fmt: skip

# A Bangla keyboard has ঃ where others have the colon; a browser may send seconds.
_TYPED = re.compile(
    r"(\d{1,2})(?:[:.：ঃ](\d\d)(?:[:.]\d\d(?:\.\d+)?)?)?(?:\s*([ap])\.?m\.?)?", re.ASCII
)


_TYPED_IN_WORDS = re.compile(
    r"(ভোর|সকাল|দুপুর|বিকেল|বিকাল|সন্ধ্যা|রাত)\s*(\d{1,2})\s*(?:টা)?(?:\s*[:.ঃ]?\s*(\d\d?)\s*(?:মিনিট)?)?",
    re.ASCII,
)


def parse_time(typed: str) -> str | None:
    """A time as people type it (10, ১০:৩০, 8.30 pm, রাত ৮টা) as "20:30"; None where it is none."""
    text = typed_digits(typed).strip().lower()
    if match := _TYPED_IN_WORDS.fullmatch(text):
        part, hour, minute = match[1], int(match[2]), int(match[3] or 0)
        half = _half_of_the_day(part, hour)
    elif match := _TYPED.fullmatch(text):
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    else:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _half_of_the_day(part: str, hour: int) -> str:
    """ "a" or "p" for an hour that is named with its part of the day, in Bangla."""
    if part == "রাত":
        return "p" if 6 <= hour <= 11 else "a"
    if part == "দুপুর":
        return "a" if hour == 11 else "p"
    return "a" if part in ("ভোর", "সকাল") else "p"


def parse_closing_time(typed: str) -> str | None:
    """The same for the end of an opening, of which 24:00 is one: the midnight after it."""
    if re.fullmatch(r"24(?:[:.]00)?", typed_digits(typed).strip()):
        return "00:00"
    return parse_time(typed)


def typed_time(time: str) -> str:
    """ "20:30" as staff find it in a field: "8:30 pm"."""
    hour, minute = (int(part) for part in time.split(":"))
    return f"{hour % 12 or 12}:{minute:02} {'am' if hour < 12 else 'pm'}"


def minutes_open(entry: Mapping[str, str]) -> int:
    """How long one opening lasts. It ends on the next day where it closes before it opens."""
    minutes = _minutes(entry["closes"]) - _minutes(entry["opens"])
    return minutes if minutes > 0 else minutes + DAY


def runs_overnight(entry: Mapping[str, str]) -> bool:
    """Whether an opening goes on after midnight."""
    return _minutes(entry["opens"]) + minutes_open(entry) > DAY


def overlaps(hours: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs of weekdays: the first has an opening that is not over when one of the second begins.

    Both may be the same day. Takes the openings in the order of the week.
    """
    hours = list(hours)
    ends = [(_start(entry) + minutes_open(entry), entry) for entry in hours]
    starts = [(_start(entry), entry) for entry in hours]
    starts = [*starts[1:], *((start + 7 * DAY, entry) for start, entry in starts[:1])]
    for (end, entry), (start, following) in zip(ends, starts, strict=True):
        if end > start:
            yield entry["weekday"], following["weekday"]


def _start(entry: Mapping[str, str]) -> int:
    return WEEKDAYS.index(entry["weekday"]) * DAY + _minutes(entry["opens"])


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def clock_time(time: str, language: str) -> str:
    """ "20:30" as "8:30 pm" or "রাত ৮টা ৩০ মিনিট"; "00:00" as "midnight" or "রাত ১২টা"."""
    hour, minute = (int(part) for part in time.split(":"))
    if language == "en" and not hour and not minute:
        return "midnight"
    twelve = hour % 12 or 12
    if language == "en":
        minutes = f":{minute:02}" if minute else ""
        return f"{twelve}{minutes} {'am' if hour < 12 else 'pm'}"
    part = next(name for start, name in _PARTS_OF_THE_DAY if hour >= start)
    minutes = f" {digits_in('bn', minute)} মিনিট" if minute else ""
    return f"{part} {digits_in('bn', twelve)}টা{minutes}"


def opening_times(hours: Iterable[Mapping[str, str]], weekday: str, language: str) -> list[str]:
    """The opening times of one weekday in words; an empty list where it is closed."""
    return [opening_in_words(entry, language) for entry in hours if entry["weekday"] == weekday]


def opening_in_words(entry: Mapping[str, str], language: str) -> str:
    """One opening: "8 pm–2 am", "24 hours"."""
    if entry["opens"] == entry["closes"] == "00:00":
        return {"en": "24 hours", "bn": "২৪ ঘণ্টা"}[language]
    return f"{clock_time(entry['opens'], language)}–{clock_time(entry['closes'], language)}"


def group_days(
    hours: Iterable[Mapping[str, str]], language: str
) -> list[tuple[str, str, list[str]]]:
    """Neighbouring weekdays with the same times together: (first day, last day, times)."""
    groups: list[tuple[str, str, list[str]]] = []
    hours = list(hours)
    for weekday in WEEKDAYS:
        times = opening_times(hours, weekday, language)
        if groups and groups[-1][2] == times:
            groups[-1] = (groups[-1][0], weekday, times)
        else:
            groups.append((weekday, weekday, times))
    return groups
