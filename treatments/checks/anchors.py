"""Opposites that two texts say of the very same word: thick skin, পাতলা চামড়া; the pain eases,
ব্যথা … বেড়ে যায়."""

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise, takewhile

from .agreement import agreement
from .beside import Agreement
from .idle_noes import ENGLISH_NOES, SAYING_NO
from .joints import AND_OR
from .lexicon import listed
from .reach import are_marked_off, clause_of
from .reading.concepts import Lexicon, Mention
from .reading.words import NOES, Word, words

# Of these the other one may as well be said: before A, B; A, তারপর B.
_TURNED = frozenset({AND_OR, "before/after", "until/from then", "early/late", "must/may"})


def opposed(english: str, bangla: str, known: Lexicon) -> Iterator[tuple[Mention, Mention]]:
    """What the English says of a word, and the opposite that the Bangla says of it there."""
    beside = agreement(english, bangla, known)
    apart = _begins(bangla)
    for one in beside.english:
        if not one.opposites - _TURNED or id(one) in beside.firmly_paired:
            continue
        for said, there in beside.pairs:
            if not said.kinds - {"plain"} or said.opposites or said.sentence != one.sentence:
                continue
            if not beside.stand_together(said, there):
                continue
            others: Iterable[Mention] = ()
            if _are_next(one, said, beside):
                others = [each for each in beside.bangla if each.end + 1 == there.start]
                if not any(_shared(one, each) for each in others):
                    others = _behind(there, one, beside, words(bangla, "bn"), apart)
            elif _are_next(said, one, beside) and not _is_denied(one, english):
                others = _behind(there, one, beside, words(bangla, "bn"), apart)
            for other in others:
                if (
                    id(other) not in beside.firmly_paired
                    and not {id(one), id(other)} <= beside.paired
                    and _are_opposed(one, other)
                    and not _say_both(one, other, beside)
                ):
                    yield one, other


_WITHIN = 3  # words between “before” and what it is said of
_BEFORE, _AFTER = "before/after before", "before/after after"


def turned_time(english: str, bangla: str, known: Lexicon) -> Iterator[tuple[Mention, Mention]]:
    """A “before” of which the Bangla says “after” the very same, or the other way round: before you
    start, শুরুর পরে."""
    beside = agreement(english, bangla, known)
    those = words(english, "en")
    for one in beside.english:
        poles = one.poles("before/after") if one.kinds & {"before/after"} else frozenset()
        if len(poles) != 1 or _is_joined(one, those, beside):
            continue
        near = _said_of(one, those, beside)
        for _one, there in (pair for pair in beside.pairs if pair[0] in near):
            other = next((each for each in beside.bangla if each.start == there.end + 1), None)
            if (
                other
                and there.words[-1].text.endswith("র")
                and other.kinds & {"before/after"}
                and len(other.words) == 1
                and {*poles, *other.poles("before/after")} == {_BEFORE, _AFTER}
            ):
                yield one, other


_SAME = frozenset({"it", "that", "this"})


def _is_joined(one: Mention, english: Sequence[Word], beside: Agreement) -> bool:
    """Whether it is one of two that are said of the same: before and after; before the operation
    and two weeks after it."""
    places = [
        english.index(each.words[0])
        for each in beside.english
        if "before/after" in each.kinds and each.sentence == one.sentence and each is not one
    ]
    place = english.index(one.words[0])
    return any(
        abs(each - place) == 2
        or each + 1 == len(english)
        or english[each + 1].text in _SAME
        or are_marked_off((english[each], english[each + 1]))
        for each in places
    )


def _said_of(one: Mention, english: Sequence[Word], beside: Agreement) -> list[Mention]:
    """What a “before” or “after” stands before, where no mark parts the two."""
    index = english.index(one.words[-1])
    near = english[index + 1 : index + 2 + _WITHIN]
    within = list(
        takewhile(lambda pair: not are_marked_off(pair), pairwise((english[index], *near)))
    )
    starts = {word.start for _before, word in within}
    return [
        each
        for each in beside.english
        if each.start in starts and each.kinds - {"plain", "before/after"}
    ]


# What the English says of more than one, and the Bangla instead.
_OF_SEVERAL = frozenset(listed("all, both, every"))
_NUMBERS = frozenset(listed("one, a, an, two, three, other, second, third"))
_SINGLE = frozenset(listed("এক, একটি, একটা, একজন, একখানা"))
# With these one is not the only one.
_OTHERS = frozenset(listed("অন্য, আরেক, প্রতি, করে, কোনো, পরপর, পর, অন্তর, বাদ, বাদে"))


