"""How closely two texts follow each other, and so how sure a difference between them is.

Where every other word of a sentence has its counterpart, one that has none was changed or lost.
In a free rendering many have none, and nobody can tell from the words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..language.text import sentence_spans
from .agreement import agreement
from .base import ASK, BLOCKING, Words
from .lexicon import spaced, table
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.words import Word, parts

_Found = tuple[int, int, int]  # start, end, sentence


@dataclass(frozen=True)
class Besides:
    """How closely two sentences follow each other, besides the words in question."""

    english: int  # words without counterpart
    bangla: int
    paired: int  # words of both that have one

    @property
    def left(self) -> int:
        return self.english + self.bangla

    @property
    def are_close(self) -> bool:
        """Whether hardly anything is left over of a longer sentence."""
        return 4 * self.left <= self.paired

    @property
    def are_alike(self) -> bool:
        """Whether at most a third has no counterpart."""
        return 2 * self.left <= self.paired


def span_of(said: Mention | Word | None) -> Words:
    return ((said.start, said.end),) if said else ()


@dataclass(frozen=True)
class Leftover:
    """What says something in one of two texts and has no counterpart in the other."""

    english: tuple[_Found, ...]
    bangla: tuple[_Found, ...]
    paired: tuple[_Found, ...]  # what of both has one
    sentences: tuple[Words, Words]  # of both texts
    is_aligned: bool

    def beside(self, english: Words, bangla: Words) -> "Besides":
        """What is left over, and what is not, besides these words in their sentence."""
        within = {
            index
            for spans, sentences in zip((english, bangla), self.sentences, strict=True)
            for index, (begin, end) in enumerate(sentences)
            for start, _stop in spans
            if begin <= start < end
        }
        return Besides(
            self._count(self.english, english, within),
            self._count(self.bangla, bangla, within),
            self._count(self.paired, (), within),
        )

    def _count(self, those: Iterable[_Found], besides: Words, within: set[int]) -> int:
        return sum(
            not any(begin <= start < stop for begin, stop in besides)
            and (sentence in within or not self.is_aligned)
            for start, _end, sentence in those
        )


@lru_cache(maxsize=512)
def leftover(english: str, bangla: str, known: Lexicon) -> Leftover:
    beside = agreement(english, bangla, known)
    return Leftover(
        tuple(_left(beside.missing, beside.unknown_english, english, "en")),
        tuple(_left(beside.extra, beside.unknown_bangla, bangla, "bn")),
        tuple(
            (one.start, one.end, one.sentence)
            for one in (*beside.english, *beside.bangla)
            if id(one) in beside.paired and one.kinds - {"plain"}
        ),
        (tuple(sentence_spans(english)), tuple(sentence_spans(bangla))),
        beside.is_aligned,
    )


def _left(
    named: Iterable[Mention], unknown: Iterable[Word], text: str, language: str
) -> Iterable[_Found]:
    counted = {place for one in quantities(text, language) for place in range(one.start, one.end)}
    for mention in named:
        if mention.kinds - {"plain"} and not _says_little(mention.words[0], language):
            yield mention.start, mention.end, mention.sentence
    for word in unknown:
        if word.start not in counted and not _says_little(word, language):
            yield word.start, word.end, word.sentence


_SHORTEST = 4  # letters of an English word that says something


def _says_little(word: Word, language: str) -> bool:
    if language == "en" and len(word.text) < _SHORTEST:
        return True
    return not _weak(language).isdisjoint(form.removeprefix("=") for form in word.forms)


@lru_cache(maxsize=2)
def _weak(language: str) -> frozenset[str]:
    return frozenset(
        part
        for code, words in table("weak")
        if code == language
        for word in spaced(words)
        for part in parts(word)
    )


# --- How sure -------------------------------------------------------------------------------------
# Whoever confirms a text is shown what these find; they say whether a free rendering may say it so,
# which is asked about, or none does.


def sure_of_exchange(level: str, besides: Besides, *, is_sharp: bool = False) -> str:
    """Of words that stand for others; `is_sharp` where hardly any rendering is that free."""
    is_sure = besides.left <= 1 or not besides.bangla or besides.are_alike
    if is_sharp:
        is_sure |= besides.english <= 2 and besides.bangla <= 3
    return level if is_sure else ASK


def sure_of_english_alone(level: str, besides: Besides) -> str:
    """Of English words without counterpart: lost ones leave nothing in their place."""
    is_lost = 2 * besides.bangla <= besides.english or besides.left <= 1
    return level if is_lost or besides.are_close else ASK


def sure_of_no(
    level: str,
    besides: Besides,
    is_in_english: bool,
    *,
    is_plain: bool,
    is_certain: bool,
    is_loose: bool,
) -> str:
    """Of a no that only one text says; in a free Bangla it may stand for a word, and less so where
    it is the only thing that says no or nearly (`is_plain`) or is said of what the English says
    without one (`is_certain`), more where the words go their own way (`is_loose`)."""
    english, bangla = (2, 1) if is_in_english else (2, 2) if is_plain else (0, 0)
    is_sure = is_certain and besides.left <= besides.paired
    is_sure |= besides.english <= english and besides.bangla <= bangla and not is_loose
    return level if is_sure else ASK


def sure_of_sentence(level: str, besides: Besides, *, is_in_english: bool) -> str:
    """Of a sentence that only one text has: what the Bangla says nothing for is lost."""
    if is_in_english:
        return BLOCKING if besides.bangla <= 1 else level
    return level if besides.english <= 2 else ASK
