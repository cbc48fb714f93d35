"""Which section a heading of a file means, and which value the texts under a sub-heading have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import regex
from django.utils.functional import Promise
from django.utils.translation import override

from ..document.content import Pair
from ..document.entries import HEADINGS
from ..document.sections import PROSE, SECTIONS
from ..language.text import comparison_key, compile_pattern, words
from ..models import LANGUAGES

SUMMARY = "summary"
# Photos are no text; each answer of “In short” belongs to a question of its own.
CHOICES: tuple[tuple[str, str | Promise], ...] = (
    (SUMMARY, PROSE[SUMMARY]),
    *((one.key, one.heading) for one in SECTIONS if one.key not in ("photos", "answers")),
)

# Sections of whose items each has a value that none can do without: the field that holds it.
VALUED = {key: under.field for key, under in HEADINGS.items()}

_NUMBER = regex.compile(r"^\s*\(?[\p{N}ivx]{1,4}[.):।]\s+")
_LONGEST = 200  # letters of a heading that are looked at
Words = tuple[str, ...]


# Words that turn a heading round. One too many only means that staff are asked.
_NEGATION = compile_pattern(
    r"not|no|none|never|nor|neither|without|except|unless|against|stop|instead|cant|cannot|wont|donts"
    r"|[a-z]+nt(?<=(?:do|does|did|is|are|was|should|must|need|could|would|have|has)nt)"
    r"|avoid(?:s|ed|ing|ance)?|forbidden|prohibited|unsuitable|unsafe|exclu\p{L}+|refus\p{L}+"
    r"|না|নয়|নহে|নেই|নাই|নি|নিষেধ|নিষিদ্ধ|বারণ|বাদ|ছাড়া|ব্যতীত|বিরত|বন্ধ|মানা|অযোগ্য|অনুপযুক্ত"
    r"|বর্জন\p{L}*\p{M}*\p{L}*|এড়[\p{L}\p{M}]+|[\p{L}\p{M}]+(?:ে|েন|য়|বো|ই)(?:না|নি)"
)
# Signs that do so too, or may.
_CROSS = regex.compile(r"[✗✘❌✖✕☒⛔🚫🚷🛑⊘⃠□]")


@dataclass(frozen=True)
class Wording:
    section: str
    value: str
    words: Words
    is_whole: bool
    is_last: bool = False

    @cached_property
    def negations(self) -> int:
        return _negations(self.words)

    def is_in(self, heading: Words) -> bool:
        """Whether it says what the heading says; never where the heading turns it round."""
        if self.is_whole or len(heading) == len(self.words):
            return heading == self.words
        size = len(self.words)
        starts = range(len(heading) - size + 1)[-1 if self.is_last else 0 :]
        found = any(heading[start : start + size] == self.words for start in starts)
        return found and self.negations == _negations(heading)

    def fits(self, heading: Words, whole: bool) -> bool:
        return heading == self.words or not whole


def _negations(said: Words) -> int:
    return sum(bool(_NEGATION.fullmatch(word)) for word in said)


def _compared(text: str) -> Words:
    return tuple(words(comparison_key(_NUMBER.sub("", text)).replace("’", "'").replace("'", "")))


@cache
def _wordings() -> tuple[Wording, ...]:
    """Of both languages, the most telling first."""
    lines = Path(__file__).with_name("headings.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    found = (
        Wording(
            section,
            value,
            _compared(phrase),
            phrase.strip().startswith("="),
            phrase.strip().startswith("…"),
        )
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
def _matching(heading: Pair, whole: bool) -> tuple[tuple[Words, tuple[Wording, ...]], ...]:
    """The words of a heading in each of its languages, with the wordings that say the same."""
    if any(_CROSS.search(heading[code]) for code in LANGUAGES):
        return ()
    said = [_compared(heading[code][:_LONGEST]) for code in LANGUAGES if heading[code]]
    return tuple(
        (each, tuple(one for one in _wordings() if one.is_in(each) and one.fits(each, whole)))
        for each in said
    )


def section_of(heading: Pair, *, whole: bool = False) -> str:
    """The section that the most telling words of a heading name.

    "" if they name none, or its languages do not say the same. With `whole`, only for a heading
    that is a known wording and nothing more.
    """
    firsts = [(said, named[:1]) for said, named in _matching(heading, whole)]
    sections = {one.section for _said, named in firsts for one in named}
    return sections.pop() if len(sections) == 1 and _agree(firsts, whole) else ""


def value_of(section: str, heading: Pair, *, is_main: bool = False, whole: bool = False) -> str:
    """The value that texts under such a heading have in the section; "" if it names none, or two.

    A section's main heading gives one only by its most telling words: “Side effects, also rare
    ones” speaks of all of them.
    """
    by_language = []
    for said, matching in _matching(heading, whole):
        named = [one for one in matching if one.section == section]
        by_language.append((said, tuple(named[:1] if is_main else named)))
    values = {one.value for _said, named in by_language for one in named} - {""}
    return values.pop() if len(values) == 1 and _agree(by_language, whole) else ""


def turns_round(heading: Pair) -> bool:
    """Whether it denies something, in either language; the “No.” over numbers does not."""
    said = [_compared(heading[code]) for code in LANGUAGES]
    return any(_negations(each) for each in said if each != ("no",))


def meaning_of(heading: Pair, *, whole: bool = True) -> tuple[str, str]:
    """The section that a heading names by itself, and the value it names in it; "" for none."""
    section = section_of(heading, whole=whole)
    return section, value_of(section, heading, is_main=True, whole=whole) if section else ""


def _agree(by_language: Sequence[tuple[Words, tuple[Wording, ...]]], whole: bool) -> bool:
    """Whether a language whose words are not known may say what the other one says."""
    named = [one for _said, wordings in by_language for one in wordings]
    unknown = [said for said, wordings in by_language if not wordings]
    is_against = {bool(one.negations) for one in named}
    return not unknown or (not whole and is_against == {bool(_negations(said)) for said in unknown})
