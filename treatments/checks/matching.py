"""Which number of one language is which number of the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from ..language.text import normalise
from .base import ASK, BLOCKING
from .lexicon import spaced
from .reading.quantity import (
    CLOCK,
    COUNT,
    NUMBER,
    PHONE,
    SHARE,
    TIME,
    Quantity,
    measure,
    measure_of,
)

MISSING, EXTRA, VALUE, UNIT, ORDER = "missing", "extra", "value", "unit", "order"
SPAN = "span"  # a unit of time without a number
_DEAREST = 6  # what the least alike match costs
# Units that a text may leave out where they go without saying: an age, the tenth of 30 degrees.
_UNSAID = frozenset({*COUNT, "year", "ad", "degree", "taka", "fold", "spf", CLOCK})
_DOSED = frozenset(
    spaced("weight volume length inch teaspoon tablet capsule drop puff sachet glass cup")
)
_MEASURED = frozenset({"clock", "calendar", "weight", "volume", "length", "percent", "taka"})


@dataclass(frozen=True)
class Difference:
    """How the languages disagree. MISSING has no Bangla, EXTRA no English; for the others the two
    are what stands in the place of one another."""

    kind: str
    english: Quantity | None
    bangla: Quantity | None
    level: str = BLOCKING


@dataclass(frozen=True, eq=False)
class _Amount:
    """A quantity to be matched as a whole, or one number out of a range or share."""

    said: Quantity
    of: Quantity

    @property
    def start(self) -> int:
        return min(self.said.starts, default=self.said.start)

    @property
    def is_part(self) -> bool:
        return self.said is not self.of

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other numbers of its text."""
        unit = "count" if self.said.unit in {"time", "session"} else self.said.unit
        return unit, self.said.per


_Match = tuple[_Amount, _Amount]
_Distance = Callable[[_Amount, _Amount], int]


def differences(
    english: Sequence[Quantity], bangla: Sequence[Quantity], texts: tuple[str, str] = ("", "")
) -> list[Difference]:
    """How the numbers of two texts disagree: by value, by unit, by order.

    Clauses may change places between the languages as long as each number keeps its unit. A share
    may be written either way round, and a number word may stand for digits. `texts` are the
    English and the Bangla.
    """
    counted = [[_Amount(item, item) for item in side if item.values] for side in (english, bangla)]
    wholes, *left = _matched(*counted, _distance)
    parts, *left = _matched(*map(_parts, left), _distance)
    both, *left = _matched(*left, _same_value)
    swapped, *left = _matched(*left, _same_thing)
    matches = wholes + parts
    settled = {id(amount.of) for match in matches + both + swapped for amount in match}
    found = [
        *(Difference(UNIT, one.of, other.of, _unit_level(one, other)) for one, other in both),
        *(Difference(VALUE, one.of, other.of, _value_level(one, other)) for one, other in swapped),
        *_rates_that_differ(matches),
        *_disorder(matches, texts),
        *_unmatched(*left, english, bangla, texts[1]),
        *_spans_of_time(english, bangla, settled),
    ]
    return list(_each_once(found))


def _each_once(found: list[Difference]) -> Iterator[Difference]:
    """Without what a number is said of that is told already: the other end of a range."""
    told: set[int] = set()
    for one in sorted(found, key=lambda one: one.level != BLOCKING):
        sides = {id(side) for side in (one.english, one.bangla) if side}
        if not sides <= told:
            yield one
        told |= sides


def _parts(amounts: list[_Amount]) -> list[_Amount]:
    return [
        amount
        if len(amount.said.values) == 1
        else _Amount(replace(amount.said, values=(value,), form=NUMBER, starts=(start,)), amount.of)
        for amount in amounts
        for value, start in zip(amount.said.values, amount.said.starts, strict=True)
    ]


def _matched(
    english: list[_Amount], bangla: list[_Amount], distance: _Distance
) -> tuple[list[_Match], list[_Amount], list[_Amount]]:
    """Pairs up the most alike first; returns the pairs, and what is left over of each side."""
    matches: list[_Match] = []
    # Firm numbers choose first.
    english = sorted(english, key=lambda amount: amount.said.loose)
    bangla = sorted(bangla, key=lambda amount: amount.said.loose)
    costs = sorted(
        (
            (cost, row, column)
            for row, one in enumerate(english)
            for column, other in enumerate(bangla)
            if 0 <= (cost := distance(one, other)) <= _DEAREST
        )
    )
    rows, columns = set(), set()
    for _cost, row, column in costs:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            matches.append((english[row], bangla[column]))
    return (
        matches,
        [amount for row, amount in enumerate(english) if row not in rows],
        [amount for column, amount in enumerate(bangla) if column not in columns],
    )


