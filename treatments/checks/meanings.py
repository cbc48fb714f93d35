"""Words whose meaning must not change, whatever the glossary holds: body, illness, danger."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.inflection import BANGLA_ENDING, WORD_START
from ..language.text import compile_pattern
from .base import Check, Finding, Subject
from .lexicon import table
from .passages import PairedText, paired_texts
from .snippets import cut


@dataclass(frozen=True)
class Meaning:
    """Where `english` stands, one of `bangla` must begin a word; "=" before one that is so short
    that only its own endings may follow. The other way round, `says` (or all of `bangla`) asks for
    one of `back`, if there is any."""

    name: str
    english: str
    bangla: str
    back: str = ""
    says: str = ""


MEANINGS = tuple(Meaning(*row) for row in table("meanings"))

_WHOLE = rf"{BANGLA_ENDING}(?![\p{{L}}\p{{M}}])"


def _bangla(choices: str) -> regex.Pattern:
    forms = (
        form[1:] + _WHOLE if form.startswith("=") else form
        for form in regex.split(r"\|(?![^(]*\))", choices)
    )
    return compile_pattern(f"{WORD_START}(?:{'|'.join(forms)})")


@dataclass(frozen=True)
class _Ready:
    meaning: Meaning
    english: regex.Pattern | None
    bangla: regex.Pattern
    says: regex.Pattern
    back: regex.Pattern | None


@lru_cache(maxsize=1)
def _ready() -> tuple[_Ready, ...]:
    return tuple(
        _Ready(
            meaning,
            compile_pattern(rf"\b(?:{meaning.english})\b", regex.IGNORECASE)
            if meaning.english
            else None,
            _bangla(meaning.bangla),
            _bangla(meaning.says or meaning.bangla),
            compile_pattern(rf"\b(?:{meaning.back})", regex.IGNORECASE) if meaning.back else None,
        )
        for meaning in MEANINGS
    )


@lru_cache(maxsize=4096)
def _one_sided(english: str, bangla: str) -> tuple[tuple[Meaning, str], ...]:
    """The meanings that one of two texts lacks, each with the language to be looked at."""
    missing = []
    for ready in _ready():
        named = ready.english and ready.english.search(english)
        if named and not ready.bangla.search(bangla):
            missing.append((ready.meaning, "bn"))
        if ready.back and ready.says.search(bangla) and not ready.back.search(english):
            missing.append((ready.meaning, "en"))
    return tuple(missing)


class MeaningsAgree(Check):
    id = "meanings"
    name = _("Body, illness and danger are the same")
    why = _("“Hands” must not become “feet”, nor epilepsy another illness.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in paired_texts(subject):
            for meaning, language in _one_sided(passage.en, passage.bn):
                yield self._found(subject, passage, meaning, language)

    def _found(
        self, subject: Subject, passage: PairedText, meaning: Meaning, language: str
    ) -> Finding:
        words = (
            gettext("The Bangla has no word for “%(meaning)s”.")
            if language == "bn"
            else gettext("The Bangla speaks of “%(meaning)s”, the English does not.")
        )
        snippets = gettext("English “%(english)s” / Bangla “%(bangla)s”")
        return self.finding(
            subject,
            passage.place,
            f"{words} {snippets}"
            % {"meaning": meaning.name, "english": cut(passage.en), "bangla": cut(passage.bn)},
            gettext("Name the same part of the body, illness or danger in both languages."),
            language,
        )
