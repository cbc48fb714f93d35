"""Noes that stand at the wrong place, however often two texts say no in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..language.text import compile_pattern
from .base import ASK, BLOCKING, Words
from .denials import Sides, is_said_plainly
from .lexicon import listed
from .noes import (
    IMPLYING,
    SAYING_NO,
    Side,
    all_noes,
    between_marks,
    forms_of,
    number_of_noes,
    range_of,
)
from .reach import begins_anew, clause_of, is_conditional
from .reading.concepts import Mention
from .reading.words import WHENEVER, Word

Halves = tuple[tuple[Word, ...], tuple[Word, ...]]  # two sentences, English first


@dataclass(frozen=True)
class Disagreement:
    english: Words
    bangla: Words
    in_english: bool  # whether the English says no more often
    level: str
    is_plain: bool = False  # a mere না, and nothing else in either text that says no or nearly
    is_certain: bool = False  # the other text says the same of the same, without a no
    is_loose: bool = False  # the Bangla may say in other words what the English says
    bangla_noes: Words = ()  # without what stands in their gaps


MOST = 20  # noes of a sentence whose clauses are told apart


def of_one_thing(sides: Sides, readings: Sequence[tuple[Side, Side]]) -> Disagreement | None:
    """A no of what the other text says without one, however often they say no in all."""
    (one, other), (_, again) = readings
    if max(len(one.mentions), len(other.mentions)) > MOST:
        return None
    is_certain = not _say_no_as_often(sides)
    for no in other.mentions:
        is_no = not SAYING_NO.isdisjoint(forms_of(no.words)) and no in again.mentions
        if is_no and range_of(no)[0] and sides.is_added(no, SAYING_NO):
            spans = one.spans, ((no.start, no.end),)
            return Disagreement(*spans, False, BLOCKING, is_certain=is_certain)
    for no in one.mentions:
        says_no = no.names == {"not"} or no.kinds & IMPLYING
        if says_no and no in readings[1][0].mentions and sides.is_lost(no):
            return Disagreement(
                ((no.start, no.end),), other.spans, True, BLOCKING, is_certain=is_certain
            )
    return _lost_word(sides, 0)


def _say_no_as_often(sides: Sides) -> bool:
    """Whether both sentences have noes, and as many: then a rendering may have moved one."""
    counts = [sum(range_of(no)[0] > 0 for no in noes) for noes in sides.noes]
    return counts[0] == counts[1] > 0


def nearly_of_one_thing(sides: Sides, readings: Sequence[tuple[Side, Side]]) -> Disagreement | None:
    """An English no, or word that says one without it, of what the Bangla says without any in a
    clause that has a word more."""
    (one, other), (again, _) = readings
    if max(len(one.mentions), len(other.mentions)) > MOST:
        return None
    for no in one.mentions:
        if no.names == {"not"} and no in again.mentions and sides.is_lost(no, spare=1):
            return Disagreement(((no.start, no.end),), other.spans, True, ASK)
    return _lost_word(sides, 1)


# Rows of words that no rendering leaves out: free, rarely, at home.
_OWED = frozenset(
    listed(
        "free, few, impossible, indoors, hard, dangerous, unknown, alone, bare, keep dry, weak, numb, blind, "
        "hide, silent, resist, equal, proof, hold breath, keep still, unseen, unlike"
    )
)


def unanswered(sides: Sides, readings: Sequence[tuple[Side, Side]]) -> Disagreement | None:
    """An English word that says no without one, of which the Bangla says nothing: it is free."""
    one, other = readings[1]
    if any(range_of(no)[0] for no in sides.noes[1]) or other.answered:
        return None
    for said in one.mentions:
        if (
            said.kinds & _OWED
            and not number_of_noes(said)
            and not is_said_plainly(said, (), sides.beside, True)
        ):
            return Disagreement(((said.start, said.end),), (), True, ASK, is_certain=True)
    return None


def _lost_word(sides: Sides, spare: int) -> Disagreement | None:
    for said in sides.lost_words(spare):
        if not _is_answered(said, sides):
            level = ASK if spare else BLOCKING
            return Disagreement(((said[0].start, said[-1].end),), (), True, level)
    return None


def _is_answered(said: Sequence[Word], sides: Sides) -> bool:
    """Whether the Bangla has any word of the same row: stop, ছাড়লে."""
    names = frozenset().union(
        *(one.names for one in all_noes(tuple(sides.english), "en") if set(said) & set(one.words))
    )
    return any(names & other.names for other in all_noes(tuple(sides.bangla), "bn"))


_NUMBER = r"(?:once|twice|one|two|three|four|five|six|seven|eight|nine|ten|half|an?|[0-9]+)\b"
_AT_MOST = compile_pattern(
    rf"\b(?:only|just|at most|up to|(?:no|not|never) (?:more|longer|later) than|maximum(?: of)?)"
    rf" (?:for |about )?{_NUMBER}"
    rf"|\b{_NUMBER}(?: \w+){{1,2}} (?:at most|at the most|maximum|and no (?:more|longer))\b"
)
_OVER = compile_pattern(
    r"(?<!\bno )(?<!\bnot )(?<!\bnever )\b(?:more|longer|later|older|over|above)\b"
)
_NUMBERS = tuple(listed("এক, দু, তিন, চার, পাঁচ, ছয়, সাত, আট, নয়, দশ, আধ, দেড়, আড়াই"))


def beyond(sides: Sides) -> Disagreement | None:
    """“Only once” beside একবারের বেশি without the না that belongs to it."""
    said = " ".join(word.text for word in sides.english)
    if not _AT_MOST.search(said) or _OVER.search(said):
        return None
    for index, word in enumerate(sides.bangla):
        before = sides.bangla[max(index - 2, 0) : index]
        if (
            word.text == "বেশি"
            and before
            and before[-1].text.endswith("র")
            and any(one.text[0].isdigit() or one.text.startswith(_NUMBERS) for one in before)
        ):
            clause = clause_of(sides.bangla, word, "bn")
            if any(map(is_conditional, clause)) or any(
                one_word in clause and one_word is not word
                for no in sides.noes[1]
                for one_word in no.words
            ):
                continue
            spans = ((before[0].start, word.end),)
            return Disagreement(
                ((sides.english[0].start, sides.english[-1].end),),
                spans,
                True,
                BLOCKING,
                is_certain=True,
            )
    return None


_ORDER = frozenset({"do not", "don't", "never"})


def half_an_order(halves: Halves, sides: tuple[Side, Side], denied: Sides) -> Disagreement | None:
    """“Do not touch or lift” asks for a no at each of its Bangla verbs, or for one after বা."""
    english, bangla = halves
    text = [word.text for word in english]
    orders = {index for index, pair in enumerate(pairwise(text)) if " ".join(pair) in _ORDER}
    orders |= {index for index, word in enumerate(text) if word in _ORDER}
    if not any(not index or begins_anew(english, index) for index in orders):
        return None
    noes = {index - 1 for index, word in enumerate(bangla) if word.text in ("না", "নয়")}
    orders = [index for index, word in enumerate(bangla) if word.text.endswith("বেন")]
    bare = [bangla[index] for index in orders if index not in noes]
    if not bare or len(bare) == len(orders):
        return None
    if not sides[0].joined or sides[1].joined:
        bare = [word for word in bare if _is_of_a_list(word, halves, denied)]
    if not bare:
        return None
    return Disagreement(
        sides[0].spans, tuple((word.start, word.end) for word in bare), True, BLOCKING
    )


_JOINING = frozenset(listed("এবং, আর, ও, বা, কিংবা, অথবা"))
_ORDERS = tuple(listed("বেন, ুন"))  # how a verb ends that asks for something


def avoided(sides: Sides) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """What says “avoid” in both texts, where the English avoids two acts: dust and wearing a cap."""
    english, bangla = ([no for no in noes if no.kinds & {"avoid"}] for noes in sides.noes)
    after = [word.text for word in sides.english if english and word.start >= english[-1].end]
    joins = any(
        word in {"and", "or"} and another.endswith("ing") for word, another in pairwise(after)
    )
    return (english, bangla) if joins else ((), ())


def half_avoided(sides: Sides) -> Disagreement | None:
    """Two that are to be avoided, of which the Bangla asks for the second: ধুলা এড়িয়ে চলুন, আর
    টুপি পরুন."""
    english, bangla = avoided(sides)
    if not (english and bangla):
        return None
    after = [word for word in sides.bangla if word.start >= bangla[-1].end]
    joints = [index for index, word in enumerate(after) if word.text in _JOINING]
    second = after[joints[0] :] if joints else []
    orders = [word for word in second if word.text.endswith(_ORDERS)]
    if not orders or any(not SAYING_NO.isdisjoint(word.forms) for word in second):
        return None
    return Disagreement(
        tuple((one.start, one.end) for one in english),
        tuple((word.start, word.end) for word in orders),
        True,
        BLOCKING,
    )


_LIGHT = frozenset(listed("কর-, দে-, খা-, কাট-, লাগা-, মার-, তোল-"))  # with a noun before it: শেভ করবেন


def _is_of_a_list(order: Word, halves: Halves, denied: Sides) -> bool:
    """Whether the English denies what an order of the Bangla says that no বা joins to the next."""
    english, bangla = halves
    index = bangla.index(order)
    after = bangla[index + 1 : index + 2]
    if (after and after[0].text in ("বা", "কিংবা", "অথবা", "ও", "আর")) or "or" not in {
        word.text for word in english
    }:
        return False
    is_light = index > 0 and not _LIGHT.isdisjoint(order.forms)
    return denied.denies(bangla[index - 1] if is_light else order)


def moved(halves: Halves, readings: Sequence[tuple[Side, Side]]) -> Disagreement | None:
    """A no that stands in a condition of one text and in the advice of the other: না গেলে … করবেন
    is not “do not … before”."""
    english, bangla = halves
    one, other = readings[0]
    if not one.least or not other.least:
        return None
    advice = [
        no
        for no in other.mentions
        if range_of(no)[0] and not is_condition(no, bangla) and not _is_until(no, other)
    ]
    is_all = any(map(is_conditional, bangla[-1:]))  # of a list of what may be: … না শুকালে
    if (
        advice
        or is_all
        or other.answered
        or not any(_is_in_main_clause(no, english) for no in one.mentions)
    ):
        return None
    return Disagreement(one.spans, other.spans, True, BLOCKING)


def _is_until(no: Mention, bangla: Side) -> bool:
    """Whether a না belongs to an “until” and nothing else of the Bangla may say no, or to wait."""
    return no.form[-1] in ("পর্যন্ত", "অবধি") and not any(
        range_of(one)[1] for one in bangla.mentions if one is not no
    )


_SUBORDINATE = WHENEVER.union(
    listed(
        "who, whose, that, which, because, what, whatever, as, provided, case, where, after, without, although, though"
    )
)


def _is_in_main_clause(no: Mention, english: Sequence[Word]) -> bool:
    """Whether it is said of a verb before which no condition or relative clause begins."""
    before = [word.text for word in english if word.start < no.words[-1].start]
    is_of_a_verb = any(
        word.text in ("not", "cannot", "never") or word.text.endswith("n't") for word in no.words
    )
    return is_of_a_verb and _SUBORDINATE.isdisjoint(before)


def is_condition(no: Mention, bangla: Sequence[Word]) -> bool:
    """Whether a না belongs to a condition: না গেলে, না নিয়ে."""
    if number_of_noes(no) > 1:
        return False  # না … না: one of them is in the advice
    after = next((piece for piece in between_marks(bangla) if no.words[-1] in piece), ())
    after = [word for word in after if word.start >= no.end][:2]
    return any(map(is_conditional, (*no.words, *after)))
