"""Numbers between the two languages."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.inflection import BANGLA_ENDING, WORD_END
from ..language.text import compile_pattern
from .base import Check, Finding, Subject
from .matching import EXTRA, MISSING, ORDER, UNIT, Difference, differences
from .passages import PairedText, paired_texts, texts
from .reading.quantities import quantities
from .reading.quantity import RANGE, SHARE, TIME, Quantity
from .snippets import cut

MOST = 20  # findings on one text; more are not read


@lru_cache(maxsize=4096)
def number_differences(english: str, bangla: str) -> tuple[Difference, ...]:
    return tuple(differences(quantities(english, "en"), quantities(bangla, "bn")))


class NumbersAgree(Check):
    id = "numbers"
    name = _("Numbers agree")
    why = _("A wrong number of minutes, sessions or weeks in one language can hurt someone.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in paired_texts(subject):
            differences = number_differences(passage.en, passage.bn)
            for difference in islice(differences, MOST):
                yield self.finding(
                    subject,
                    passage.place,
                    _message(difference, passage),
                    gettext("Compare both texts with the source and put the wrong one right."),
                )


def _message(difference: Difference, passage: PairedText) -> str:
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
    "day": (r"\b(?:days?|daily|nightly|everyday)\b", r"দিন|দৈন|রোজ|প্রত্যহ|আজ|\bকাল|বেলা", ""),
    "week": (r"\b(?:weeks?|weekly|fortnight)\b", "সপ্তাহ|সাপ্তাহিক", ""),
    "month": (
        r"\b(?:months?|monthly)\b",
        rf"\b(?:প্রতি)?মাস(?:িক|েক|খানেক|ব্যাপী|{BANGLA_ENDING}){WORD_END}",
        "মাসিক",
    ),
    "year": (r"\b(?:years?|yearly|annual(?:ly)?)\b", "বছর|বৎসর|বার্ষিক|সাল|যুগ", ""),
}
_MENTION_PATTERNS = {
    unit: (
        compile_pattern(english, regex.IGNORECASE),
        compile_pattern(bangla),
        compile_pattern(unlike),
    )
    for unit, (english, bangla, unlike) in _MENTIONS.items()
}
# দিন and বছর also stand in phrases without a day or year: দীর্ঘদিন, বছরের পর বছর.
_BOTH_WAYS = frozenset({"minute", "hour", "day", "week", "month"})
_DAILY = compile_pattern(r"প্রতি ?দিন|দৈনিক|রোজ(?!কার)|দিনে (?:এক|দুই|দু|তিন|চার|পাঁচ|[০-৯0-9]|কয়েক)")


class TimesAgree(Check):
    id = "times"
    name = _("Spans of time agree")
    why = _("“A few weeks” must not become “a few days”: words without a number mislead as well.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in paired_texts(subject):
            for unit in _one_sided(passage.en, passage.bn):
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


@lru_cache(maxsize=4096)
def _one_sided(english: str, bangla: str) -> tuple[str, ...]:
    """The units of time that only one of two texts names."""
    if _converted(english, bangla):
        return ()
    units = []
    for unit, (in_english, in_bangla, unlike) in _MENTION_PATTERNS.items():
        named = bool(in_english.search(english)), bool(in_bangla.search(bangla))
        says = _DAILY if unit == "day" else in_bangla
        added = unit in _BOTH_WAYS and says.search(unlike.sub("", bangla))
        if (named[0] and not named[1]) or (added and not named[0]):
            units.append(unit)
    return tuple(units)


def _converted(english: str, bangla: str) -> bool:
    """Whether a span is given in another unit of time: half an hour, ৩০ মিনিট."""
    counted, other = (
        {item.unit for item in quantities(text, code) if item.unit in TIME and not item.loose}
        for text, code in ((english, "en"), (bangla, "bn"))
    )
    turned = counted and other and counted != other
    return bool(turned) and not number_differences(english, bangla)


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
