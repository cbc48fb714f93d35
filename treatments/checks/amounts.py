"""The amounts of two texts: how alike two of them are, and which is which."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from .base import BLOCKING
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
DOSED = frozenset(
    spaced(
        "weight volume length inch teaspoon tablet capsule drop puff sachet glass cup capful "
        "handful bottle tube bucket"
    )
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
class Amount:
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


Match = tuple[Amount, Amount]
Distance = Callable[[Amount, Amount], int]


def counterparts(
    english: Iterable[Quantity], bangla: Iterable[Quantity]
) -> tuple[list[Match], list[Amount], list[Amount]]:
    """Which number of one text is which of the other, and what is left over of each."""
    counted = [[Amount(item, item) for item in side if item.values] for side in (english, bangla)]
    wholes, *left = matched(*counted, _distance)
    parts, *left = matched(*map(_parts, left), _distance)
    return wholes + parts, *left


def _parts(amounts: list[Amount]) -> list[Amount]:
    return [
        amount
        if len(amount.said.values) == 1
        else Amount(replace(amount.said, values=(value,), form=NUMBER, starts=(start,)), amount.of)
        for amount in amounts
        for value, start in zip(amount.said.values, amount.said.starts, strict=True)
    ]


def matched(
    english: list[Amount], bangla: list[Amount], distance: Distance
) -> tuple[list[Match], list[Amount], list[Amount]]:
    """Pairs up the most alike first; returns the pairs, and what is left over of each side."""
    matches: list[Match] = []
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


def _distance(one: Amount, other: Amount) -> int:
    first, second = one.said, other.said
    if first.ordinal != second.ordinal and (first.loose or second.loose):
        return -1
    if _is_times_a_share(one, other) or _is_times_a_share(other, one):
        return -1
    unit = _unit_distance(first, second)
    if unit < 0 and (first.implied or second.implied):
        unit = _unit_distance(*(in_full(said) for said in (first, second)))
        unit += 2 if unit >= 0 else 0
    if unit < 0:
        return -1
    rates = _rate_distance(first.per, second.per) + _rate_distance(first.by, second.by)
    # Of two words for a number the firm one chooses first: the two, and not either.
    are_words = first.worded and second.worded and first.unit == second.unit
    are_uneven = first.loose != second.loose and not are_words
    return unit + rates + are_uneven + (first.ordinal != second.ordinal)


def _is_times_a_share(one: Amount, other: Amount) -> bool:
    """Three times is no three of তিন ভাগের এক ভাগ."""
    is_of_share = other.is_part and other.of.form == SHARE and other.of.unit in {"", "part"}
    return one.said.unit in {"time", "fold"} and is_of_share


def _rate_distance(one: str, other: str) -> int:
    return 0 if one == other else 2 if one and other else 1


def in_full(quantity: Quantity) -> Quantity:
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
    if frequencies(one) & frequencies(other):
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
        both in ({"time", "session"}, {"time", "injection"}, {"time", "fold"}, {"dose", "fold"})
        or both == {"", "part"}
        or ("" in both and both <= COUNT)
    ):
        return 1
    if both in ({"degree", "celsius"}, {"degree", "fahrenheit"}, {"part", "percent"}):
        return 1
    if is_one(one) and is_one(other) and both <= {*COUNT, "day"}:
        return 2 if both & {"time", "session"} or "day" not in both else -1  # once, একদিন
    if one.ordinal and other.ordinal and "" in both:
        return -1 if are_units(in_full(one), in_full(other)) else 1
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


def frequencies(quantity: Quantity) -> set[tuple]:
    """How often in a second (a month, of months): twice a day is every 12 hours."""
    if quantity.every and quantity.unit in TIME:
        quantity = replace(quantity, values=quantity.values or (Decimal(1),))  # weekly
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


def is_one(quantity: Quantity) -> bool:
    return quantity.worded and quantity.values == (Decimal(1),)


def same_value(one: Amount, other: Amount) -> int:
    said = one.said, other.said
    if said[0].values != said[1].values:
        return -1
    if said[0].loose and said[1].loose:
        if said[0].ordinal != said[1].ordinal:
            return -1
        return 0 if are_units(*map(in_full, said)) else -1
    return -1 if said[0].loose or said[1].loose else 0


def are_units(one: Quantity, other: Quantity) -> bool:
    """Whether both are so much of something: a minute, এক কাপ."""
    return all(unit in TIME or measure_of(unit) in DOSED for unit in (one.unit, other.unit))


def same_thing(one: Amount, other: Amount) -> int:
    """How far two numbers that differ stand in one another's place."""
    first, second = one.said, other.said
    if first.loose and second.loose and not contradict(first, second):
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
    if are_opposite(first, second):
        return 2
    if loose:
        return -1
    return 2 if "" in {first.unit, second.unit} else 4


def are_opposite(one: Quantity, other: Quantity) -> bool:
    """Halved and doubled."""
    values = sorted(one.values + other.values)
    return "fold" in {one.unit, other.unit} and values[0] < 1 < values[-1]


def contradict(one: Quantity, other: Quantity) -> bool:
    """First and second; once and twice."""
    if one.ordinal or other.ordinal:
        return one.ordinal and other.ordinal
    return one.unit == other.unit in {"time", "fold"}
