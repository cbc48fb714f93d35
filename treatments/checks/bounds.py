"""Whether a number is the least or the most of something, in both languages."""

from collections.abc import Iterator
from functools import cache

import regex

from .base import Words
from .lexicon import listed, table
from .reading.quantities import quantities
from .reading.quantity import Quantity

# A clause that says no may turn its bound round: বেশি নয়.
_TURNS = regex.compile(
    r"""\b (?: no | not | never | none | without | unless | until ) \b | n['’]t \b
    | (?<!\S) (?: না | নয় | নেই | নি | ছাড়া ) (?!\p{L}|\p{M}) | নি (?!\p{L}|\p{M})""",
    regex.VERBOSE | regex.IGNORECASE,
)
_MARK = regex.compile(r"[,;:.!?।—]\s|\n")


@cache
def _words(language: str, column: int) -> regex.Pattern:
    """The words of the bounds before (2) or behind (3) a number, each in the group of its bound."""
    of_bounds = "|".join(
        f"(?P<{bound}>{'|'.join(sorted(listed(row[column - 2]), key=len, reverse=True))})"
        for bound, code, *row in table("bounds")
        if code == language
    )
    around = {
        ("en", 2): r"(?<!\p{L})(?:%s)\s+$",
        ("en", 3): r"^\s+(?:%s)(?!\p{L})",
        ("bn", 2): r"(?<!\p{L})(?:%s)\s+$",
        ("bn", 3): r"^[^\s,;।]{0,5}\s+(?:%s)(?!\p{L}|\p{M})",  # -এর বেশি
    }
    return regex.compile(around[language, column] % of_bounds, regex.IGNORECASE)


def _bound(said: Quantity, text: str, language: str) -> tuple[str, tuple[int, int]] | None:
    """Which bound the words beside a number make it, and where it stands with them."""
    begin = max((mark.end() for mark in _MARK.finditer(text, 0, said.start)), default=0)
    end = mark.start() if (mark := _MARK.search(text, said.end)) else len(text)
    before = _words(language, 2).search(text[begin : said.start])
    behind = _words(language, 3).search(text[said.end : end])
    if bool(before) == bool(behind):
        return None
    first = begin + before.start() if before else said.start
    last = said.end + behind.end() if behind else said.end
    if _TURNS.search(text[begin:first]) or _TURNS.search(text[last:end]):
        return None
    return (before or behind).lastgroup, (first, last)


def exchanged_bounds(english: str, bangla: str) -> Iterator[tuple[Words, Words]]:
    """Numbers that are the least in one text and the most in the other: over a year, এক বছরের কম."""
    sides = quantities(english, "en"), quantities(bangla, "bn")
    for one in sides[0]:
        others = [other for other in sides[1] if other.values == one.values]
        alike = [each for each in sides[0] if each.values == one.values]
        if not one.values or len(others) != 1 or len(alike) != 1:
            continue
        here, there = _bound(one, english, "en"), _bound(others[0], bangla, "bn")
        if here and there and here[0] != there[0]:
            yield (here[1],), (there[1],)
