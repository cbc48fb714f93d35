"""“And” and “or” said for each other: between words, and between clauses that are whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..language.text import compile_pattern, sentence_spans
from .reach import is_conditional
from .reading.bangla_verbs import has_verb
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.words import NOES, Word, words

AND_OR = "and/or"
_DOING_IT = compile_pattern(r"(?:ওয়া|ানো|[^\Wন]া)[।.]?$")  # রক্ত দেওয়া
_ENGLISH_NO = compile_pattern(r"(?i)\b(?:no|not|never|without|none|nor|cannot)\b|n['’]t\b")
# What joins two things, or two clauses of which each has a subject of its own.
_JOINED = compile_pattern(
    r"(?i)(?:and|or)\b(?P<clause>,? (?:you|your|he|she|they|it|there|the|a|an)\b)?"
)
# Of all that are named, whether they are joined by and or by or.
_OF_EACH = compile_pattern(
    r"(?<![\p{L}\p{M}])(?:যে|যেসব|যেকোনো|কোনো|মতো|যেমন|ধরনের)(?![\p{L}\p{M}])"
)
_ORDER = compile_pattern(r"(?i)\s*(?:do not|don['’]t|never|no|not|neither|if|unless)\b")


@dataclass(frozen=True)
class Joint:
    """An English word that joins, and the Bangla one that stands for it and means the other."""

    is_same: bool  # whether both mean the same there, as under a no
    is_of_clauses: bool  # whether each has a whole clause on either side


def joint(english: str, bangla: str, one: Mention, other: Mention, known: Lexicon) -> Joint:
    is_of_clauses = _joins_clauses(english, one) and _follows_clause(bangla, other, known)
    is_same = _are_under_a_no(english, bangla, one, other, is_of_clauses) or _joins_cases(
        english, bangla, one, other
    )
    return Joint(is_same, is_of_clauses and not is_same)


_IF = compile_pattern(r"(?i)\b(?:if|when|for)\b")


def _joins_cases(english: str, bangla: str, one: Mention, other: Mention) -> bool:
    """Whether it joins two cases that cannot both be: 7 days if on the face, or 14 if on the back."""
    begin, end = sentence_spans(english)[one.sentence]
    counted = [each for each in quantities(english, "en") if each.values]
    there = [word for word in words(bangla, "bn") if word.sentence == other.sentence]
    return all(
        _IF.search(english, start, stop)
        and any(start <= each.start < stop for each in counted)
        and any(map(is_conditional, those))
        for start, stop, those in (
            (begin, one.start, [word for word in there if word.end <= other.start]),
            (one.end, end, [word for word in there if word.start >= other.end]),
        )
    )


def _joins_clauses(english: str, one: Mention) -> bool:
    """Whether a subject follows, or the only comma of the sentence stands before it."""
    begin = sentence_spans(english)[one.sentence][0]
    before = english[begin : one.start].rstrip()
    joined = _JOINED.match(english, one.start)
    is_marked = before.endswith((",", ";")) and "," not in before[:-1]
    return is_marked or bool(joined and joined["clause"] and not before.endswith(","))


def _follows_clause(bangla: str, other: Mention, known: Lexicon) -> bool:
    """Whether what stands before a Bangla word has its verb, and so does what stands behind it."""
    there = [word for word in words(bangla, "bn") if word.sentence == other.sentence]
    before = _last_piece([word for word in there if word.start < other.start])
    after = [word.text for word in there if word.start >= other.end]
    return has_verb(before, known) and has_verb(after, known)


def _last_piece(those: Sequence[Word]) -> list[str]:
    """The texts of words back to the mark before them; a mark at their end parts nothing."""
    first = len(those)
    while first and (first == len(those) or those[first - 1].end + 1 >= those[first].start):
        first -= 1
    return [word.text for word in those[first:]]


def _are_under_a_no(
    english: str, bangla: str, one: Mention, other: Mention, is_of_clauses: bool
) -> bool:
    """Whether and and or mean the same, as of all that are named, or where a no is said of both: not
    A or B is A আর B কোনোটাই না. Of “you have A, or you cannot B” it is not."""
    if any(said.start <= one.start < said.end for said in quantities(english, "en")):
        return True  # one or two days
    spans = sentence_spans(english), sentence_spans(bangla)
    if not is_of_clauses and _OF_EACH.search(bangla):
        return True
    if len(spans[0]) == len(spans[1]) == 1 and _DOING_IT.search(bangla):
        return True  # in a list of what not to do
    joined = _JOINED.match(english, one.start)
    if not joined or len(spans[0]) != len(spans[1]):
        return _says_no(bangla, 0, len(bangla)) or bool(_ENGLISH_NO.search(english))
    begin, end = spans[0][one.sentence]
    if is_of_clauses:
        return bool(_ENGLISH_NO.search(english, begin, one.start)) and bool(
            _ORDER.match(english, begin)
        )
    if _ENGLISH_NO.search(english, begin, end):
        return not joined["clause"] or bool(_ENGLISH_NO.search(english, begin, one.start))
    return _says_no(bangla, other.end, spans[1][other.sentence][1])


def _says_no(bangla: str, begin: int, end: int) -> bool:
    return any(begin <= word.start < end and word.text in NOES for word in words(bangla, "bn"))
