"""Two steps of which a text says which comes first: X before Y; আগে X, তারপর Y."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import regex

from ..language.text import compile_pattern, sentence_spans
from .agreement import agreement
from .base import Words
from .order import named_once
from .reading.concepts import Lexicon, Mention

_THEN, _BEFORE, _AFTER = "then", "before", "after"
# Words between two steps: X, then Y; X before Y; X after Y. তারপর and -এর পর are alike: X পর Y.
_WORDS: Mapping[str, Mapping[str, regex.Pattern[str]]] = {
    "en": {
        _THEN: regex.compile(r"(?i)\b(?:and then|then|after that|afterwards)\b"),
        _BEFORE: regex.compile(r"(?i)\bbefore\b(?! (?:that|then)\b)"),
        _AFTER: regex.compile(r"(?i)\b(?:after|once)\b(?! that\b)"),
    },
    "bn": {
        _THEN: compile_pattern(r"(?<![\p{L}\p{M}])(?:তার|এর)?(?:পর|পরে|পরপরই|পরই)(?![\p{L}\p{M}])"),
        # সকালের আগে is before morning, আগে সকালে is first in the morning.
        _AFTER: compile_pattern(r"(?<=র )আগেই?(?![\p{L}\p{M}])"),
    },
}

_SEQUENCE = compile_pattern(r"(?<![\p{L}\p{M}])(?:তার|এর)পর")


def turned_steps(english: str, bangla: str, known: Lexicon) -> Iterator[tuple[Mention, Mention]]:
    """What the English does first and what the Bangla does, where nothing keeps its step."""
    beside = agreement(english, bangla, known)
    ours, theirs = _steps(english, "en"), _steps(bangla, "bn")
    if not (ours and theirs and beside.is_aligned):
        return
    pairs = list(named_once(beside))
    steps = [(_step(one, ours), _step(other, theirs)) for one, other in pairs]
    placed, turned = dict(zip(steps, pairs, strict=True)), Counter(steps)
    # X, then Y and Z: the second step may have more than the first; and who does both keeps hers.
    is_sequence = _WORDS["en"][_THEN].search(english) and _SEQUENCE.search(bangla)
    if turned[1, 2] and turned[2, 1] and turned[1, 1] <= bool(is_sequence):
        yield placed[1, 2][0], placed[2, 1][1]


def _step(one: Mention, steps: Words) -> int:
    """Which of two steps it stands in, 0 for neither."""
    return next(
        (number for number, (start, end) in enumerate(steps, 1) if start <= one.start < end), 0
    )


@lru_cache(maxsize=512)
def _steps(text: str, language: str) -> Words:
    """The first step and the second, where a text has just one word between two."""
    sentences = sentence_spans(text)
    found = [
        (match, kind, index)
        for index, (start, end) in enumerate(sentences)
        for kind, pattern in _WORDS[language].items()
        for match in pattern.finditer(text, start, end)
    ]
    return _sides(text, *found[0], sentences) if len(found) == 1 else ()


def _sides(
    text: str, match: regex.Match[str], kind: str, index: int, sentences: Sequence[tuple[int, int]]
) -> Words:
    start, end = sentences[index]
    before, after = (start, match.start()), (match.end(), end)
    if not text[start : match.start()].strip():  # Then Y; After X, Y
        comma = text.find(",", *after)
        if kind == _THEN:
            return (sentences[index - 1], after) if index else ()
        if comma < 0:
            return ()
        before, after = (comma, end), (match.end(), comma)
    return (after, before) if kind == _AFTER else (before, after)
