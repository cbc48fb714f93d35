"""Numbers between the two languages."""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..text import pattern
from .base import Check, Finding, Subject
from .matching import EXTRA, MISSING, ORDER, UNIT, Difference, differences
from .passages import Passage, passages, texts
from .quantities import quantities
from .quantity import RANGE, SHARE, TIME, Quantity
from .snippets import cut


class NumbersAgree(Check):
    id = "numbers"
    name = _("Numbers agree")
    why = _("A wrong number of minutes, sessions or weeks in one language can hurt someone.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in passages(subject):
            for difference in differences(
                quantities(passage.en, "en"), quantities(passage.bn, "bn")
            ):
                yield self.finding(
                    subject,
                    passage.place,
                    _message(difference, passage),
                    gettext("Compare both texts with the source and put the wrong one right."),
                )


def _message(difference: Difference, passage: Passage) -> str:
    english, bangla = difference.english, difference.bangla
    words = {
        "english": cut(passage.en, english.starts[0] if english else 0),
        "bangla": cut(passage.bn, bangla.starts[0] if bangla else 0),
        "number": (english or bangla).text if english or bangla else "",
    }
    messages = {
        MISSING: gettext(
            "“%(number)s” stands in the English only. English “%(english)s” / Bangla “%(bangla)s”"
        ),
        EXTRA: gettext(
            "“%(number)s” stands in the Bangla only. English “%(english)s” / Bangla “%(bangla)s”"
        ),
        UNIT: gettext(
            "“%(number)s” counts something else in the other language. "
            "English “%(english)s” / Bangla “%(bangla)s”"
        ),
        ORDER: gettext(
            "“%(number)s” stands in another place in the other language. "
            "English “%(english)s” / Bangla “%(bangla)s”"
        ),
    }
    return messages[difference.kind] % words


# unit: what names it in English; in Bangla; and Bangla that looks like it but is not.
_MENTIONS = {
    "minute": (r"\bminutes?\b", "মিনিট", ""),
    "hour": (r"\b(?:hours?|hourly)\b", "ঘণ্টা|ঘন্টা", ""),
    "day": (r"\b(?:days?|daily)\b", r"দিন|দৈন|রোজ|প্রত্যহ|আজ|\bকাল|বেলা", ""),
    "week": (r"\b(?:weeks?|weekly|fortnight)\b", "সপ্তাহ|সাপ্তাহিক", ""),
    "month": (r"\b(?:months?|monthly)\b", r"\b(?:প্রতি)?মাস(?!ল)", "মাসিক|মাসি"),
    "year": (r"\b(?:years?|yearly|annual(?:ly)?)\b", "বছর|বৎসর|বার্ষিক|সাল|যুগ", ""),
}
_MENTION_PATTERNS = {
    unit: (pattern(english, regex.IGNORECASE), pattern(bangla), pattern(unlike))
    for unit, (english, bangla, unlike) in _MENTIONS.items()
}
# দিন and বছর also stand in phrases without a day or year: দীর্ঘদিন, বছরের পর বছর.
_BOTH_WAYS = frozenset({"minute", "hour", "week", "month"})


class TimesAgree(Check):
    id = "times"
    name = _("Spans of time agree")
    why = _("“A few weeks” must not become “a few days”: words without a number mislead as well.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in passages(subject):
            counted = quantities(passage.en, "en"), quantities(passage.bn, "bn")
            if _converted(*counted):
                continue
            for unit, (english, bangla, unlike) in _MENTION_PATTERNS.items():
                in_english = bool(english.search(passage.en))
                in_bangla = bool(bangla.search(passage.bn))
                added = unit in _BOTH_WAYS and bangla.search(unlike.sub("", passage.bn))
                if (in_english and not in_bangla) or (added and not in_english):
                    yield self.finding(
                        subject,
                        passage.place,
                        gettext(
                            "One language speaks of a span of time (%(unit)s), the other does not. "
                            "English “%(english)s” / Bangla “%(bangla)s”"
                        )
                        % {"unit": unit, "english": cut(passage.en), "bangla": cut(passage.bn)},
                        gettext("Name the same span of time in both languages."),
                    )


def _converted(english: tuple[Quantity, ...], bangla: tuple[Quantity, ...]) -> bool:
    """Whether a span is given in another unit of time: half an hour, ৩০ মিনিট."""
    units = [{item.unit for item in items if item.unit in TIME} for items in (english, bangla)]
    return units[0] != units[1] and not differences(english, bangla)


class RangesRise(Check):
    id = "ranges"
    name = _("Ranges run upwards")
    why = _("In “৩০–২০ মিনিট” nobody knows which number is the mistake.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for entry in texts(edition):
                for quantity in quantities(entry.text, language):
                    if _runs_down(quantity):
                        yield self.finding(
                            subject,
                            entry.place,
                            gettext("The numbers of “%(range)s” are the wrong way round.")
                            % {"range": cut(entry.text, min(quantity.starts))},
                            gettext("Write the smaller number first."),
                            language,
                        )


def _runs_down(quantity: Quantity) -> bool:
    if quantity.kind == SHARE:
        return quantity.values[0] > quantity.values[1]
    spoken = quantity.kind == RANGE and quantity.unit and not quantity.loose
    return bool(spoken) and "–" in quantity.text and quantity.values[0] >= quantity.values[1]
