"""How often, and by what measure, in a Bangla text."""

from dataclasses import replace
from decimal import Decimal

from ...language.inflection import BANGLA_ENDING
from ...language.text import compile_pattern, normalise
from .bangla_number_words import (
    ADVERBS,
    AT_A_TIME,
    EACH,
    EACH_WORD,
    FEW,
    LOCATIVE,
    UNIT,
    any_of,
    unit_of,
    words_of,
)
from .quantity import COUNT, MEASURED, NUMBER, TIME, Quantity, measure_of
from .reader import Found, Reader

_REACH = 6  # words between an amount and what it is counted by
_BY = any_of(word for word, unit in UNIT.items() if measure_of(unit) in MEASURED)
_BY_EACH_WORD = compile_pattern(f"প্রতি(?P<after>{_BY}){BANGLA_ENDING}|(?P<before>{_BY})প্রতি")
_APART = words_of("পরপর অন্তর অন্তরঅন্তর পরপরই ব্যবধানে বিরতিতে পরপরেই ছাড়া-ছাড়া")
_AFTER = normalise("পর")
HOLIDAY = normalise("ছুটি")  # সাপ্তাহিক ছুটি is the weekend
_OFF, _GIVEN = normalise("বাদ"), words_of("দিয়ে দিয়েই রেখে")
_LEAVING = words_of("বাদ বাদে পর অন্তর ছেড়ে ছাড়া")
_ONCE = words_of("একবার একটি একটা একবারই একটাই একদিন একবেলা একজন")


