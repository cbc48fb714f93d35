"""Words of the glossary, explained where a page first uses them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from .models import Term
from .quality.terms import english_term
from .text import bangla_words

MOST = 16  # on one page: more would weigh more than a page may, and no safety word is cut for it
# What already says what it is, leads somewhere, or is not read as text.
_LEFT_ALONE = "h1|h2|h3|a|button|summary|cite|dfn|svg|script|style"
_PIECE = regex.compile(rf"<(?P<tag>{_LEFT_ALONE})\b[^>]*>.*?</(?P=tag)>|<[^>]*>", regex.DOTALL)


@dataclass(frozen=True)
class Word:
    """A term in one language: what it looks like in a text, and what it means."""

    forms: tuple[str, ...]
    explanation: str
    pattern: str

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


def words_of(terms: Iterable[Term], language: str) -> tuple[Word, ...]:
    """The terms that have an explanation in a language."""
    found = []
    for term in terms:
        explanation = getattr(term, f"explanation_{language}")
        if not explanation:
            continue
        if language == "bn":
            forms = tuple(form for form in term.bangla.split("\n") if form.strip())
            pattern = bangla_words(*forms).pattern if forms else ""
        else:
            forms, pattern = (term.english,), rf"\b{english_term(term.english.lower())}\b"
        if pattern:
            found.append(Word(forms, explanation, pattern))
    return tuple(found)


def explain(html: str, words: Sequence[Word], without: str = "") -> tuple[str, list[Explained]]:
    """HTML with each word marked where it first stands, and the words that were marked.

    Left alone: words of the text `without` (a page's own title), and words that brackets after
    them explain already.
    """
    words = tuple(words)
    finder = _finder(words)
    done = {match.lastgroup for match in finder.finditer(without)}
    found: list[Explained] = []

    def mark(match: regex.Match) -> str:
        group = match.lastgroup
        if group in done or len(found) == MOST:
            return match[0]
        done.add(group)
        if match.string[match.end() :].lstrip().startswith("("):
            return match[0]
        word = words[int(group[1:])]
        found.append(Explained(len(found) + 1, word.named(match[0]), word.explanation))
        return f'<dfn><button type="button" popovertarget="w{len(found)}">{match[0]}</button></dfn>'

    marked = "".join(
        piece if is_markup else finder.sub(mark, piece) for is_markup, piece in _pieces(html)
    )
    return marked, found


def _pieces(html: str) -> Iterator[tuple[bool, str]]:
    begin = 0
    for match in _PIECE.finditer(html):
        yield False, html[begin : match.start()]
        yield True, match[0]
        begin = match.end()
    yield False, html[begin:]


@lru_cache(maxsize=8)
def _finder(words: tuple[Word, ...]) -> regex.Pattern:
    """Any of the words, the longest first; the name of the group says which."""
    longest_first = sorted(
        range(len(words)), key=lambda number: -max(map(len, words[number].forms))
    )
    choices = "|".join(f"(?P<t{number}>{words[number].pattern})" for number in longest_first)
    return regex.compile(choices or "(?!)", regex.IGNORECASE | regex.VERSION1)