# --- How alike two amounts are ------------------------------------------------------------------


def _distance(one: _Amount, other: _Amount) -> int:
    first, second = one.said, other.said
    if first.ordinal != second.ordinal and (first.loose or second.loose):
        return -1
    unit = _unit_distance(first, second)
    if unit < 0 and (first.implied or second.implied):
        unit = _unit_distance(*(_in_full(said) for said in (first, second)))
        unit += 2 if unit >= 0 else 0
    if unit < 0:
        return -1
    per = 0 if first.per == second.per else 2 if first.per and second.per else 1
    return unit + per + (first.loose != second.loose) + (first.ordinal != second.ordinal)


def _in_full(quantity: Quantity) -> Quantity:
    """With the unit that goes without saying; a percentage never does."""
    implied = "" if quantity.implied == "percent" else quantity.implied
    return replace(quantity, unit=quantity.unit or implied)


def _unit_distance(one: Quantity, other: Quantity) -> int:
    if PHONE in {one.unit, other.unit}:
        return 0 if one.values == other.values else -1
    if CLOCK in {one.unit, other.unit} and _hours(one) & _hours(other):
        return 0 if one.unit == other.unit else 1
    same_values = len(one.values) == len(other.values) and one.values == other.values
    if same_values and one.form == other.form and one.unit == other.unit:
        return 0
    if _frequencies(one) & _frequencies(other):
        return 0
    if SHARE in {one.form, other.form}:
        return 1 if _ratio(one) is not None and _ratio(one) == _ratio(other) else -1
    if len(one.values) != len(other.values):
        return -1
    if _ratio(one) is not None and _ratio(one) == _ratio(other) and one.unit != other.unit:
        return 1
    if same_values:
        return _other_unit(one, other)
    return 1 if _amounts(one) & _amounts(other) else -1


def _other_unit(one: Quantity, other: Quantity) -> int:
    both = {one.unit, other.unit}
    if (
        both in ({"time", "session"}, {"time", "fold"})
        or both == {"", "part"}
        or ("" in both and both <= COUNT)
    ):
        return 1
    if both in ({"degree", "celsius"}, {"degree", "fahrenheit"}, {"part", "percent"}):
        return 1
    if _is_one(one) and _is_one(other) and both <= {*COUNT, "day"}:
        return 2  # once a week, সপ্তাহে একদিন
    if one.ordinal and other.ordinal and "" in both:
        return 1
    if "" in both:
        return 3 if both <= _UNSAID or not _is_measured(one, other) else -1
    if both <= {"time", "session", "dose", "person", "day", "part", "meal"} and "day" not in both:
        return 3
    return 3 if both <= {"day", "night"} else -1


def _is_measured(one: Quantity, other: Quantity) -> bool:
    return bool({measure_of(one.unit), measure_of(other.unit)} & _MEASURED)


def _hours(quantity: Quantity) -> set[Decimal]:
    """The hours of a day that may be meant, of a clock time or of ৮টা."""
    if quantity.unit not in {CLOCK, ""} or len(quantity.values) != 1:
        return set()
    (value,) = quantity.values
    if quantity.half_day:
        return {value % 24}
    return {value % 24, (value + 12) % 24}


_TENTH = Decimal("0.1")
_ROUGHLY = {  # a month is four weeks or thirty days to whoever says so
    ("clock", "calendar"): (Decimal(2_419_200), Decimal(2_592_000))
}


def _amounts(quantity: Quantity) -> set[tuple]:
    """What the values amount to, in each measure."""
    if quantity.unit == "" or quantity.ordinal:
        return set()
    measured = [measure(value, quantity.unit) for value in quantity.values]
    (what, *_others), values = zip(*measured, strict=True)
    found = {(what, values)}
    if what == "calendar":
        found |= {
            ("clock", tuple(value * month for value in values))
            for month in _ROUGHLY["clock", "calendar"]
        }
        found.add(("clock", tuple(value * 31_536_000 / 12 for value in values)))
    if quantity.unit == "week" and quantity.worded and values == (Decimal(1_209_600),):
        found.add(("clock", (Decimal(1_296_000),)))  # two weeks, পনেরো দিন
    if what == "inch":
        found |= {
            ("length", tuple(value * micrometres for value in values))
            for micrometres in (25_000, 25_400)
        }
    if what == "fahrenheit":
        found.add(("celsius", tuple(((value - 32) * 5 / 9).quantize(_TENTH) for value in values)))
    if what == "celsius":
        found.add(("celsius", tuple(value.quantize(_TENTH) for value in values)))
    return found


