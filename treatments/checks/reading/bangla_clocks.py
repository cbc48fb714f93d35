"""The times of day of a Bangla text."""

from dataclasses import replace
from decimal import Decimal

from ...language.text import compile_pattern
from .bangla_number_words import AT, PART_OF_DAY, number_word, unit_of, words_of
from .quantity import CLOCK, NUMBER, Quantity
from .reader import Found, Reader, hour_of

_O_CLOCK = compile_pattern("টা(?:য়|র|তে|ই|ও)?(?:ই|ও)?")
_PLAIN_PARTS = words_of("সকাল ভোর দুপুর বিকাল বিকেল সন্ধ্যা রাত বেলা মাঝরাত মধ্যরাত")
_ENDS_O_CLOCK = compile_pattern("টা(?:য়|র)?$")


class BanglaClocks(Reader):
    """Reads ৮টা, সাড়ে ৯টায়, ৮:৩০, with the part of the day beside it."""

    JOINS: frozenset[str]  # what stands between the two ends of a range

    def clock(self, first: Found) -> tuple[Quantity, int] | None:
        """সকাল ৮টা, সাড়ে ৯টায়, রাত ১২টা; ৮টা ৩০ মিনিট."""
        if self.kind_at(first.begin) == "clock" or first.ordinal or not 0 < first.value <= 24:
            return None
        worded = number_word(self.at(first.end - 1)) if first.worded else None
        if worded and worded.counted:
            rest = self.at(first.end - 1)
            sign = rest[rest.rfind("টা") :] if worded.counted == "টা" else ""
            end = first.end
        else:
            sign, end = (self.at(first.end) if self.glued(first.end) else ""), first.end + 1
        part = self.part_of_day(first.begin)
        if not _O_CLOCK.fullmatch(sign):
            return self.early_clock(first, part)
        plain = self.at(first.begin - 1) in _PLAIN_PARTS and not self.number(first.begin - 2)
        joined = self.at(first.begin - 1) in {"-", *self.JOINS}
        at = sign.startswith((AT, "টার"))
        if not ((part and (plain or joined or at)) or sign.startswith(AT)):
            return None
        return self.at_clock(first, part, end)

    def early_clock(self, first: Found, part: str) -> tuple[Quantity, int] | None:
        """The 8 of সকাল ৮–১০টা, and of সকাল ৮:৩০."""
        if not part or self.at(first.end) not in {"-", *self.JOINS}:
            return None
        second = self.number(first.end + 1)
        if second is None or second.value <= first.value:
            return None
        glued = self.at(second.end) if self.glued(second.end) else self.at(second.end - 1)
        if not _ENDS_O_CLOCK.search(glued):
            return None
        return self.at_clock(first, part, first.end)

    def at_clock(self, first: Found, part: str, end: int) -> tuple[Quantity, int]:
        found = replace(first, loose=False)
        if self.is_number(end) and unit_of(self.at(end + 1)) == "minute":
            found.value, end = found.value + Decimal(self.at(end)) / 60, end + 2
        if part:
            found.value = hour_of(found.value, part)
        begin = found.begin - (self.at(found.begin - 1) in PART_OF_DAY)
        found = replace(found, begin=begin)
        return self.quantity(NUMBER, [found], CLOCK, "", end, half_day=bool(part)), end

    def part_of_day(self, begin: int) -> str:
        part = PART_OF_DAY.get(self.at(begin - 1), "")
        if part or self.at(begin - 1) not in {"-", *self.JOINS}:
            return part
        for index in range(begin - 2, max(begin - 6, -1), -1):  # সকাল ৮টা থেকে ১০টা
            if self.at(index) in PART_OF_DAY:
                return PART_OF_DAY[self.at(index)]
        return ""

    def fixed(self, index: int) -> tuple[Quantity, int] | None:
        found = super().fixed(index)
        if found or self.kind_at(index) != "clock":
            return found
        hours, minutes = self.at(index).replace("：", ":").split(":")
        part = self.part_of_day(index)
        value = Decimal(hours) + Decimal(minutes) / 60
        clock = Found(hour_of(value, part) if part else value, index, index + 1)
        end = index + 1 + bool(self.glued(index + 1) and _O_CLOCK.fullmatch(self.at(index + 1)))
        return self.quantity(NUMBER, [clock], CLOCK, "", end, half_day=bool(part)), end
