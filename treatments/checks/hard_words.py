"""Hard words, and whether a page explains them where a reader first meets them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, zip_longest

import regex
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from ..document.content import Edition, EditionItem
from ..document.entries import HEADINGS
from ..document.places import Place
from ..document.sections import SECTIONS
from ..language.inflection import BANGLA_ENDING, WORD_END, WORD_START
from ..language.text import compile_pattern, normalise, sentences, words
from .base import ADVICE, Check, Finding, GlossaryTerm, Subject
from .passages import Text, prose
from .snippets import cut
from .terms import CASE_ENDING, english_term

# --- A page as it is read -----------------------------------------------------------------------

# Fields that stand on the page as headings, beside a picture, or on another page.
_NOT_READ_IN_LINE = {
    ("contraindications", "question"),
    ("photos", "alt"),
    ("procedure", "title"),
    ("other_options", "name"),
    ("questions", "question"),
}


def running_text(edition: Edition) -> Iterator[Text]:
    """The texts of a page's sections in the order in which they are read, without the headings."""
    for section in SECTIONS:
        for item in _as_shown(section.key, edition.items(section.key)):
            for name in section.model.pairs:
                if (section.key, name) not in _NOT_READ_IN_LINE:
                    yield Text(Place(section.key, item.uid, name), item.words.get(name, ""))


def _as_shown(key: str, items: Sequence[EditionItem]) -> Sequence[EditionItem]:
    under = HEADINGS.get(key)
    if under is None:
        return items
    order = [heading.value for heading in under.headings]
    return sorted(items, key=lambda item: order.index(item.values[under.field]))


class HardWords:
    """The terms of a glossary that have an explanation in a language, ready to be looked for."""

    def __init__(self, terms: Sequence[GlossaryTerm], language: str):
        self.terms = [term for term in terms if words(term.explanations[language])]
        forms = [
            (form, number)
            for number, term in enumerate(self.terms)
            for form in ([normalise(term.english.lower())] if language == "en" else term.bangla)
            if words(form) and not _is_plain(form, term.explanations[language])
        ]
        forms.sort(key=lambda entry: -len(entry[0]))  # of two that overlap, the longer one
        source = english_term if language == "en" else _bangla_term
        choices = "|".join(f"(?P<t{number}>{source(form)})" for form, number in forms)
        after = BANGLA_ENDING if language == "bn" else ""
        # Each form in its normal form, and not the whole: a mark would join the sign before it.
        self._pattern = regex.compile(
            f"{WORD_START}(?:{choices or '(?!)'}){after}{WORD_END}",
            regex.IGNORECASE | regex.VERSION1,
        )

    def find(self, text: str) -> Iterator[tuple[GlossaryTerm, regex.Match]]:
        for match in self._pattern.finditer(text):
            yield self.terms[int(match.lastgroup[1:])], match


def _bangla_term(form: str) -> str:
    return r"[\s-]+".join(map(regex.escape, normalise(form).split()))


def _is_plain(form: str, explanation: str) -> bool:
    """Whether the explanation says the same words again: ওষুধ মেশানো পানি needs none."""
    known = words(normalise(explanation).lower())
    stems = [CASE_ENDING.sub("", word) for word in words(normalise(form).lower())]
    return all(any(word.startswith(stem) for word in known) for stem in stems)


@lru_cache(maxsize=16)
def hard_words(terms: tuple[GlossaryTerm, ...], language: str) -> HardWords:
    return HardWords(terms, language)


@lru_cache(maxsize=4096)
def _standing_in(text: str, known: HardWords) -> tuple[tuple[GlossaryTerm, regex.Match], ...]:
    """A save asks it of every sentence of the page, and changes a few."""
    return tuple(known.find(text))


