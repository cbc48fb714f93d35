"""Numbers of two texts that have changed places with their things or times staying where they are:
five days on the face and ten on the back; weekly at first, later once a month."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product

import regex

from ..language.text import compile_pattern, sentence_spans
from .agreement import Agreement, agreement
from .amounts import ORDER, Amount, Difference, Match, counterparts, frequencies
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.quantity import SHARE, Quantity

# What leads from one time to the next.
_THEN = {
    "en": compile_pattern(
        r"(?<!\b(?:only|until|till|by|since|from|and if|if)\s)\bthen\b|\b(?:after that|thereafter|"
        r"subsequently|followed by)\b|(?:(?:^|[,;:.—(]\s*|\band\s+)(?:later|afterwards)\b)",
        regex.IGNORECASE,
    ),
    "bn": compile_pattern(
        r"(?<!\p{L}|\p{M})(?:তারপরে?|তার পরে?|এরপরে?|এর পরে?|পরবর্তীতে)(?!\p{L}|\p{M})"
        r"|(?:(?:^|[,;:।—(]\s*|(?<!\p{L}|\p{M})(?:আর|এবং|ও)\s+)পরে(?!\p{L}|\p{M}))"
    ),
}
_CLAUSE = {
    "en": r"[,;.!?()—]+(?:\s|$)|\s(?:and|but|or(?!\s(?:more|less|fewer)\b))\s",
    "bn": r"[,;.!?।()—]+(?:\s|$)|\s(?:আর|এবং|ও|তবে|কিন্তু|(?:বা|কিংবা|অথবা)(?!\s(?:তার|এর)))\s",
}
_CONDITION = r"|(?<=\p{L}লে[ইও]?)\s"  # which may be a clause by itself
_OPEN = frozenset({"act", "quality", "thing"})
_JOINING = frozenset({"plain", "and/or"})
_WHERE = frozenset({"place", "indoors/outdoors"})  # may be said first or last: at home


def changed_places(english: str, bangla: str, known: Lexicon) -> Iterator[Difference]:
    """Each number with the one that stands in its place."""
    matches = _sure_matches(english, bangla)
    told: set[int] = set()
    for one, other in (
        *_between_times(matches, english, bangla),
        *_between_things(matches, english, bangla, known, is_turned=True),
    ):
        if not {id(one[0]), id(other[0])} & told:
            told |= {id(one[0]), id(other[0])}
            yield Difference(ORDER, one[0].of, one[1].of)


def moved_along(english: str, bangla: str, known: Lexicon) -> Iterator[Quantity]:
    """The English numbers that stand in another place in the Bangla, together with their things."""
    matches = _sure_matches(english, bangla)
    for one, other in _between_things(matches, english, bangla, known, is_turned=False):
        yield from (one[0].of, other[0].of)


@lru_cache(maxsize=512)
def _sure_matches(english: str, bangla: str) -> tuple[Match, ...]:
    """The numbers that each text says once, and rates without a number: weekly, সপ্তাহে একবার."""
    said, also = quantities(english, "en"), quantities(bangla, "bn")
    matches, *left = counterparts(said, also)
    for side, those in zip(left, (said, also), strict=True):
        side += [Amount(one, one) for one in those if one.every and not one.values]
    for one in left[0]:
        other = next((b for b in left[1] if frequencies(one.said) & frequencies(b.said)), None)
        if other:
            matches.append((one, other))
            left[1].remove(other)
    return tuple(
        match
        for match in matches
        if match[0].of.form != SHARE != match[1].of.form
        and all(
            sum(_may_be(each.of, one) for one in side) == 1
            for side, each in zip((said, also), match, strict=True)
        )
    )


def _may_be(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers of a text may be taken for each other: two pills, and two or more."""
    told = [(said.values, said.every, said.ordinal) for said in (one, other)]
    return told[0] == told[1] and all(
        mine == yours or (bool(one.values) and "" in {mine, yours})
        for mine, yours in ((one.unit, other.unit), (one.per, other.per))
    )


def _place(amount: Amount | Mention, begins: Sequence[int]) -> int:
    return sum(begin <= amount.start for begin in begins)


def _between_times(
    matches: Sequence[Match], english: str, bangla: str
) -> Iterator[tuple[Match, Match]]:
    """What is first in the one text and then in the other, or in another sentence."""
    for begins in (
        tuple(
            [mark.start() for mark in _THEN[code].finditer(text)]
            for code, text in _texts(english, bangla)
        ),
        tuple([start for start, _end in sentence_spans(text)] for text in (english, bangla)),
    ):
        if len(begins[0]) != len(begins[1]):
            continue
        for one, other in combinations(matches, 2):
            (here, there), (here_too, there_too) = (
                [_place(amount, those) for amount, those in zip(match, begins, strict=True)]
                for match in (one, other)
            )
            if here == there_too != there == here_too:
                yield one, other


def _between_things(
    matches: Sequence[Match], english: str, bangla: str, known: Lexicon, *, is_turned: bool
) -> Iterator[tuple[Match, Match]]:
    """What is said of one thing in the one text, and of the other in the other; or else what is
    said of the same two things in both."""
    if len(matches) < 2:
        return
    spans = [(one.of.start, one.of.end) for one, _other in matches]
    named = [
        (one, other)
        for one, other in _named_once(agreement(english, bangla, known))
        if not any(start <= one.start < end for start, end in spans)
    ]
    for condition in ("", _CONDITION):
        ends = {**_CLAUSE, "bn": _CLAUSE["bn"] + condition}
        begins = [
            [mark.end() for mark in compile_pattern(ends[code], regex.IGNORECASE).finditer(text)]
            for code, text in _texts(english, bangla)
        ]
        kinds: dict[tuple[int, int], set[str]] = defaultdict(set)
        for one, other in named:
            kinds[_place(one, begins[0]), _place(other, begins[1])] |= (
                one.kinds & other.kinds or one.kinds | other.kinds
            )
        places = [(_place(one, begins[0]), _place(other, begins[1])) for one, other in matches]
        for first, second in combinations(range(len(matches)), 2):
            (here, there), (here_too, there_too) = places[first], places[second]
            if here == here_too or there == there_too:
                continue
            pairs = [((here, there), (here_too, there_too)), ((here, there_too), (here_too, there))]
            with_things, others = pairs[::-1] if is_turned else pairs
            # Another number may be the thing as well: if there are up to five.
            numbers = {place for n, place in enumerate(places) if n not in {first, second}}
            others = set(others) & (numbers | kinds.keys())
            if not set(with_things) <= numbers | kinds.keys() or len(others) == 2:
                continue
            one, other = (kinds.get(place, set()) - _OPEN for place in with_things)
            # One thing may be said of both, first in the one text and last in the other.
            if one & other or (is_turned and not others and not condition):
                yield matches[first], matches[second]


def _texts(english: str, bangla: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("en", english), ("bn", bangla)


def _named_once(beside: Agreement) -> Iterator[tuple[Mention, Mention]]:
    """What both texts name only once, and one of them for certain: মুখ is a face or a mouth."""
    counts = [
        Counter(name for one in those for name in one.names)
        for those in (beside.english, beside.bangla)
    ]
    once = {name for name in counts[0] if counts[0][name] == counts[1][name] == 1}
    named_once = (
        [one for one in those if not once.isdisjoint(one.names)]
        for those in (beside.english, beside.bangla)
    )
    for one, other in product(*named_once):
        shared = (one.firm_names & other.names) | (one.names & other.firm_names)
        if shared & once and (one.kinds | other.kinds) - _JOINING and not one.kinds & _WHERE:
            yield one, other
