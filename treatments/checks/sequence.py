"""Whether two texts say in the same order what is done first and what then."""

from collections.abc import Sequence
from itertools import pairwise

from .agreement import Agreement
from .base import ASK, BLOCKING
from .lexicon import listed
from .reading.concepts import Mention
from .reading.words import Word

_Span = tuple[int, int]

_THEN = {
    "en": frozenset(listed("then, afterwards, finally")),
    "bn": frozenset(listed("তারপর, তারপরে, তারপরই, এরপর, এরপরে, এরপরই, শেষে")),
}
_AFTER = frozenset(listed("পর, পরপরই"))
_BEFORE = "before"
# What says hardly what is done, or when.
_SMALL = frozenset(
    listed(
        "plain, and/or, us/yourself, must/may, inside/outside, first/last, before/after, until/after"
    )
)
_SURE = 3  # things on the other side of “then”


def steps_turned_round(
    english: Sequence[Word], bangla: Sequence[Word], beside: Agreement
) -> tuple[_Span, _Span, str] | None:
    """A thing of each text that the other has on the other side of its “then”, and how sure it is;
    only where none is on its own side."""
    first, then = _parting(english, "en"), _parting(bangla, "bn")
    if first is None or then is None:
        return None
    if first.text == _BEFORE and then.text in _AFTER:
        return None
    sides = [
        (one.start > first.start, other.start > then.start, one, other)
        for one, other in _said_once(beside)
        if not _holds(one, first) and not _holds(other, then)
    ]
    earlier = [(one, other) for is_later, other_is, one, other in sides if is_later > other_is]
    later = [(one, other) for is_later, other_is, one, other in sides if is_later < other_is]
    if not earlier or not later or len(sides) > len(earlier) + len(later):
        return None
    one, other = earlier[0]
    level = BLOCKING if len(sides) >= _SURE else ASK
    return (one.start, one.end), (other.start, other.end), level


def _parting(those: Sequence[Word], language: str) -> Word | None:
    """The one word between what is done first and what then: “X, then Y”, “X before Y”."""
    found = [
        word
        for word, after in pairwise(those[1:])
        if word.text in _THEN[language]
        or (word.text == "after" and after.text == "that")
        or word.text == _BEFORE
        or word.text in _AFTER
    ]
    return found[0] if len(found) == 1 else None


def _said_once(beside: Agreement) -> list[tuple[Mention, Mention]]:
    """The things that each text names once."""
    english, bangla = (
        [one for one in those if one.kinds - _SMALL] for those in (beside.english, beside.bangla)
    )
    found = []
    for one in english:
        answers = [other for other in bangla if one.may_be(other)]
        if len(answers) == 1 and sum(each.may_be(answers[0]) for each in english) == 1:
            found.append((one, answers[0]))
    return found


def _holds(one: Mention, word: Word) -> bool:
    return one.start <= word.start < one.end
