"""Which number of one language is which number of the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .reading.quantity import COUNT, SHARE, TIME, Quantity, measure

MISSING, EXTRA, UNIT, ORDER = "missing", "extra", "unit", "order"
_DEAREST = 6  # what the least alike match costs: unit 3, rate 2, one of the two in loose words 1


@dataclass(frozen=True)
class Difference:
    """How the languages disagree. MISSING has no Bangla, EXTRA no English; for ORDER the two are
    the English and Bangla quantities of the number that stands in the wrong place."""

    kind: str
    english: Quantity | None
    bangla: Quantity | None


@dataclass(frozen=True, eq=False)
class _Amount:
    """A quantity to be matched as a whole, or one number out of a range or share."""

    values: tuple[Decimal, ...]
    start: int
    is_part: bool
    of: Quantity

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other numbers of its text."""
        unit = "count" if self.of.unit in {"time", "session"} else self.of.unit
        return unit, self.of.per


_Match = tuple[_Amount, _Amount]


def differences(english: Sequence[Quantity], bangla: Sequence[Quantity]) -> list[Difference]:
    """How the numbers of two texts disagree: by value, by unit, by order.

    Clauses may change places between the languages as long as each number keeps its unit. A share
    may be written either way round, and a number word may stand for digits.
    """
    wholes, english_left, bangla_left = _matched(_wholes(english), _wholes(bangla), _distance)
    parts, english_left, bangla_left = _matched(
        _parts(english_left), _parts(bangla_left), _distance
    )
    wrong, english_left, bangla_left = _matched(english_left, bangla_left, _same_value)
    return [
        *(Difference(UNIT, one.of, other.of) for one, other in wrong),
        *(Difference(MISSING, one.of, None) for one in english_left if not one.of.loose),
        *(Difference(EXTRA, None, other.of) for other in bangla_left if not other.of.loose),
        *_rates_that_differ(wholes + parts),
        *_disorder(wholes + parts),
    ]


def _wholes(quantities: Sequence[Quantity]) -> list[_Amount]:
    return [_Amount(item.values, min(item.starts), False, item) for item in quantities]


def _parts(amounts: list[_Amount]) -> list[_Amount]:
    return [
        _Amount((value,), start, len(amount.values) > 1, amount.of)
        for amount in amounts
        for value, start in zip(amount.values, amount.of.starts, strict=True)
    ]


def _matched(
    english: list[_Amount], bangla: list[_Amount], distance: Callable[[_Amount, _Amount], int]
) -> tuple[list[_Match], list[_Amount], list[_Amount]]:
    """Pairs up the most alike first; returns the pairs, and what is left over of each side."""
    matches: list[_Match] = []
    # Firm numbers choose first.
    english = sorted(english, key=lambda amount: amount.of.loose)
    bangla = sorted(bangla, key=lambda amount: amount.of.loose)
    for limit in range(_DEAREST + 1):
        for one in tuple(english):
            for other in bangla:
                if 0 <= distance(one, other) <= limit:
                    matches.append((one, other))
                    english = [amount for amount in english if amount is not one]
                    bangla = [amount for amount in bangla if amount is not other]
                    break
    return matches, english, bangla


def _distance(one: _Amount, other: _Amount) -> int:
    if len(one.values) != len(other.values):
        return -1
    if not one.is_part and (one.of.kind == SHARE) != (other.of.kind == SHARE):
        return -1
    unit = _unit_distance(one, other)
    if unit < 0:
        return -1
    return unit + _rate_distance(one.of.per, other.of.per) + (one.of.loose != other.of.loose)


def _unit_distance(one: _Amount, other: _Amount) -> int:
    unit, other_unit = one.of.unit, other.of.unit
    if one.values != other.values:
        # half an hour, ৩০ মিনিট
        amounts = [
            [measure(value, amount.of.unit) for value in amount.values] for amount in (one, other)
        ]
        return 1 if unit and other_unit and amounts[0] == amounts[1] else -1
    both = {unit, other_unit}
    if len(both) == 1:
        return 0
    if both == {"time", "session"} or ("" in both and both <= COUNT):
        return 1
    if _is_one(one) and _is_one(other) and both <= {*COUNT, "day"}:
        return 2  # once a week, সপ্তাহে একদিন
    # An age may go without its years.
    return 3 if "" in both and not both & {*TIME[:-1], "percent"} else -1


def _is_one(amount: _Amount) -> bool:
    return amount.of.worded and amount.values == (Decimal(1),)


def _rate_distance(one: str, other: str) -> int:
    if one == other:
        return 0
    return 2 if one and other else 1


def _same_value(one: _Amount, other: _Amount) -> int:
    return 0 if one.values == other.values and not (one.of.loose or other.of.loose) else -1


def _rates_that_differ(matches: list[_Match]) -> Iterator[Difference]:
    for one, other in matches:
        if one.of.per and other.of.per and one.of.per != other.of.per:
            yield Difference(UNIT, one.of, other.of)


def _disorder(matches: list[_Match]) -> Iterator[Difference]:
    firm = [
        (one, other)
        for one, other in matches
        if not (_is_one(one) and _is_one(other)) and not (one.of.loose and other.of.loose)
    ]
    firm.sort(key=lambda match: match[0].start)
    for index, first in enumerate(firm):
        for second in firm[index + 1 :]:
            if _are_swapped(first, second):
                yield Difference(ORDER, first[0].of, first[1].of)


def _are_swapped(first: _Match, second: _Match) -> bool:
    if first[0].values == second[0].values:
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
    if english == other_english or bangla == other_bangla:
        return True
    return not _same_key(english, bangla) and not _same_key(other_english, other_bangla)


def _are_shares(first: _Match, second: _Match) -> bool:
    return all(
        one.of is two.of and one.of.kind == SHARE for one, two in zip(first, second, strict=True)
    )


def _in_one_share(first: _Match, second: _Match) -> bool:
    """Whether one language turns the two round: "27 of 29" and "২৯ জন আসেন, ২৭ জন থাকেন"."""
    (english, bangla), (other_english, other_bangla) = first, second
    if english.of is other_english.of and english.of.kind == SHARE:
        part, whole = english.of.starts
        return part < whole
    return bangla.of is other_bangla.of and bangla.of.kind == SHARE


def _same_key(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[1] == other[1] and (one[0] == other[0] or "" in {one[0], other[0]})