def singled_out(english: str, bangla: str, known: Lexicon) -> Iterator[tuple[Word, Word]]:
    """“Both armpits”, এক বগলে; “all clothes”, একটি কাপড়."""
    beside = agreement(english, bangla, known)
    those, theirs = words(english, "en"), words(bangla, "bn")
    for index, word in enumerate(those):
        if word.text not in _OF_SEVERAL:
            continue
        after = set()
        for before, one in pairwise(those[index : index + 4]):
            if are_marked_off((before, one)) or one.text in _NUMBERS:
                break
            after.add(one.start)
        for place in _places(after, beside, theirs):
            around = {each.text for each in theirs[max(place - 3, 0) : place + 2]}
            if place and theirs[place - 1].text in _SINGLE and not around & _OTHERS:
                yield word, theirs[place - 1]


_NOT_COUNTING = frozenset(listed("of, or, in, to, by, at, and, after, more, another, half, third"))
_TWO = frozenset(listed("দুই, দু, দুটি, দুটো, দুটা, উভয়, দুইটি"))
_SEVERAL = frozenset(listed("two, both, pair, couple, twice, second, each, every"))


def doubled(english: str, bangla: str, known: Lexicon) -> Iterator[tuple[Word, Word]]:
    """“One eyelid”, দুই চোখের পাতা."""
    beside = agreement(english, bangla, known)
    those, theirs = words(english, "en"), words(bangla, "bn")
    for index, word in enumerate(those[:-1]):
        here = {each.text for each in those if each.sentence == word.sentence}
        if word.text != "one" or those[index + 1].text in _NOT_COUNTING or here & _SEVERAL:
            continue
        after = {one.start for one in those[index + 1 : index + 3]}
        for place in _places(after, beside, theirs):
            for other in theirs[max(place - 1, 0) : place + 1]:
                if other.text in _TWO:  # দুই পায়ে is a phrase
                    yield word, other


def _places(starts: Set[int], beside: Agreement, bangla: Sequence[Word]) -> Iterator[int]:
    """Where the Bangla says what stands at these places of the English."""
    for said, there in beside.pairs:
        if said.start in starts and said.kinds != {"plain"}:
            yield bangla.index(there.words[0])


def _begins(bangla: str) -> list[int]:
    """Where what follows a mark begins."""
    return [
        after.start
        for word, after in pairwise(words(bangla, "bn"))
        if are_marked_off((word, after)) or word.sentence != after.sentence
    ]


_FARTHEST = 8  # letters between a word and what it is said of


def _are_next(one: Mention, after: Mention, beside: Agreement) -> bool:
    """Whether nothing but “of the” or a helping verb stands between two English words."""
    if not one.end < after.start <= one.end + _FARTHEST:
        return False
    between = [each for each in beside.english if one.end < each.start and each.end < after.start]
    return (
        all(each.kinds == {"plain"} for each in between)
        and sum(each.end - each.start + 1 for each in between) == after.start - one.end - 1
    )


def _is_denied(one: Mention, english: str) -> bool:
    clause = clause_of(words(english, "en"), one.words[0], "en")
    return any(word.text in ENGLISH_NOES for word in clause)


def _behind(
    there: Mention, one: Mention, beside: Agreement, bangla: Sequence[Word], apart: Sequence[int]
) -> list[Mention]:
    """The first word of its set behind a Bangla word, before any mark, where no no follows."""
    end = next((start for start in apart if start > there.start), math.inf)
    clause = [word for word in bangla if there.end < word.start < end]
    if any(word.text in NOES or not SAYING_NO.isdisjoint(word.forms) for word in clause):
        return []
    return [each for each in beside.bangla if each.words[0] in clause and _shared(one, each)][:1]


def _are_opposed(one: Mention, other: Mention) -> bool:
    return any(one.poles(kind).isdisjoint(other.poles(kind)) for kind in _shared(one, other))


def _say_both(one: Mention, other: Mention, beside: Agreement) -> bool:
    """Whether either text says what both say: before it starts until after it ends."""

    def say(those: Iterable[Mention], the_same: Mention, kind: str, sentence: int) -> bool:
        return any(
            kind in each.kinds
            and each.sentence == sentence
            and each.poles(kind) & the_same.poles(kind)
            for each in those
        )

    return any(
        say(beside.english, other, kind, one.sentence)
        and say(beside.bangla, one, kind, other.sentence)
        for kind in _shared(one, other)
    )


def _shared(one: Mention, other: Mention) -> frozenset[str]:
    """The sets of the Bangla word to which the English one may belong as well."""
    return frozenset(kind for kind in other.opposites - _TURNED if one.poles(kind))
