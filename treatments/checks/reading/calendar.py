"""Weekdays, months and parts of the day: closed sets of words."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import regex

from ...language.inflection import BANGLA_ENDING
from ...language.text import WORD, compile_pattern
from ..lexicon import spaced, table


@dataclass(frozen=True, slots=True)
class Named:
    """A member of a closed set, and where a text names it."""

    what: str  # the set
    member: str
    start: int
    end: int
    loose: bool  # named in passing: breakfast


_ROWS = tuple(table("calendar"))
# member: itself, and what may stand for it
ACCEPTED = {member: {member, *also.split()} for _what, member, _en, _bn, also, _loose in _ROWS}
_ENGLISH: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)  # tonight is in two rows
for _what, _member, _english, _bn, _also, _loose in _ROWS:
    for _word in sorted({*spaced(_loose), *spaced(_english)}):
        _ENGLISH[_word].append((_what, _member, _word in spaced(_loose)))
_BANGLA = {
    word: (what, member, word in spaced(loose))
    for what, member, _en, bangla, _also, loose in _ROWS
    for word in spaced(f"{loose} {bangla}")
}
_BANGLA_WORD = compile_pattern(
    f"(?P<word>{'|'.join(sorted(map(regex.escape, _BANGLA), key=len, reverse=True))}){BANGLA_ENDING}"
)
_VERBS = frozenset(["may", "march"])
_OF_MONTH = compile_pattern(
    r"(?:\b(?:in|of|since|until|till|by|from|to|last|next|and)|[\d০-৯](?:st|nd|rd|th)?)\s+$",
    regex.IGNORECASE,
)
_MONTHS = "|".join(word for word, (what, *_named) in _BANGLA.items() if what == "month")
_MAY = compile_pattern(rf"^\s*(?:মাস|[\d০-৯]|(?:ও|থেকে|এবং|বা|,|[-–])\s*(?:{_MONTHS}))")
_MAY_BEFORE = compile_pattern(r"(?:[\d০-৯](?:লা|রা|ঠা|ই|শে)?|থেকে|ও|এবং|বা)\s+$")


@lru_cache(maxsize=4096)
def named(text: str, language: str) -> tuple[Named, ...]:
    """The members of closed sets that a plain text names, in order."""
    read = _in_bangla if language == "bn" else _in_english
    found = []
    for match in WORD.finditer(text):
        for what, member, loose in read(match, text):
            found.append(Named(what, member, match.start(), match.end(), loose))
    return tuple(found)


def _in_english(match: regex.Match, text: str) -> list[tuple[str, str, bool]]:
    word = match[0]
    entries = _ENGLISH.get(word.lower(), [])
    if word.lower() in _VERBS:
        dated = _OF_MONTH.search(text[: match.start()]) or regex.match(
            r"\s+[\d০-৯]", text[match.end() :]
        )
        return entries if word[0].isupper() and dated else []
    return entries


def _in_bangla(match: regex.Match, text: str) -> list[tuple[str, str, bool]]:
    found = _BANGLA_WORD.fullmatch(match[0])
    if found is None:
        return []
    entry = _BANGLA[found["word"]]
    if entry[1] == "may" and not (
        _MAY.search(text[match.end() :]) or _MAY_BEFORE.search(text[: match.start()])
    ):
        return []
    return [entry]
