"""The numbers of an English text."""

from dataclasses import replace
from decimal import Decimal

import regex

from ..lexicon import spaced, table
from .english_clocks import EnglishClocks
from .english_number_words import (
    ADVERBS,
    ARTICLES,
    CLOSED,
    EACH,
    LOOSE,
    MONTHS_LONG,
    ORDINALS,
    PARTS,
    PARTS_OF_DAY,
    POWERS,
    TIMES,
    UNIT,
    WORDS,
)
from .english_rates import EnglishRates
from .quantity import COUNT, NUMBER, PHONE, RANGE, SHARE, TIME, UNITS, Quantity
from .reader import Found, decimal

# Words of units that are other words too: units only right behind a number, or behind its digits.
_DIGITS_ONLY = frozenset(spaced("g l m v w j min sec ft cc ° second drop"))
_ADJACENT = frozenset(["unit", "units", "part", "parts", "times", "coat", "score", "feet", "cycle"])
_FEW = frozenset(spaced("few several some many couple"))
_MONTHS = frozenset(
    word
    for what, _month, english, *_ in table("calendar")
    if what == "month"
    for word in spaced(english)
)
_CALLS = frozenset(["call", "ring", "dial", "phone"])
_DEGREES = frozenset(["degree", "celsius", "fahrenheit"])
_WHILE = frozenset([("while", "a"), ("time", "some"), ("time", "a"), ("now", "for")])
_TITLES = frozenset(["spf", "factor", "tk", "tk.", "৳", "bdt", "taka"])  # units before a number
_SUBJECTS = frozenset(spaced("you it he she they we the your their all"))  # only once you sit
_DETERMINERS = frozenset(spaced("a an the this that another each every which any no your"))
# Behind "one", a number that counts: one of, one in ten, one-third, one or two.
_COUNTING = frozenset([*"-/%", *spaced("of in out or to hundred thousand and half third quarter")])
_PEOPLE = frozenset(spaced("anyone anybody everyone everybody those someone girls boys")).union(
    UNITS["person"]["en"]
)
_LIFE = frozenset(
    spaced(
        "life living lives work activity activities routine routines task tasks chore chores tea"
    )
)
_PERIODS = frozenset(spaced("period periods bleeding bleed cycle cycles"))  # called monthly
_ONE_OF_THEM = frozenset(spaced("a an the any every each young healthy"))  # a child of 3
_AGES = frozenset(spaced("under over below above than turn turns aged age"))
_ONES = frozenset(spaced("a an one each every per next first same"))
_ROUND = frozenset({5, 10, 20, 50, 100, 1000})  # of so many a share is told
_OF_A_SPAN = frozenset(spaced("first next last past whole"))
_COUNTED_OFF = frozenset(
    spaced("day week month year session visit dose step stage grade type number no")
)
_COUNTED_ON = frozenset(spaced("days weeks months years"))  # between weeks 8 and 12
# The words that a quantity may begin with.
_BEGINNINGS = frozenset().union(
    *(WORDS, TIMES, POWERS, ORDINALS, LOOSE, MONTHS_LONG, ADVERBS, EACH, ARTICLES),
    (word for word, unit in UNIT.items() if unit in TIME),
    spaced("minus half halve halved halves halving alternate another next fortnight fortnights"),
    spaced("fortnightly nightly dozen long while time now last past whole"),
)


