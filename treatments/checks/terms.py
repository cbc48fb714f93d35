"""The words of the glossary, text by text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..document.places import Place
from ..document.sections import BY_KEY, RUNNING_TEXT
from ..language.inflection import BANGLA_ENDING
from ..language.text import compile_pattern, normalise, words
from .agreement import GLOSSARY, Agreement, agreement, lexicon
from .base import ADVICE, ASK, BLOCKING, Check, Finding, GlossaryTerm, Subject, Words
from .passages import PairedText, paired_texts
from .reading.concepts import Mention
from .reading.lookalikes import look_alike
from .snippets import quotes

# --- English: whole words with their endings ----------------------------------------------------

_IRREGULAR = {
    "feet": "feet|foot",
    "epilepsy": "epilep(?:sy|tic)",
    "allergy": "allerg(?:y|ies|ic)",
    "pain": "pain(?:s|ful|fully|less)?",
    "burn": "burn(?:s|ed|t)?",
    "sweat": "sweat(?:s|ed|ing|y)?",
    "dizziness": "dizz(?:y|iness)",
    "itching": "itch(?:es|ed|ing|y)?",
    "irritation": "irritat(?:ion|ions|es|ed|ing)",
    "tingling": "tingl(?:e|es|ed|ing)",
}


def _english_word(word: str) -> str:
    if word in _IRREGULAR:
        return f"(?:{_IRREGULAR[word]})"
    if word.endswith(("izer", "iser")):  # moisturizer: moisturise, moisturizing
        return regex.escape(word[:-3]) + "[sz](?:e|es|ed|er|ers|ing)"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        return regex.escape(word[:-1]) + "(?:s|'s|’s)?"
    if word.endswith("y") and not word.endswith(("ay", "ey", "oy")):
        return regex.escape(word[:-1]) + "(?:y|ies|y's|y’s)"
    return regex.escape(word) + "(?:e?s|'s|’s)?"


def english_term(term: str) -> str:
    """The source of a pattern for an English term with the endings that its last word takes."""
    parts = term.replace("-", " ").split()
    return r"[\s-]+".join([*map(regex.escape, parts[:-1]), _english_word(parts[-1])])


# --- Bangla: words with their endings -----------------------------------------------------------

_ENDING = compile_pattern(BANGLA_ENDING)
# What an accepted form may grow into besides: ঘাম → ঘামা, ঘামেন; ব্যথা → ব্যথাহীন.
_GROWTH = compile_pattern(
    f"{BANGLA_ENDING}|া|ানো|ানোর|ার|েন|ছে|ছেন|লে|লেও|বে|বেন|িয়ে|চ্ছে|হীন|মুক্ত|যুক্ত|জনিত|রোধী|নাশক"
)
_CLUSTER = regex.compile(r"\X")
# The helping verb of a form changes with its sentence: পুড়ে যাওয়া, পুড়ে গেলে.
_HELPING = frozenset(normalise("হওয়া যাওয়া করা লাগা নেওয়া দেওয়া থাকা ধরা হবে হয় না নিতে").split())
CASE_ENDING = compile_pattern("(?<!্)(?:য়ের|য়েতে|ের|তে|য়|র|ে)$")
_VERBAL_NOUN = compile_pattern("(?<=\\p{L}\\p{M}*\\p{L}\\p{M}*)ানি$")
_PARTICIPLE = compile_pattern("(?:িয়ে|চে|ে)$")


def _split(form: str) -> tuple[str, ...]:
    return tuple(words(normalise(form)))


def _is_word(word: str, base: str, endings: regex.Pattern = _ENDING) -> bool:
    return word.startswith(base) and bool(endings.fullmatch(word, len(base)))


def _runs(text: Sequence[str], form: Sequence[str]) -> Iterator[range]:
    """Where the words of a form stand side by side in a text."""
    for start in range(len(text) - len(form) + 1):
        if all(_is_word(text[start + step], base) for step, base in enumerate(form)):
            yield range(start, start + len(form))


class _Accepted:
    """An accepted form: all its words in a text, in any order."""

    def __init__(self, form: str):
        kept = [word for word in _split(form) if word not in _HELPING] or list(_split(form))
        helped = len(kept) < len(_split(form))
        self.parts = [self._stem(word, helped, len(kept) > 1) for word in kept]

    @staticmethod
    def _stem(word: str, helped: bool, one_of_many: bool) -> tuple[str, bool]:
        """What a word must begin with, and whether anything may follow."""
        if helped and _PARTICIPLE.search(word):
            return _PARTICIPLE.sub("", word), True
        # চুলকানি → চুলকায়
        stem = (CASE_ENDING if one_of_many else _VERBAL_NOUN).sub("", word)
        size = len(_CLUSTER.findall(stem))
        return (stem, size > 2) if size > 1 else (word, False)

    def stands_in(self, text: Sequence[str]) -> bool:
        return all(
            any(word.startswith(stem) if free else _is_word(word, stem, _GROWTH) for word in text)
            for stem, free in self.parts
        )


@dataclass(frozen=True, eq=False)
class _Term:
    row: GlossaryTerm
    accepted: tuple[_Accepted, ...]
    avoid: tuple[tuple[str, ...], ...]  # each in words


class Glossary:
    """The rows of a glossary, ready to be looked for."""

    def __init__(self, rows: Sequence[GlossaryTerm]):
        rows = [row for row in rows if words(row.english)]
        self.terms = [
            _Term(
                row,
                tuple(_Accepted(form) for form in row.bangla if _split(form)),
                tuple(_split(form) for form in row.avoid if _split(form)),
            )
            for row in rows
        ]
        self._longest_first = sorted(
            ((_split(form), row) for row in rows for form in row.bangla if _split(form)),
            key=lambda entry: -len("".join(entry[0])),
        )
        by_length = sorted(range(len(rows)), key=lambda index: -len(rows[index].english))
        choices = "|".join(
            rf"(?P<t{index}>\b{english_term(rows[index].english.lower())}\b)" for index in by_length
        )
        self._english = regex.compile(choices or "(?!)", regex.IGNORECASE)
        self._inside = {term: self._within(term.row.english) for term in self.terms}
        self.avoided = lru_cache(maxsize=2048)(self._avoided)
        self.unmet = lru_cache(maxsize=2048)(self._unmet)

    def _within(self, english: str) -> list[_Term]:
        """The terms inside a longer term: session in maintenance session."""
        parts = english.split()
        pieces = (
            " ".join(parts[start:stop])
            for start in range(len(parts))
            for stop in range(start + 1, len(parts) + 1)
            if stop - start < len(parts)
        )
        return [term for piece in pieces for term in self.standing_in(piece)]

    def standing_in(self, english: str) -> list[_Term]:
        """The terms of an English text; of two that overlap, the longer one."""
        matches = {match.lastgroup: None for match in self._english.finditer(english)}
        return [self.terms[int(group[1:])] for group in matches if group]

    def _all_in(self, english: str) -> list[_Term]:
        """The terms of an English text, those inside longer ones too."""
        matches = dict.fromkeys(self.standing_in(english))
        for term in tuple(matches):
            matches |= dict.fromkeys(self._inside[term])
        return list(matches)

    def _unmet(self, english: str, bangla: str) -> tuple[GlossaryTerm, ...]:
        """The terms of an English text that no accepted form meets in the Bangla."""
        text = words(bangla)
        return tuple(
            term.row
            for term in self.standing_in(english)
            if term.accepted and not any(form.stands_in(text) for form in term.accepted)
        )

    def _avoided(self, english: str, bangla: str) -> tuple[tuple[GlossaryTerm, str], ...]:
        """The terms of an English text with their forms to be avoided that the Bangla holds."""
        text, terms, matches = words(bangla), self._all_in(english), []
        present = {term.row.english for term in terms}
        for term in terms:
            for form in term.avoid:
                runs = list(_runs(text, form))
                masked = self._masked(text, form, present) if runs else set()
                if any(not masked.intersection(run) for run in runs):
                    matches.append((term.row, " ".join(form)))
        return tuple(matches)

    def _masked(self, text: Sequence[str], avoided: tuple[str, ...], present: set[str]) -> set[int]:
        """Where accepted forms stand that hold the avoided one: পোড়া in জ্বালাপোড়া is right."""
        masked: set[int] = set()
        for form, row in self._longest_first:
            holds = " ".join(avoided) in " ".join(form)
            if holds and (row.english in present or form != avoided):
                for run in _runs(text, form):
                    masked.update(run)
        return masked


@lru_cache(maxsize=8)
def glossary(rows: tuple[GlossaryTerm, ...]) -> Glossary:
    return Glossary(rows)


# What a patient finds in a list by its name.
_LISTED = frozenset({"illness", "medicine", "substance", "food", "tool", GLOSSARY})


def _is_compared(subject: Subject, english: str, bangla: str, term: GlossaryTerm) -> bool:
    """Whether the meanings of the two texts say all that there is to say: where the Bangla names what
    the term means in a word that the glossary does not have, and of what is no name: skin, pain."""
    beside = agreement(english, bangla, lexicon(subject.terms))
    named = _mentions_of(term.english, beside)
    is_name = any(one.kinds & _LISTED or not one.kinds for one in named)
    return bool(named) and not (is_name and any(one in beside.missing for one in named))


def _means_it(subject: Subject, passage: PairedText, term: GlossaryTerm, form: str) -> bool:
    """Whether an avoided form is a word for what the English says here: জ্বালা, where it burns."""
    beside = agreement(passage.en, passage.bn, lexicon(subject.terms))
    names = {name for one in _mentions_of(term.english, beside) for name in one.firm_names}
    return any(
        not names.isdisjoint(other.names)
        for other in beside.bangla
        if form.startswith(other.words[0].text[:3])
        and any(_is_word(word.text, base) for word in other.words for base in _split(form))
    )


_LONG = 8  # letters and signs of a word that few others look like


def _level_of_avoided(subject: Subject, passage: PairedText, term: GlossaryTerm, form: str) -> str:
    if any(len(form) >= _LONG and look_alike(form, accepted) for accepted in term.bangla):
        return ASK  # it may be only another spelling of the right word
    if not _means_it(subject, passage, term, form):
        return BLOCKING
    beside = agreement(passage.en, passage.bn, lexicon(subject.terms))
    is_verb = _is_done(words(passage.bn), form) and _is_verb(passage.en, term.english, beside)
    return ADVICE if is_verb else ASK


_DO = normalise("কর")


def _is_done(text: Sequence[str], form: str) -> bool:
    """Whether a Bangla word is what something does: জ্বালা করে."""
    return any(
        text[run.stop : run.stop + 1] and text[run.stop].startswith(_DO)
        for run in _runs(text, _split(form))
    )


# After these stands a noun, if it is one or a verb: the burn, and not it burns.
_BEFORE_NOUNS = compile_pattern(
    r"(?i)(?:^|[.,:;(]|\b(?:an?|the|of|or|and|any|no|for|with|without|from|by|cause|causes|leave|leaves))\s*$"
)
_IT = compile_pattern(r"(?i)^it\b")


def _is_verb(english: str, term: str, beside: Agreement) -> bool:
    """Whether a term is what something does: it burns, where the glossary means a burn."""
    adjectives = {
        one.end + 1
        for one in beside.english
        if any("/" in kind or kind == "quality" for kind in one.kinds)
    }
    return any(
        _IT.match(english)
        or not (said.start() in adjectives or _BEFORE_NOUNS.search(english[: said.start()]))
        for said in compile_pattern(rf"(?i)\b{regex.escape(term)}s?\b").finditer(english)
    )


def _is_of_another(subject: Subject, passage: PairedText, term: GlossaryTerm, form: str) -> bool:
    """Whether an avoided form says something else that the English names besides: ছানি, where it
    has a cataract as well as glaucoma."""
    beside = agreement(passage.en, passage.bn, lexicon(subject.terms))
    own = _mentions_of(term.english, beside)
    return any(
        one not in own
        and not one.firm_names.isdisjoint(other.firm_names)
        and id(one) in beside.firmly_paired
        and any(_is_word(word.text, base) for word in other.words for base in _split(form))
        for one, other in beside.pairs
    )


def _mentions_of(english: str, beside: Agreement) -> list[Mention]:
    parts = set(words(english.lower()))
    return [
        one for one in beside.english if any(not parts.isdisjoint(word.forms) for word in one.words)
    ]


def _advice(term: GlossaryTerm) -> str:
    return gettext("Write “%(forms)s”.") % {"forms": "” / “".join(term.bangla)}


class AvoidedForms(Check):
    id = "avoided-forms"
    name = _("No word that means something else")
    why = _("ঘ্রাণগ্রন্থি is a smell gland, খোলা আঘাত a blow: such words have stood on real pages.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        known_terms = glossary(subject.terms)
        for passage in paired_texts(subject):
            for term, form in known_terms.avoided(passage.en, passage.bn):
                if _is_of_another(subject, passage, term, form):
                    continue
                yield self.finding(
                    subject,
                    passage.place,
                    gettext("“%(form)s” is the wrong word.") % {"form": form}
                    + " "
                    + gettext("It is not “%(term)s”.") % {"term": term.english},
                    _advice(term),
                    "bn",
                    _level_of_avoided(subject, passage, term, form),
                    english=_where(passage.en, term.english),
                    bangla=_where(passage.bn, form),
                    about=f"{term.english} / {form}",
                    quotes=quotes(passage.en, passage.bn),
                )


_STRICT = frozenset({"contraindications", "help_signs"})


class AcceptedForms(Check):
    id = "accepted-forms"
    name = _("The words of the glossary are used")
    why = _("A patient must find her own illness in the list: epilepsy must be called মৃগী.")
    level = ASK

    def find(self, subject: Subject) -> Iterator[Finding]:
        known_terms = glossary(subject.terms)
        sections: dict[str, list[str]] = {}
        passages = paired_texts(subject)
        for passage in passages:
            sections.setdefault(passage.place.section, []).append(passage.bn)
        for passage in passages:
            # What one paragraph calls by its name, the next may call “it”.
            goes_on = passage.place.section in RUNNING_TEXT
            bangla = "\n".join(sections[passage.place.section]) if goes_on else passage.bn
            for term in known_terms.unmet(passage.en, bangla):
                yield self.finding(
                    subject,
                    passage.place,
                    gettext("The Bangla has no accepted word for “%(term)s”.")
                    % {"term": term.english},
                    _advice(term),
                    "bn",
                    ADVICE
                    if _is_compared(subject, passage.en, bangla, term)
                    else _level(passage.place, term),
                    english=_where(passage.en, term.english),
                    about=term.english,
                    quotes=quotes(passage.en, passage.bn),
                )


def _where(text: str, said: str) -> Words:
    start = text.lower().find(said.lower())
    return ((start, start + len(said)),) if start >= 0 else ()


def _level(place: Place, term: GlossaryTerm) -> str:
    if place.section in _STRICT:
        return ASK
    section = BY_KEY.get(place.section)
    return ASK if section and section.safety else ADVICE
