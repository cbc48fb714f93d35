"""What stands in a relation to what: worse than on the first day, before the skin; and who does it to
whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import regex

from ..language.text import compile_pattern, sentence_spans
from .agreement import agreement
from .order import named_once
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.quantity import Quantity
from .reading.words import Word, words

# What stands behind the English word stands before the Bangla one.
_RELATIONS: Mapping[str, tuple[regex.Pattern[str], regex.Pattern[str]]] = {
    "than": (
        regex.compile(r"(?i)\bthan\b"),
        compile_pattern(r"(?<=র )(?:চেয়ে|তুলনায়)(?![\p{L}\p{M}])"),
    ),
    "before": (regex.compile(r"(?i)\bbefore\b"), compile_pattern(r"(?<=র )আগেই?(?![\p{L}\p{M}])")),
    "after": (
        regex.compile(r"(?i)\bafter\b"),
        compile_pattern(r"(?<=র )(?:পর|পরে|পরেই)(?![\p{L}\p{M}])"),
    ),
    "instead": (
        regex.compile(r"(?i)\b(?:instead of|rather than|in place of)\b"),
        compile_pattern(r"(?<=র )(?:বদলে|পরিবর্তে)(?![\p{L}\p{M}])"),
    ),
}

Said = Mention | Quantity


@dataclass(frozen=True)
class _Both:
    """What both texts say once."""

    english: Said
    bangla: Said


def turned_relations(english: str, bangla: str, known: Lexicon) -> Iterator[tuple[Said, Said]]:
    """What the English says something is before, after or more than, and what the Bangla says
    instead, which in the English is that something."""
    spans = sentence_spans(english), sentence_spans(bangla)
    if len(spans[0]) != len(spans[1]):
        return
    both = list(_in_both(english, bangla, known))
    for (begin, end), (start, stop) in zip(*spans, strict=True):
        for ours, theirs in _RELATIONS.values():
            here = list(ours.finditer(english, begin, end))
            there = list(theirs.finditer(bangla, start, stop))
            if len(here) == len(there) == 1:
                those = [
                    one
                    for one in both
                    if begin <= one.english.start < end and start <= one.bangla.start < stop
                ]
                yield from _turned(those, here[0], there[0])


def _turned(
    those: list[_Both], here: regex.Match[str], there: regex.Match[str]
) -> Iterator[tuple[Said, Said]]:
    of = next((one for one in those if one.bangla.end + 1 == there.start()), None)
    after = [one for one in those if one.english.start > here.end()]
    meant = min(after, key=lambda one: one.english.start, default=None)
    if of and meant and of not in after and meant.bangla.start > there.end():
        yield meant.english, of.bangla


def _in_both(english: str, bangla: str, known: Lexicon) -> Iterator[_Both]:
    for one, other in named_once(agreement(english, bangla, known)):
        yield _Both(one, other)
    halves = [_once(english, "en"), _once(bangla, "bn")]
    for meaning in halves[0].keys() & halves[1].keys():
        yield _Both(halves[0][meaning], halves[1][meaning])


def _once(text: str, language: str) -> dict[object, Quantity]:
    """The quantities that a text names once, by what they are."""

    def meaning(one: Quantity) -> tuple[str, str, str]:
        return one.kind, one.unit, str(one.values)

    those = sorted(quantities(text, language), key=meaning)
    groups = ((key, list(some)) for key, some in groupby(those, meaning))
    return {key: some[0] for key, some in groups if len(some) == 1}


# Who does it to whom: what the English says and does not, and what the Bangla says instead.
_PEOPLE = (
    (
        regex.compile(r"(?i)\bwe(?:['’]ll| will| also| then| always)? [a-z]+ you\b"),
        regex.compile(r"(?i)\bus\b"),
        compile_pattern(r"(?<![\p{L}\p{M}])আপনি(?:ই|ও)? আমাদের(?:কে|ই)?(?![\p{L}\p{M}])"),
    ),
    (
        regex.compile(r"(?i)\b(?:phone|call|tell|ring|see|show|ask|remind|inform|bring) us\b"),
        regex.compile(r"(?i)\bwe\b"),
        compile_pattern(r"(?<![\p{L}\p{M}])আমরা(?:ই|ও)? আপনাকে(?:ই)?(?![\p{L}\p{M}])"),
    ),
)


def turned_people(english: str, bangla: str) -> Iterator[tuple[Word, Word]]:
    """“We phone you”, আপনি আমাদের ফোন করবেন."""
    for said, unsaid, instead in _PEOPLE:
        one, other = said.search(english), instead.search(bangla)
        if one and other and not unsaid.search(english):
            yield _at(words(english, "en"), one.start()), _at(words(bangla, "bn"), other.start())
    yield from _you_instead(english, bangla)


_WE = regex.compile(r"(?i)\bwe\b")
_YOU = regex.compile(r"(?i)\b(?:you|your|yours|yourself)\b")
_OF_YOU = compile_pattern(r"(?<![\p{L}\p{M}])আপনি(?:ই|ও)?(?![\p{L}\p{M}])")


def _you_instead(english: str, bangla: str) -> Iterator[tuple[Word, Word]]:
    """“On Tuesday we take them off”, মঙ্গলবার আপনি খুলে ফেলবেন."""
    spans = sentence_spans(english), sentence_spans(bangla)
    if len(spans[0]) != len(spans[1]):
        return
    for (begin, end), (start, stop) in zip(*spans, strict=True):
        one, other = _WE.search(english, begin, end), _OF_YOU.search(bangla, start, stop)
        if one and other and not _YOU.search(english, begin, end):
            yield _at(words(english, "en"), one.start()), _at(words(bangla, "bn"), other.start())


def _at(those: tuple[Word, ...], start: int) -> Word:
    return next(word for word in those if word.start == start)