class English(EnglishRates, EnglishClocks):
    LANGUAGE = "en"
    LINKS = regex.compile(
        r"\s*(?:,|,?\s*(?:and|or)(?: the)?|to|against|versus|vs\.?|compared (?:with|to))\s*"
    )
    ADDS = regex.compile(r"\s*(?:and)?\s*")

    # --- Numbers ---

    def number(self, index: int) -> Found | None:
        for reading in (
            self.signed, self.times, self.article, self.half, self.ordinal, self.cardinal, self.other
        ):  # fmt: skip
            found = reading(index)
            if found is not None:
                return self.with_part(found)
        return None

    def signed(self, index: int) -> Found | None:
        if self.at(index) not in {"minus", "-"}:
            return None
        if self.at(index) == "-":
            return self.digits(index)
        found = self.cardinal(index + 1)
        return replace(found, value=-found.value, begin=index) if found else None

    def with_part(self, found: Found) -> Found:
        """With "and a half", "and three quarters" behind it, or "thirds"."""
        if found.ordinal or found.every or found.whole:
            return found
        if self.at(found.end) == "and":
            part, end = self.part_of_one(found.end + 1)
            if part:
                power = POWERS.get(self.at(end), 1)  # two and a half thousand
                end += power != 1
                return replace(found, value=(found.value + part) * power, end=end, loose=False)
        dash = self.at(found.end) == "-"
        name = self.at(found.end + dash)
        part = PARTS.get(name) or PARTS.get(name.removesuffix("s"))
        end = found.end + dash + 1
        several = found.value > 1 or name == "half" or self.ends_fraction(end)
        if not found.unit and name != "second" and part and 0 < found.value < 10 and several:
            return replace(found, end=end, whole=part, worded=True, loose=False)
        return found

    def ends_fraction(self, index: int) -> bool:
        """Whether what stands before is a fraction: "a third of", not "a third visit"."""
        word = self.at(index)
        return not word or word in CLOSED or word in self.STOP or word in {",", "less", "more"}

    def part_of_one(self, index: int) -> tuple[Decimal | None, int]:
        """Half of "a half", three quarters of "three quarters"; and the token after it."""
        top = Decimal(1) if self.at(index) in ARTICLES else WORDS.get(self.at(index))
        if self.at(index) == "half":
            return Decimal("0.5"), index + 1
        bottom = PARTS.get(self.at(index + 1).removesuffix("s"))
        if top is None or bottom is None or not 0 < top < bottom:
            return None, 0
        return top / bottom, index + 2

    def cardinal(self, index: int) -> Found | None:
        """Digits, words, or both: 5, twenty-five, two hundred and fifty, 2 lakh."""
        first = self.digits(index)
        if first is None and (self.at(index) not in WORDS or self.is_pronoun(index)):
            return None
        total, group, end, room = Decimal(0), Decimal(0), index, Decimal(10**12)
        scale = Decimal(1)
        if first is not None:
            group, end, room = first.value, first.end, Decimal(1)
        worded = first is None
        while True:
            dash = self.at(end) == "-" and worded and self.glued(end + 1)
            joined = self.at(end) == "and" and end > index and self.at(end - 1) in POWERS
            joined = joined or self.goes_on(end)
            step = end + (dash or joined)
            word = self.at(step)
            if word in POWERS and end > index and not dash and not joined:
                group, room, scale = (group or 1) * POWERS[word], Decimal(100), POWERS[word]
                if POWERS[word] != 100:
                    total, group = total + group, Decimal(0)
                worded = True
            elif word in WORDS and worded and self.fits(WORDS[word], room, dash, joined):
                group += WORDS[word]
                room = Decimal(10) if WORDS[word] in range(20, 100, 10) else Decimal(1)
            else:
                break
            end = step + 1
        value = total + group
        loose = first is None and value == 1
        return Found(value, index, end, worded=first is None, loose=loose, scale=scale)

    def is_pronoun(self, index: int) -> bool:
        """Whether "one" stands for a thing named before: the new one, a larger one."""
        if self.at(index) != "one" or self.at(index + 1) in _COUNTING or self.unit(index + 1)[0]:
            return False
        for back in range(index - 1, index - 4, -1):
            word = self.at(back)
            if word in _DETERMINERS:
                return True
            if self.kind_at(back) != "word" or word in CLOSED or word in UNIT:
                return False
        return False

    def goes_on(self, index: int) -> bool:
        """Whether a comma stands within a number: two thousand, three hundred."""
        return (
            self.at(index) == ","
            and self.at(index - 1) in POWERS.keys() - {"hundred", "dozen"}
            and any(self.at(index + step) in POWERS for step in (2, 3, 4))
            and not self.is_number(index + 1)
        )

    @staticmethod
    def fits(value: Decimal, room: Decimal, dash: bool, joined: bool) -> bool:
        if room == 10**12:
            return not joined
        return 0 < value < room and (not dash or room == 10)

    def times(self, index: int) -> Found | None:
        # "once" is a number beside a rate or another number, else "as soon as".
        word = self.at(index)
        if word not in TIMES:
            return None
        found = Found(TIMES[word], index, index + 1, worded=True, unit="time", unit_end=index + 1)
        if word == "once":
            found.loose = not self.is_counting(index)
        return found

    def is_counting(self, index: int) -> bool:
        after = self.at(index + 1)
        step = 2 if after == "in" else 1
        if after in {"every", "in"} and (self.number(index + 2) or self.at(index + 2) == "every"):
            return False  # once every 2 weeks: the 2 counts
        rated = self.at(index + step) in {*ARTICLES, *EACH}
        return (
            (rated and UNIT.get(self.at(index + step + 1)) in TIME)
            or after in ADVERBS
            or (after == "or" and self.at(index + 2) in TIMES)
            or (self.at(index - 1) in {"only", "just", "than"} and after not in _SUBJECTS)
        )

    def article(self, index: int) -> Found | None:
        """A hundred, a third of, a couple of, a week; each week; every other day."""
        word, after = self.at(index), self.at(index + 1)
        if word in EACH or word in {"alternate", "another", "next"}:
            return self.each(index)
        if word not in ARTICLES:
            return None
        if after in POWERS:
            rest = self.hundreds(index + 1)
            return replace(rest, begin=index)
        if after == "couple":
            end = index + 2 + (self.at(index + 2) == "of")
            return Found(Decimal(2), index, end, worded=True, vague=True)
        if after == "quarter" or (PARTS.get(after, 2) > 2 and self.ends_fraction(index + 2)):
            return Found(Decimal(1), index, index + 2, worded=True, whole=PARTS[after])
        if after == "half" and self.at(index + 2) not in {"hour", "day"}:
            return Found(Decimal("0.5"), index, index + 2, worded=True)
        if after == "fortnight":
            return self.fortnight(index + 1, index)
        return self.one_unit(index)

    def hundreds(self, index: int) -> Found:
        """What follows "a": hundred and twenty."""
        value, end = POWERS[self.at(index)], index + 1
        step = end + (self.at(end) == "and")
        rest = self.cardinal(step) if self.at(step) in WORDS and value >= 100 else None
        if rest and rest.value < value:
            value, end = value + rest.value, rest.end
        elif self.at(end) in POWERS:
            value, end = value * POWERS[self.at(end)], end + 1
        return Found(value, index, end, worded=True)

    def one_unit(self, index: int) -> Found | None:
        # "a week", "an hour": the other language may say ১.
        unit = UNIT.get(self.at(index + 1), "")
        part, end = self.part_of_one(index + 3) if self.at(index + 2) == "and" else (None, 0)
        if not unit and part and self.kind_at(index + 1) == "word":  # a pea and a half
            return Found(1 + part, index, end, worded=True)
        is_time = self.at(index + 2) == "or" or self.at(index - 1) in {"than", "within", "under"}
        second = self.at(index + 1) == "second" and not is_time
        if not unit or unit in COUNT - {"time"} or second or self.at(index + 1) == "time":
            return None
        found = Found(Decimal(1), index, index + 1, True, True, unit=unit, unit_end=index + 2)
        if part:  # an hour and a half
            found.value, found.loose, found.end, found.unit_end = 1 + part, False, end, end
        return found

    def each(self, index: int) -> Found | None:
        word, after = self.at(index), self.at(index + 1)
        other = word == "every" and after in {"other", "second", "alternate"}
        step = index + 2 if other else index + 1
        unit = UNIT.get(self.at(step), "")
        if other or word == "alternate":
            unit = "day" if unit == "night" else unit
            if unit not in TIME:
                return None
            return Found(Decimal(2), index, step, True, unit=unit, unit_end=step + 1, every=True)
        if after in POWERS:
            return replace(self.hundreds(index + 1), begin=index)
        if word == "every":
            found = self.cardinal(index + 1)
            if found and self.unit(found.end)[0] in TIME:
                return replace(found, begin=index, every=True, loose=False)
        if after == "fortnight":
            return replace(self.fortnight(index + 1, index), every=True)
        return None

    def fortnight(self, index: int, begin: int) -> Found:
        return Found(Decimal(2), begin, index + 1, True, unit="week", unit_end=index + 1)

    def half(self, index: int) -> Found | None:
        if self.at(index) != "half":
            return None
        end = index + 1
        if self.at(end) == "-" and self.at(end + 1) == "life":
            return None
        if self.at(end) in ARTICLES and self.at(end + 1) in POWERS:
            rest = self.hundreds(end + 1)
            return Found(rest.value / 2, index, rest.end, worded=True)
        end += self.at(end) == "of"
        article = self.at(end) in {*ARTICLES, "the", "-", "your", "all", "these", "them", "those"}
        loose = end == index + 1 and not article and self.at(end) not in UNIT
        return Found(Decimal("0.5"), index, end + article, worded=True, loose=loose)

    def ordinal(self, index: int) -> Found | None:
        word, after = self.at(index), self.at(index + 1)
        if word in _OF_A_SPAN and self.at(index + 2) == "and":
            longer = self.one_unit(index)  # the first month and a half
            if longer and not longer.loose:
                return longer
        if word in ORDINALS:
            value = ORDINALS[word]
            return Found(value, index, index + 1, True, value < 3, ordinal=True)
        if self.is_number(index) and after in {"st", "nd", "rd", "th"} and self.glued(index + 1):
            return Found(decimal(word), index, index + 2, ordinal=True)
        return None

    def other(self, index: int) -> Found | None:
        word = self.at(index)
        if word == "another" and not self.unit(index + 1)[0]:
            return None  # another medicine
        if word in LOOSE:
            unit = "fold" if word[:6] in {"double", "doubli", "triple", "tripli"} else ""
            if unit and self.unit(index + 1)[0] == "dose":
                return Found(LOOSE[word], index, index + 1, True, True)
            return Found(LOOSE[word], index, index + 1, True, True, unit=unit, unit_end=index + 1)
        if word in MONTHS_LONG:
            value, end = MONTHS_LONG[word], index + 1
            return Found(value, index, end, True, True, unit="month", unit_end=end)
        if word in {"halve", "halved", "halves", "halving"}:
            return Found(Decimal("0.5"), index, index + 1, worded=True)
        if word in {"fortnight", "fortnights"}:
            return self.fortnight(index, index)
        if word == "fortnightly":
            return replace(self.fortnight(index, index), every=True)
        return Found(Decimal(12), index, index + 1, worded=True) if word == "dozen" else None

    # --- Phrases ---

    def phrase(self, index: int) -> tuple[Quantity, int] | None:
        word = self.kind_at(index) == "word" and self.at(index) not in _BEGINNINGS
        if word:
            return None
        if self.is_name(index):
            return self.named(index)
        first = self.number(index)
        if first is None:
            return self.time(index)
        if first.whole is not None:
            return self.fraction(first)
        unit, end = self.counted(first)
        if self.is_called(first):
            return self.quantity(NUMBER, [first], PHONE), first.end
        if self.at(first.begin - 1) in _TITLES:
            unit, end = self.unit_before(first)[0], first.end
        if unit in _DEGREES and [self.at(end), self.at(end + 1)] == ["below", "zero"]:
            return self.quantity(NUMBER, [replace(first, value=-first.value)], unit), end + 2
        second = self.range_end(first, unit, end)
        if second:
            return self.range(first, second, unit)
        if not unit:
            unit, first = self.unit_before(first)
        if self.is_date(first):
            return self.quantity(
                NUMBER, [replace(first, ordinal=False, loose=False)], "date"
            ), first.end
        if not unit and self.is_age(first):
            one, stop = self.with_rate(NUMBER, [first], unit, end)
            return replace(one, implied="year"), stop
        for share in (self.whole, self.part):
            found = None if unit in {"percent", *TIME} or first.ordinal else share(first, unit, end)
            if found:
                return found
        return self.with_rate(NUMBER, [first], unit, end)

    def is_called(self, first: Found) -> bool:
        """Whether a number is a short telephone number: ring 999."""
        number = self.at(first.begin)
        return self.at(first.begin - 1) in _CALLS and number.isdecimal() and 3 <= len(number) <= 6

    def is_date(self, first: Found) -> bool:
        """Whether a number is the day of a month: 3 March, March 3rd, the 3rd of March."""
        if not 0 < first.value < 32 or (first.worded and not first.ordinal):
            return False
        after = first.end + (self.at(first.end) == "of")
        return self.is_month(after) or self.is_month(first.begin - 1)

    def is_month(self, index: int) -> bool:
        return self.at(index) in _MONTHS and self.text[self.tokens[index].start].isupper()

    def is_age(self, first: Found) -> bool:
        """Whether it goes in years without saying so: anyone over 12, children aged two and up."""
        words = [self.at(first.begin - step) for step in range(1, 5)]
        if first.ordinal or words[0] not in _AGES:
            is_said_of = words[1] == "age" or (words[1] in _PEOPLE and words[2] in _ONE_OF_THEM)
            return words[0] == "of" and is_said_of
        return words[0] in {"aged", "age"} or not _PEOPLE.isdisjoint(words[1:])

    def time(self, index: int) -> tuple[Quantity, int] | None:
        """A unit of time without a number: daily, a few weeks, every month."""
        word = self.at(index)
        if word == "monthly" and self.at(index + 1) in _PERIODS:
            return None
        if word in ADVERBS:
            every = not self.is_usual(index)
            return self.mention(index, index + 1, ADVERBS[word], every=every), index + 1
        if word in EACH:
            unit = UNIT.get(self.at(index + 1), "")
            if unit in (*TIME, "session", "dose") and self.at(index + 1) != "second":
                return self.mention(index, index + 2, unit, every=True), index + 2
            if self.at(index + 1) in PARTS_OF_DAY:  # every night: রোজ রাতে, রাতে
                return self.mention(index, index + 1, "day"), index + 1
            return None
        if word == "nightly":
            return self.mention(index, index + 1, "day"), index + 1
        if word == "long" or (word, self.at(index - 1)) in _WHILE:
            return self.mention(index, index + 1, "span", vague=True), index + 1
        unit = UNIT.get(word, "")
        if unit not in TIME or word in {"second", "sec", "min", "minute"}:
            return None
        vague = bool({self.at(index - 1), self.at(index - 2)} & _FEW)
        return self.mention(index, index + 1, unit, vague=vague), index + 1

    def is_usual(self, index: int) -> bool:
        """Whether a word says what is usual, and not how often: everyday soap, daily life."""
        after = self.at(index + 1)
        if self.at(index) == "everyday":
            return self.kind_at(index + 1) == "word" and after not in CLOSED
        return after in _LIFE

    def counted(self, found: Found) -> tuple[str, int]:
        """The unit of a number, and the token after it."""
        if found.unit:
            return found.unit, found.unit_end
        if one := self.first_one(found):
            found = one
        unit, end = self.unit(found.end, digits=not found.worded)
        if found.value == Decimal("0.5") and unit and self.at(end - 1) == "hourly":
            found.every = True
        return unit, end

    def counts_time(self, index: int) -> bool:
        return UNIT.get(self.at(index), "") in TIME

    def unit(self, index: int, digits: bool = False) -> tuple[str, int]:
        """The thing counted after a number, and the token after it; ("", index) if there is none."""
        dash = self.at(index) == "-"
        begin = index + dash
        if self.at(begin) == "or" and self.at(begin + 1) in {"more", "less", "fewer"}:
            begin += 2
        for step in range(2):
            word, place = self.at(begin + step), begin + step
            if word in UNIT:
                near = not step and (digits or (dash and word == "second"))
                is_apart = step and self.at(place - 1) not in {"more", "further"}
                if (word in _DIGITS_ONLY and not near) or (word in _ADJACENT and is_apart):
                    return "", index
                return UNIT[word], place + 1
            if not step and word in ADVERBS and (dash or word == "hourly"):
                return ADVERBS[word], place + 1
            if self.kind_at(place) != "word" or word in CLOSED or word in WORDS:
                break
        return "", index

    def unit_before(self, first: Found) -> tuple[str, Found]:
        word = self.at(first.begin - 1)
        if word == "-" and self.at(first.begin - 2) == "spf":
            word = "spf"
        if word in _TITLES:
            return {"factor": "spf"}.get(word, UNIT.get(word, "taka")), first
        # On days 2 and 3; after six months nine in ten people are well.
        if word in _COUNTED_ON and self.number(first.begin - 2) is None:
            return UNIT[word], first
        counted_off = word in _COUNTED_OFF and self.at(first.begin - 2) not in _ONES
        if counted_off and not first.ordinal and not first.loose:  # day 3
            return UNIT.get(word, ""), replace(first, ordinal=True)
        return "", first

    def range_end(self, first: Found, unit: str, end: int) -> Found | None:
        """The 30 of "20–30", "20 to 30", "between 20 and 30", "a day or two"."""
        if first.ordinal or (first.loose and first.value != 1):
            return None
        index = max(first.end, end)
        if self.at(index) == "-" and self.at(index + 1) in {"to", "or"}:
            index += 1
        join = self.at(index)
        if join not in {"-", "to", "or", "and", "through"}:
            return None
        begin = first.begin - (self.at(first.begin - 1) in _COUNTED_ON)
        if join == "and" and self.at(begin - 1) != "between":
            return None
        second = self.cardinal(index + 1) or self.times(index + 1)
        if second is None or second.whole is not None:
            return None
        second = self.with_part(second)
        if second.whole is not None or (second.loose and second.value == 1):
            return None
        after = self.counted(second)[0]
        single = bool(first.unit) and unit != "time"  # a day or two; a month to six weeks
        if single and join != "or":
            return second if after == unit else None
        return second if not unit or not after or unit == after else None

    def range(self, first: Found, second: Found, unit: str) -> tuple[Quantity, int]:
        after, end = self.counted(second)
        few = second.worded and first.worded and self.at(second.begin - 1) == "or"
        if few:
            first = replace(first, vague=first.unit != "" and first.unit != "time")
        first = self.scaled(replace(first, loose=False), second)
        whole = self.whole(second, after or unit, end)
        if whole and whole[0].form == SHARE:
            out_of = replace(second, value=whole[0].values[1])
            return self.percentage(first, second, out_of, whole[1])
        if whole:
            return self.quantity(RANGE, [first, second], "percent", "", whole[1]), whole[1]
        return self.with_rate(
            RANGE, [first, second], after or unit or self.unit_before(first)[0], end
        )

    def fraction(self, first: Found) -> tuple[Quantity, int]:
        end = first.end
        if self.at(end) == "of" and self.at(end + 1) in ARTICLES:
            unit = UNIT.get(self.at(end + 2), "")
            if unit not in COUNT:
                found = replace(first, value=first.value / first.whole, end=end + 3)
                return self.quantity(NUMBER, [found], unit), end + 3
        whole = replace(first, value=first.whole)
        return self.quantity(SHARE, [first, whole], ""), end

    def whole(self, first: Found, unit: str, end: int) -> tuple[Quantity, int] | None:
        """13 of 14, 13 people out of the 14, 1 in 100."""
        if unit and unit not in COUNT:
            return None
        index = max(first.end, end)
        # Seven ulcers out of ten, seven warts in ten.
        is_out = self.at(index + 1) == "out" or self.is_in_ten(index + 1)
        if self.kind_at(index) == "word" and is_out:
            index += 1
        index += self.at(index) == "out"
        word = self.at(index)
        if word not in {"of", "in"}:
            return None
        index += 1
        while self.at(index) in {"the", "all", "these", "every"}:
            index += 1
        whole = self.article(index) if self.at(index) == "a" else self.cardinal(index)
        if whole is None or whole.unit or whole.whole or whole.vague or whole.loose:
            return None
        counted, stop = self.unit(whole.end)
        if whole.value <= first.value and (word == "in" or "person" not in {unit, counted}):
            return None
        if counted and (counted not in COUNT or (word == "in" and counted != "person")):
            return None
        if self.at(whole.end) == "-" and not counted:
            return None
        stop = max(stop, whole.end)
        if whole.value == 100:
            return self.quantity(NUMBER, [replace(first, loose=False)], "percent", "", stop), stop
        parts = [replace(first, loose=False), whole]
        return self.quantity(SHARE, parts, unit or counted, "", stop), stop

    def is_in_ten(self, index: int) -> bool:
        found = self.cardinal(index + 1) if self.at(index) == "in" else None
        return bool(found and found.value in _ROUND and not self.unit(found.end)[0])

    def part(self, first: Found, unit: str, end: int) -> tuple[Quantity, int] | None:
        """The 13 of "of 14 treated people, 13 improved"."""
        before = {self.at(first.begin - 1), self.at(first.begin - 2)}
        among = before & {"of", "among"} or ("in" in before and self.at(first.begin) in EACH)
        if first.loose or not among or self.is_number(first.begin - 2):
            return None
        if unit not in COUNT:
            return None
        for index in range(max(first.end, end), min(first.end + 12, len(self.tokens))):
            if self.at(index) in self.STOP or self.is_number(index):
                return None
            if self.at(index) == ",":
                about = self.at(index + 2) == "than" and self.cardinal(index + 3)
                found = self.cardinal(index + 1) or self.cardinal(index + 2) or about
                if not found or self.unit(found.end)[0] not in COUNT:
                    return None
                if found.loose and not (about and first.value >= 10):  # fewer than one in 1,000
                    return None
                found = replace(found, loose=False)
                if found.value > first.value and not unit and not self.unit(found.end)[0]:
                    return None  # of months 2, 5 and 6
                counted, stop = self.unit(found.end)
                second = self.range_end(found, counted, stop)
                if second:
                    return self.percentage(found, second, first, self.counted(second)[1])
                return self.quantity(SHARE, [found, first], unit or counted, "", stop), stop
        return None
