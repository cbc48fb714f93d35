"""Which texts of a file are translations of each other, told by where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

BOTH = "both"  # in both languages already, or beside an empty half
Run = list[int]


@dataclass(frozen=True)
class Matching:
    places: list[tuple[int, ...]]  # of one text, or of a text and its translation; in order
    is_sure: bool


def matching(languages: Sequence[str]) -> Matching:
    """Pairs texts whose languages are "en", "bn" or BOTH, in the order in which they stand.

    Texts in one language are paired within a stretch between those that have both. Where the
    languages take turns, a text belongs to the one right below it; where several stand together,
    the first belongs to the first, which is not sure if there are more of one language.
    """
    found: list[tuple[int, ...]] = []
    is_sure = True
    for is_both, stretch in groupby(enumerate(languages), lambda one: one[1] == BOTH):
        if is_both:
            found += [(place,) for place, _language in stretch]
            continue
        turns = [*_turns([*stretch])]
        if len(turns) > 1 and all(min(map(len, turn)) <= 1 for turn in turns):
            found += [places for turn in turns for places in _neighbours(*turn)]
        else:
            is_sure &= _are_even(turns)
            found += [places for turn in turns for places in _in_order(*turn)]
    return Matching(sorted(found), is_sure)


def _turns(stretch: list[tuple[int, str]]) -> Iterator[tuple[Run, Run]]:
    """Texts in the language that comes first, and those in the other below them."""
    runs = [
        [place for place, _language in run] for _code, run in groupby(stretch, lambda one: one[1])
    ]
    yield from zip_longest(runs[::2], runs[1::2], fillvalue=[])


def _are_even(turns: list[tuple[Run, Run]]) -> bool:
    """Whether blocks are as long as their translations, and no single texts stand among them."""
    sizes = {len(first) for first, second in turns if second}
    is_mixed = 1 in sizes and len(sizes) > 1
    return not is_mixed and all(len(first) == len(second) or not second for first, second in turns)


def _neighbours(first: Run, second: Run) -> list[tuple[int, ...]]:
    beside = [(first[-1], *second[:1])]
    return [*((place,) for place in first[:-1]), *beside, *((place,) for place in second[1:])]


def _in_order(first: Run, second: Run) -> list[tuple[int, ...]]:
    pairs = zip_longest(first, second)
    return [tuple(place for place in pair if place is not None) for pair in pairs]
