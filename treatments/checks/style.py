"""Plain language, and links that lead where they should."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..document.content import Edition
from ..document.places import Place
from ..document.sections import SECTIONS
from ..language.active import in_active_digits
from ..language.text import sentences, words
from .base import ADVICE, BLOCKING, LANGUAGE_NAMES, Check, Finding, Subject
from .passages import LONGEST, texts, too_long
from .snippets import cut


@lru_cache(maxsize=8192)
def _length(sentence: str) -> int:
    return len(words(sentence))


class ShortEnough(Check):
    id = "too-long"
    name = _("Texts are short enough to be compared")
    why = _("Nobody reads a text of two screens to its end, and nobody sees what is wrong in it.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for text in too_long(edition):
                yield self.finding(
                    subject,
                    text.place,
                    gettext("%(language)s: %(count)s characters; up to %(most)s can be compared.")
                    % {
                        "language": LANGUAGE_NAMES[language],
                        "count": in_active_digits(len(text.text)),
                        "most": in_active_digits(LONGEST),
                    },
                    gettext("Make several texts of it, in both languages, or cut it short."),
                    language,
                )


class ShortSentences(Check):
    id = "long-sentences"
    name = _("Sentences are short")
    why = _("An anxious reader loses the thread of a long sentence.")
    level = ADVICE

    MOST_WORDS: Mapping[str, int] = {"en": 20, "bn": 15}

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            too_long = self._too_long(edition, self.MOST_WORDS[language])
            if too_long:
                _length, place, worst = max(too_long, key=lambda entry: entry[0])
                yield self.finding(
                    subject,
                    place,
                    gettext(
                        "%(count)s sentences have more than %(most)s words. The longest: “%(text)s”"
                    )
                    % {
                        "count": in_active_digits(len(too_long)),
                        "most": in_active_digits(self.MOST_WORDS[language]),
                        "text": cut(worst),
                    },
                    gettext("Make two sentences of it."),
                    language,
                )

    @staticmethod
    def _too_long(edition: Edition, most: int) -> list[tuple[int, Place, str]]:
        return [
            (length, entry.place, sentence)
            for entry in texts(edition)
            for sentence in sentences(entry.text)
            if (length := _length(sentence)) > most
        ]


_LINK = regex.compile(r'href="(/[^"]*)"')
_TREATMENT_LINK = regex.compile(r"/(?P<language>en|bn)/treatments/(?P<slug>[^/]+)/(?:#.*)?")


class LinksLeadSomewhere(Check):
    id = "links"
    name = _("Links stay in the language and lead to a page")
    why = _("A link into the other language, or to nothing, leaves a patient stranded.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for place, html in _rich_texts(edition):
                for address in _LINK.findall(html):
                    if _is_astray(address, language, subject):
                        message = gettext("The link “%(address)s” leads nowhere in this language.")
                        advice = gettext("Link to a treatment's page in the same language.")
                        level = BLOCKING
                    elif there := subject.old_slugs.get(_slug(address)):
                        message = gettext(
                            "The link “%(address)s” names an old web address. It still works."
                        )
                        advice = gettext("Better link to “%(address)s”.") % {
                            "address": f"/{language}/treatments/{there}/"
                        }
                        level = ADVICE
                    else:
                        continue
                    message = message % {"address": address}
                    yield self.finding(subject, place, message, advice, language, level)


def _rich_texts(edition: Edition) -> Iterator[tuple[Place, str]]:
    for section in SECTIONS:
        for item in edition.items(section.key):
            for name in section.model.rich:
                yield Place(section.key, item.uid, name), item.texts[name]


def _slug(address: str) -> str:
    match = _TREATMENT_LINK.fullmatch(address)
    return match["slug"] if match else ""


def _is_astray(address: str, language: str, subject: Subject) -> bool:
    if not address.startswith(f"/{language}/"):
        return True
    slug = _slug(address)
    linkable = subject.slugs | subject.old_slugs.keys()
    return bool(subject.slugs and slug) and slug not in linkable