# What explains a word from behind it; a Bangla noun may have its verb first: ফোসকা পড়া (…).
_AFTER = compile_pattern(
    rf"""["”’']?(?:\s+(?:করা|হওয়া|পড়া|লাগা|ধরা|যাওয়া){WORD_END})?\s*(?:
        [(\[] | [–—-]\s | :\s
        | ,?\s*(?:that\ is|i\.e\.|meaning|অর্থাৎ|মানে){WORD_END}
        | ,\s*(?:which|who|যা|যে|যিনি|যাঁরা|যাকে){WORD_END}
        | ,\s*(?:an?|the|some)\s[^,]*\b(?:that|which|who|for|of|to|in|from)\b
        | (?:means?|is\ an?|is\ when|is\ called|হলো|বলতে|বলে){WORD_END}
    )""",
    regex.VERBOSE | regex.IGNORECASE,
)
# And from before it: “this is called …”; or it is an example of what was explained, “a medicine
# for … (one that …) such as …”.
_BEFORE = compile_pattern(
    r"""(?:
        [)\]]\s*(?:such\ as|like|for\ example,?|যেমন)\s+
        | \b(?:that\ is|i\.e\.|called|known\ as|calls?\ (?:it|this)|অর্থাৎ|মানে|যাকে),?\s+
          (?:an?\s+|the\s+)?["“‘]?
    )$""",
    regex.VERBOSE | regex.IGNORECASE,
)


def is_explained(sentence: str, begin: int, end: int) -> bool:
    """Whether a sentence says in itself what its words from `begin` to `end` mean.

    A word in brackets stands behind its meaning: “charged particles (ions)”.
    """
    in_brackets = sentence.rfind("(", 0, begin) > sentence.rfind(")", 0, begin)
    before = sentence[max(0, begin - 40) : begin]
    return in_brackets or bool(_AFTER.match(sentence, end) or _BEFORE.search(before))


class HardWordsExplained(Check):
    id = "hard-words"
    name = _("Hard words are explained where they first stand")
    why = _("Nobody looks a word up while reading: its meaning has to stand in the sentence.")
    level = ADVICE

    MOST = 12  # a language

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for use in islice(_unexplained(subject.terms, edition), self.MOST):
                yield self.finding(
                    subject,
                    use.place,
                    gettext("“%(word)s” is a hard word, and nothing explains it: “%(text)s”")
                    % {"word": use.word, "text": cut(use.sentence, use.begin)},
                    gettext("Say what it means where it stands, for example: “%(words)s”.")
                    % {"words": f"{use.word} ({_in_brackets(use.term.explanations[language])})"},
                    language,
                )


@dataclass(frozen=True)
class _Use:
    term: GlossaryTerm
    place: Place
    sentence: str
    begin: int
    end: int

    @property
    def word(self) -> str:
        return self.sentence[self.begin : self.end]


def _unexplained(terms: tuple[GlossaryTerm, ...], edition: Edition) -> Iterator[_Use]:
    """Where each term first stands, if nothing explains it there; not what the page is about."""
    known = hard_words(terms, edition.language)
    met = {term.english for name in _names(edition) for term, _match in _standing_in(name, known)}
    for entry in running_text(edition):
        for sentence in sentences(entry.text):
            uses = [
                _Use(term, entry.place, sentence, *match.span())
                for term, match in _standing_in(sentence, known)
            ]
            for use, following in zip_longest(uses, uses[1:]):
                if use.term.english in met:
                    continue
                met.add(use.term.english)
                # One bracket behind two words that a comma joins explains both.
                last = use
                if following and sentence[use.end : following.begin].strip() == ",":
                    last = following
                if not is_explained(sentence, use.begin, last.end):
                    yield use


def _names(edition: Edition) -> Iterator[str]:
    """The page's title, and its headings: what stands below them says what they mean."""
    yield prose(edition, "title")
    with override(edition.language):
        headings = [str(section.heading) for section in SECTIONS]
    yield from headings


def _in_brackets(explanation: str) -> str:
    """Its first sentence, as it stands within another one."""
    first = sentences(normalise(explanation))[0].rstrip(".।")
    return first[:1].lower() + first[1:]
