"""The times of day of an English text."""

from dataclasses import replace
from decimal import Decimal

from ..lexicon import spaced
from .english_number_words import PARTS_OF_DAY, WORDS
from .quantity import CLOCK, NUMBER, Quantity
from .reader import Found, Reader, hour_of

_AT = frozenset(spaced("at by around before after until till from since between to past -"))
_HOURS = frozenset().union(WORDS, spaced("noon midday midnight half quarter"))


class EnglishClocks(Reader):
    """Reads half past eight, 8.30, three in the morning; a reader of numbers has `cardinal`."""

    def fixed(self, index: int) -> tuple[Quantity, int] | None:
        if self.kind_at(index) == "word" and self.at(index) not in _HOURS:
            return None
        return super().fixed(index) or self.clock(index)

    def clock(self, index: int) -> tuple[Quantity, int] | None:
        word = self.at(index)
        if word in {"noon", "midday", "midnight"}:
            value = Decimal(0 if word == "midnight" else 12)
            found = Found(value, index, index + 1, worded=True, loose=True)
            return self.quantity(NUMBER, [found], CLOCK, half_day=True), index + 1
        hour, end = self.hour(index)
        if hour is None:
            return None
        part, stop = self.half_of_day(end)
        if not part and self.at(index - 1) in {"at", "by", "around"}:
            part = PARTS_OF_DAY.get(self.at(index - 2), "")  # every night at 10
        sure = (
            self.kind_at(index) == "clock"
            or self.at(end - 1) in {"clock", "oclock"}
            or self.at(index) in {"half", "quarter"}
        )
        if not sure and self.at(end) in {"in", "at"} and not self.is_at(index):
            part = ""  # one in the morning and two at night
        if not (part or sure):
            join = end if self.at(end) in {"-", "to", "and", "or"} else 0
            later, later_end = self.hour(join + 1) if join else (None, 0)
            part = self.half_of_day(later_end)[0] if later is not None else ""
            if not part:
                return None
            stop = end
        hour.value = hour_of(hour.value, part) if part else hour.value
        return self.quantity(NUMBER, [hour], CLOCK, "", stop, half_day=bool(part)), stop

    def is_at(self, index: int) -> bool:
        """Whether a time is told, and not how much: at eight in the morning and nine at night."""
        joined = self.at(index - 1) in {"and", "or"}
        before = range(index - 2, index - 8, -1) if joined else [index - 1]
        return any(
            self.at(back) in _AT and (not joined or self.hour(back + 1)[0]) for back in before
        )

    def hour(self, index: int) -> tuple[Found | None, int]:
        """8, 8:30, 8.30, half past eight, eight o'clock; and the token after it."""
        if self.kind_at(index) == "clock":
            hours, minutes = self.at(index).replace("：", ":").split(":")
            value = Decimal(hours) + Decimal(minutes) / 60
            return Found(value, index, index + 1), index + 1
        past = {("half", "past"): "0.5", ("quarter", "past"): "0.25", ("quarter", "to"): "-0.25"}
        shift = past.get((self.at(index), self.at(index + 1)))
        begin = index + 2 if shift else index
        found = self.cardinal(begin)
        if found is None or not 0 <= found.value < 25:
            return None, 0
        end = found.end
        if found.value % 1:
            minutes = found.value % 1 * 100
            if minutes >= 60 or found.worded:
                return None, 0
            found.value = found.value // 1 + minutes / 60
        found.value += Decimal(shift or 0)
        if self.at(end) == "o" and self.at(end + 1) == "clock":
            end += 2
        elif self.at(end) == "oclock":
            end += 1
        elif not shift:
            return replace(found, begin=index), end
        return replace(found, begin=index, end=end), end

    def half_of_day(self, index: int) -> tuple[str, int]:
        word = self.at(index)
        if word in {"am", "pm"}:
            return {"am": "morning", "pm": "afternoon"}[word], index + 1
        if word in {"a", "p"} and [self.at(index + 1), self.at(index + 2)] == [".", "m"]:
            end = index + 3 + (self.at(index + 3) == ".")
            return {"a": "morning", "p": "afternoon"}[word], end
        if word == "in" and self.at(index + 1) == "the" and self.at(index + 2) in PARTS_OF_DAY:
            return PARTS_OF_DAY[self.at(index + 2)], index + 3
        if word == "at" and self.at(index + 1) == "night":
            return "night", index + 2
        return "", index
