"""English words that say a no without one, where the Bangla says it with a না: “loss of sight”,
দেখতে না পাওয়া."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import listed, table
from .reach import are_marked_off, begins_anew, clause_of
from .reading.concepts import Concept, Lexicon, Mention
from .reading.words import Word, english_forms

_WITHIN = 10  # words between such a word and the last that it speaks of


@dataclass(frozen=True)
class _Reach:
    """How far words of a row reach, whether Bangla has words for them without a no, and of what they
    say none: hair that is lost."""

    of_clause: bool
    is_plain: bool
    but: frozenset[str]


@lru_cache(maxsize=1)
def _implying() -> tuple[Lexicon, dict[str, _Reach]]:
    rows = list(table("implied"))
    concepts = [
        Concept(kind, kind, {"en": listed(english), "bn": ()}) for kind, *_, english in rows
    ]
    reaches = {
        kind: _Reach(reach == "clause", bangla == "plain", frozenset(listed(but)))
        for kind, reach, bangla, but, _english in rows
    }
    return Lexicon(concepts), reaches


@dataclass(frozen=True)
class Implied:
    """A word that says no without one, and the words of which it does."""

    words: tuple[Word, ...]
    reached: tuple[Word, ...]
    of_clause: bool
    is_passive: bool  # taste is lost
    is_plain: bool  # whether Bangla has a word for it without a no

    @property
    def head(self) -> Word:
        return self.words[0]


@lru_cache(maxsize=1024)
def implied_noes(english: tuple[Word, ...]) -> tuple[Implied, ...]:
    """Whatever in an English text says no without one."""
    lexicon, reaches = _implying()
    return tuple(
        Implied(
            one.words,
            tuple(_reached(english, one, reach.of_clause)),
            reach.of_clause,
            _is_passive(english, one),
            reach.is_plain,
        )
        for one in lexicon.find(english, "en")
        for reach in [reaches[next(iter(one.names))]]
        if not any(_is_close(word, one) and word.text in reach.but for word in english)
    )


_NEXT = 24  # letters between such a word and the thing that it speaks of


def _is_close(word: Word, one: Mention) -> bool:
    return one.end < word.start < one.end + _NEXT and word.sentence == one.sentence


def _reached(english: Sequence[Word], one: Mention, of_clause: bool) -> Iterator[Word]:
    first = english.index(one.words[0])
    if of_clause or _is_passive(english, one):
        yield from clause_of(english, one.words[0], "en")
        return
    for index in range(first, min(first + len(one.words) + _WITHIN, len(english))):
        if index > first and _ends_before(english, index):
            return
        yield english[index]


_BEING = frozenset(listed("is, are, was, were, be, been, being, gets, got"))


def _is_passive(english: Sequence[Word], one: Mention) -> bool:
    first = english.index(one.words[0])
    return first > 0 and english[first - 1].text in _BEING


def _ends_before(english: Sequence[Word], index: int) -> bool:
    return (
        english[index].text == "and"
        or are_marked_off((english[index - 1], english[index]))
        or begins_anew(english, index)
    )


_UN = "un"
_SHORTEST = 6  # letters of a word in un-: untreated, and no unit


def turned_words(english: Sequence[Word]) -> Iterator[tuple[Word, frozenset[str]]]:
    """The words in un-, each with what it denies: untreated, treat."""
    for word in english:
        if word.text.startswith(_UN) and len(word.text) >= _SHORTEST:
            yield word, frozenset(english_forms(word.text.removeprefix(_UN)))