def _frequencies(quantity: Quantity) -> set[tuple]:
    """How often in a second (a month, of months): twice a day is every 12 hours."""
    if quantity.every and quantity.unit in TIME:
        found = {
            (what, tuple(_per(Decimal(1), amount) for amount in reversed(amounts)))
            for what, amounts in _amounts(quantity)
            if all(amounts)
        }
        if quantity.unit == "day" and quantity.values == (2,):  # ২ দিন পরপর
            found.add(("clock", (_per(Decimal(1), Decimal(86_400)),)))
        return found
    if quantity.per in TIME and quantity.unit in {"time", "session", "dose", ""}:
        what, period = measure(Decimal(1), quantity.per)
        return {(what, tuple(_per(value, period) for value in quantity.values))}
    return set()


def _per(value: Decimal, period: Decimal) -> Decimal:
    return (value / period).quantize(Decimal("1e-12"))


_FINE = Decimal("1e-6")  # 3 of 101 are no three percent


def _ratio(quantity: Quantity) -> tuple[Decimal, ...] | None:
    """The part of a whole, of a share, a percentage, half of something."""
    values = quantity.values
    if quantity.form == SHARE:
        return ((values[0] / values[1]).quantize(_FINE),) if values[1] else None
    if quantity.unit == "percent":
        return tuple((value / 100).quantize(_FINE) for value in values)
    if quantity.unit == "part" and all(value >= 10 for value in values):  # ৭৫ ভাগ
        return tuple((value / 100).quantize(_FINE) for value in values)
    if quantity.unit in {"", "person", "part"} and all(0 < value < 1 for value in values):
        return tuple(value.quantize(_FINE) for value in values)
    return None


def _is_one(quantity: Quantity) -> bool:
    return quantity.worded and quantity.values == (Decimal(1),)


def _same_value(one: _Amount, other: _Amount) -> int:
    said = one.said, other.said
    if said[0].values != said[1].values:
        return -1
    if said[0].loose and said[1].loose:
        if said[0].ordinal != said[1].ordinal:
            return -1
        return 0 if _are_units(one, other) else -1
    return -1 if said[0].loose or said[1].loose else 0


def _are_units(one: _Amount, other: _Amount) -> bool:
    """Whether both are so much of something: a minute, এক কাপ."""
    return all(
        unit in TIME or measure_of(unit) in _DOSED for unit in (one.said.unit, other.said.unit)
    )


def _same_thing(one: _Amount, other: _Amount) -> int:
    """How far two numbers that differ stand in one another's place."""
    first, second = one.said, other.said
    if first.loose and second.loose and not _contradict(first, second):
        return -1
    if first.ordinal != second.ordinal and (first.loose or second.loose):
        return -1
    if PHONE in {first.unit, second.unit} and first.unit != second.unit:
        return -1
    loose = first.loose + second.loose
    if first.unit == second.unit:
        return 0 + loose
    if measure_of(first.unit) == measure_of(second.unit):
        return 1 + loose
    if loose:
        return -1
    return 2 if "" in {first.unit, second.unit} else 4


def _contradict(one: Quantity, other: Quantity) -> bool:
    """First and second; once and twice."""
    if one.ordinal or other.ordinal:
        return one.ordinal and other.ordinal
    return one.unit == other.unit in {"time", "fold"}


# --- How sure -----------------------------------------------------------------------------------


def _unit_level(one: _Amount, other: _Amount) -> str:
    both = {one.said.unit, other.said.unit}
    if _frequencies(one.said) and _frequencies(other.said):
        return BLOCKING
    if one.said.ordinal or other.said.ordinal:
        is_firm = one.said.ordinal and other.said.ordinal and both.issubset(TIME)
        return BLOCKING if is_firm and both != {"day", "night"} else ASK
    bare = [said for said in (one.said, other.said) if said.unit == "" and not said.worded]
    if bare and both & {"percent", "minute", "hour", "day", "week", "month"}:
        return ASK if {said.implied for said in bare} & both else BLOCKING
    if both == {"percent", "person"}:
        return BLOCKING if any(value % 1 for value in one.said.values) else ASK
    if both <= {"day", "workday", "session", "time", "night"} or "" in both:
        return ASK
    return BLOCKING


