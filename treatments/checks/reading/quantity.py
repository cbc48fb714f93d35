"""A number as a text states it, and what it counts."""

from dataclasses import dataclass
from decimal import Decimal

from ..lexicon import table

NUMBER, RANGE, SHARE = "number", "range", "share"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text states it, with the thing it counts.

    `values` holds one value, the two ends of a range as written, or part and whole of a share
    ("13 of 14", "১৪ জনের মধ্যে ১৩ জন"). `unit` is a key of UNITS, or "" where none is written.
    `per` is the unit of time in "3 times a week". `loose` marks words that need no counterpart in
    the other language: one, a week, প্রথম, দুই হাত. `starts` says where in the text each value is.
    """

    values: tuple[Decimal, ...]
    kind: str
    unit: str
    per: str
    worded: bool
    loose: bool
    starts: tuple[int, ...]
    text: str


_TABLE = tuple(table("units"))
# unit: (English words, Bangla words)
UNITS = {unit: (english, bangla) for unit, english, bangla, _what, _factor in _TABLE}
TIME = ("second", "minute", "hour", "day", "week", "month", "year")
COUNT = frozenset({"", "time", "session", "person"})

# Units that measure the same thing: (what, how many of the smallest).
_SCALE = {unit: (what, int(factor)) for unit, _en, _bn, what, factor in _TABLE}


def measure(value: Decimal, unit: str) -> tuple[str, Decimal]:
    """What a value amounts to, so that half an hour equals 30 minutes."""
    what, factor = _SCALE.get(unit, (unit, 1))
    return what, value * factor
