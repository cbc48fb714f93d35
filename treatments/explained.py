"""Words of the glossary, explained where a page first uses them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from .quality.terms import english_term
from .text import bangla_words, normalise, says_something

MOST = 12  # on one page: more would weigh more than a page may, and no safety word is cut for it
# What already says what it is, leads somewhere, or is not read as text.
_LEFT_ALONE = "h1|h2|h3|a|button|summary|cite|dfn|svg|script|style"
_MARKUP = re.compile(rf"<({_LEFT_ALONE})\b[^>]*>.*?</\1>|<[^>]*>", re.DOTALL)
_BRACKET = re.compile(r"\s*\(")


@dataclass(frozen=True)
class Word:
    """A term in one language: what it looks like in a text, and what it means."""

    forms: tuple[str, ...]
    explanation: str
    beginnings: tuple[str, ...]  # small letters: every place of the word begins with one of them
    pattern: regex.Pattern

    def named(self, found: str) -> str:
        """The form that was found, without its ending."""
        found = found.lower()
        begun = [form for form in self.forms if found.startswith(form.lower())]
        return max(begun, key=len, default=self.forms[0])


@dataclass(frozen=True)
class Explained:
    """A word of a page, with its place in the list of explanations, from 1."""

    number: int
    word: str
    explanation: str


def words_of(terms: Iterable[tuple[str, str]], language: str) -> tuple[Word, ...]:
    """The words of terms, each given as the glossary writes it, and its meaning, if it has one.

    The glossary writes the forms of a Bangla term one a line.
    """
    return tuple(
        _word(term, meaning, language)
        for term, meaning in terms
        if says_something(term) and meaning
    )


@lru_cache(maxsize=1000)
def _word(written: str, explanation: str, language: str) -> Word:
    if language == "bn":
        forms = tuple(form for form in written.split("\n") if says_something(form))
        beginnings = {normalise(form).split()[0] for form in forms}
        pattern = bangla_words(*forms)
    else:
        forms, beginnings = (written,), {written.lower()[:3]}
        pattern = regex.compile(rf"\b{english_term(written.lower())}\b", regex.IGNORECASE)
    return Word(forms, explanation, tuple(beginnings), pattern)


def explain(html: str, words: Sequence[Word], without: str = "") -> tuple[str, list[Explained]]:
    """HTML with each word marked where it first stands, and the words that were marked.

    Left alone: words of the text `without` (a page's own title), and words that brackets after
    them explain already.
    """
    text = _MARKUP.sub(lambda markup: "\0" * len(markup[0]), html)
    done = {number for _begin, _end, number in _places(without, words)}
    found: list[Explained] = []
    parts, copied = [], 0
    for begin, end, number in _places(text, words):
        if number in done:
            continue
        done.add(number)
        if _BRACKET.match(text, end):
            continue
        word, written = words[number], html[begin:end]
        found.append(Explained(len(found) + 1, word.named(written), word.explanation))
        button = f'<button type="button" popovertarget="w{len(found)}">{written}</button>'
        parts += [html[copied:begin], f"<dfn>{button}</dfn>"]
        copied = end
        if len(found) == MOST:
            break
    return "".join([*parts, html[copied:]]), found


def _places(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
    """Where the words stand: begin, end and number of the word, the longest where two overlap."""
    small = text.lower()
    if len(small) != len(text):  # a letter that has no small form of one letter
        small = text
    found = []
    for number, word in enumerate(words):
        for beginning in word.beginnings:
            begin = small.find(beginning)
            while begin >= 0:
                # Looking for letters and then matching there is far quicker than searching.
                if match := word.pattern.match(text, begin):
                    found.append((begin, match.end(), number))
                begin = small.find(beginning, begin + 1)
    taken = 0
    for begin, end, number in sorted(found, key=lambda place: (place[0], -place[1])):
        if begin >= taken:
            yield begin, end, number
            taken = end