def _value_level(one: _Amount, other: _Amount) -> str:
    first, second = one.said, other.said
    if first.vague and second.vague and max(first.values) <= 5 and max(second.values) <= 5:
        return ASK
    if first.loose and second.loose:
        return BLOCKING if _contradict(first, second) else ASK
    if (first.loose or second.loose) and first.unit != second.unit:
        return ASK
    return BLOCKING


def _unmatched(
    english_left: list[_Amount],
    bangla_left: list[_Amount],
    english: Sequence[Quantity],
    bangla: Sequence[Quantity],
    bangla_text: str,
) -> Iterator[Difference]:
    for amount in english_left:
        if level := _level_alone(amount, bangla):
            yield Difference(MISSING, amount.of, None, level)
    for amount in bangla_left:
        if level := _level_alone(amount, english):
            is_single = any(map(_is_single, english)) and not any(map(_is_one, bangla))
            is_sure = is_single and _is_each(amount.of, bangla_text)
            yield Difference(EXTRA, None, amount.of, BLOCKING if is_sure else level)


_EACH = normalise("করে")  # after a number: that many at a time


def _is_each(said: Quantity, text: str) -> bool:
    return said.values > (1,) and text[said.end :].lstrip().startswith(_EACH)


def _is_single(said: Quantity) -> bool:
    """Whether it says that one is given at a time: one injection."""
    is_given = said.unit in {"injection", "dose"} or measure_of(said.unit) in _DOSED
    return _is_one(said) and said.loose and not said.ordinal and is_given


def _level_alone(amount: _Amount, others: Sequence[Quantity]) -> str:
    """How sure it is that a number without a counterpart is wrong; "" where it need not have one."""
    said = amount.said
    if said.every and said.unit in TIME and any(_is_daily(other) for other in others):
        return BLOCKING  # every day, এক দিন পরপর
    if said.loose or (amount.is_part and _is_one(said)) or _is_a_unit(said, others):
        return ""
    if said.vague or said.ordinal or said.values == (0,):
        return "" if _is_told(said, others) else ASK
    if said.worded and (said.values[0] <= 2 or said.unit in {"", "fold"}):
        return ASK
    return BLOCKING


def _is_daily(said: Quantity) -> bool:
    return said.every and said.unit == "day" and not said.values


