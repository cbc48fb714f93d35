"""How the numbers of two texts disagree."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import regex

from ..language.text import compile_pattern, normalise
from .amounts import (
    DOSED,
    EXTRA,
    MISSING,
    SPAN,
    UNIT,
    VALUE,
    Amount,
    Difference,
    Match,
    are_opposite,
    are_units,
    contradict,
    counterparts,
    frequencies,
    in_full,
    is_one,
    matched,
    same_thing,
    same_value,
)
from .base import ASK, BLOCKING
from .number_order import disorder
from .reading.quantity import NUMBER, SHARE, TIME, UNITS, Quantity, measure, measure_of


def differences(
    english: Sequence[Quantity], bangla: Sequence[Quantity], texts: tuple[str, str] = ("", "")
) -> list[Difference]:
    """How the numbers of two texts disagree: by value, by unit, by order.

    Clauses may change places between the languages as long as each number keeps its unit. A share
    may be written either way round, and a number word may stand for digits. `texts` are the
    English and the Bangla.
    """
    matches, *left = counterparts([one for one in english if not _is_of_rate(one, english)], bangla)
    both, *left = matched(*left, same_value)
    swapped, *left = matched(*left, same_thing)
    turned = _turned(both)
    settled = {id(amount.of) for match in matches + both + swapped for amount in match}
    found = [
        *(
            Difference(UNIT, *(side.of for side in pair), _unit_level(*pair, pair in turned))
            for pair in both
        ),
        *(Difference(VALUE, one.of, other.of, _value_level(one, other)) for one, other in swapped),
        *_rates_that_differ(matches),
        *_given_by_nothing(matches, texts),
        *disorder(matches, texts),
        *_unmatched(*left, english, bangla, texts),
        *_spans_of_time(english, bangla, settled),
    ]
    return list(_each_once(found))


def _turned(both: Sequence[Match]) -> list[Match]:
    """Two numbers that have changed units with each other: 3 times for 5 days, ৫ বার ৩ দিন."""
    found = []
    for first, second in combinations(both, 2):
        units = [(one.said.unit, other.said.unit) for one, other in (first, second)]
        if units[0] == units[1][::-1] and first[0].said.values != second[0].said.values:
            found += [first, second]
    return found


_FARTHEST = 24  # letters between a number and what it is counted by


def _is_of_rate(said: Quantity, those: Sequence[Quantity]) -> bool:
    """Whether it is what a number before it is counted by: a 1 mg tablet a day."""
    return (
        is_one(said)
        and said.loose
        and said.unit in TIME
        and any(
            one.per == said.unit and 0 <= said.start - one.end <= _FARTHEST
            for one in those
            if one.values and one is not said
        )
    )


def _each_once(found: list[Difference]) -> Iterator[Difference]:
    """Without what a number is said of that is told already: the other end of a range."""
    told: set[int] = set()
    for one in sorted(found, key=lambda one: one.level != BLOCKING):
        sides = {id(side) for side in (one.english, one.bangla) if side}
        if not sides <= told:
            yield one
        told |= sides


# --- How sure -----------------------------------------------------------------------------------


def _unit_level(one: Amount, other: Amount, is_turned: bool) -> str:
    both = {one.said.unit, other.said.unit}
    if is_turned:
        return BLOCKING
    if frequencies(one.said) and frequencies(other.said):
        return BLOCKING
    if one.said.ordinal or other.said.ordinal:
        return BLOCKING if are_units(in_full(one.said), in_full(other.said)) else ASK
    # A number without a unit has that of the number before it: a year, and no longer than two.
    bare = [said for said in (one.said, other.said) if said.unit == ""]
    if bare and both & {"percent", "minute", "hour", "day", "week", "month"}:
        implied = bare[0].implied
        is_told = implied in TIME if bare[0].worded else not implied or implied not in both
        if "percent" not in both and not bare[0].worded and not implied:
            return ASK  # 15 days, and 8 of them
        return BLOCKING if is_told and implied not in both - {""} else ASK
    if both == {"percent", "person"}:
        return BLOCKING if any(value % 1 for value in one.said.values) else ASK
    if both <= {"day", "workday", "session", "time", "night"} or "" in both:
        return ASK
    return BLOCKING


def _value_level(one: Amount, other: Amount) -> str:
    first, second = one.said, other.said
    if are_opposite(first, second):
        return BLOCKING
    if first.vague and second.vague and max(first.values) <= 5 and max(second.values) <= 5:
        return ASK
    if first.loose and second.loose:
        return BLOCKING if contradict(first, second) else ASK
    if (first.loose or second.loose) and first.unit != second.unit:
        return ASK
    return BLOCKING


def _unmatched(
    english_left: list[Amount],
    bangla_left: list[Amount],
    english: Sequence[Quantity],
    bangla: Sequence[Quantity],
    texts: tuple[str, str],
) -> Iterator[Difference]:
    in_english, in_bangla = _Numbers.of(english), _Numbers.of(bangla)
    for amount in english_left:
        if _is_of_same_whole(amount.of, bangla):
            continue
        if level := _level_alone(amount, in_english, in_bangla):
            level = BLOCKING if _is_half_of_whole(amount.said, texts[1], "bn") else level
            yield Difference(MISSING, amount.of, None, level)
    is_single = any(map(_is_single, english)) and not any(map(is_one, bangla))
    for amount in bangla_left:
        if level := _level_alone(amount, in_bangla, in_english):
            is_sure = is_single and _is_each(amount.of, texts[1])
            is_sure |= _is_half_of_whole(amount.said, texts[0], "en")
            yield Difference(EXTRA, None, amount.of, BLOCKING if is_sure else level)


@dataclass(frozen=True)
class _Numbers:
    """Those of a text; how often it says each amount, and of which units it says something of
    each: every session."""

    those: Sequence[Quantity]
    often: Mapping[tuple[tuple[Decimal, ...], str], int]
    each: frozenset[str]

    @classmethod
    def of(cls, those: Sequence[Quantity]) -> "_Numbers":
        return cls(
            those,
            Counter((one.values, one.unit) for one in those if one.values),
            frozenset(one.unit for one in those if one.every and not one.values),
        )


# What stands where the other text says half.
_WHOLE = {
    "en": compile_pattern(
        r"\b(?:whole|full|fully|entire|entirely|complete|completely)\b", regex.IGNORECASE
    ),
    "bn": compile_pattern(
        r"(?<!\p{L}|\p{M})(?:পুরো|পুরোটা|পুরোপুরি|সম্পূর্ণ|সম্পূর্ণভাবে|গোটা|আস্ত)(?!\p{L}|\p{M})"
    ),
}


def _is_half_of_whole(said: Quantity, other: str, language: str) -> bool:
    """Whether a text says half, and the other the whole: অর্ধেক, fully."""
    return said.values == (_HALF,) and bool(_WHOLE[language].search(other))


_HALF = Decimal("0.5")
_EACH = normalise("করে")  # after a number: that many at a time


def _is_each(said: Quantity, text: str) -> bool:
    return said.values > (1,) and text[said.end :].lstrip().startswith(_EACH)


def _is_single(said: Quantity) -> bool:
    """Whether it says that one is given at a time: one injection."""
    is_given = said.unit in {"injection", "dose"} or measure_of(said.unit) in DOSED
    return is_one(said) and said.loose and not said.ordinal and is_given


def _level_alone(amount: Amount, own: _Numbers, others: _Numbers) -> str:
    """How sure it is that a number without a counterpart is wrong; "" where it need not have one."""
    said = amount.said
    # What one text says of the first, the other says of each: প্রথম সেশনে, every session.
    # And every two weeks is not every week.
    is_of_some = said.ordinal or (said.every and said.unit in TIME)
    if is_of_some and said.unit and said.unit in others.each - own.each:
        return BLOCKING
    level = _level_of_one_alone(amount, others.those)
    # Said twice in one text, and once of both in the other: ২৪ ঘণ্টা আগে ও ২৪ ঘণ্টা পরে।
    is_said_again = own.often.get((amount.of.values, amount.of.unit), 0) > 1
    return ASK if level and is_said_again else level


def _level_of_one_alone(amount: Amount, others: Sequence[Quantity]) -> str:
    said = amount.said
    if said.every and said.unit in TIME and any(_is_daily(other) for other in others):
        return BLOCKING  # every day, এক দিন পরপর
    if any(not one.values and frequencies(said) & frequencies(one) for one in others):
        return ""  # once a year, প্রতি বছর
    if said.per in _SELDOM and said.per not in {
        unit for one in others for unit in (one.unit, one.per)
    }:
        return BLOCKING
    if said.loose or (amount.is_part and is_one(said)) or _is_a_unit(said, others):
        return ""
    if said.vague or said.ordinal or said.values == (0,):
        return "" if _is_told(said, others) else ASK
    if said.worded and (said.values[0] <= 2 or said.unit in {"", "fold"}):
        return ASK
    return BLOCKING


# A rate of these is seldom told by what else there is to say, as twice a day by সকালে ও রাতে.
_SELDOM = frozenset({"hour", "week", "month", "year"})


def _is_of_same_whole(said: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether the other text says a share without its whole, which it has just named: 6 in 10, and
    3 in 10; ১০ জনের ৬ জন, আর ৩ জন."""
    return (
        said.form == SHARE
        and any(one.values == said.values[:1] for one in others)
        and any(one.form == SHARE and one.values[1:] == said.values[1:] for one in others)
    )


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


