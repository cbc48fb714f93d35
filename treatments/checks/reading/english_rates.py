"""How often, and by what measure, in an English text."""

from dataclasses import replace

from ..lexicon import spaced
from .english_number_words import ADVERBS, ARTICLES, CLOSED, EACH, UNIT
from .quantity import COUNT, MEASURED, TIME, Quantity, measure_of
from .reader import Found, Reader

_THINGS = 3  # words for what is counted: clean cotton towels
_ASIDE = frozenset(spaced("before after later earlier ago apart of or and old in"))


class EnglishRates(Reader):
    """Reads what an amount is counted by: twice a day, 2 weeks apart, per kg of body weight.

    A reader of numbers has `cardinal` and `counted`.
    """

    def with_rate(self, form: str, parts: list[Found], unit: str, end: int) -> tuple[Quantity, int]:
        end = max(end, *(part.end for part in parts))
        if self.is_interval(parts[0], unit, end):
            parts = [replace(part, every=True, loose=False) for part in parts]
        if self.at(end - 1) in ADVERBS and unit == ADVERBS[self.at(end - 1)]:
            parts = [replace(part, every=True) for part in parts]
        if unit == "spf":
            return self.quantity(form, parts, unit, "", end), end  # SPF 50 every day
        by, stop = self.measure_after(end)
        per, stop = self.rate(stop, parts[0].begin, unit)
        if not by:
            by, stop = self.measure_after(stop)  # 5 mg a day per kg
        per = "" if self.is_strength(parts[0], unit) else per or self.rate_of_things(stop)
        if unit == "day" and per in {"week", "month"}:  # 3 days a week: 3 times a week
            unit = "time"
        if any(part.vague for part in parts) or not self.is_about(end):
            return self.quantity(form, parts, unit, per, stop, by=by), stop
        parts = [replace(part, vague=True) for part in parts]
        return self.quantity(form, parts, unit, per, stop, by=by), stop

    def is_about(self, end: int) -> bool:
        return self.at(end) == "or" and self.at(end + 1) == "so"

    def is_interval(self, first: Found, unit: str, end: int) -> bool:
        """2 days apart, at 2-week intervals, once in 3 months."""
        if unit not in TIME:
            return False
        if self.at(end) in {"apart", "intervals", "interval"}:
            return True
        before = self.at(first.begin - 1), self.at(first.begin - 2)
        return before[0] == "every" or before == ("in", "once") or before == ("of", "intervals")

    def measure_after(self, index: int) -> tuple[str, int]:
        """The unit after "per", "/" or "for each" that an amount is given by, and the token after
        it with what it is of: 5 mg per kg of body weight; 4 mg of lidocaine per kg."""
        is_of = self.at(index) == "of" and not self.cardinal(index + 1)
        for begin in (index, index + 2, index + 3) if is_of else (index,):
            each = begin + (self.at(begin) == "for" and self.at(begin + 1) in {"each", "every"})
            by = UNIT.get(self.at(each + 1), "")
            if self.at(each) in {*EACH, "/"} and measure_of(by) in MEASURED:
                return by, self.after_whole(each + 2)
        return "", index

    def after_whole(self, index: int) -> int:
        """The token after "of body weight", where a rate follows it."""
        if self.at(index) == "of":
            for end in range(index + 2, index + 5):
                if self.at(end) in {*ARTICLES, *EACH, *ADVERBS, "/"}:
                    return end
        return index

    def rate_of_things(self, index: int) -> str:
        """The unit of time after the things of which there are so many: two clean towels a day."""
        index = self.after_strength(index)
        for place in range(index, index + _THINGS + 1):
            if self.at(place) in {*ARTICLES, "per"}:
                unit = UNIT.get(self.at(place + 1), "")
                is_rate = unit in TIME and unit != "second" and self.at(place + 2) not in _ASIDE
                return unit if is_rate and place > index else ""
            if self.kind_at(place) != "word" or self.at(place) in CLOSED or self.number(place):
                return ""
        return ""

    def after_strength(self, index: int) -> int:
        """The token after what one thing contains: one 250 mg tablet a day."""
        found = self.cardinal(index)
        unit, end = self.counted(found) if found else ("", index)
        return end if measure_of(unit) in MEASURED else index

    def is_strength(self, first: Found, unit: str) -> bool:
        """Whether it says how strong each of those counted just before is."""
        before = self.cardinal(first.begin - 1) if measure_of(unit) in MEASURED else None
        return bool(before and before.end == first.begin and before.value % 1 == 0)

    def rate(self, index: int, begin: int, unit: str) -> tuple[str, int]:
        """The unit after "a", "per", "each", "every", or before in "each week …"."""
        word = self.at(index)
        if word in ADVERBS:
            return ADVERBS[word], index + 1
        step = 1 if word in {*ARTICLES, *EACH, "/"} else 0
        if word == "in" and self.at(index + 1) in {*ARTICLES, *EACH}:
            step = 2
        per = UNIT.get(self.at(index + step), "") if step else ""
        if per in TIME and self.at(index + step) not in {"second", "min"}:
            return per, index + step + 1
        if unit not in COUNT:
            return "", index
        for back in range(begin - 1, max(begin - 8, -1), -1):
            if self.at(back) in self.STOP or self.is_number(back):
                break
            if self.at(back) in EACH:
                after = UNIT.get(self.at(back + 1), "")
                return (after if after in TIME else ""), index
        return "", index
