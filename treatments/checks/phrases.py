"""Which phrases are read word by word: those that the other text says in words, or gainsays."""

from collections.abc import Iterator

from .beside import Agreement
from .opposites import LASTING, SHARED
from .reading.concepts import Lexicon, Mention
from .reading.words import NOES, Word

_WHOLE = frozenset({"plain", "medicine", "substance"})  # never read word by word: vitamin C
_FINGER = frozenset({"finger"})  # হাতের আঙুল, which is no toe
Phrases = frozenset[tuple[Word, Word]]  # by their first and last words


def unsaid_phrases(beside: Agreement, known: Lexicon) -> Phrases:
    """The phrases of both texts that the other one neither names nor turns round."""
    said = beside.paired | {id(one) for *pair, _kind in beside.exchanged for one in pair}
    return frozenset(
        (one.words[0], one.words[-1])
        for side, those in enumerate((beside.english, beside.bangla))
        for one in those
        if len(one.form) > 1
        and not one.kinds & _WHOLE
        and one.names != _FINGER
        and (
            id(one) not in said
            or _is_said_in_part(one, beside, known, side)
            or (id(one) in beside.paired and _is_gainsaid(one, beside, known, side))
        )
    )


def is_said_in_words(beside: Agreement, phrase: tuple[Word, Word]) -> bool:
    """Whether the other text names a word of it, or turns it round."""
    said = beside.paired | {id(one) for *pair, _kind in beside.exchanged for one in pair}
    first, last = phrase
    return any(
        id(one) in said
        for those in (beside.english, beside.bangla)
        for one in those
        if first in one.words or last in one.words
    )


def is_said_whole(beside: Agreement, phrase: tuple[Word, Word]) -> bool:
    """Whether the other text says it for certain; what has a no in it is counted as a no."""
    return any(
        (one.words[0], one.words[-1]) == phrase
        and id(one) in beside.firmly_paired
        and NOES.isdisjoint(one.form)
        for one in (*beside.english, *beside.bangla)
    )


def _is_said_in_part(phrase: Mention, beside: Agreement, known: Lexicon, side: int) -> bool:
    """Whether its counterpart is only near to it, and means what one of its words does."""
    if len(phrase.form) == 1 or id(phrase) in beside.firmly_paired:
        return False
    other = next((pair[1 - side] for pair in beside.pairs if pair[side] is phrase), None)
    if other is None or not phrase.names.isdisjoint(other.names):
        return False
    if phrase.opposites & other.opposites:
        return False  # breathe out, শ্বাস নিন: it says the opposite as a whole
    return any(not one.names.isdisjoint(other.names) for one in _parts(phrase, known, side))


def _parts(phrase: Mention, known: Lexicon, side: int) -> Iterator[Mention]:
    """What its words name by themselves."""
    whole = frozenset({(phrase.words[0], phrase.words[-1])})
    return known.find(phrase.words, ("en", "bn")[side], whole)


def _is_gainsaid(phrase: Mention, beside: Agreement, known: Lexicon, side: int) -> bool:
    """Whether the other text says the opposite of one of its words, which nothing else there says:
    strong sun, হালকা রোদ."""
    others = (beside.extra, beside.missing)[side]
    return any(
        part.poles(kind)
        and other.poles(kind)
        and part.poles(kind).isdisjoint(other.poles(kind))
        and (not beside.is_aligned or part.sentence == other.sentence)
        and not _is_under_a_no(part if side else other, beside)
        for part in _parts(phrase, known, side)
        for other in others
        for kind in part.kinds | other.kinds
        if "/" in kind and kind not in SHARED | LASTING
    )


def _is_under_a_no(bangla: Mention, beside: Agreement) -> bool:
    """Whether a no stands in its sentence, which may turn it round."""
    return any(
        word.text in NOES and word.sentence == bangla.sentence for word in beside.unknown_bangla
    )
