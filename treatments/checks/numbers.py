"""Numbers and times between the two languages."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .agreement import lexicon
from .amounts import ORDER, SPAN, UNIT, Difference
from .base import ASK, BLOCKING, Check, Finding, Subject, Words
from .bounds import contrary_bounds
from .matching import differences
from .number_places import changed_places, moved_along
from .passages import PairedText, paired_texts, texts
from .reading.calendar import ACCEPTED, Named, named
from .reading.concepts import Lexicon
from .reading.quantities import quantities
from .reading.quantity import CLOCK, RANGE, SHARE, Quantity
from .snippets import cut, quotes

MOST = 20  # findings on one text; more are not read
_PART_OF_DAY = "part of day"


@lru_cache(maxsize=4096)
def number_differences(english: str, bangla: str) -> tuple[Difference, ...]:
    return tuple(
        differences(quantities(english, "en"), quantities(bangla, "bn"), (english, bangla))
    )


class NumbersAgree(Check):
    id = "numbers"
    name = _("Numbers agree")
    why = _("A wrong number of minutes, sessions or weeks in one language can hurt someone.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        known = lexicon(subject.terms)
        for passage in paired_texts(subject):
            for difference in _all_differences(passage.en, passage.bn, known)[:MOST]:
                yield _finding(self, subject, passage, difference)


@lru_cache(maxsize=512)
def _all_differences(english: str, bangla: str, known: Lexicon) -> tuple[Difference, ...]:
    """But for spans of time, which are a check of their own."""
    exchanged = tuple(changed_places(english, bangla, known))
    told = {one.english for one in exchanged} | set(moved_along(english, bangla, known))
    others = (
        one
        for one in number_differences(english, bangla)
        if one.kind != SPAN and (one.kind != ORDER or one.english not in told or _is_reversed(one))
    )
    return *others, *exchanged, *contrary_bounds(english, bangla)


class TimesAgree(Check):
    id = "times"
    name = _("Spans of time agree")
    why = _("“A few weeks” must not become “a few days”: words without a number mislead as well.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for passage in paired_texts(subject):
            found = number_differences(passage.en, passage.bn)
            spans = (one for one in found if one.kind == SPAN and not _goes_unsaid(one, passage))
            for difference in islice(spans, MOST):
                yield _finding(self, subject, passage, difference)
            for english, bangla, level in named_alone(passage.en, passage.bn):
                words = (_cut(passage.en, english), _cut(passage.bn, bangla))
                yield self.finding(
                    subject,
                    passage.place,
                    _told(words),
                    gettext("Name the same time in both languages."),
                    level=level,
                    english=_span(english),
                    bangla=_span(bangla),
                    about=_about(words),
                    quotes=_both(passage, english, bangla),
                )


def _goes_unsaid(one: Difference, passage: PairedText) -> bool:
    """Whether the Bangla says “every day” of what the English does at a time of the day."""
    is_daily = one.bangla is not None and one.bangla.unit == "day" and one.bangla.every
    return (
        is_daily
        and one.english is None
        and any(time.what == _PART_OF_DAY for time in named(passage.en, "en"))
    )


def _finding(
    check: Check, subject: Subject, passage: PairedText, difference: Difference
) -> Finding:
    english, bangla = difference.english, difference.bangla
    words = (english.text if english else "", bangla.text if bangla else "")
    return check.finding(
        subject,
        passage.place,
        _message(difference, words),
        gettext("Compare both texts with the source and put the wrong one right."),
        level=difference.level,
        english=_span(english),
        bangla=_span(bangla),
        about=_about(words),
        quotes=_both(passage, english, bangla),
    )


def _is_reversed(one: Difference) -> bool:
    """Whether the ends of a range have changed places: 4–6 weeks, ৬–৪ সপ্তাহ."""
    said, also = (side.values if side else () for side in (one.english, one.bangla))
    return len(said) > 1 and said == also[::-1]


def _message(difference: Difference, words: tuple[str, str]) -> str:
    if difference.kind == ORDER:
        return gettext("“%(number)s” stands in another place in the other language.") % {
            "number": words[0]
        }
    if difference.kind == UNIT:
        return gettext("“%(english)s” and “%(bangla)s” do not count the same.") % {
            "english": words[0],
            "bangla": words[1],
        }
    return _told(words)


def _told(words: tuple[str, str]) -> str:
    english, bangla = words
    if not bangla:
        return gettext("“%(words)s” stands in the English only.") % {"words": english}
    if not english:
        return gettext("“%(words)s” stands in the Bangla only.") % {"words": bangla}
    return gettext("The English says “%(english)s”, the Bangla “%(bangla)s”.") % {
        "english": english,
        "bangla": bangla,
    }


def _both(
    passage: PairedText, english: Quantity | Named | None, bangla: Quantity | Named | None
) -> str:
    return quotes(
        passage.en, passage.bn, english.start if english else 0, bangla.start if bangla else 0
    )


def _about(words: tuple[str, str]) -> str:
    return " / ".join(filter(None, words))


def _span(found: Quantity | Named | None) -> Words:
    return ((found.start, found.end),) if found else ()


def _cut(text: str, found: Named | None) -> str:
    return text[found.start : found.end] if found else ""


@lru_cache(maxsize=4096)
def named_alone(english: str, bangla: str) -> tuple[tuple[Named | None, Named | None, str], ...]:
    """Weekdays, months and parts of the day that only one text names; two of them where each
    stands in the place of the other; and how sure it is."""
    both = named(english, "en"), named(bangla, "bn")
    alone = [_without(side, other) for side, other in (both, both[::-1])]
    found: list[tuple[Named | None, Named | None, str]] = []
    for what in dict.fromkeys(one.what for side in both for one in side):
        left = [[one for one in side if one.what == what] for side in alone]
        pairs = min(map(len, left))
        found += [
            (one, other, ASK if "bed" in {one.member, other.member} else BLOCKING)
            for one, other in zip(*left, strict=False)
        ]
        if _says_clock(english, "en") or _says_clock(bangla, "bn"):
            continue
        # Any day but two of them may be told as a weekday.
        level = BLOCKING if what == _PART_OF_DAY else ASK
        found += [(one, None, level) for one in left[0][pairs:] if not one.loose]
        found += [(None, one, level) for one in left[1][pairs:] if not one.loose]
    return tuple(found)


def _without(side: tuple[Named, ...], other: tuple[Named, ...]) -> list[Named]:
    """What one text names and the other does not, each member once."""
    told = {member for one in other for member in ACCEPTED[one.member]}
    accepted = {
        one.member: one for one in side if not ACCEPTED[one.member] & {o.member for o in other}
    }
    return [one for one in accepted.values() if one.member not in told]


def _says_clock(text: str, language: str) -> bool:
    return any(quantity.unit == CLOCK for quantity in quantities(text, language))


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
                            % {"range": cut(quantity.text)},
                            gettext("Write the smaller number first."),
                            language,
                            english=_span(quantity) if language == "en" else (),
                            bangla=_span(quantity) if language == "bn" else (),
                            about=quantity.text,
                        )


def _runs_down(quantity: Quantity) -> bool:
    if quantity.form == SHARE:
        return quantity.values[0] > quantity.values[1]
    spoken = quantity.form == RANGE and quantity.unit and not quantity.loose
    return bool(spoken) and "–" in quantity.text and quantity.values[0] >= quantity.values[1]
