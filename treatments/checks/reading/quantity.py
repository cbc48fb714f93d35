"""A number as a text states it, and what it counts."""

from dataclasses import dataclass
from decimal import Decimal

from ..lexicon import spaced, table

NUMBER, RANGE, SHARE = "number", "range", "share"
CLOCK, PHONE = "oclock", "phone"  # units of numbers that count nothing

_UNITS = tuple(table("units"))
# unit: its words, by language
UNITS = {
    unit: {"en": spaced(english), "bn": spaced(bangla)} for unit, english, bangla, *_ in _UNITS
}
TIME = ("second", "minute", "hour", "day", "week", "month", "year")
MEASURED = frozenset({"weight", "volume", "area"})  # what an amount may be given by: 5 mg per kg
COUNT = frozenset({"", "time", "session", "person", "dose", "part"})

_SCALE = {unit: (what, int(factor)) for unit, _en, _bn, what, factor in _UNITS}
_KINDS = {
    **dict.fromkeys(("clock", "calendar", "night", "workday"), "duration"),
    **dict.fromkeys(("weight", "volume", "tablet", "capsule", "drop", "teaspoon", "iu"), "dose"),
    **dict.fromkeys(("degree", "celsius", "fahrenheit"), "temperature"),
    **dict.fromkeys(("length", "inch"), "size"),
    "percent": "strength",
    "taka": "price",
    "spf": "SPF",
    CLOCK: "clock time",
    PHONE: "telephone",
    "ad": "date",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text states it, with the thing it counts.

    `values` holds one value, the two ends of a range as written, part and whole of a share
    ("13 of 14", "১৪ জনের মধ্যে ১৩ জন"), or none where only a unit of time is named ("weeks",
    "a few days"). `unit` is a key of UNITS, CLOCK (hours since midnight), PHONE, "date" (a
    day of a month), or "" where none is written. `per` is the unit of time in "3 times a week", `by`
    the measure in "5 mg per kg a day"; `every` says that
    this is the time from one to the next ("every 2 days", ২ দিন পরপর). `loose` marks words that
    need no counterpart in the other language: one, a week, প্রথম, দুই হাত; `vague` what counts
    roughly (a few weeks, দিন দশেক). `starts` says where each value is, `start` and `end` where
    all of it is.
    """

    values: tuple[Decimal, ...]
    form: str  # NUMBER, RANGE or SHARE
    unit: str
    per: str
    text: str
    start: int
    end: int
    starts: tuple[int, ...]
    by: str = ""
    worded: bool = False
    loose: bool = False
    vague: bool = False
    every: bool = False
    ordinal: bool = False
    implied: str = ""  # the unit of the number before it, where it has none: for 5 days or 10
    half_day: bool = False  # of CLOCK: whether the text says which half of the day

    @property
    def kind(self) -> str:
        """What sort of a quantity it is: duration, rate, dose, share, clock time …"""
        if self.form == SHARE:
            return "share"
        if self.ordinal:
            return "ordinal"
        if self.per or self.by or self.every:
            return "rate"
        return _KINDS.get(measure_of(self.unit), "count")


def measure_of(unit: str) -> str:
    """What a unit measures, so that hours and minutes are of a kind."""
    return _SCALE.get(unit, (unit, 1))[0]


def measure(value: Decimal, unit: str) -> tuple[str, Decimal]:
    """What a value amounts to, so that half an hour equals 30 minutes."""
    what, factor = _SCALE.get(unit, (unit, 1))
    return what, value * factor
