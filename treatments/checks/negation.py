"""Whether a “do not” is still a “do not”, sentence by sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.text import compile_pattern, sentence_spans
from .agreement import Agreement, agreement, lexicon
from .base import ASK, BLOCKING, Check, Finding, Subject
from .closeness import leftover, sure_of_no
from .denials import Sides, is_said_plainly, is_unable
from .lexicon import listed
from .misplaced import (
    MOST,
    Disagreement,
    Halves,
    avoided,
    beyond,
    half_an_order,
    half_avoided,
    is_condition,
    moved,
    nearly_of_one_thing,
    of_one_thing,
    unanswered,
)
from .noes import (
    IN_FULL,
    SAYING_NO,
    Side,
    all_noes,
    forms_of,
    marks_of,
    number_of_noes,
    polarity,
    range_of,
    saying,
    sides_of,
    without_implied,
)
from .passages import PairedText, paired_texts
from .reach import clause_of, within_conditions
from .reading.concepts import Lexicon, Mention
from .reading.words import UNDONE, WITHOUT, Word, words
from .snippets import quotes

LANGUAGES = ("en", "bn")
_MERE = {("না",), ("=নি",), ("যা-", "না"), ("পার-", "না"), ("হ-", "না")}


class NegationsAgree(Check):
    id = "negation"
    name = _("“Not” stands in both languages")
    why = _("A lost “do not” turns a warning into advice.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        known = lexicon(subject.terms)
        for passage in paired_texts(subject):
            for found in disagreements(passage.en, passage.bn, known):
                yield self._found(subject, passage, found)

    def _found(self, subject: Subject, passage: PairedText, found: Disagreement) -> Finding:
        message = (
            gettext("The English says “not”, the Bangla does not, or not as often.")
            if found.in_english
            else gettext("The Bangla says “not”, the English does not, or not as often.")
        )
        return self.finding(
            subject,
            passage.place,
            message,
            gettext("Say no, or do not say no, in the same sentence of both languages."),
            level=found.level,
            english=found.english,
            bangla=found.bangla,
            about=" / ".join(
                text[start:end]
                for text, spans in ((passage.en, found.english), (passage.bn, found.bangla))
                for start, end in spans
            ),
            quotes=quotes(
                passage.en,
                passage.bn,
                found.english[0][0] if found.english else 0,
                found.bangla[0][0] if found.bangla else 0,
            ),
        )


@lru_cache(maxsize=1024)
def disagreements(english: str, bangla: str, known: Lexicon) -> tuple[Disagreement, ...]:
    others = leftover(english, bangla, known)
    sure = list(_turned_answer(words(english, "en"), words(bangla, "bn")))
    for halves in _side_by_side(english, bangla):
        if found := _disagreement(english, bangla, halves, known):
            level = sure_of_no(
                found.level,
                others.beside(found.english, found.bangla_noes or found.bangla),
                found.in_english,
                is_plain=found.is_plain,
                is_certain=found.is_certain,
                is_loose=found.is_loose,
            )
            sure.append(replace(found, level=level))
    return tuple(sure)


_ANSWERING = frozenset(listed("পার-, যা-, হ-, চল-"))  # what a verb by itself says yes or no with


def _turned_answer(english: Sequence[Word], bangla: Sequence[Word]) -> Iterator[Disagreement]:
    """“Yes, …” beside পারবেন না, …"""
    one, other = (_first_words(those) for those in (english, bangla))
    if len(one) != 1 or one[0].text != "yes" or not 1 <= len(other) <= 2:
        return
    verbs, no = other[:-1], other[-1]
    if not SAYING_NO.isdisjoint(no.forms) and all(
        not _ANSWERING.isdisjoint(verb.forms) for verb in verbs
    ):
        spans = [((those[0].start, those[-1].end),) for those in (one, other)]
        yield Disagreement(spans[0], spans[1], False, BLOCKING)


def _first_words(those: Sequence[Word]) -> Sequence[Word]:
    """Those before the first mark."""
    for index, (word, after) in enumerate(pairwise(those)):
        if after.start > word.end + 1:
            return those[: index + 1]
    return those


def _side_by_side(english: str, bangla: str) -> Iterator[Halves]:
    """Sentence beside sentence where there are as many, else the texts as wholes."""
    halves = words(english, "en"), words(bangla, "bn")
    number = len(sentence_spans(english))
    if number != len(sentence_spans(bangla)):
        yield halves
        return
    for index in range(number):
        yield tuple(tuple(word for word in half if word.sentence == index) for half in halves)


def _disagreement(english: str, bangla: str, halves: Halves, known: Lexicon) -> Disagreement | None:
    halves = _without_answers(halves)
    beside = agreement(english, bangla, known)
    sides = _sides(english, bangla, halves, known)
    if found := beyond(sides):
        return found
    readings = [
        without_implied(sides, sides_of(*halves, beside, turning=turning))
        for turning in (False, True)
    ]
    if any(0 <= one.least - other.least <= other.perhaps for one, other in readings):
        return (
            half_an_order(halves, readings[0], sides)
            or half_avoided(sides)
            or moved(halves, readings)
            or of_one_thing(sides, readings)
            or nearly_of_one_thing(sides, readings)
            or unanswered(sides, readings)
        )
    one, other = readings[1]
    if _is_answer(halves[0]) and one.least and other.least:
        return None
    if not one.least and _goes_on(halves[1], one, other, beside):
        return None
    if found := of_one_thing(sides, readings):
        return found
    if abs(one.least - other.least) == 1 and any(
        not within and _stand_within(halves, pair)
        for *pair, within in _turned_round(english, bangla, (one, other), known)
    ):
        return None
    if other.least - one.least == 1 and _avoids_also(sides, other):
        return None
    apart = min(_apart(*sides, halves[1], beside) for sides in readings)
    if apart <= 0 and max(one.least, other.least) > 1 and one.least and other.least:
        fewer = min((one, other), key=lambda side: side.least)
        if fewer.joined:
            return None  # “do not scratch or pick”, with a না at each of its verbs
    noes = [no for no in other.mentions if range_of(no)[0]]
    is_short = len(noes) <= MOST
    if is_short and one.least < other.least and sides.are_said_of_both(noes, SAYING_NO):
        return None  # “do not scratch, rub or pick”, with a না at each of its verbs
    is_certain = is_free = is_loose = False
    if is_short and one.least < other.least:
        is_certain = _are_certain(sides, one, other, apart)
        is_free = not is_certain and _is_said_freely(*halves, other)
        if len(noes) == 1 and sides.may_be_free(noes[0], SAYING_NO):
            is_certain, is_loose = False, True
    is_free |= bool(noes) and is_short and all(sides.is_of_manner(no, SAYING_NO) for no in noes)
    nearly = sum(mention.form in polarity().nearly for mention in one.mentions)
    is_free |= one.least - nearly <= other.least < one.least
    parts = [_is_part_of_a_word(no) for no in one.mentions if range_of(no)[0]]
    is_free |= one.least > other.least and bool(parts) and all(parts)
    level = BLOCKING if apart > 0 and not is_free else ASK
    marks = [
        side.spans or ((half[0].start, half[-1].end),) if half else ()
        for side, half in zip((one, other), halves, strict=True)
    ]
    others = [mention for mention in saying(one.mentions) if not mention.names <= IN_FULL]
    is_plain = not (others or one.answered or other.answered) and (
        [no.form in _MERE for no in saying(other.mentions)] == [True]
    )
    in_english = one.least > other.least
    bare = tuple(
        (word.start, word.end)
        for no in other.mentions
        if range_of(no)[0]
        for word in no.words
        if not frozenset(no.form).isdisjoint(word.forms)
    )
    return Disagreement(marks[0], marks[1], in_english, level, is_plain, is_certain, is_loose, bare)


def _is_part_of_a_word(no: Mention) -> bool:
    """Whether it is the end of an English word, or its beginning, which may have a name: হতাশ for
    “hopeless”."""
    return no.form == (UNDONE,) or (no.form == (WITHOUT,) and no.words[0].text != "without")


def _sides(english: str, bangla: str, halves: Halves, known: Lexicon) -> Sides:
    beside = agreement(english, bangla, known)
    noes = [saying(all_noes(half, code)) for half, code in zip(halves, LANGUAGES, strict=True)]
    marks = marks_of([no for no in noes[1] if number_of_noes(no)])
    noes[0] = [
        one for one in noes[0] if range_of(one)[0] or not is_said_plainly(one, marks, beside, True)
    ]
    plain = [one for one in noes[0] if number_of_noes(one)]
    return Sides(*halves, beside, leftover(english, bangla, known), tuple(noes), plain)


def _without_answers(halves: Halves) -> Halves:
    """What follows a “No,” that both sentences begin with."""
    first = [_first_words(half) for half in halves]
    if (
        [len(those) for those in first] == [1, 1]
        and all(len(half) > 1 for half in halves)
        and first[0][0].text == "no"
        and not SAYING_NO.isdisjoint(first[1][0].forms)
    ):
        return halves[0][1:], halves[1][1:]
    return halves


_LEAVING = frozenset({"avoid", "stop"})
_LEFT_OFF = frozenset(listed("বাদ, বন্ধ, থাম-, থামা-"))
_BUT_FOR = frozenset(listed("ছাড়া, বাদে, ছাড়িয়ে"))  # which leave nothing off


def _goes_on(bangla: Sequence[Word], one: Side, other: Side, beside: Agreement) -> bool:
    """Whether all Bangla noes are of leaving something off, which the English does not speak of:
    বাদ দেওয়া চলবে না for “you must still take it”."""
    if any(mention.kinds & (_LEAVING | {"fail"}) for mention in one.mentions):
        return False
    if not any(map(number_of_noes, other.mentions)):
        return False
    said = [each for each in beside.bangla if id(each) in beside.paired]
    leaving = [
        word
        for word in bangla
        if not _LEFT_OFF.isdisjoint(word.forms)
        and word.text not in _BUT_FOR
        and not any(each.start <= word.start < each.end for each in said)
    ]
    if not any(not SAYING_NO.isdisjoint(forms_of(no.words)) for no in other.mentions):
        return False
    for no in other.mentions:
        is_no = not SAYING_NO.isdisjoint(forms_of(no.words))
        last = no.words[-1]
        clause = within_conditions(clause_of(bangla, last, "bn"), last)
        if is_no and not any(word in clause and word.start < no.end for word in leaving):
            return False
        if not is_no and range_of(no)[0] and not no.kinds & _LEAVING:
            return False
    return bool(leaving)


def _avoids_also(sides: Sides, bangla: Side) -> bool:
    """Whether the Bangla says one of two to “avoid” with a no: avoid dust and wearing a cap, ধুলা
    এড়িয়ে চলুন, আর টুপি পরবেন না."""
    english, there = avoided(sides)
    noes = [no for no in bangla.mentions if range_of(no)[0]]
    return bool(english and there) and len(noes) == 1 and noes[0].start >= there[-1].end


def _are_certain(sides: Sides, english: Side, bangla: Side, apart: int) -> bool:
    """Whether more Bangla noes than the English has are said of what it says without one."""
    noes = [no for no in bangla.mentions if range_of(no)[0]]
    if (
        len(noes) == apart == 1
        and all(_has_counterpart(one, sides) for one in english.mentions)
        and sides.is_of_an_act(noes[0], SAYING_NO)
        and sides.begins_alike
    ):
        return True
    denials = [sides.denial(no, SAYING_NO) for no in noes]
    clauses = Counter(one.clause for one in denials)
    # Two in a clause may undo each other: না পেরোলে নয়, বাদ দেওয়া চলবে না.
    certain = [
        no
        for no, one in zip(noes, denials, strict=True)
        if one.is_certain and clauses[one.clause] == 1 and not sides.is_of_manner(no, SAYING_NO)
    ]
    return len(certain) > english.least and not all(
        sides.is_said_of_both(no, SAYING_NO) or sides.is_said_again(no, SAYING_NO) for no in certain
    )


def _has_counterpart(one: Mention, sides: Sides) -> bool:
    says_no = not one.names <= IN_FULL and not one.kinds & _OF_CONDITIONS
    return not says_no or is_said_plainly(one, (), sides.beside, True)


_ABLE = frozenset({"can", "could", "able", "allowed"})


def _is_said_freely(english: Sequence[Word], text: Sequence[Word], bangla: Side) -> bool:
    """Whether Bangla noes may say what the English says without one: two of them, বাদ … চলবে না,
    or not being able, ধরতে পারেন না for “have to ask again”."""
    noes = [no for no in bangla.mentions if range_of(no)[0]]
    unable = any(map(is_unable, noes))
    are_two = len(noes) == 2 and noes[1].words[-1] in clause_of(text, noes[0].words[-1], "bn")
    return are_two or (unable and _ABLE.isdisjoint(word.text for word in english))


def _apart(one: Side, other: Side, bangla: Sequence[Word], beside: Agreement) -> int:
    """By how many noes the sides differ at least, whatever their other words may stand for."""
    noes = [no for no in other.mentions if range_of(no)[0]]
    has_condition = any(is_condition(no, bangla) for no in noes) or not noes
    unsaid = frozenset() if has_condition else _OF_CONDITIONS
    return max(
        one.least - _most(other, one, frozenset(), beside, is_english=False),
        other.least - _most(one, other, unsaid, beside, is_english=True),
    )


_OF_CONDITIONS = frozenset({"even if", "otherwise"})  # rows that say no in a condition only


def _most(
    side: Side, other: Side, unsaid: frozenset[str], beside: Agreement, *, is_english: bool
) -> int:
    """How often a side says no at most, but for words that have another counterpart."""
    marks = marks_of([no for no in other.mentions if range_of(no)[0]])
    most = side.joined
    for mention in side.mentions:
        least, at_most = range_of(mention)
        if least < at_most and (
            mention.kinds & unsaid
            or (
                is_said_plainly(mention, marks, beside, is_english)
                and not (is_english and _UN in mention.kinds and not _says(other, _UN))
            )
        ):
            at_most = least
        most += at_most
    return most


_UN = "un"  # the row of English words that say no and something else: uneven, সমান নয়


def _says(side: Side, kind: str) -> bool:
    return any(kind in mention.kinds for mention in side.mentions)


def _is_answer(english: Sequence[Word]) -> bool:
    """Whether it says no and nothing else: “No.”, না, লাগবে না।"""
    return len(english) == 1


# Opposites that a no does not turn into each other: not before is not after.
_NOT_TURNED = frozenset(
    listed(
        "before/after, until/after, and/or, left/right, first/last, adult/child, man/woman, "
        "mother/father, pregnant/breastfeeding, route, us/yourself, alone/together, "
        "same day/next day, until/from then, before meal/after meal, must/may"
    )
) | {"time/of day"}
_ONLY = compile_pattern(r"\bonly\s+$")  # only after, আগে … না
_NEAR = 24  # letters between a no and the word it turns round


@lru_cache(maxsize=1024)
def turned_round(english: str, bangla: str, known: Lexicon) -> frozenset[tuple[Mention, Mention]]:
    """The opposites of which one stands beside a no: keep dry, ভেজাবেন না."""
    return frozenset(
        (one, other)
        for halves in _side_by_side(english, bangla)
        for one, other, _within in _turned_round(
            english,
            bangla,
            sides_of(*halves, agreement(english, bangla, known), turning=True),
            known,
        )
        if _stand_within(halves, (one, other))
    )


def _stand_within(halves: Halves, pair: Sequence[Mention]) -> bool:
    return all(
        half and half[0].start <= said.start <= half[-1].start
        for half, said in zip(halves, pair, strict=True)
    )


def _is_beside(no: tuple[int, int], said: Mention, side: int) -> bool:
    """Whether a no stands near a word, in Bangla right before it or behind it, and is no part of it
    as in কম নয়, “at least”; of what is done it is one: খুলবেন না."""
    start, end = no
    is_part = said.start < end and start < said.end and "act" not in said.kinds
    farthest = 1 if side else _NEAR
    return not is_part and start - _NEAR <= said.end and said.start <= end + farthest


def _turned_round(
    english: str, bangla: str, sides: tuple[Side, Side], known: Lexicon
) -> Iterator[tuple[Mention, Mention, bool]]:
    """Those with whether the no is one that the other text answers."""
    more = 0 if sides[0].least > sides[1].least else 1
    noes = sides[more].spans if sides[0].least != sides[1].least else ()
    for *pair, kind in agreement(english, bangla, known).exchanged:
        if "/" not in kind or (kind in _NOT_TURNED and not _ONLY.search(english[: pair[0].start])):
            continue
        within = _are_within_one(pair, sides)
        if (
            _is_said_with_a_no(pair, sides)
            or within
            or (kind in pair[more].kinds and any(_is_beside(no, pair[more], more) for no in noes))
        ):
            yield pair[0], pair[1], within


def _is_said_with_a_no(pair: Sequence[Mention], sides: tuple[Side, Side]) -> bool:
    """Whether the English word says no by itself, and a no follows its opposite in Bangla: keep
    still, নড়বেন না."""
    one, other = pair
    by_itself = [
        no
        for no in sides[0].mentions
        if range_of(no)[0] and no.start <= one.start and one.end <= no.end
    ]
    return bool(by_itself) and any(
        range_of(no)[0] and 0 <= no.start - other.end <= _NEAR for no in sides[1].mentions
    )


def _are_within_one(pair: Sequence[Mention], sides: tuple[Side, Side]) -> bool:
    """Whether one of them stands within what says no, or both in what says so unequally often."""
    within = [
        [number_of_noes(no) for no in side.answered if no.start <= one.start and one.end <= no.end]
        for one, side in zip(pair, sides, strict=True)
    ]
    return any(within) and not (all(within) and within[0] == within[1])
