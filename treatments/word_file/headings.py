"""Which section a heading of a file means, and which value the texts under a sub-heading have."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import regex
from django.utils.functional import Promise
from django.utils.translation import override

from ..document.content import Pair
from ..document.sections import PROSE, SECTIONS
from ..language.text import comparison_key, words
from ..models import LANGUAGES

SUMMARY = "summary"
# Photos are no text; each answer of “In short” belongs to a question of its own.
CHOICES: tuple[tuple[str, str | Promise], ...] = (
    (SUMMARY, PROSE[SUMMARY]),
    *((one.key, one.heading) for one in SECTIONS if one.key not in ("photos", "answers")),
)
KEYS = frozenset(key for key, _heading in CHOICES)

_NUMBER = regex.compile(r"^\s*\(?[\p{N}ivx]{1,4}[.):।]\s+")
_LONGEST = 200  # letters of a heading that are looked at
Words = tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    section: str
    value: str
    words: Words
    is_whole: bool

    def is_in(self, heading: Words) -> bool:
        if self.is_whole:
            return heading == self.words
        size = len(self.words)
        starts = range(len(heading) - size + 1)
        return any(heading[start : start + size] == self.words for start in starts)


def _compared(text: str) -> Words:
    return tuple(words(comparison_key(_NUMBER.sub("", text)).replace("’", "'").replace("'", "")))


@cache
def _wordings() -> tuple[Wording, ...]:
    """Of both languages, the most telling first."""
    lines = Path(__file__).with_name("headings.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    found = (
        Wording(section, value, _compared(phrase), phrase.strip().startswith("="))
        for section, value, *cells in rows[1:]
        for cell in cells
        for phrase in cell.split(",")
    )
    everything = (*found, *_of_the_page())
    return tuple(sorted(everything, key=lambda one: -sum(map(len, one.words))))


def _of_the_page() -> Iterator[Wording]:
    """The page's own headings, as patients read them."""
    for code in LANGUAGES:
        with override(code):
            for key, heading in CHOICES:
                yield Wording(key, "", _compared(str(heading)), False)


@lru_cache(maxsize=4096)
def _matching(heading: Pair) -> tuple[Wording, ...]:
    said = [_compared(heading[code][:_LONGEST]) for code in LANGUAGES if heading[code]]
    return tuple(one for one in _wordings() if any(one.is_in(each) for each in said))


def section_of(heading: Pair) -> str:
    """The section that the most telling words of a heading name; "" if they name none."""
    return next((one.section for one in _matching(heading)), "")


def value_of(section: str, heading: Pair, *, is_main: bool = False) -> str:
    """The value that texts under such a heading have in the section; "" if it names none, or two.

    A section's main heading gives one only by its most telling words: “Side effects, also rare
    ones” speaks of all of them.
    """
    named = [one for one in _matching(heading) if one.section == section]
    if is_main:
        named = named[:1]
    values = {one.value for one in named} - {""}
    return values.pop() if len(values) == 1 else ""
