"""Whether a number is the least or the most of something, in both languages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

import regex

from .amounts import VALUE, Difference
from .lexicon import listed, table
from .reading.quantities import quantities
from .reading.quantity import Quantity

# A clause that says no may turn its bound round: বেশি নয়.
_TURNS = regex.compile(
    r"""\b (?: no | not | never | none | without | unless | until ) \b | n['’]t \b
    | (?<!\S) (?: না | নয় | নেই | নি | ছাড়া ) (?!\p{L}|\p{M})
    | (?: য় | ে | ন ) নি (?!\p{L}|\p{M})  # হয়নি, and not পানি or আপনি""",
    regex.VERBOSE | regex.IGNORECASE,
)
_MARK = regex.compile(r"[,;:.!?।—]\s|\n")


@cache
def _words(language: str) -> tuple[regex.Pattern, regex.Pattern]:
    """The words of the bounds before and behind a number, each in the group of its bound."""
    rows = [row for row in table("bounds") if row[1] == language]
    before, behind = (
        "|".join(
            f"(?P<{row[0]}>{'|'.join(sorted(listed(row[column]), key=len, reverse=True))})"
            for row in rows
        )
        for column in (2, 3)
    )
    return (
        regex.compile(rf"(?<!\p{{L}})(?:{before})\s+$", regex.IGNORECASE),
        # An ending may stand between them, -এর বেশি, or what each is counted of, /লিটারের ওপরে.
        regex.compile(
            rf"^(?:[^\s,;।]{{0,5}}|/\p{{L}}[^\s,;।]*|\s[^\s,;।]+র)\s+(?:{behind})(?!\p{{L}}|\p{{M}})",
            regex.IGNORECASE,
        ),
    )


def _bound(said: Quantity, text: str, language: str) -> tuple[str, Quantity] | None:
    """Which bound the words beside a number make it, and the number together with them."""
    begin = max((mark.end() for mark in _MARK.finditer(text, 0, said.start)), default=0)
    end = mark.start() if (mark := _MARK.search(text, said.end)) else len(text)
    those_before, those_behind = _words(language)
    before = those_before.search(text[begin : said.start])
    behind = those_behind.search(text[said.end : end])
    if bool(before) == bool(behind):
        return None
    first = begin + before.start() if before else said.start
    last = said.end + behind.end() if behind else said.end
    if _TURNS.search(text[begin:first]) or _TURNS.search(text[last:end]):
        return None
    bounded = replace(said, text=text[first:last], start=first, end=last)
    return (before or behind).lastgroup, bounded


def exchanged_bounds(english: str, bangla: str) -> Iterator[Difference]:
    """Numbers that are the least in one text and the most in the other: over a year, এক বছরের কম."""
    said, also = _said_once(english, "en"), _said_once(bangla, "bn")
    for values in said.keys() & also.keys():
        here = _bound(said[values], english, "en")
        there = _bound(also[values], bangla, "bn")
        if here and there and here[0] != there[0]:
            yield Difference(VALUE, here[1], there[1])


def _said_once(text: str, language: str) -> dict[tuple[Decimal, ...], Quantity]:
    """The numbers that stand in a text only once, by their values."""
    found = [one for one in quantities(text, language) if one.values]
    times = Counter(one.values for one in found)
    return {one.values: one for one in found if times[one.values] == 1}
