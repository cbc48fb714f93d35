"""Where clauses begin and end in two languages, for what a no of them reaches."""

from collections.abc import Sequence
from itertools import pairwise

from .lexicon import listed
from .reading.words import WHENEVER, Word

_PARTED_BY = {
    "en": frozenset(
        listed("or, but, if, when, because, while, until, till, so, which, that, unless, even, as")
    ),
    "bn": frozenset(listed("বা, কিংবা, অথবা, কিন্তু, তবে, তাই, এবং, আর, যাতে, যেন, কারণ")),
}


def clause_of(those: Sequence[Word], word: Word, language: str) -> Sequence[Word]:
    """The words around one that no mark and no joining word parts from it."""
    first = those.index(word)
    last = first + 1
    while first and not are_parted(those[first - 1], those[first], language):
        first -= 1
    while last < len(those) and not are_parted(those[last - 1], those[last], language):
        last += 1
    return those[first:last]


_CONDITIONS = WHENEVER | {"after", "because"}
_BEING = frozenset(listed("is, are, was, were, has, does, goes"))
_VERBS = frozenset(
    listed(
        "have, get, turn, become, feel, go, look, come, stay, hurt, swell, bleed, smell, spread, grow, start, "
        "keep, open"
    )
)
_RELATIVE = frozenset(listed("that, which, who, whose, where, when, if, because"))
_SUBJECTS = frozenset(listed("you, it, this, we, they, he, she, there"))
_OF_A_THING = frozenset({"the", "your", "a", "an"})
_STOPS = frozenset({";", ":", "–", "—"})
_TURNS = _PARTED_BY["en"] - frozenset(listed("or, even, as, that, which"))


def begins_anew(english: Sequence[Word], index: int) -> bool:
    """Whether a clause begins here that no “not” before it reaches."""
    before, word = english[index - 1], english[index]
    if before.sentence != word.sentence or (word.text in _TURNS and before.text != "not"):
        return True
    if word.mark in _STOPS:
        return True
    is_joined = are_marked_off((before, word)) or before.text in ("and", "or")
    is_behind_or = before.text == "or" and (
        (word.text in _OF_A_THING and not any(each.text == "unless" for each in english[:index]))
        or (index > 1 and are_marked_off(english[index - 2 : index]))
    )
    if is_behind_or and _has_subject_and_verb(english[index:]):
        return True  # … does not let you sleep, or the skin turns black
    if is_joined and word.text in _SUBJECTS:
        return True
    return are_marked_off((before, word)) and _follows_condition(english, index)


def _has_subject_and_verb(those: Sequence[Word]) -> bool:
    """Whether they are a clause by themselves up to the next mark: or the stitches open; and not: or
    let it get wet, or food that has nuts."""
    for before, word in pairwise(those):
        if are_marked_off((before, word)) or before.text in _RELATIVE:
            return False
        stem = word.text.removesuffix("s")
        is_of_one = stem != word.text and stem in _VERBS
        is_of_several = word.text in _VERBS and before.text.endswith("s")
        if word.text in _BEING or is_of_one or is_of_several:
            return True
    return False


def _follows_condition(english: Sequence[Word], index: int) -> bool:
    """Whether a mark here ends a condition: if you are not sure, ask."""
    piece = next(
        (
            place
            for place in range(index - 1, 0, -1)
            if are_marked_off(english[place - 1 : place + 1])
        ),
        0,
    )
    rest = [word.text for word in english[index:] if word.sentence == english[index].sentence]
    return english[piece].text in _CONDITIONS and "or" not in rest


_LEFT_LIKE_CONDITIONS = frozenset(
    listed(
        "চলে, বলে, খুলে, তুলে, ভুলে, ফেলে, ঢেলে, মেলে, জ্বলে, গলে, ফুলে, ঝুলে, ঠেলে, ডলে, গিলে, মিলে, ছিলে, "
        "গুলে, সকালে, বিকেলে, বিকালে, কপালে, গালে, তালে, জলে, কোলে, স্কুলে, হাসপাতালে, আঙুলে, চুলে, তেলে, "
        "ফলে, দলে, ছেলে, আসলে, মূলে, তাহলে, "
        "হেলে, কালে, তলে, পিলে, জেলে, টেবিলে, ফাইলে"
    )
)


def _is_condition(word: Word) -> bool:
    """Whether it is a verb of a condition: পড়লে, গেলে."""
    return word.text.endswith("লে") and word.text not in _LEFT_LIKE_CONDITIONS


def is_conditional(word: Word) -> bool:
    """As above, with “even” and “just”: পড়লেও, পড়লেই."""
    return word.text.endswith(("লে", "লেও", "লেই")) and (
        word.text.removesuffix("ও").removesuffix("ই") not in _LEFT_LIKE_CONDITIONS
    )


def within_conditions(clause: Sequence[Word], no: Word) -> Sequence[Word]:
    """The part of a clause that no condition parts from a no: পড়লে | … রাখবেন না."""
    place = clause.index(no)
    if place and _is_condition(clause[place - 1]):
        return clause  # which it denies: থাকলে নয়
    first = max((index + 1 for index in range(place) if _is_condition(clause[index])), default=0)
    last = next(
        (index + 1 for index in range(place, len(clause)) if _is_condition(clause[index])),
        len(clause),
    )
    return clause[first:last]


def are_marked_off(pair: tuple[Word, Word]) -> bool:
    return pair[1].start > pair[0].end + 1


def are_parted(one: Word, other: Word, language: str) -> bool:
    return (
        one.sentence != other.sentence
        or other.start > one.end + 1
        or not _PARTED_BY[language].isdisjoint((one.text, other.text))
    )
