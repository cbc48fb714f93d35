"""Text in tokens, and what the readers of both languages have in common."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import regex

from ...language.digits import ascii_digits
from ...language.inflection import BANGLA_ENDING
from ...language.text import ADDRESS, ZWJ, ZWNJ
from .quantity import CLOCK, NUMBER, PHONE, RANGE, SHARE, TIME, UNITS, Quantity, measure

SHARED = frozenset({*TIME, "percent", "taka", "celsius", "degree", "milligram", "gram"})
_NEVER_IMPLIED = frozenset({"", "time", "date", "ad", CLOCK, PHONE})
UNITS_BEFORE = frozenset(UNITS["spf"]["en"] + UNITS["spf"]["bn"] + ["tk", "bdt"])
DASHES = "-‐‑‒–—−"
FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3"}

_LETTER = rf"\p{{L}}\p{{M}}{ZWNJ}{ZWJ}"
_DIGIT = r"[0-9০-৯]\p{Cf}*"
_ALWAYS = regex.compile(r"(?<!\d)(?:24/7|২৪/৭)(?!\d)")  # counts nothing
_UNSEEN = regex.compile(r"\p{Cf}+")


def _tokens(language: str) -> regex.Pattern:
    """Words of units that are no plain words (mi.gra., per cent) are tokens of their own."""
    odd = {
        form
        for words in UNITS.values()
        for form in words[language]
        if not regex.fullmatch(rf"[{_LETTER}]+|\S", form)
    }
    forms = "|".join(
        regex.escape(form).replace(r"\ ", r"[\s-]")
        for form in sorted(odd, key=lambda form: (len(form), form), reverse=True)
    )
    ending = BANGLA_ENDING if language == "bn" else ""
    return regex.compile(
        rf"(?P<phone>(?<![0-9০-৯.,])(?:\+\s?|(?=[0০]))(?:{_DIGIT}[ ‐‑–-]?){{6,14}}{_DIGIT})"
        rf"|(?P<clock>(?:{_DIGIT}){{1,2}}[:：](?:{_DIGIT}){{2}}(?![0-9০-৯:]))"
        rf"|(?P<number>(?:(?:{_DIGIT}){{1,3}}(?:,(?:{_DIGIT}){{2,3}})*,(?:{_DIGIT}){{3}}(?![0-9০-৯])"
        rf"|(?<![\w.])(?=[.]{_DIGIT})|(?:{_DIGIT})+)(?:[.·](?:{_DIGIT})+)?[½¼¾⅓⅔]?|[½¼¾⅓⅔])"
        rf"|(?P<unit>(?<![{_LETTER}])(?:{forms})(?:{ending})(?![{_LETTER}]))"
        rf"|(?P<word>[\p{{L}}][{_LETTER}'’]*)|(?P<mark>\S)",
        regex.VERSION1 | regex.IGNORECASE,
    )


_PATTERNS = {language: _tokens(language) for language in ("en", "bn")}


@dataclass(frozen=True, slots=True)
class Token:
    text: str  # lower case, digits ASCII, apostrophes gone, every dash "-"
    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Found:
    """A number on its way to a Quantity; positions are token indices."""

    value: Decimal
    begin: int
    end: int
    worded: bool = False
    loose: bool = False
    vague: bool = False
    unit: str = ""
    unit_end: int = 0  # of a unit that is part of the words of the number
    whole: Decimal | None = None  # of a share read in one piece: a third, এক-তৃতীয়াংশ
    every: bool = False
    ordinal: bool = False
    per: str = ""
    power: bool = False  # a thousand, without how many
    scale: Decimal = Decimal(1)  # the thousand of three thousand


def tokens_of(text: str, language: str) -> list[Token]:
    for nowhere in (ADDRESS, _ALWAYS):
        text = nowhere.sub(lambda match: " " * len(match[0]), text)
    return [
        Token(
            _plain(match[0], match.lastgroup or ""),
            match.lastgroup or "",
            match.start(),
            match.end(),
        )
        for match in _PATTERNS[language].finditer(text)
    ]


@lru_cache(maxsize=8192)
def _plain(text: str, kind: str) -> str:
    if kind == "mark":
        return "-" if text in DASHES else text
    text = ascii_digits(text).replace("'", "").replace("’", "").lower()
    if kind in {"number", "phone", "clock"}:
        text = _UNSEEN.sub("", text)
    return " ".join(regex.split(r"[\s-]+", text)) if kind == "unit" and " " in text else text


@lru_cache(maxsize=256)
def decimal(text: str) -> Decimal:
    """The value of digits as they are written: 1,00,000, 2.5, 2½."""
    if text[-1] in FRACTIONS:
        top, _slash, bottom = FRACTIONS[text[-1]].partition("/")
        part = Decimal(top) / Decimal(bottom or 1)
        return part + (decimal(text[:-1]) if text[:-1] else 0)
    return Decimal(text.replace(",", "").replace("·", "."))


class Reader:
    """Finds the quantities of one text. Subclasses know a language's words."""

    LANGUAGE: str
    LINKS: regex.Pattern  # what may stand between numbers that share a unit
    ADDS: regex.Pattern  # what may stand between an hour and its minutes
    STOP = frozenset(".;:!?।()\n")

    def __init__(self, text: str):
        self.text = text
        self.tokens = tokens_of(text, self.LANGUAGE)

    def at(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def kind_at(self, index: int) -> str:
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def is_number(self, index: int) -> bool:
        return self.kind_at(index) == "number"

    def glued(self, index: int) -> bool:
        """Whether no blank stands before the token at `index`."""
        return (
            0 < index < len(self.tokens) and self.tokens[index - 1].end == self.tokens[index].start
        )

    def phrase(self, index: int) -> tuple[Quantity, int] | None:
        """The quantity that begins with a token, and the token after it."""
        raise NotImplementedError

    def is_name(self, index: int) -> bool:
        """Whether digits belong to a name: B12, COVID-19."""
        if not self.is_number(index) or not self.glued(index):
            return False
        before = index - 1
        if self.at(before) == "-" and self.glued(before):
            before -= 1
        return self.kind_at(before) == "word" and self.at(before) not in UNITS_BEFORE

    def named(self, index: int) -> tuple[Quantity, int]:
        found = Found(decimal(self.at(index)), index, index + 1, loose=True)
        return self.quantity(NUMBER, [found], ""), index + 1

    def read(self) -> Iterator[Quantity]:
        index = 0
        while index < len(self.tokens):
            found = self.fixed(index) or self.phrase(index)
            if found is None:
                index += 1
            else:
                yield found[0]
                index = max(found[1], index + 1)

    def fixed(self, index: int) -> tuple[Quantity, int] | None:
        """A telephone number."""
        if self.kind_at(index) != "phone":
            return None
        digits = regex.sub(r"\D", "", self.at(index)).removeprefix("88")
        found = Found(Decimal(digits), index, index + 1)
        return self.quantity(NUMBER, [found], PHONE), index + 1

    def quantities(self) -> tuple[Quantity, ...]:
        """All of them. One unit may stand for several numbers: "92.9 and 38.5 percent"."""
        found = self.implied(list(self.added(self.linked(list(self.read())))))
        return tuple(self.implied(found[::-1], are_ordinals=False)[::-1])

    @staticmethod
    def implied(found: list[Quantity], *, are_ordinals: bool = True) -> list[Quantity]:
        """With the unit that a number without one takes from the number before it in the list.
        An ordinal takes that of an ordinal: in the first week, and in the second."""
        told, last = [], {True: "", False: ""}
        for one in found:
            if one.unit == "" and not one.implied and (are_ordinals or not one.ordinal):
                one = replace(one, implied=last[one.ordinal])
            if one.values and one.unit not in _NEVER_IMPLIED:
                last[one.ordinal] = one.unit
            told.append(one)
        return told

    def linked(self, found: list[Quantity]) -> list[Quantity]:
        for index in range(len(found) - 2, -1, -1):
            one, after = found[index], found[index + 1]
            if (
                one.unit == ""
                and not one.loose
                and one.form != SHARE
                and after.values
                and after.unit in SHARED
                and self.LINKS.fullmatch(self.text[one.end : after.start])
            ):
                found[index] = replace(
                    one, unit=after.unit, per=after.per, by=after.by, every=after.every
                )
        return found

    def added(self, found: list[Quantity]) -> Iterator[Quantity]:
        """An hour and its minutes are one time."""
        index = 0
        while index < len(found):
            one = found[index]
            if index + 1 < len(found) and self.continues(one, found[index + 1]):
                one = self.sum_of(one, found[index + 1])
                index += 1
            yield one
            index += 1

    def continues(self, one: Quantity, after: Quantity) -> bool:
        if one.form != NUMBER or after.form != NUMBER or not one.values or not after.values:
            return False
        if one.ordinal or after.ordinal or one.per or one.vague or after.vague:
            return False
        if (one.every or after.every) and one.unit not in {"hour", "minute"}:
            return False  # ৫ দিন ৬ ঘণ্টা পরপর: every six hours, for five days
        (what, large), (other, small) = (
            measure(Decimal(1), quantity.unit) for quantity in (one, after)
        )
        return (
            what == other
            and what in {"clock", "calendar", "weight", "inch"}
            and small < large
            and after.values[0] * small < large
            and bool(self.ADDS.fullmatch(self.text[one.end : after.start]))
        )

    def sum_of(self, one: Quantity, after: Quantity) -> Quantity:
        units = [measure(quantity.values[0], quantity.unit)[1] for quantity in (one, after)]
        smallest = measure(Decimal(1), after.unit)[1]
        return replace(
            after,
            values=(sum(units) / smallest,),
            start=one.start,
            starts=one.starts,
            text=self.text[one.start : after.end],
            loose=False,
            every=one.every or after.every,
        )

    @staticmethod
    def scaled(first: Found, second: Found) -> Found:
        """The beginning of a range in the hundreds or thousands of its end: দুই-তিনশ."""
        value = first.value * second.scale
        if first.scale == 1 < second.scale and first.value < 100 and value < second.value:
            return replace(first, value=value)
        return first

    def percentage(
        self, first: Found, second: Found, whole: Found, end: int
    ) -> tuple[Quantity, int]:
        """A share that is a range: 7 or 8 out of 10."""
        parts = [
            replace(part, value=part.value * 100 / whole.value, loose=False)
            for part in (first, second)
        ]
        return self.quantity(RANGE, parts, "percent", "", end), end

    def digits(self, index: int) -> Found | None:
        """A number in digits, with its sign."""
        if self.is_number(index):
            return Found(decimal(self.at(index)), index, index + 1)
        signed = self.at(index) == "-" and self.is_number(index + 1) and self.glued(index + 1)
        if signed and not self.glued(index) and not self.ends_number(index - 1):
            return Found(-decimal(self.at(index + 1)), index, index + 2)
        return None

    def number(self, index: int) -> Found | None:
        """The number that begins with a token."""
        raise NotImplementedError

    def first_one(self, first: Found) -> Found | None:
        """The one that "the first" has beside it: প্রথম এক ঘণ্টা is the first hour."""
        if not first.ordinal or first.value != 1:
            return None
        one = self.number(first.end)
        is_one = one is not None and one.value == 1 and not (one.ordinal or one.unit or one.whole)
        return one if is_one and self.counts_time(one.end) else None

    def counts_time(self, index: int) -> bool:
        """Whether a unit of time stands there."""
        raise NotImplementedError

    def ends_number(self, index: int) -> bool:
        """Whether a dash after this token may join two numbers."""
        return self.is_number(index)

    def quantity(
        self,
        form: str,
        parts: list[Found],
        unit: str,
        per: str = "",
        end: int = 0,
        *,
        by: str = "",
        loose: bool | None = None,
        half_day: bool = False,
    ) -> Quantity:
        """What was found, as far as the token before `end`."""
        begin = min(part.begin for part in parts)
        end = max(end, *(part.end for part in parts))
        start, stop = self.tokens[begin].start, self.tokens[end - 1].end
        return Quantity(
            values=tuple(part.value for part in parts),
            form=form,
            unit=unit,
            per=per,
            by=by,
            text=self.text[start:stop],
            start=start,
            end=stop,
            starts=tuple(self.tokens[part.begin].start for part in parts),
            worded=any(part.worded for part in parts),
            loose=all(part.loose for part in parts) if loose is None else loose,
            vague=any(part.vague for part in parts),
            every=any(part.every for part in parts),
            ordinal=any(part.ordinal for part in parts),
            half_day=half_day,
        )

    def mention(
        self, begin: int, end: int, unit: str, *, every: bool = False, vague: bool = False
    ) -> Quantity:
        """A unit of time without a number."""
        start, stop = self.tokens[begin].start, self.tokens[end - 1].end
        return Quantity(
            (), NUMBER, unit, "", self.text[start:stop], start, stop, (),
            worded=True, loose=True, vague=vague, every=every,
        )  # fmt: skip


def hour_of(value: Decimal, part: str) -> Decimal:
    """Hours since midnight, by the part of the day that is named with them."""
    if part == "night":
        return value % 12 + (12 if 5 < value < 12 else 0)
    if part == "morning":
        return value % 12 if value < 13 else value
    if part == "noon" and 9 < value < 13:
        return value
    return value % 12 + 12 if value < 13 else value
