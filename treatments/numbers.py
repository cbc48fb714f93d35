"""Numbers as the two languages write them. Standard library and `regex` only."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import regex

from .text import ADDRESS, BANGLA_ENDING, ZWJ, ZWNJ, normalise, pattern

_TO_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_TO_ASCII = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


def bangla_digits(text: str) -> str:
    return text.translate(_TO_BANGLA)


def ascii_digits(text: str) -> str:
    return text.translate(_TO_ASCII)


def digits_in(language: str, value: object) -> str:
    """A value (never HTML) written in the digits of `language`."""
    return bangla_digits(str(value)) if language == "bn" else ascii_digits(str(value))


def range_in(language: str, low: int, high: int) -> str:
    """A range in the digits of `language`: "20–30", or "3" where both ends are equal."""
    return digits_in(language, low if low == high else f"{low}–{high}")


# --- Reading ------------------------------------------------------------------------------------

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


_ENGLISH_WORDS = {
    word: Decimal(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: Decimal(10 * value)
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
_ENGLISH_TIMES = {"once": Decimal(1), "twice": Decimal(2), "thrice": Decimal(3)}
_ENGLISH_POWERS = {
    "hundred": Decimal(100),
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
}
_ENGLISH_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
# Words with a number in them that the other language need not have.
_ENGLISH_LOOSE = {
    word: Decimal(value)
    for value, words in enumerate(
        (
            "first single",
            "second both either neither pair couple double between",
            "third triple",
            "fourth",
            "fifth",
            "sixth",
        ),
        1,
    )
    for word in words.split()
}

_BANGLA_WORDS = {
    normalise(word): Decimal(value)
    for value, words in enumerate(
        "শূন্য;এক;দুই দু;তিন;চার;পাঁচ;ছয়;সাত;আট;নয়;দশ;এগারো এগার;বারো;তেরো;চৌদ্দ;পনেরো পনের;"
        "ষোলো ষোল;সতেরো সতের;আঠারো আঠার;উনিশ ঊনিশ;বিশ কুড়ি;একুশ;বাইশ;তেইশ;চব্বিশ;পঁচিশ;ছাব্বিশ;"
        "সাতাশ;আটাশ আঠাশ;ঊনত্রিশ উনত্রিশ;ত্রিশ তিরিশ;একত্রিশ;বত্রিশ;তেত্রিশ;চৌত্রিশ;পঁয়ত্রিশ;ছত্রিশ;"
        "সাঁইত্রিশ;আটত্রিশ;ঊনচল্লিশ উনচল্লিশ;চল্লিশ;একচল্লিশ;বিয়াল্লিশ;তেতাল্লিশ;চুয়াল্লিশ;পঁয়তাল্লিশ;"
        "ছেচল্লিশ;সাতচল্লিশ;আটচল্লিশ;ঊনপঞ্চাশ উনপঞ্চাশ;পঞ্চাশ;একান্ন;বায়ান্ন;তিপ্পান্ন;চুয়ান্ন;পঞ্চান্ন;"
        "ছাপ্পান্ন;সাতান্ন;আটান্ন;ঊনষাট উনষাট;ষাট;একষট্টি;বাষট্টি;তেষট্টি;চৌষট্টি;পঁয়ষট্টি;ছেষট্টি;"
        "সাতষট্টি;আটষট্টি;ঊনসত্তর উনসত্তর;সত্তর;একাত্তর;বাহাত্তর;তিয়াত্তর;চুয়াত্তর;পঁচাত্তর;ছিয়াত্তর;"
        "সাতাত্তর;আটাত্তর;ঊনআশি উনআশি;আশি;একাশি;বিরাশি;তিরাশি;চুরাশি;পঁচাশি;ছিয়াশি;সাতাশি;আটাশি;"
        "ঊননব্বই উননব্বই;নব্বই;একানব্বই;বিরানব্বই;তিরানব্বই;চুরানব্বই;পঁচানব্বই;ছিয়ানব্বই;সাতানব্বই;"
        "আটানব্বই;নিরানব্বই".split(";")
    )
    for word in words.split()
}
_BANGLA_WORDS |= {
    normalise(word): Decimal(value)
    for word, value in {
        "আধা": "0.5", "আধ": "0.5", "অর্ধেক": "0.5", "দেড়": "1.5", "আড়াই": "2.5", "একশ": "100",
        "একশো": "100", "শত": "100", "হাজার": "1000",
    }.items()
}  # fmt: skip
_BANGLA_POWERS = {
    normalise(word): Decimal(value)
    for word, value in {
        "শ": 100, "শো": 100, "শত": 100, "হাজার": 1_000, "লাখ": 100_000, "লক্ষ": 100_000,
        "কোটি": 10_000_000,
    }.items()
}  # fmt: skip
_BANGLA_SHIFTS = {normalise("সাড়ে"): Decimal("0.5"), normalise("সোয়া"): Decimal("0.25"),
                  normalise("পৌনে"): Decimal("-0.25")}  # fmt: skip
_BANGLA_PARTS = {normalise("তৃতীয়াংশ"): 3, normalise("চতুর্থাংশ"): 4, normalise("পঞ্চমাংশ"): 5}
_BANGLA_LOOSE = {
    normalise(word): Decimal(value)
    for word, value in {
        "প্রথম": 1, "প্রথমে": 1, "প্রথমবার": 1, "দ্বিতীয়": 2, "তৃতীয়": 3, "চতুর্থ": 4, "পঞ্চম": 5,
        "উভয়": 2, "দ্বিগুণ": 2, "তিনগুণ": 3, "দুটিই": 2, "দুটোই": 2, "দুটিরই": 2, "দুজনেই": 2,
        "দুইটিই": 2, "দুয়েক": 2,
    }.items()
}  # fmt: skip
_NINE = normalise("নয়")  # also "is not"

_LETTER = rf"\p{{L}}\p{{M}}{ZWNJ}{ZWJ}"
_TOKEN = regex.compile(
    r"(?P<number>(?:[0-9০-৯]{1,3}(?:,[0-9০-৯]{2,3})*,[0-9০-৯]{3}(?![0-9০-৯])|[0-9০-৯]+)"
    r"(?:\.[0-9০-৯]+)?)"
    rf"|(?P<word>[\p{{L}}][{_LETTER}'’]*)|(?P<mark>°\s?[cC]\b|\S)",
    regex.VERSION1,
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str  # lower case, digits ASCII, apostrophes gone
    kind: str
    start: int
    end: int


@dataclass(slots=True)
class _Found:
    """A number on its way to a Quantity; positions are token indices."""

    value: Decimal
    begin: int
    end: int
    worded: bool = False
    loose: bool = False
    unit: str = ""
    whole: Decimal | None = None  # of a share read in one piece: a third, এক-তৃতীয়াংশ


def _tokens(text: str) -> list[_Token]:
    text = ADDRESS.sub(lambda match: " " * len(match[0]), text)
    return [
        _Token(
            ascii_digits(match[0]).replace("'", "").replace("’", "").lower(),
            match.lastgroup or "",
            match.start(),
            match.end(),
        )
        for match in _TOKEN.finditer(text)
    ]


class _Reader:
    """Finds the quantities of one text. Subclasses know a language's words."""

    RANGE = frozenset("–—-")
    STOP = frozenset(".;:!?।()\n")

    def __init__(self, text: str):
        self.text = text
        self.tokens = _tokens(text)

    def at(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def is_number(self, index: int) -> bool:
        return 0 <= index < len(self.tokens) and self.tokens[index].kind == "number"

    def read(self) -> Iterator[Quantity]:
        raise NotImplementedError

    def digits(self, index: int) -> _Found | None:
        if not self.is_number(index):
            return None
        return _Found(Decimal(self.at(index).replace(",", "")), index, index + 1)

    def quantity(
        self, kind: str, parts: list[_Found], unit: str, per: str = "", loose: bool = False
    ) -> Quantity:
        begin, end = min(part.begin for part in parts), max(part.end for part in parts)
        start, stop = self.tokens[begin].start, self.tokens[end - 1].end
        return Quantity(
            values=tuple(part.value for part in parts),
            kind=kind,
            unit=unit,
            per=per,
            worded=any(part.worded for part in parts),
            loose=loose or all(part.loose for part in parts),
            starts=tuple(self.tokens[part.begin].start for part in parts),
            text=self.text[start:stop],
        )


def _lexicon(language: int) -> dict[str, str]:
    return {
        normalise(word): unit for unit, words in UNITS.items() for word in words[language].split()
    }


# --- English ------------------------------------------------------------------------------------


class _English(_Reader):
    UNITS = _lexicon(0)
    JOINS = frozenset({"to", "or", "and"})
    # Words that end the search for the thing counted.
    CLOSED = frozenset(
        "of in with and or to a an the for every each per at from over on by after before had were "
        "was is are than until if when while it you they this that these those against more less "
        "then but as once also between".split()
    )

    def read(self) -> Iterator[Quantity]:
        index = 0
        while index < len(self.tokens):
            first = self.number(index)
            if first is None:
                index += 1
                continue
            quantity, index = self.extend(first)
            yield quantity

    def number(self, index: int) -> _Found | None:
        found = self.digits(index) or self.word(index)
        if found is None:
            return None
        if self.at(found.end) in _ENGLISH_POWERS:
            found.value *= _ENGLISH_POWERS[self.at(found.end)]
            found.end += 1
        if [self.at(found.end + step) for step in range(3)] == ["and", "a", "half"]:
            found.value += Decimal("0.5")
            found.end, found.loose = found.end + 3, False
        return found

    def word(self, index: int) -> _Found | None:
        word = self.at(index)
        if word in _ENGLISH_TIMES:
            return self.times(index)
        if word in _ENGLISH_WORDS:
            return self.cardinal(index)
        if word in {"a", "an", "each", "every", "per", "another"}:
            return self.article(index)
        if word in {"half", "halves"}:
            return self.half(index)
        if word in _ENGLISH_LOOSE:
            return _Found(_ENGLISH_LOOSE[word], index, index + 1, worded=True, loose=True)
        return None

    def times(self, index: int) -> _Found:
        # "once" is a number beside a rate or another number, else "as soon as".
        word, before, after = self.at(index), self.at(index - 1), self.at(index + 1)
        every = after == "every" and (self.is_number(index + 2) or self.at(index + 2) == "few")
        step = 2 if after == "in" else 1  # once in a week
        rated = self.at(index + step) in {"a", "an", "per", "each", "every"}
        counts = after in {"or", "daily", "weekly", "monthly", "more"} or (
            rated and self.UNITS.get(self.at(index + step + 1)) in TIME
        )
        loose = word == "once" and (every or not (counts or before in {"only", "just", "than"}))
        return _Found(_ENGLISH_TIMES[word], index, index + 1, True, loose, "time")

    def cardinal(self, index: int) -> _Found:
        value, end = _ENGLISH_WORDS[self.at(index)], index + 1
        joined = end + (self.at(end) == "-")
        if value >= 20 and value % 10 == 0 and 0 < _ENGLISH_WORDS.get(self.at(joined), 0) < 10:
            value, end = value + _ENGLISH_WORDS[self.at(joined)], joined + 1
        part = end + (self.at(end) == "-")
        if self.at(part).removesuffix("s") in _ENGLISH_PARTS and value < 10:
            whole = Decimal(_ENGLISH_PARTS[self.at(part).removesuffix("s")])
            return _Found(value, index, part + 1, worded=True, whole=whole)
        return _Found(value, index, end, worded=True, loose=value == 1)

    def article(self, index: int) -> _Found | None:
        # "a week", "an hour", "each session": the other language may say ১.
        word, after = self.at(index), self.at(index + 1)
        if word == "a" and after in _ENGLISH_POWERS:
            return _Found(_ENGLISH_POWERS[after], index, index + 2, worded=True)
        if word == "a" and after in {"third", "quarter"}:
            return _Found(
                Decimal(1), index, index + 2, worded=True, whole=Decimal(_ENGLISH_PARTS[after])
            )
        unit = self.UNITS.get(after, "")
        if not unit or after == "second":
            return None
        if [self.at(index + step) for step in range(2, 5)] == ["and", "a", "half"]:
            return _Found(Decimal("1.5"), index, index + 5, worded=True, unit=unit)
        loose = self.at(index + 2) != "or"  # "a day or two"
        return _Found(Decimal(1), index, index + 1 + loose, worded=True, loose=True, unit=unit)

    def half(self, index: int) -> _Found:
        end = index + 1
        if self.at(end) in {"a", "an", "-"}:
            end += 1
        return _Found(Decimal("0.5"), index, end, worded=True)

    def extend(self, first: _Found) -> tuple[Quantity, int]:
        if first.whole is not None:
            whole = replace(first, value=first.whole)
            return self.quantity(SHARE, [first, whole], ""), first.end
        if first.loose and first.value == 1 and self.at(first.end) in {"hour", "week", "day"}:
            second = self.alternative(first.end + 1)  # a day or two
            if second:
                unit = self.UNITS[self.at(first.end)]
                return self.quantity(RANGE, [first, second], unit), second.end
        unit, end = (first.unit, first.end) if first.unit else self.unit(first.end)
        second = self.second_end(first, end if unit and end else first.end)
        if second:
            after, after_end = self.unit(second.end)
            if after:
                unit = after
            stop = max(second.end, after_end)
            return self.counted(RANGE, [first, second], unit, stop)
        whole = self.whole(first, end)
        if whole:
            unit = unit or self.unit(whole.end)[0]
            return self.share(first, whole, unit), whole.end
        part = self.part(first, end)
        if part:
            unit = unit or self.unit(part.end)[0]
            return self.share(part, first, unit), max(part.end, self.unit(part.end)[1])
        return self.counted(NUMBER, [first], unit, max(first.end, end))

    def counted(
        self, kind: str, parts: list[_Found], unit: str, end: int
    ) -> tuple[Quantity, int]:
        per, end = self.rate(end, parts[0].begin, unit)
        if unit == "day" and per in {"week", "month"}:  # 3 days a week: 3 times a week
            unit = "time"
        return self.quantity(kind, parts, unit, per), end

    def share(self, part: _Found, whole: _Found, unit: str) -> Quantity:
        if whole.value == 100:
            return replace(self.quantity(NUMBER, [part], "percent"), worded=part.worded)
        return self.quantity(SHARE, [part, whole], unit)

    def unit(self, index: int) -> tuple[str, int]:
        """The thing counted after a number, and the token after it; ("", 0) where there is none."""
        if self.at(index) == "-":
            index += 1
        for step in range(3):
            word = self.at(index + step)
            if word == "per" and self.at(index + step + 1) == "cent":
                return "percent", index + step + 2
            if word in self.UNITS:
                joined = self.at(index - 1) == "-"
                if len(word) == 1 and word.isalpha() and step + joined:
                    return "", 0
                return self.UNITS[word], index + step + 1
            token = self.tokens[index + step] if index + step < len(self.tokens) else None
            if token is None or token.kind != "word" or word in self.CLOSED:
                return "", 0
        return "", 0

    def alternative(self, index: int) -> _Found | None:
        return self.number(index + 1) if self.at(index) == "or" else None

    def second_end(self, first: _Found, index: int) -> _Found | None:
        join = self.at(index)
        if first.loose and first.value != 1:
            return None
        if join == "and" and self.at(first.begin - 1) != "between":
            return None
        if join not in self.RANGE and join not in self.JOINS:
            return None
        second = self.number(index + 1)
        if second is None or (second.loose and second.value == 1) or second.whole is not None:
            return None
        if second.unit and join != "or":
            return None
        return second

    def whole(self, first: _Found, end: int) -> _Found | None:
        """The 14 of "13 of 14", "13 people out of the 14", "1 in 100"."""
        index = max(first.end, end)
        if self.at(index) == "out":
            index += 1
        if self.at(index) not in {"of", "in"}:
            return None
        bare_in = self.at(index) == "in"
        index += 1
        while self.at(index) in {"the", "all", "these", "every"}:
            index += 1
        found = self.number(index)
        if found is None or found.loose or found.unit in TIME:
            return None
        unit = self.unit(found.end)[0]
        if unit in TIME or unit == "percent" or (bare_in and unit not in {"", "person"}):
            return None
        return found

    def part(self, first: _Found, end: int) -> _Found | None:
        """The 13 of "of 14 treated people, 13 improved"."""
        before = {self.at(first.begin - 1), self.at(first.begin - 2)}
        if first.loose or not before & {"of", "among"} or self.is_number(first.begin - 2):
            return None
        unit = self.unit(first.end)[0]
        if unit not in COUNT:
            return None
        for index in range(max(first.end, end), min(first.end + 12, len(self.tokens))):
            if self.at(index) in self.STOP:
                return None
            if self.at(index) == ",":
                found = self.number(index + 1) or self.number(index + 2)
                if found is None or found.loose or self.unit(found.end)[0] not in COUNT:
                    return None
                return found
            if self.is_number(index):
                return None
        return None

    def rate(self, index: int, begin: int, unit: str) -> tuple[str, int]:
        """The unit of time after "a", "per", "each", "every", or before in "each week …"."""
        word = self.at(index)
        adverbs = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
        if word in adverbs:
            return adverbs[word], index + 1
        step = 1 if word in {"a", "an", "per", "each", "every", "/"} else 0
        if word == "in" and self.at(index + 1) in {"a", "each", "every"}:
            step = 2
        if step and self.UNITS.get(self.at(index + step)) in TIME:
            return self.UNITS[self.at(index + step)], index + step + 1
        if unit not in COUNT:
            return "", index
        for back in range(begin - 1, max(begin - 8, -1), -1):
            if self.at(back) in self.STOP or self.is_number(back):
                break
            if self.at(back) in {"each", "every", "per"}:
                after = self.at(back + 1)
                return (self.UNITS[after] if self.UNITS.get(after) in TIME else ""), index
        return "", index


# --- Bangla -------------------------------------------------------------------------------------

_CLASSIFIERS = "টি টা টো খানা জন বার গুণ দিন মাস বছর ভাগ ঘণ্টা মিনিট সপ্তাহ".split()
_WORDED = pattern(
    "(?P<word>" + "|".join(sorted(_BANGLA_WORDS, key=len, reverse=True)) + ")"
    "(?P<hundred>শ|শো|শত)?(?:(?P<classifier>" + "|".join(_CLASSIFIERS) + ")"
    f"{BANGLA_ENDING})?(?:ই|ও)?"
)  # fmt: skip
_UNIT_BN = {unit: words[1].split() for unit, words in UNITS.items()}
_UNIT = pattern(
    "|".join(
        f"(?P<{unit}>(?:{'|'.join(map(regex.escape, words))}){BANGLA_ENDING})"
        for unit, words in _UNIT_BN.items()
    )
)
_CLASSIFIER = pattern(f"(?:টি|টা|টো|খানা|টুকু){BANGLA_ENDING}|ই|ও|এর|ের|-")
_ORDINAL = pattern("ম|য়|র্থ|ষ্ঠ|তম|লা|রা|ঠা|শে|ই")
_BODY = pattern(f"(?:হাত|পা|চোখ|বগল|কান|পাশ|দিক|তালু|হাঁটু|কাঁধ){BANGLA_ENDING}|পায়ের|পায়ে|মাঝ.*")
_RATE = pattern(
    "(?P<day>দিনে|প্রতিদিন|রোজ|দৈনিক)|(?P<week>সপ্তাহে|প্রতিসপ্তাহে|সাপ্তাহিক)"
    "|(?P<month>মাসে|প্রতিমাসে)|(?P<year>বছরে|প্রতিবছর)|(?P<hour>ঘণ্টায়|ঘন্টায়)|(?P<minute>মিনিটে)"
)
_GENITIVE = pattern(".*(?:ের|এর|র|ে|ায়)")
_AMONG = frozenset(map(normalise, ["মধ্যে", "মাঝে", "ভেতর", "ভেতরে", "ভিতর"]))
_VAGUE = frozenset(map(normalise, ["কয়েক", "কিছু", "অনেক", "বহু", "কত", "প্রতি"]))


class _Bangla(_Reader):
    JOINS = frozenset(map(normalise, ["থেকে", "হতে", "বা", "কিংবা", "অথবা"]))

    def read(self) -> Iterator[Quantity]:
        index = 0
        while index < len(self.tokens):
            first = self.number(index)
            if first is None:
                index += 1
                continue
            quantity, index = self.extend(first)
            yield quantity

    def number(self, index: int) -> _Found | None:
        shift = _BANGLA_SHIFTS.get(self.at(index))
        if shift is not None:
            found = self.number(index + 1)
            if found:
                found.value, found.begin = found.value + shift, index
            return found
        found = self.digits(index) or self.worded(index)
        if found is None:
            return None
        if self.at(found.end) == normalise("দশমিক") and self.is_number(found.end + 1):
            found.value = Decimal(f"{found.value}.{self.at(found.end + 1)}")
            found.end += 2
        if not found.unit and self.at(found.end) in _BANGLA_POWERS:
            found.value *= _BANGLA_POWERS[self.at(found.end)]
            found.end += 1
        return found

    def worded(self, index: int) -> _Found | None:
        word = self.at(index)
        if word in _BANGLA_LOOSE:
            return _Found(_BANGLA_LOOSE[word], index, index + 1, worded=True, loose=True)
        match = _WORDED.fullmatch(word)
        if match is None:
            return None
        value, classifier = _BANGLA_WORDS[match["word"]], match["classifier"]
        if match["word"] == _NINE and not (classifier or _UNIT.fullmatch(self.at(index + 1))):
            return None
        if match["hundred"]:
            value *= 100
        hyphen = self.at(index + 1) == "-"
        for part, whole in _BANGLA_PARTS.items():
            if self.at(index + 1 + hyphen).startswith(part):
                end = index + 2 + hyphen
                return _Found(value, index, end, worded=True, whole=Decimal(whole))
        unit = self.unit_of(classifier) if classifier else ""
        loose = value == 1 or (value == 2 and self.is_pair(index + 1))
        return _Found(value, index, index + 1, worded=True, loose=loose, unit=unit)

    def is_pair(self, index: int) -> bool:
        """Whether "two" only says that there are two of them: দুই হাত, দুই সেশনের মাঝে."""
        if _BODY.fullmatch(self.at(index)):
            return True
        return any(self.at(index + step).startswith("মাঝ") for step in (1, 2))

    def unit_of(self, word: str) -> str:
        match = _UNIT.fullmatch(word)
        return match.lastgroup or "" if match else ""

    def extend(self, first: _Found) -> tuple[Quantity, int]:
        if first.whole is not None:
            whole = replace(first, value=first.whole)
            return self.quantity(SHARE, [first, whole], ""), first.end
        unit, end = self.unit(first)
        second = self.second_end(first, end)
        if second:
            return self.range(first, second, unit)
        part = self.part(first, unit, end)
        if part:
            part_unit, stop = self.unit(part)
            if first.value == 100:
                return self.quantity(NUMBER, [part], "percent"), stop
            return self.quantity(SHARE, [part, first], self.of(unit, part_unit)), stop
        if self.percent_before(first.begin):
            unit = "percent"
        per, unit = self.rate(first.begin, end, unit)
        ordinal = self.is_number(first.begin) and _ORDINAL.fullmatch(self.glued(first.end))
        return self.quantity(NUMBER, [first], unit, per, bool(ordinal) and unit == ""), end

    def range(self, first: _Found, second: _Found, unit: str) -> tuple[Quantity, int]:
        second_unit, end = self.unit(second)
        unit = second_unit or unit
        if self.percent_before(first.begin):
            unit = "percent"
        per, unit = self.rate(first.begin, end, unit)
        # দু-এক is "a few", its ends the wrong way round.
        few = second.worded and second.value < first.value and second.value == 1
        quantity = self.quantity(RANGE, [first, second], unit, per, loose=few)
        if few:
            quantity = replace(
                quantity, values=quantity.values[::-1], starts=quantity.starts[::-1]
            )
        return quantity, end

    @staticmethod
    def of(unit: str, part_unit: str) -> str:
        found = part_unit or unit
        return "" if found == "percent" else found

    def glued(self, index: int) -> str:
        """The token at `index` if no blank stands before it."""
        if index >= len(self.tokens) or self.tokens[index - 1].end != self.tokens[index].start:
            return ""
        return self.at(index)

    def unit(self, found: _Found) -> tuple[str, int]:
        """The thing counted after a number, and the token after it."""
        if found.unit:
            return found.unit, found.end
        index, classified = found.end, False
        if _CLASSIFIER.fullmatch(self.glued(index)) and not (
            self.at(index) == "-" and self.number(index + 1)
        ):
            classified, index = self.at(index) != "-", index + 1
            if _CLASSIFIER.fullmatch(self.glued(index)):
                index += 1
        if self.at(index) == normalise("চা"):  # চা-চামচ
            index += 2 if self.at(index + 1) == "-" else 1
        for step in range(2 + classified):
            word = self.at(index + step)
            unit = self.unit_of(word)
            if unit:
                return unit, index + step + 1
            token = self.tokens[index + step] if index + step < len(self.tokens) else None
            adjective = token is not None and (token.kind == "word" or word == "-")
            if not adjective or word in self.JOINS or _GENITIVE.fullmatch(word) and step:
                break
        return "", index

    def second_end(self, first: _Found, index: int) -> _Found | None:
        join = self.at(index)
        if join not in self.RANGE and join not in self.JOINS:
            return None
        if first.loose and first.value != 1 and join not in self.RANGE:
            return None
        second = self.number(index + 1)
        if second is None or second.whole is not None:
            return None
        if second.loose and second.value == 1 and join not in self.RANGE:
            return None
        return second

    def part(self, first: _Found, unit: str, end: int) -> _Found | None:
        """The ১৩ of "১৪ জনের মধ্যে ১৩ জন", "৩ ভাগের ১ ভাগ", "১০০ জনে ৫ জন"."""
        if first.loose or unit not in {*COUNT, "percent"}:
            return None
        written = self.at(end - 1)
        among = next((i for i in range(end, end + 3) if self.at(i) in _AMONG), None)
        if among is None and not (unit and _GENITIVE.fullmatch(written)):
            return None
        if unit == "percent" and (among is not None or not written.startswith(normalise("ভাগ"))):
            return None
        if among is None and unit != "percent" and not written.endswith("নে"):
            return None
        begin = end if among is None else among + 1
        reach = 1 if among is None else 8
        for index in range(begin, min(begin + reach, len(self.tokens))):
            if self.at(index) in self.STOP:
                return None
            found = self.number(index)
            counted = self.unit(found)[0] if found else ""
            if found and (counted or not found.loose):
                return found if counted in {*COUNT, unit} else None
        return None

    def percent_before(self, index: int) -> bool:
        return normalise("শতকরা") in {self.at(index - 1), self.at(index - 2)}

    def rate(self, begin: int, end: int, unit: str) -> tuple[str, str]:
        """The unit of time in সপ্তাহে ৩ বার, and the unit: সপ্তাহে ৩ দিন means 3 times a week."""
        if unit not in {*COUNT, "day", "minute", "hour"}:
            return "", unit
        per = self.rate_before(begin) or self.rate_after(end)
        if unit == "day" and per in {"week", "month"}:
            return per, "time"
        return ("" if per == unit else per), unit

    def rate_before(self, begin: int) -> str:
        for index in range(begin - 1, max(begin - 7, -1), -1):
            word = self.at(index)
            match = _RATE.fullmatch(word)
            if match:
                before = self.at(index - 1)
                numbered = self.number(index - 1) or self.glued(index) and self.is_number(index - 1)
                counted = numbered or before in _VAGUE - {normalise("প্রতি")}
                return "" if counted or self.at(index - 2) in self.RANGE else match.lastgroup or ""
            if word in self.STOP or word == "," or self.number(index):
                return ""
        return ""

    def rate_after(self, end: int) -> str:
        if self.at(end) == normalise("করে"):
            end += 1
        each = self.at(end) == normalise("প্রতি")
        match = _RATE.fullmatch(self.at(end + each))
        return match.lastgroup or "" if match and not self.number(end + each + 1) else ""


@lru_cache(maxsize=8192)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The numbers that a plain text states in `language`, in order; web addresses hold none.

    Digits of both scripts are read in both languages; number words only of the language itself.
    """
    text = unicodedata.normalize("NFC", text)
    return tuple((_Bangla if language == "bn" else _English)(text).read())
