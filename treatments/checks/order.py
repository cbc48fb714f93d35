"""What has changed places within a sentence: left and right, red and blue, face and legs."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise

import regex

from ..language.text import compile_pattern, sentence_spans
from .agreement import agreement
from .beside import NAMED, Agreement
from .lexicon import listed
from .medicines import medicines_in_both
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.words import WHENEVER, Word, words

# What says when something is done says nothing of what is done.
WHEN = frozenset(
    {"before/after", "until/after", "first/last", "start/stop", "early/late", "time/of day"}
)
# Each stands in a part of a sentence of its own, and hardly any rendering turns the parts round.
_PARTED = frozenset(
    listed(
        "left/right, time/of day, before/after, front/back, hot/cold, wet/dry, adult/child, "
        "man/woman, colour, weekday"
    )
)
# These do so where the numbers beside them keep their places.
_COUNTED = frozenset({"body", "form", "medicine"})
# What turns two round in Bangla: the left a day after the right, ডানের এক দিন পর বাঁ.
_RELATIONS = WHENEVER.union(
    listed(
        "after, before, than, from, instead, because, as, since, where, wherever, though, although, which, who, that, by, without, "
        "except, avoiding, excluding, besides, with, of"
    )
)
_NO_VERB = frozenset(
    listed("the, a, an, your, our, its, their, this, that, each, every, all, both, any, one, two")
)
_APART = 3  # words between two that are not just listed: Monday and Thursday


@dataclass(frozen=True)
class _Shared:
    """What both texts say once, by the number of the word in each."""

    english: int
    bangla: int
    said: tuple[Mention, Mention]
    kinds: frozenset[str]


def changed_places(english: str, bangla: str, known: Lexicon) -> Iterator[tuple[Mention, Mention]]:
    """The first of two of a set, and the Bangla for the other that stands in its place."""
    beside = agreement(english, bangla, known)
    shared = list(_shared(beside, english, bangla))
    for one, other in combinations(shared, 2):
        kinds = one.kinds & other.kinds
        if (
            _are_turned(one, other)
            and not _are_related(one, other, english)
            and not ("before/after" in kinds and _keep_company(one, other, beside))
            and (kinds & _PARTED or (kinds & _COUNTED and _keep_numbers(one, english, bangla)))
        ):
            yield one.said[0], other.said[1]
    yield from _between_clauses(beside, english, bangla)


_CLAUSE = compile_pattern(r"[.;:?!।](?=\s|$)")  # what ends one, of which both texts have as many


def _between_clauses(
    beside: Agreement, english: str, bangla: str
) -> Iterator[tuple[Mention, Mention]]:
    """Two of a set of which each stands in the clause of the other."""
    ends = [[match.end() for match in _CLAUSE.finditer(text)] for text in (english, bangla)]
    if len(ends[0]) != len(ends[1]):
        return
    moved = {}
    for one, other in named_once(beside):
        place = (bisect(ends[0], one.start), bisect(ends[1], other.start))
        if place[0] != place[1]:
            moved[place] = (one, other)
    for (here, there), (one, _other) in moved.items():
        back = moved.get((there, here))
        if here < there and back and one.kinds & back[1].kinds & (NAMED | _PARTED):
            yield one, back[1]


# “A, not B”, and B নয়, A: what is denied, between two marks and no clause by itself.
_DENIED = {
    "en": regex.compile(
        r"(?i)(?:[,–—-]|\band|\bbut)\s*not\s+(?P<what>[^,.;:()–—]{1,40})(?=[,.;:()–—]|$)"
    ),
    "bn": compile_pattern(
        r"(?:^|[,।;:()–—])(?P<what>[^,।;:()–—]{1,40}?)\s+নয়(?=\s*(?:[,।;:–—]|$))"
    ),
}


def turned_contrasts(
    english: str, bangla: str, known: Lexicon
) -> Iterator[tuple[Mention, Mention]]:
    """What is denied of two in the English, and the other one, which the Bangla denies instead."""
    spans = [
        [match.span("what") for match in _DENIED[code].finditer(text)]
        for code, text in (("en", english), ("bn", bangla))
    ]
    if [len(some) for some in spans] != [1, 1]:
        return
    (here,), (there,) = spans
    beside = agreement(english, bangla, known)
    sentence = next(
        index for index, (_start, end) in enumerate(sentence_spans(english)) if here[0] < end
    )
    placed = {
        (_is_within(one, here), _is_within(other, there)): (one, other)
        for one, other in (*_of_one_name(beside), *medicines_in_both(english, bangla))
        if one.sentence == other.sentence == sentence
    }
    turned = {(True, False), (False, True)}
    if beside.is_aligned and turned <= placed.keys() <= {*turned, (False, False)}:
        yield placed[True, False][0], placed[False, True][1]


def _of_one_name(beside: Agreement) -> Iterator[tuple[Mention, Mention]]:
    return (
        (one, other)
        for one in beside.english
        for other in beside.bangla
        if one.names & other.names and one.kinds & NAMED
    )


def _is_within(one: Mention | Word, span: tuple[int, int]) -> bool:
    return span[0] <= one.start < span[1]


def named_once(beside: Agreement) -> Iterator[tuple[Mention, Mention]]:
    """What both texts name once and for certain."""
    counts = [
        Counter(name for one in those for name in one.firm_names)
        for those in (beside.english, beside.bangla)
    ]
    once = {name for name in counts[0] if counts[0][name] == counts[1][name] == 1}
    for one in beside.english:
        for other in beside.bangla:
            if one.firm_names & other.firm_names & once and one.kinds - WHEN - {"plain"}:
                yield one, other


def _shared(beside: Agreement, english: str, bangla: str) -> Iterator[_Shared]:
    counts = [
        Counter((one.sentence, name) for one in those for name in one.names)
        for those in (beside.english, beside.bangla)
    ]
    places = [
        {word.start: number for number, word in enumerate(words(text, code))}
        for text, code in ((english, "en"), (bangla, "bn"))
    ]
    for one in beside.english:
        for concept in one.firm:
            others = [each for each in beside.bangla if concept.name in each.names]
            for other in filter(partial(beside.stand_together, one), others):
                places_of = (one.sentence, concept.name), (other.sentence, concept.name)
                if concept.kind in _PARTED | _COUNTED and all(
                    count[place] == 1 for count, place in zip(counts, places_of, strict=True)
                ):
                    yield _Shared(
                        places[0][one.start],
                        places[1][other.start],
                        (one, other),
                        frozenset({concept.kind}),
                    )


def _are_turned(one: _Shared, other: _Shared) -> bool:
    """Whether two that stand apart in a sentence stand the other way round in the Bangla."""
    apart = (one.english - other.english, one.bangla - other.bangla)
    return (
        one.said[0].sentence == other.said[0].sentence
        and one.said[1].sentence == other.said[1].sentence
        and (apart[0] < 0) != (apart[1] < 0)
        and min(map(abs, apart)) >= _APART
    )


def _are_related(one: _Shared, other: _Shared, english: str) -> bool:
    first, last = sorted((one.english, other.english))
    between = words(english, "en")[first + 1 : last + 1]
    is_of_parts = "front/back" in one.kinds & other.kinds  # the back of the head
    relations = _RELATIONS - {"of"} if is_of_parts else _RELATIONS
    return any(
        word.text in relations or _is_of_purpose(word, after) for word, after in pairwise(between)
    )


def _is_of_purpose(word: Word, after: Word) -> bool:
    """Whether a verb follows, which Bangla says first: cold packs to ease the heat."""
    return word.text == "to" and after.text not in _NO_VERB and not after.text[0].isdigit()


_NEAR = 3  # words of which one is what is said to be before or after


def _keep_company(one: _Shared, other: _Shared, beside: Agreement) -> bool:
    """Whether one of them is said of the same in both texts: before each session, প্রতি সেশনের
    আগে."""
    return any(_keeps_company(each, beside) for each in (one, other))


def _keeps_company(one: _Shared, beside: Agreement) -> bool:
    english, bangla = one.said
    after = [each for each in beside.english if _says(each) and each.start > english.start]
    before = [each for each in beside.bangla if _says(each) and each.end <= bangla.start][-1:]
    return any((near, each) in beside.pairs for near in after[:_NEAR] for each in before)


def _says(one: Mention) -> bool:
    return bool(one.kinds - {"plain", "before/after"})


def _keep_numbers(one: _Shared, english: str, bangla: str) -> bool:
    """Whether the numbers of their sentence stand in the same order."""
    halves = [
        [
            each.values
            for each in quantities(text, code)
            if each.values and not each.loose and begin <= each.start < end
        ]
        for text, code, (begin, end) in (
            (english, "en", sentence_spans(english)[one.said[0].sentence]),
            (bangla, "bn", sentence_spans(bangla)[one.said[1].sentence]),
        )
    ]
    return len(set(halves[0])) > 1 and halves[0] == halves[1]
