"""Letters, digits and marks: each language in its own."""

from collections.abc import Iterator
from functools import lru_cache

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.glyphs import signs_without_glyph
from ..language.letters import foreign_letters, name_of
from ..language.text import (
    ADDRESS,
    LATIN_RUN,
    comparison_key,
    compile_pattern,
    first_unreadable_letter,
    normalise,
    sentences,
)
from .base import ADVICE, Check, Finding, Subject
from .passages import paired_texts, texts
from .reading.quantity import UNITS
from .snippets import cut

_unprintable = lru_cache(maxsize=4096)(signs_without_glyph)
_normal = lru_cache(maxsize=4096)(normalise)
_BENGALI_LETTER = regex.compile(r"(?![০-৯])[\p{Bengali}।]")
_LATIN_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{M}'’]+")


_UNITS = frozenset(word for unit in UNITS.values() for word in unit["bn"])

Wrong = tuple[str, str]  # what is wrong, and what to do about it


class TextCheck(Check):
    """A rule for each text by itself."""

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for entry in texts(edition):
                for message, advice in self.wrong(entry.text, language):
                    yield self.finding(
                        subject, entry.place, message, advice, language, about=entry.text
                    )

    def wrong(self, text: str, language: str) -> Iterator[Wrong]:
        raise NotImplementedError


class DigitsOfTheLanguage(TextCheck):
    id = "digits"
    name = _("Each language in its own digits")
    why = _("৪ (4) looks like 8, ৭ (7) like 9: mixed digits are misread.")

    def wrong(self, text: str, language: str) -> Iterator[Wrong]:
        if digits := _foreign_digits(text, language):
            words = gettext("“%(digits)s” is in the other language's digits: “%(text)s”")
            yield (
                words % {"digits": digits, "text": cut(text)},
                gettext("Write the number in this language's digits."),
            )


_FOREIGN_DIGITS = {"bn": regex.compile("[0-9]+"), "en": regex.compile("[০-৯]+")}


@lru_cache(maxsize=4096)
def _foreign_digits(text: str, language: str) -> str:
    if not _FOREIGN_DIGITS[language].search(text):
        return ""
    text = ADDRESS.sub(" ", text)
    match = _FOREIGN_DIGITS[language].search(LATIN_RUN.sub(" ", text) if language == "bn" else text)
    return match[0] if match else ""


class LettersOfTheLanguage(TextCheck):
    id = "script"
    name = _("Each language in its own letters")
    why = _("A patient who reads only Bangla gets nothing from a paragraph left in English.")

    def wrong(self, text: str, language: str) -> Iterator[Wrong]:
        letters, position = foreign_letters(text)
        if letters:
            words = gettext("“%(letters)s” (%(name)s) is neither English nor Bangla: “%(text)s”")
            named = {"letters": cut(letters), "name": name_of(letters[0])}
            yield (
                words % {**named, "text": cut(text, position)},
                gettext("Write it in the letters of the page's language."),
            )
        if foreign := _english_left(text) if language == "bn" else _bangla_in(text):
            words = gettext("This is not in the page's language: “%(text)s”")
            yield words % {"text": cut(foreign)}, gettext("Translate it.")


def _bangla_in(text: str) -> str:
    match = _BENGALI_LETTER.search(text.replace("৳", " "))  # the sign of the taka is of both
    return text[max(0, match.start() - 20) : match.start() + 40] if match else ""


@lru_cache(maxsize=4096)
def _english_left(text: str) -> str:
    """The first piece of a Bangla text that is English and no name or address; "" if none is."""
    for sentence in sentences(text):
        rest = ADDRESS.sub(" ", sentence)
        latin = _LATIN_WORD.findall(rest)
        if latin and not _BENGALI_LETTER.search(rest.replace("।", "")):
            return sentence
        if len(latin) >= 3 and _letters(r"\p{Latin}", rest) > _letters(
            r"[\p{Bengali}--[০-৯]]", rest
        ):
            return sentence
        for run in LATIN_RUN.finditer(rest):
            words = _LATIN_WORD.findall(run[0])
            # Names have capitals, sentences small letters; doctors write mmol/L in both languages.
            if any(len(word) > 2 and word.islower() and word not in _UNITS for word in words):
                return run[0]
    return ""


def _letters(kind: str, text: str) -> int:
    return len(regex.findall(kind, text, regex.VERSION1))


