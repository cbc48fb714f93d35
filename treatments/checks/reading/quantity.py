"""A number as a text states it, and what it counts."""

from dataclasses import dataclass
from decimal import Decimal

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


# unit: (English words, Bangla words). Bangla words count with their endings (মিনিটের, সপ্তাহে).
UNITS: dict[str, tuple[str, str]] = {
    "second": ("seconds sec secs", "সেকেন্ড"),
    "minute": ("minute minutes min mins", "মিনিট"),
    "hour": ("hour hours hr hrs", "ঘণ্টা ঘন্টা"),
    "day": ("day days", "দিন"),
    "week": ("week weeks", "সপ্তাহ"),
    "month": ("month months", "মাস"),
    "year": ("year years", "বছর বৎসর"),
    "time": ("time times", "বার দফা"),
    "session": ("session sessions visit visits sitting sittings", "সেশন ভিজিট"),
    "person": (
        "people person persons patient patients participant participants men women man woman "
        "adults children volunteers users",
        "জন মানুষ রোগী ব্যক্তি অংশগ্রহণকারী নারী পুরুষ শিশু",
    ),
    "percent": ("% percent percentage", "% শতাংশ ভাগ পার্সেন্ট"),
    "degree": ("° °c degree degrees", "° ডিগ্রি ডিগ্রী"),
    "microgram": ("mcg µg microgram micrograms", "মাইক্রোগ্রাম"),
    "milligram": ("mg milligram milligrams", "মিলিগ্রাম"),
    "gram": ("g gram grams", "গ্রাম"),
    "kilogram": ("kg kilo kilos kilogram kilograms", "কেজি কিলোগ্রাম কিলো"),
    "millilitre": ("ml millilitre millilitres milliliter milliliters", "মিলিলিটার মিলি"),
    "litre": ("l litre litres liter liters", "লিটার"),
    "millimetre": ("mm millimetre millimetres millimeter millimeters", "মিলিমিটার"),
    "centimetre": ("cm centimetre centimetres centimeter centimeters", "সেন্টিমিটার সেমি"),
    "metre": ("m metre metres meter meters", "মিটার"),
    "milliampere": ("ma milliamp milliamps milliampere milliamperes", "মিলিঅ্যাম্পিয়ার মিলিঅ্যাম্প"),
    "volt": ("v volt volts", "ভোল্ট"),
    "hertz": ("hz hertz", "হার্টজ"),
    "teaspoon": ("teaspoon teaspoons tsp", "চামচ"),
    "tablet": ("tablet tablets pill pills", "ট্যাবলেট বড়ি"),
    "drop": ("drop drops", "ফোঁটা"),
    "taka": ("৳ taka tk bdt", "৳ টাকা"),
}
TIME = ("second", "minute", "hour", "day", "week", "month", "year")
COUNT = frozenset({"", "time", "session", "person"})

# Units that measure the same thing: (what, how many of the smallest).
_SCALE = {
    "second": ("clock", 1),
    "minute": ("clock", 60),
    "hour": ("clock", 3_600),
    "day": ("clock", 86_400),
    "week": ("clock", 604_800),
    "month": ("calendar", 1),
    "year": ("calendar", 12),
    "microgram": ("weight", 1),
    "milligram": ("weight", 1_000),
    "gram": ("weight", 1_000_000),
    "kilogram": ("weight", 1_000_000_000),
    "millilitre": ("volume", 1),
    "litre": ("volume", 1_000),
    "millimetre": ("length", 1),
    "centimetre": ("length", 10),
    "metre": ("length", 1_000),
}


def measure(value: Decimal, unit: str) -> tuple[str, Decimal]:
    """What a value amounts to, so that half an hour equals 30 minutes."""
    what, factor = _SCALE.get(unit, (unit, 1))
    return what, value * factor
