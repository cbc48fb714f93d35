"""How far something goes: an “only” that the Bangla alone says, শুধু প্রথম সেশনে beside “in every
session”, and an “until” of which it says nothing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..language.text import compile_pattern, sentence_spans
from .agreement import agreement
from .idle_noes import SAYING_NO
from .lexicon import listed
from .reach import clause_of
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.quantity import TIME
from .reading.words import NOES, Word, words

_ONLY = frozenset({"শুধু", "শুধুমাত্র", "কেবল", "কেবলমাত্র"})
_LIMITED = compile_pattern(
    r"(?i)\b(?:only|just|alone|merely|mere|solely|simply|purely|plain|exclusively|nothing|"
    r"without|except|but|on its own|on their own|by itself|by themselves|other than|unless|no more|"
    r"no longer|no-one|nobody|single)\b"
)


def added_limits(english: str, bangla: str, known: Lexicon) -> Iterator[Word]:
    """Each Bangla word that says only, where nothing in the English does."""
    if _LIMITED.search(english):
        return
    paired = {
        id(word)
        for one in agreement(english, bangla, known).bangla
        if len(one.form) > 1
        for word in one.words
    }
    those = words(bangla, "bn")
    for index, word in enumerate(those):
        # Behind a mark it may say “except that”: ক্লিনিকের মতোই, শুধু ভাড়া করা যন্ত্র দিয়ে।
        is_behind_mark = index and word.start > those[index - 1].end + 1
        if (
            word.text in _ONLY
            and not is_behind_mark
            and id(word) not in paired
            and not (_MORE_THAN.search(english) and _is_denied(word, those))
        ):
            yield word


# What says that it is so of more than the one that is named.
_OF_ALL = compile_pattern(
    r"(?i)\b(?:both|each|every|everyone|everybody|everywhere|all|whole|entire|throughout|you and)\b"
)


def says_of_all(english: str, limit: Word) -> bool:
    """Whether the sentence of a Bangla “only” says in English that it is so of all of them."""
    spans = sentence_spans(english)
    return limit.sentence < len(spans) and bool(_OF_ALL.search(english, *spans[limit.sentence]))


_MORE_THAN = compile_pattern(r"(?i)\bmore than\b(?! [0-9])")


def _is_denied(word: Word, those: Sequence[Word]) -> bool:
    """Whether a no says that it takes more: শুধু ক্রিমে চলে না."""
    clause = clause_of(those, word, "bn")
    return any(not SAYING_NO.isdisjoint(one.forms) for one in clause if one.start > word.start)


_UNTIL = frozenset({"until", "till"})
# How a word begins that says in Bangla up to when, or from when, something is so.
_UP_TO = tuple(listed("পর্যন্ত, অবধি, আগ, তত, থেকে, তবে, তখন, পরই, পরেই"))


def lost_until(english: str, bangla: str) -> Iterator[Word]:
    """An “until” of which the Bangla sentence says nothing, nor that something else is not so
    before."""
    if len(sentence_spans(english)) != len(sentence_spans(bangla)):
        return
    told = {
        word.sentence
        for word in words(bangla, "bn")
        if word.text.startswith(_UP_TO) or not SAYING_NO.isdisjoint(word.forms)
    }
    for word in words(english, "en"):
        if word.text in _UNTIL and word.sentence not in told:
            yield word


_UPTO = frozenset(listed("পর্যন্ত, অবধি"))


def says_how_long(one: object, other: object, english: str, bangla: str) -> bool:
    """Whether an “up to” only says how long, which stands before an “after” in the English: for four
    weeks after …, ৪ সপ্তাহ পর্যন্ত."""
    both = isinstance(one, Mention) and isinstance(other, Mention)
    if not both or other.words[0].text not in _UPTO:
        return False
    spans = [
        said
        for said in quantities(bangla, "bn")
        if said.unit in TIME and said.end + 1 == other.start
    ]
    return any(
        said.values == span.values and said.unit == span.unit and said.end < one.start
        for span in spans
        for said in quantities(english, "en")
    )


_LATER = frozenset(listed("after, afterwards, later, since"))
_AFTER = frozenset(listed("পর, পরে, পরেই"))
_ELSE = tuple(listed("পর্যন্ত, অবধি, আগ, যত"))


def turned_until(english: str, bangla: str) -> Iterator[tuple[Word, Word]]:
    """“Stay out of the water until it is dry”, শুকানোর পর পানিতে নামবেন না."""
    if len(sentence_spans(english)) != len(sentence_spans(bangla)):
        return
    those, theirs = words(english, "en"), words(bangla, "bn")
    for word in those:
        here = {one.text for one in those if one.sentence == word.sentence}
        if word.text in _UNTIL and here.isdisjoint(_LATER):
            there = [one for one in theirs if one.sentence == word.sentence]
            after = [
                one
                for before, one in pairwise(there)
                if one.text in _AFTER and before.text.endswith("র")
            ]
            is_denied = bool(there) and there[-1].text in NOES
            if after and is_denied and not any(one.text.startswith(_ELSE) for one in there):
                yield word, after[0]