def _is_a_unit(said: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether 24 hours are the day, 7 days the week of the other text."""
    if said.form != NUMBER or said.unit not in TIME or said.per:
        return False
    amount = measure(said.values[0], said.unit)
    return any(
        other.loose and other.unit in TIME and measure(Decimal(1), other.unit) == amount
        for other in others
    )


def _is_told(said: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether "a couple of days" is "a few days" in the other text."""
    return any(other.unit == said.unit and other.vague for other in others)


# --- Rates and order ----------------------------------------------------------------------------


def _rates_that_differ(matches: list[_Match]) -> Iterator[Difference]:
    for one, other in matches:
        first, second = one.said, other.said
        if (
            first.per
            and second.per
            and first.per != second.per
            and not _frequencies(first) & _frequencies(second)
        ):
            yield Difference(UNIT, one.of, other.of)


def _disorder(matches: list[_Match], texts: tuple[str, str]) -> Iterator[Difference]:
    matches = sorted(matches, key=lambda match: match[0].start)
    for index, first in enumerate(matches):
        for second in matches[index + 1 :]:
            if _are_firm(first, second) and _are_swapped(first, second):
                level = _order_level(first, second, texts)
                yield Difference(ORDER, first[0].of, first[1].of, level)
            elif _are_durations(first, second) and first[1].start > second[1].start:
                between = texts[0][first[0].of.end : second[0].of.start]
                if not _TURNING.search(_FOR.sub("", between)) and not _SENTENCE.search(between):
                    yield Difference(ORDER, first[0].of, first[1].of, ASK)


def _are_firm(*matches: _Match) -> bool:
    """Whether all are numbers that count; beside another time an hour is one hour."""
    firm = [not (_are_single(match) or _are_loose(match)) for match in matches]
    units = {amount.said.unit for match in matches for amount in match}
    are_times = len(units) == 1 and units <= frozenset(TIME)
    return all(firm) or (are_times and any(firm))


def _are_single(match: _Match) -> bool:
    return all(_is_one(amount.said) for amount in match)


def _are_loose(match: _Match) -> bool:
    return all(amount.said.loose for amount in match)


# --- Units of time without a number -------------------------------------------------------------

# These also stand in phrases without a day or year: দিনের পর দিন, বছরের পর বছর.
_WEAK = frozenset({"second", "minute", "hour", "day", "year"})


def _spans_of_time(
    english: Sequence[Quantity], bangla: Sequence[Quantity], settled: set[int]
) -> Iterator[Difference]:
    """Units of time that only one of the texts names, not counting what is matched by number."""
    alone = [
        _named_alone(side, other, settled) for side, other in ((english, bangla), (bangla, english))
    ]
    for one, other in zip(*alone, strict=False):
        yield Difference(SPAN, one, other)
    paired = min(map(len, alone))
    for one in alone[0][paired:]:
        if _is_strong(one):
            yield Difference(SPAN, one, None, ASK)
    for other in alone[1][paired:]:
        if _is_strong(other):
            yield Difference(SPAN, None, other, ASK)


def _named_alone(
    side: Sequence[Quantity], other: Sequence[Quantity], settled: set[int]
) -> list[Quantity]:
    told = {unit for quantity in other for unit in (quantity.unit, quantity.per)}
    if "span" in told:  # for a while: কিছুদিন; as many days: যতদিন
        side = [one for one in side if not one.vague and (one.unit != "day" or one.values)]
    found: dict[str, Quantity] = {}
    for quantity in side:
        unit = quantity.per or quantity.unit
        counts = quantity.loose or quantity.per
        if unit in TIME and counts and unit not in told and id(quantity) not in settled:
            found.setdefault(unit, quantity)
    return list(found.values())


def _is_strong(quantity: Quantity) -> bool:
    unit = quantity.per or quantity.unit
    return quantity.every or quantity.vague or bool(quantity.per) or unit not in _WEAK


# The Bangla clause that belongs to one of these stands before the other one.
_TURNING = regex.compile(
    r"\b(?:after|before|of|instead|than|until|till|from|if|when|once|for|unless|as|while|with|"
    r"rather|against|above|below|over|under|within|thick|wide|long|deep|high|tall)\b",
    regex.IGNORECASE,
)


_FOR = regex.compile(r"\bfor\b", regex.IGNORECASE)
_SENTENCE = regex.compile(r"[.;!?।](?:\s|$)")


def _order_level(first: _Match, second: _Match, texts: tuple[str, str]) -> str:
    if _are_shares(first, second):
        return BLOCKING
    (english, bangla), (other_english, other_bangla) = (
        [amount.key for amount in match] for match in (first, second)
    )
    if english == other_bangla != bangla == other_english:
        return BLOCKING  # each has the other's unit
    keys = (english, bangla, other_english, other_bangla)
    if not all(_same_key(one, other) for one in keys for other in keys):
        return ASK
    between = [
        text[min(one.of.end, other.of.end) : max(one.of.start, other.of.start)]
        for text, one, other in zip(texts, first, second, strict=True)
    ]
    if all(map(_SENTENCE.search, between)):
        return BLOCKING
    return ASK if _TURNING.search(between[0]) else BLOCKING


def _are_durations(first: _Match, second: _Match) -> bool:
    """Whether two times have changed places with their units: 24 hours, a week."""
    return first[0].key != second[0].key and all(
        amount.said.unit in TIME and not amount.said.every and amount.said.form != SHARE
        for match in (first, second)
        for amount in match
    )


def _are_swapped(first: _Match, second: _Match) -> bool:
    if first[0].said.values == second[0].said.values:
        return False
    (english, bangla), (other_english, other_bangla) = (
        [amount.key for amount in match] for match in (first, second)
    )
    if english == other_bangla != bangla == other_english:
        return True  # each has the other's unit
    if _are_shares(first, second):
        return True  # part and whole have changed places, or they would have matched
    if first[1].start < second[1].start or _in_one_share(first, second):
        return False
    if english == other_english and bangla == other_bangla:
        return True
    if english == other_english or bangla == other_bangla:
        return not english[0] or not bangla[0] or english == bangla
    return not _same_key(english, bangla) and not _same_key(other_english, other_bangla)


def _are_shares(first: _Match, second: _Match) -> bool:
    return all(
        one.of is two.of and one.of.form == SHARE for one, two in zip(first, second, strict=True)
    )


def _in_one_share(first: _Match, second: _Match) -> bool:
    """Whether one language turns the two round: "27 of 29" and "২৯ জন আসেন, ২৭ জন থাকেন"."""
    (english, bangla), (other_english, other_bangla) = first, second
    if english.of is other_english.of and english.of.form == SHARE:
        part, whole = english.of.starts
        return part < whole
    return bangla.of is other_bangla.of and bangla.of.form == SHARE


def _same_key(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[1] == other[1] and (one[0] == other[0] or "" in {one[0], other[0]})
