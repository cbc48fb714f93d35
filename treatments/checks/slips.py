"""Everyday words of Bangla that stand for others that look like them: ফুচকা for ফোসকা."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .agreement import Agreement, agreement
from .lexicon import listed, table
from .reading.concepts import Lexicon, Mention
from .reading.words import Word, plain, words


@dataclass(frozen=True)
class _Slip:
    word: str
    meant: frozenset[str]  # what it may stand for
    english: frozenset[str]  # words that name it itself
    is_strange: bool  # whether texts for patients have no other use for it


@dataclass(frozen=True)
class Slip:
    bangla: Word
    english: Mention | None  # what the right word would have said
    is_strange: bool  # whether texts for patients have no use for the word
    is_unsaid: bool  # whether the Bangla has the right word nowhere there


@lru_cache(maxsize=1)
def _slips() -> Mapping[str, _Slip]:
    return {
        plain(word): _Slip(
            plain(word), frozenset(map(plain, listed(meant))), frozenset(listed(english)), bool(yes)
        )
        for word, meant, english, yes in table("slips")
    }


def slips(english: str, bangla: str, known: Lexicon) -> Iterator[Slip]:
    """The words that nothing in the English names, where it names what looks like them, or where
    they are out of place in any text for patients."""
    beside = agreement(english, bangla, known)
    said = {form for word in words(english, "en") for form in word.forms}
    for word, slip in _candidates(bangla, beside):
        if slip.english.isdisjoint(said):
            meant = [one for one in _there(beside.english, word, beside) if _may_be(one, slip)]
            unsaid = [one for one in meant if _is_unsaid(one, word, beside)]
            if meant or slip.is_strange:
                instead = next(iter((*unsaid, *meant)), None)
                yield Slip(word, instead, slip.is_strange, bool(unsaid))


def _candidates(bangla: str, beside: Agreement) -> Iterator[tuple[Word, _Slip]]:
    known = {id(word): mention for mention in beside.bangla for word in mention.words}
    for word in words(bangla, "bn"):
        slip = next((_slips()[form] for form in word.forms if form in _slips()), None)
        mention = known.get(id(word))
        if slip and not _is_read_otherwise(mention, slip) and id(mention) not in beside.paired:
            yield word, slip


def _is_read_otherwise(mention: Mention | None, slip: _Slip) -> bool:
    """Whether it belongs to other words, or has a form that takes fewer endings off."""
    if not mention:
        return False
    return len(mention.words) > 1 or len(mention.form[0].strip("=-")) > len(slip.word.strip("-"))


def _there(those: Iterable[Mention], word: Word, beside: Agreement) -> Iterator[Mention]:
    """Those that stand in the sentence of a word, or in the one beside it."""
    return (one for one in those if not beside.is_aligned or one.sentence == word.sentence)


def _is_unsaid(one: Mention, word: Word, beside: Agreement) -> bool:
    """Whether no Bangla word there means what an English one says."""
    names = one.firm_names or one.names
    return all(names.isdisjoint(other.names) for other in _there(beside.bangla, word, beside))


def _may_be(said: Mention, slip: _Slip) -> bool:
    """Whether what it looks like is the first word that the Bangla says for it: রোদ, রোদে পোড়া."""
    return any(
        not slip.meant.isdisjoint({plain(form).split()[0], *_first_forms(plain(form))})
        for concept in said.firm or said.concepts
        for form in concept.forms["bn"]
    )


@lru_cache(maxsize=8192)
def _first_forms(phrase: str) -> frozenset[str]:
    """The first word of a phrase with and without its endings."""
    return frozenset(words(phrase.strip("=~-"), "bn")[0].forms) if " " in phrase else frozenset()
