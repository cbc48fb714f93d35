"""Numbers of two texts that have changed places."""

from collections.abc import Iterator

import regex

from .amounts import ORDER, Amount, Difference, Match, in_full, is_one
from .base import ASK, BLOCKING
from .reading.quantity import SHARE, TIME

# The Bangla clause that belongs to one of these stands before the other one.
_TURNING = regex.compile(
    r"\b(?:after|before|of|instead|than|until|till|from|if|when|(?<!at )once|for|unless|as|while|with|"
    r"rather|against|above|below|over|under|within|thick|wide|long|deep|high|tall)\b",
    regex.IGNORECASE,
)


_FOR = regex.compile(r"\bfor\b", regex.IGNORECASE)
_DURING = regex.compile(r"\b(?:in|during|over) the\b", regex.IGNORECASE)  # said first in Bangla
_SENTENCE = regex.compile(r"[.;!?।](?:\s|$)")


def disorder(matches: list[Match], texts: tuple[str, str]) -> Iterator[Difference]:
    matches = sorted(matches, key=lambda match: match[0].start)
    for index, first in enumerate(matches):
        for second in matches[index + 1 :]:
            if any(_nature(one) != _nature(two) for one, two in zip(first, second, strict=True)):
                continue  # half after four peels; ten minutes on the first day
            if _are_firm(first, second) and _are_swapped(first, second):
                level = _order_level(first, second, texts)
                yield Difference(ORDER, first[0].of, first[1].of, level)
            elif _are_counted_off(first, second) and first[1].start > second[1].start:
                if not _TURNING.search(texts[0][: second[0].start]):
                    yield Difference(ORDER, first[0].of, first[1].of)
            elif _are_durations(first, second) and first[1].start > second[1].start:
                between = texts[0][first[0].of.end : second[0].of.start]
                turning = _TURNING.search(_FOR.sub("", between)) or _DURING.search(between)
                if not turning and not _SENTENCE.search(between):
                    yield Difference(ORDER, first[0].of, first[1].of, ASK)


def _are_counted_off(first: Match, second: Match) -> bool:
    """In the first week, and in the second."""
    those = [in_full(amount.said) for match in (first, second) for amount in match]
    are_ordinals = all(said.ordinal and said.unit for said in those)
    return (
        are_ordinals
        and len({said.unit for said in those}) == 1
        and those[0].values < those[2].values
    )


def _are_firm(*matches: Match) -> bool:
    """Whether all are numbers that count; beside another time an hour is one hour."""
    firm = [not (_are_single(match) or _are_loose(match)) for match in matches]
    units = {amount.said.unit for match in matches for amount in match}
    are_times = len(units) == 1 and units <= frozenset(TIME)
    return all(firm) or (are_times and any(firm))


def _are_single(match: Match) -> bool:
    return all(is_one(amount.said) for amount in match)


def _are_loose(match: Match) -> bool:
    return all(amount.said.loose for amount in match)


def _order_level(first: Match, second: Match, texts: tuple[str, str]) -> str:
    if _are_shares(first, second):
        return BLOCKING
    (english, bangla), (other_english, other_bangla) = (
        [amount.key for amount in match] for match in (first, second)
    )
    if english == other_bangla != bangla == other_english:
        return BLOCKING  # each has the other's unit
    keys = (english, bangla, other_english, other_bangla)
    if not all(same_key(one, other) for one in keys for other in keys):
        return ASK
    between = [
        text[min(one.of.end, other.of.end) : max(one.of.start, other.of.start)]
        for text, one, other in zip(texts, first, second, strict=True)
    ]
    if all(map(_SENTENCE.search, between)):
        return BLOCKING
    return ASK if _TURNING.search(between[0]) else BLOCKING


def _are_durations(first: Match, second: Match) -> bool:
    """Whether two times have changed places with their units: 24 hours, a week."""
    return first[0].key != second[0].key and all(
        amount.said.unit in TIME and not amount.said.every and amount.said.form != SHARE
        for match in (first, second)
        for amount in match
    )


def _nature(amount: Amount) -> tuple[bool, bool, bool]:
    """Numbers of which one is a part, is counted in order or comes round, and the other is none of
    these, are told apart by that."""
    is_part = amount.of.form == SHARE or all(0 < value < 1 for value in amount.said.values)
    return is_part, amount.said.ordinal, amount.said.every


def _are_swapped(first: Match, second: Match) -> bool:
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
    return not same_key(english, bangla) and not same_key(other_english, other_bangla)


def _are_shares(first: Match, second: Match) -> bool:
    return all(
        one.of is two.of and one.of.form == SHARE for one, two in zip(first, second, strict=True)
    )


def _in_one_share(first: Match, second: Match) -> bool:
    """Whether one language turns the two round: "27 of 29" and "২৯ জন আসেন, ২৭ জন থাকেন"."""
    (english, bangla), (other_english, other_bangla) = first, second
    if english.of is other_english.of and english.of.form == SHARE:
        part, whole = english.of.starts
        return part < whole
    return bangla.of is other_bangla.of and bangla.of.form == SHARE


def same_key(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[1] == other[1] and (one[0] == other[0] or "" in {one[0], other[0]})