class BanglaRates(Reader):
    """Reads what an amount is counted by: সপ্তাহে ৩ বার, ২ দিন পরপর, প্রতি কেজিতে."""

    def with_rate(self, form: str, parts: list[Found], unit: str, end: int) -> tuple[Quantity, int]:
        again = self.after_again(parts, unit, end)
        is_interval = again > end or self.is_interval(parts, end)
        if is_interval and unit == "night":
            unit = "day"
        if is_interval and unit in TIME:
            end = again
            if unit == "day" and parts[0].value == 1 and len(parts) == 1:
                parts = [replace(parts[0], value=Decimal(2))]  # এক দিন পরপর: every other day
            parts = [replace(part, every=True, loose=False) for part in parts]
            return self.quantity(form, parts, unit, "", end), end
        if form == NUMBER and parts[0].value == 1 and self.at(parts[0].begin - 1) == EACH:
            parts = [replace(parts[0], loose=True)]  # প্রতি ১ কেজি: each kilogram
        if unit == "spf":
            return self.quantity(form, parts, unit, "", end), end  # রোজ এসপিএফ ৫০
        by, stop = self.measure_after(end)
        per, unit = self.rate(parts[0].begin, stop, unit)
        by = by or self.measure_before(parts[0].begin)
        return self.quantity(form, parts, unit, per or parts[0].per, end, by=by), end

    def after_again(self, parts: list[Found], unit: str, end: int) -> int:
        """The token after এক দিন বাদ দিয়ে এক দিন or এক রাত পর এক রাত; the same where none follows."""
        begin = end + 1 + (self.at(end) == _OFF and self.at(end + 1) in _GIVEN)
        if self.at(end) not in _LEAVING or len(parts) > 1 or unit not in {"day", "night"}:
            return end
        again = self.number(begin)
        if again is None or not again.value == parts[0].value == 1:
            return end
        counted, stop = self.unit(again)
        return stop if counted == unit else end

    def is_interval(self, parts: list[Found], end: int) -> bool:
        """২ দিন পরপর, ৬ ঘণ্টা অন্তর, প্রতি দুই সপ্তাহে, দুই সপ্তাহে একবার."""
        after = self.at(end)
        if after in _APART or (after == self.at(end + 1) == _AFTER):
            return True
        if after == "-" and self.at(end - 1) != after and self.at(end - 1) == _AFTER:
            return True
        if self.at(parts[0].begin - 1) == EACH:
            return True
        locative = LOCATIVE.fullmatch(self.at(end - 1))
        once = after in _ONCE or (after == "১" and unit_of(self.at(end + 1)) in {"time", ""})
        return bool(locative and once and parts[-1].value > 1)

    def rate(self, begin: int, end: int, unit: str) -> tuple[str, str]:
        """The unit of time in সপ্তাহে ৩ বার, and the unit: সপ্তাহে ৩ দিন means 3 times a week."""
        per = self.rate_before(begin, unit) or self.rate_after(end)
        if unit == "day" and per in {"week", "month"}:
            return per, "time"
        return ("" if per == unit else per), unit

    def rate_before(self, begin: int, unit: str) -> str:
        reach = _REACH if unit in {*COUNT, "day", "minute", "hour"} else 2
        for index in range(begin - 1, max(begin - 1 - reach, -1), -1):
            word = self.at(index)
            per = self.each(index)
            if per:
                return "" if self.is_counted(index) or self.at(index - 2) == "-" else per
            if word in self.STOP or word == "," or self.number(index):
                return ""
        return ""

    def each(self, index: int) -> str:
        """The unit of a word that says how often: দিনে, প্রতি কেজিতে, রোজ."""
        word = self.at(index)
        if word in ADVERBS and not self.at(index + 1).startswith(HOLIDAY):
            return ADVERBS[word]
        if match := EACH_WORD.fullmatch(word):
            return UNIT[match["unit"]]
        unit = unit_of(word)
        is_each = self.at(index - 1) == EACH or LOCATIVE.fullmatch(word) or word.endswith("ের")
        return unit if unit in TIME and is_each else ""

    def measure_before(self, begin: int) -> str:
        """The unit that an amount is given by, in the words before it: প্রতি কেজি ওজনে দিনে ৫
        মিলিগ্রাম, ডেসিলিটারে ২ গ্রাম."""
        for index in range(begin - 1, max(begin - 1 - _REACH, -1), -1):
            word = self.at(index)
            if word in self.STOP or word == "," or self.number(index):
                return ""
            if by := self.measured_by(index):
                return by
        return ""

    def measured_by(self, index: int) -> str:
        """The unit of প্রতি কেজি, কেজি প্রতি, কেজিপ্রতি; লিটারে, but not কেজিতে: how many there are."""
        word = self.at(index)
        if match := _BY_EACH_WORD.fullmatch(word):
            return unit_of(match["after"] or match["before"])
        unit = unit_of(word)
        what = measure_of(unit)
        if what not in MEASURED or self.is_counted(index):
            return ""
        is_each = self.at(index - 1) == EACH or self.at(index + 1) == EACH
        return unit if is_each or (what == "volume" and LOCATIVE.fullmatch(word)) else ""

    def is_counted(self, index: int) -> bool:
        """Whether a unit has a number of its own."""
        return (
            bool(self.number(index - 1))
            or self.at(index - 1) in FEW
            or (self.glued(index) and self.is_number(index - 1))
        )

    def measure_after(self, end: int) -> tuple[str, int]:
        """The same behind an amount, and the token after it: ২ গ্রাম/ডেসিলিটার করে, প্রতি কেজিতে."""
        begin = end + (self.at(end) in {"/", EACH})
        if begin > end or self.at(end + 1) == EACH:
            unit = unit_of(self.at(begin))
            if measure_of(unit) in MEASURED and not self.number(begin + 1):
                return unit, begin + 1
        return "", end

    def rate_after(self, end: int) -> str:
        end += self.at(end) == AT_A_TIME
        each = self.at(end) == EACH
        if self.at(end) == "/":
            return unit_of(self.at(end + 1))
        per = self.each(end + each)
        counted = self.number(end + each + 1)
        said = self.at(end + each).endswith("ের") and not each
        return "" if counted or said else per
