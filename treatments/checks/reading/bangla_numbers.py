"""The numbers of a Bangla text."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from ...language.inflection import BANGLA_ENDING
from ...language.text import compile_pattern, normalise
from .quantity import COUNT, NUMBER, RANGE, SHARE, UNITS, Quantity
from .reader import Found, Reader, listed

_BANGLA_WORDS = {
    normalise(word): Decimal(value)
    for value, words in enumerate(
        listed(
            "শূন্য শূন্যে শূন্যতে;এক;দুই দু;তিন;চার;পাঁচ;ছয়;সাত;আট;নয়;দশ;এগারো এগার;বারো;তেরো;চৌদ্দ;পনেরো পনের;"
            "ষোলো ষোল;সতেরো সতের;আঠারো আঠার;উনিশ ঊনিশ;বিশ কুড়ি;একুশ;বাইশ;তেইশ;চব্বিশ;পঁচিশ;ছাব্বিশ;"
            "সাতাশ;আটাশ আঠাশ;ঊনত্রিশ উনত্রিশ;ত্রিশ তিরিশ;একত্রিশ;বত্রিশ;তেত্রিশ;চৌত্রিশ;পঁয়ত্রিশ;ছত্রিশ;"
            "সাঁইত্রিশ;আটত্রিশ;ঊনচল্লিশ উনচল্লিশ;চল্লিশ;একচল্লিশ;বিয়াল্লিশ;তেতাল্লিশ;চুয়াল্লিশ;পঁয়তাল্লিশ;"
            "ছেচল্লিশ;সাতচল্লিশ;আটচল্লিশ;ঊনপঞ্চাশ উনপঞ্চাশ;পঞ্চাশ;একান্ন;বায়ান্ন;তিপ্পান্ন;চুয়ান্ন;পঞ্চান্ন;"
            "ছাপ্পান্ন;সাতান্ন;আটান্ন;ঊনষাট উনষাট;ষাট;একষট্টি;বাষট্টি;তেষট্টি;চৌষট্টি;পঁয়ষট্টি;ছেষট্টি;"
            "সাতষট্টি;আটষট্টি;ঊনসত্তর উনসত্তর;সত্তর;একাত্তর;বাহাত্তর;তিয়াত্তর;চুয়াত্তর;পঁচাত্তর;ছিয়াত্তর;"
            "সাতাত্তর;আটাত্তর;ঊনআশি উনআশি;আশি;একাশি;বিরাশি;তিরাশি;চুরাশি;পঁচাশি;ছিয়াশি;সাতাশি;আটাশি;"
            "ঊননব্বই উননব্বই;নব্বই;একানব্বই;বিরানব্বই;তিরানব্বই;চুরানব্বই;পঁচানব্বই;ছিয়ানব্বই;সাতানব্বই;"
            "আটানব্বই;নিরানব্বই",
            ";",
        )
    )
    for word in words.split()
}
_BANGLA_WORDS |= {
    normalise(word): Decimal(value)
    for word, value in {
        "আধা": "0.5", "আধ": "0.5", "অর্ধেক": "0.5", "অর্ধেকের": "0.5", "অর্ধেকেরও": "0.5", "অর্ধেকটা": "0.5", "দেড়": "1.5", "আড়াই": "2.5", "একশ": "100",
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
_CLASSIFIERS = listed("টি টা টো খানা জন বার গুণ দিন মাস বছর ভাগ ঘণ্টা মিনিট সপ্তাহ")
_WORDED = compile_pattern(
    "(?P<word>" + "|".join(sorted(_BANGLA_WORDS, key=len, reverse=True)) + ")"
    "(?P<hundred>শ|শো|শত)?(?:(?P<classifier>" + "|".join(_CLASSIFIERS) + ")"
    f"{BANGLA_ENDING})?(?:ই|ও)?"
)  # fmt: skip
_UNIT_BN = {unit: words[1].split() for unit, words in UNITS.items()}
_UNIT = compile_pattern(
    "|".join(
        f"(?P<{unit}>(?:{'|'.join(map(regex.escape, words))}){BANGLA_ENDING})"
        for unit, words in _UNIT_BN.items()
    )
)
_CLASSIFIER = compile_pattern(f"(?:টি|টা|টো|খানা|টুকু){BANGLA_ENDING}|ই|ও|এর|ের|-")
_ORDINAL = compile_pattern("ম|য়|র্থ|ষ্ঠ|তম|লা|রা|ঠা|শে|ই")
_BODY = compile_pattern(f"(?:হাত|পা|চোখ|বগল|কান|পাশ|দিক|তালু|হাঁটু|কাঁধ){BANGLA_ENDING}|পায়ের|পায়ে|মাঝ.*")
_RATE = compile_pattern(
    "(?P<day>দিনে|দিনের|প্রতিদিন|রোজ|দৈনিক)|(?P<week>সপ্তাহে|প্রতিসপ্তাহে|সাপ্তাহিক|সপ্তাহের)"
    "|(?P<month>মাসে|মাসের|প্রতিমাসে)|(?P<year>বছরে|প্রতিবছর)|(?P<hour>ঘণ্টায়|ঘন্টায়)|(?P<minute>মিনিটে)"
)
_GENITIVE = compile_pattern(".*(?:ের|এর|র|ে|ায়)")
_ABOUT = frozenset(map(normalise, ["প্রায়", "মাত্র", "অন্তত", "কমপক্ষে", "গড়ে"]))
_AMONG = frozenset(map(normalise, ["মধ্যে", "মাঝে", "ভেতর", "ভেতরে", "ভিতর"]))
_VAGUE = frozenset(map(normalise, ["কয়েক", "কিছু", "অনেক", "বহু", "কত", "প্রতি"]))


class Bangla(Reader):
    LINKS = compile_pattern(r"\s*(?:,|ও|এবং|আর|বা|থেকে|বনাম)?\s*")
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

    def number(self, index: int) -> Found | None:
        shift = _BANGLA_SHIFTS.get(self.at(index))
        if shift is not None:
            found = self.number(index + 1)
            if found:
                found.value, found.begin = found.value + shift, index
            return found
        found = self.digits(index) or self.worded(index)
        if found is None:
            return None
        decimals = self.at(found.end + 1)
        if (
            self.at(found.end) == normalise("দশমিক")
            and decimals.isdecimal()
            and found.value % 1 == 0
        ):
            found.value = Decimal(f"{found.value:f}.{decimals}")
            found.end += 2
        if not found.unit and self.at(found.end) in _BANGLA_POWERS:
            found.value *= _BANGLA_POWERS[self.at(found.end)]
            found.end += 1
        return found

    def worded(self, index: int) -> Found | None:
        word = self.at(index)
        if word in _BANGLA_LOOSE:
            return Found(_BANGLA_LOOSE[word], index, index + 1, worded=True, loose=True)
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
                return Found(value, index, end, worded=True, whole=Decimal(whole))
        unit = self.unit_of(classifier) if classifier else ""
        loose = value == 1 or (value == 2 and self.is_pair(index + 1))
        return Found(value, index, index + 1, worded=True, loose=loose, unit=unit)

    def is_pair(self, index: int) -> bool:
        """Whether "two" only says that there are two of them: দুই হাত, দুই সেশনের মাঝে."""
        if _BODY.fullmatch(self.at(index)):
            return True
        return any(self.at(index + step).startswith("মাঝ") for step in (1, 2))

    def unit_of(self, word: str) -> str:
        match = _UNIT.fullmatch(word)
        return match.lastgroup or "" if match else ""

    def extend(self, first: Found) -> tuple[Quantity, int]:
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

    def range(self, first: Found, second: Found, unit: str) -> tuple[Quantity, int]:
        second_unit, end = self.unit(second)
        unit = second_unit or unit
        if self.percent_before(first.begin):
            unit = "percent"
        per, unit = self.rate(first.begin, end, unit)
        # দু-এক is "a few", its ends the wrong way round.
        few = second.worded and second.value < first.value and second.value == 1
        quantity = self.quantity(RANGE, [first, second], unit, per, loose=few)
        if few:
            quantity = replace(quantity, values=quantity.values[::-1], starts=quantity.starts[::-1])
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

    def unit(self, found: Found) -> tuple[str, int]:
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
            named = word in self.JOINS or self.number(index + step) is not None
            if not adjective or named or (_GENITIVE.fullmatch(word) and step):
                break
        return "", index

    def second_end(self, first: Found, index: int) -> Found | None:
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

    def part(self, first: Found, unit: str, end: int) -> Found | None:
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
        if among is None and self.at(begin) in _ABOUT:
            begin += 1
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
                numbered = self.number(index - 1) or (
                    self.glued(index) and self.is_number(index - 1)
                )
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
