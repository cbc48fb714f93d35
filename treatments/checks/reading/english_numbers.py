"""The numbers of an English text."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from ..lexicon import numbers
from .quantity import COUNT, NUMBER, RANGE, SHARE, TIME, Quantity
from .reader import Found, Reader, lexicon, listed

_WORDS = numbers("word", "en")
_TIMES = numbers("times", "en")
_POWERS = numbers("power", "en")
_PARTS = numbers("part", "en")
_LOOSE = numbers("loose", "en")


class English(Reader):
    UNITS = lexicon(0)
    JOINS = frozenset({"to", "or", "and"})
    LINKS = regex.compile(r"\s*(?:,|and|or|to|against|versus|vs\.?|compared (?:with|to))?\s*")
    # Words that end the search for the thing counted.
    CLOSED = frozenset(
        listed(
            "of in with and or to a an the for every each per at from over on by after before had were "
            "was is are than until if when while it you they this that these those against more less "
            "then but as once also between"
        )
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

    def number(self, index: int) -> Found | None:
        candidate = self.digits(index) or self.word(index)
        if candidate is None:
            return None
        if self.at(candidate.end) in _POWERS:
            candidate.value *= _POWERS[self.at(candidate.end)]
            candidate.end += 1
        if [self.at(candidate.end + step) for step in range(3)] == ["and", "a", "half"]:
            candidate.value += Decimal("0.5")
            candidate.end, candidate.loose = candidate.end + 3, False
        return candidate

    def word(self, index: int) -> Found | None:
        word = self.at(index)
        if word in _TIMES:
            return self.times(index)
        if word in _WORDS:
            return self.cardinal(index)
        if word in {"a", "an", "each", "every", "per", "another"}:
            return self.article(index)
        if word in {"half", "halves"}:
            return self.half(index)
        if word in _LOOSE:
            return Found(_LOOSE[word], index, index + 1, worded=True, loose=True)
        return None

    def times(self, index: int) -> Found:
        # "once" is a number beside a rate or another number, else "as soon as".
        word, before, after = self.at(index), self.at(index - 1), self.at(index + 1)
        every = after == "every" and (self.is_number(index + 2) or self.at(index + 2) == "few")
        step = 2 if after == "in" else 1  # once in a week
        rated = self.at(index + step) in {"a", "an", "per", "each", "every"}
        counts = after in {"or", "daily", "weekly", "monthly", "more"} or (
            rated and self.UNITS.get(self.at(index + step + 1)) in TIME
        )
        loose = word == "once" and (every or not (counts or before in {"only", "just", "than"}))
        return Found(_TIMES[word], index, index + 1, True, loose, "time")

    def cardinal(self, index: int) -> Found:
        value, end = _WORDS[self.at(index)], index + 1
        joined = end + (self.at(end) == "-")
        if value >= 20 and value % 10 == 0 and 0 < _WORDS.get(self.at(joined), 0) < 10:
            value, end = value + _WORDS[self.at(joined)], joined + 1
        part = end + (self.at(end) == "-")
        if self.at(part).removesuffix("s") in _PARTS and value < 10:
            whole = Decimal(_PARTS[self.at(part).removesuffix("s")])
            return Found(value, index, part + 1, worded=True, whole=whole)
        return Found(value, index, end, worded=True, loose=value == 1)

    def article(self, index: int) -> Found | None:
        # "a week", "an hour", "each session": the other language may say ১.
        word, after = self.at(index), self.at(index + 1)
        if word == "a" and after in _POWERS:
            return Found(_POWERS[after], index, index + 2, worded=True)
        if word == "a" and after in {"third", "quarter"}:
            return Found(Decimal(1), index, index + 2, worded=True, whole=Decimal(_PARTS[after]))
        unit = self.UNITS.get(after, "")
        if not unit or after == "second":
            return None
        if [self.at(index + step) for step in range(2, 5)] == ["and", "a", "half"]:
            return Found(Decimal("1.5"), index, index + 5, worded=True, unit=unit)
        loose = self.at(index + 2) != "or"  # "a day or two"
        return Found(Decimal(1), index, index + 1 + loose, worded=True, loose=True, unit=unit)

    def half(self, index: int) -> Found:
        end = index + 1
        if self.at(end) in {"a", "an", "-"}:
            end += 1
        return Found(Decimal("0.5"), index, end, worded=True)

    def extend(self, first: Found) -> tuple[Quantity, int]:
        if first.whole is not None:
            if [self.at(first.end + step) for step in range(3)] == ["of", "an", "hour"]:
                hours = replace(first, value=first.value / first.whole, end=first.end + 3)
                return self.quantity(NUMBER, [hours], "hour"), hours.end
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
        if not unit and self.UNITS.get(self.at(first.begin - 1)) in TIME:
            unit = self.UNITS[self.at(first.begin - 1)]  # day 3
        whole = None if unit == "percent" else self.whole(first, end)
        if whole:
            unit = unit or self.unit(whole.end)[0]
            return self.share(first, whole, unit), whole.end
        part = self.part(first, end)
        if part:
            unit = unit or self.unit(part.end)[0]
            return self.share(part, first, unit), max(part.end, self.unit(part.end)[1])
        return self.counted(NUMBER, [first], unit, max(first.end, end))

    def counted(self, kind: str, parts: list[Found], unit: str, end: int) -> tuple[Quantity, int]:
        per, end = self.rate(end, parts[0].begin, unit)
        if unit == "day" and per in {"week", "month"}:  # 3 days a week: 3 times a week
            unit = "time"
        return self.quantity(kind, parts, unit, per), end

    def share(self, part: Found, whole: Found, unit: str) -> Quantity:
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
            if token is None or token.kind != "word" or word in self.CLOSED | _WORDS.keys():
                return "", 0
        return "", 0

    def alternative(self, index: int) -> Found | None:
        return self.number(index + 1) if self.at(index) == "or" else None

    def second_end(self, first: Found, index: int) -> Found | None:
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

    def whole(self, first: Found, end: int) -> Found | None:
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
        candidate = self.number(index)
        if candidate is None or candidate.loose or candidate.unit in TIME:
            return None
        unit = self.unit(candidate.end)[0]
        if unit in TIME or unit == "percent" or (bare_in and unit not in {"", "person"}):
            return None
        return candidate

    def part(self, first: Found, end: int) -> Found | None:
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
                candidate = self.number(index + 1) or self.number(index + 2)
                if candidate is None or candidate.loose or self.unit(candidate.end)[0] not in COUNT:
                    return None
                return candidate
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