def _rates_that_differ(matches: list[Match]) -> Iterator[Difference]:
    for one, other in matches:
        first, second = one.said, other.said
        if _are_given_by_others(first, second) or (
            first.per
            and second.per
            and first.per != second.per
            and not frequencies(first) & frequencies(second)
        ):
            yield Difference(UNIT, one.of, other.of)


def _are_given_by_others(one: Quantity, other: Quantity) -> bool:
    """Per kilogram and per litre: ৫ মিলিগ্রাম/লিটার."""
    return bool(one.by and other.by) and one.by != other.by


def _given_by_nothing(matches: list[Match], texts: tuple[str, str]) -> Iterator[Difference]:
    """Doses per kilogram of which the other text leaves the kilogram out."""
    for one, other in matches:
        by = one.said.by or other.said.by
        is_told = bool(one.said.by and other.said.by)
        if measure_of(by) == "weight" and not is_told and not all(_names(by, texts)):
            yield Difference(UNIT, one.of, other.of, ASK)


def _names(unit: str, texts: tuple[str, str]) -> Iterator[bool]:
    for language, text in zip(("en", "bn"), texts, strict=True):
        yield any(word in text.lower() for word in UNITS[unit][language])


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
            yield Difference(SPAN, one, None, _level_of_span(one))
    for other in alone[1][paired:]:
        if _is_strong(other):
            yield Difference(SPAN, None, other, _level_of_span(other))


def _level_of_span(alone: Quantity) -> str:
    """Hardly any rendering leaves out how often: every week, রোজ."""
    return BLOCKING if alone.every and not alone.values else ASK


def _named_alone(
    side: Sequence[Quantity], other: Sequence[Quantity], settled: set[int]
) -> list[Quantity]:
    told = {unit for quantity in other for unit in (quantity.unit, quantity.per)}
    if "span" in told:  # for a while: কিছুদিন; as many days: যতদিন
        side = [one for one in side if not one.vague and (one.unit != "day" or one.values)]
    found: dict[str, Quantity] = {}
    for quantity in sorted(side, key=lambda one: not _is_strong(one)):
        unit = quantity.per or quantity.unit
        counts = quantity.loose or quantity.per
        is_free = (quantity.per and quantity.loose) or id(quantity) not in settled  # দিনে একটা
        if unit in TIME and counts and unit not in told and is_free:
            found.setdefault(unit, quantity)
    return list(found.values())


def _is_strong(quantity: Quantity) -> bool:
    unit = quantity.per or quantity.unit
    return quantity.every or quantity.vague or bool(quantity.per) or unit not in _WEAK
