"""Opening hours and clock times as people say them. Values in, words out."""

import re
from collections.abc import Iterable, Mapping

from ..language.digits import digits_in, typed_digits
from ..language.weekdays import WEEKDAYS

# From this hour on it is called so, in Bangla.
_PARTS_OF_THE_DAY = ((20, "রাত"), (18, "সন্ধ্যা"), (15, "বিকেল"), (12, "দুপুর"), (6, "সকাল"), (4, "ভোর"), (0, "রাত"))  # fmt: skip

# A Bangla keyboard has ঃ where others have the colon; a browser may send seconds.
_TYPED = re.compile(
    r"(\d{1,2})(?:[:.：ঃ](\d\d)(?:[:.]\d\d(?:\.\d+)?)?)?(?:\s*([ap])\.?m\.?)?", re.ASCII
)


def parse_time(typed: str) -> str | None:
    """A time as people type it (10, ১০:৩০, 8.30 pm) as "20:30"; None where it is none."""
    found = _TYPED.fullmatch(typed_digits(typed).strip().lower())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def clock_time(time: str, language: str) -> str:
    """ "20:30" as "8:30 pm" or "রাত ৮টা ৩০ মিনিট"."""
    hour, minute = (int(part) for part in time.split(":"))
    twelve = hour % 12 or 12
    if language == "en":
        minutes = f":{minute:02}" if minute else ""
        return f"{twelve}{minutes} {'am' if hour < 12 else 'pm'}"
    part = next(name for start, name in _PARTS_OF_THE_DAY if hour >= start)
    minutes = f" {digits_in('bn', minute)} মিনিট" if minute else ""
    return f"{part} {digits_in('bn', twelve)}টা{minutes}"


def opening_times(hours: Iterable[Mapping[str, str]], weekday: str, language: str) -> list[str]:
    """The opening times of one weekday in words; an empty list where it is closed."""
    return [
        f"{clock_time(entry['opens'], language)}–{clock_time(entry['closes'], language)}"
        for entry in hours
        if entry["weekday"] == weekday
    ]


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