class Translated(Check):
    id = "untranslated"
    name = _("The Bangla is not the English")
    why = _("Copying the English to fill a gap hides that the translation is missing.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in paired_texts(subject):
            if not _LATIN_WORD.search(ADDRESS.sub(" ", passage.bn)):
                continue
            if comparison_key(passage.en) == comparison_key(passage.bn):
                yield self.finding(
                    subject,
                    passage.place,
                    gettext("Both languages say “%(text)s”.") % {"text": cut(passage.en)},
                    gettext("Translate it."),
                    "bn",
                    about=passage.bn,
                )


_BROKEN = regex.compile(
    "à[¦§]|â€|Ã[\u0080-\u00bf¤©¨]|Â[ \u00a0]|ï»¿|\ufffd|\\?{3,}|&(?:amp|nbsp|#\\d+);"
)


class Printable(TextCheck):
    id = "printable"
    name = _("Every sign can be printed")
    why = _("The leaflet's fonts have no such sign: on paper it is missing.")
    level = ADVICE

    def wrong(self, text: str, language: str) -> Iterator[Wrong]:
        if lost := _unprintable(text):
            words = gettext("The leaflet cannot print “%(signs)s”: “%(text)s”")
            yield words % {"signs": cut(lost), "text": cut(text)}, gettext("Say it in words.")


# কাদাের, ক্ষতিি, অি: a vowel sign on another one, on a vowel's own letter, on a hasanta or on nothing.
_MISPLACED = regex.compile(
    r"(?:[\u09be-\u09cc\u09d7]|[\u0985-\u0994\u09e0]|\u09cd|(?<![\p{L}\p{M}\u200c\u200d]))"
    r"[\u09be-\u09cc\u09d7]"
)


class NothingBroken(TextCheck):
    id = "broken-letters"
    name = _("No broken letters")
    why = _("Letters that went through the wrong encoding cannot be read by anyone.")

    def wrong(self, text: str, language: str) -> Iterator[Wrong]:
        if match := _BROKEN.search(text) or first_unreadable_letter(text):
            words = gettext("Broken letters: “%(text)s”")
            advice = gettext("Copy the text again from where it was written.")
            yield words % {"text": cut(text, match.start())}, advice
        elif match := _MISPLACED.search(_normal(text)):
            words = gettext("A vowel sign stands where there can be none: “%(text)s”")
            advice = gettext("Type the word again.")
            yield words % {"text": cut(_normal(text), match.start())}, advice


# Reph before ya at the start of a word: the ZWJ of র‍্যাশ is lost. পর্যন্ত, কার্য are right.
_LOST_JOINER = compile_pattern(r"(?<![\p{L}\p{M}])র্য\p{M}*\p{L}*")
# A full stop at the end of a Bangla sentence; ডা. and the like are abbreviations.
_FULL_STOP = compile_pattern(
    r"(?<=[\p{Bengali}%)])(?<!(?:^|[^\p{L}\p{M}])(?:ডা|মো|মি|ড|নং|অধ্যা|এম|বি))\.(?=\s|$)"
)
_DANDA_AND_STOP = regex.compile(r"।\s*[.।]|\|(?=\s|$)")


class Spelling(TextCheck):
    id = "marks"
    name = _("Bangla marks and joiners")
    why = _("A full stop is hard to see in Bangla, and র‍্যাশ without its joiner shows wrong.")
    level = ADVICE

    def wrong(self, text: str, language: str) -> Iterator[Wrong]:
        for slip, advice in _slips(text) if language == "bn" else ():
            yield gettext("To be put right: “%(text)s”") % {"text": slip}, advice


def _slips(text: str) -> Iterator[tuple[str, str]]:
    """What is to be put right, and how."""
    if match := _LOST_JOINER.search(text):
        yield match[0], gettext("Write র, then a zero-width joiner, then ্য.")
    without_english = LATIN_RUN.sub(" ", ADDRESS.sub(" ", text))
    if match := _FULL_STOP.search(without_english) or _DANDA_AND_STOP.search(without_english):
        yield cut(text, match.start()), gettext("End a Bangla sentence with “।”.")


class NormalForm(TextCheck):
    id = "normal-form"
    name = _("Texts are in their stored form")
    why = _("The same letter written in two ways is found by no search.")
    level = ADVICE

    def wrong(self, text: str, language: str) -> Iterator[Wrong]:
        if _normal(text) != text:
            words = gettext("“%(text)s” is not in the stored form.")
            yield (
                words % {"text": cut(text)},
                gettext("Save the treatment again; this puts it right."),
            )
