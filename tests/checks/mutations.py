"""Single dangerous slips, put into right content one at a time."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import regex

from treatments.checks import Subject
from treatments.document.content import Edition
from treatments.document.sections import SECTIONS
from treatments.language.digits import ascii_digits, bangla_digits, digits_in
from treatments.language.text import normalise

from ..plans import changed
from .editing import raw_texts, text_at, with_plan, with_text, with_value, without_item


@dataclass(frozen=True)
class Mutation:
    kind: str
    where: str
    broken: Subject


def mutations(subject: Subject) -> Iterator[Mutation]:
    yield from _in_numbers(subject)
    yield from _in_words(subject)
    yield from _in_structure(subject)
    yield from _in_the_plan(subject)


def _editions(subject: Subject) -> dict[str, Edition]:
    return {"en": subject.english, "bn": subject.bangla}


def _with(subject: Subject, language: str, edition: Edition) -> Subject:
    return replace(subject, **{"english" if language == "en" else "bangla": edition})


def _rewrite(
    subject: Subject, language: str, kind: str, found: Callable[[str], Iterator[tuple[str, str]]]
) -> Iterator[Mutation]:
    """A mutation for each (what, new text) that `found` gives for a text."""
    edition = _editions(subject)[language]
    for place, text in raw_texts(edition):
        for what, new in found(text):
            if new != text:
                yield Mutation(
                    f"{kind} ({language})",
                    f"{subject.treatment} {place.section}/{place.item}/{place.field}: {what}",
                    _with(subject, language, with_text(edition, place, new)),
                )


def _pattern(source: str) -> regex.Pattern:
    return regex.compile(unicodedata.normalize("NFC", source), regex.VERSION1 | regex.IGNORECASE)


def _each(pattern: str, change: Callable[[regex.Match], str]):
    compiled = _pattern(pattern)

    def found(text: str) -> Iterator[tuple[str, str]]:
        for match in compiled.finditer(text):
            yield match[0], text[: match.start()] + change(match) + text[match.end() :]

    return found


def _all(pattern: str, other: str):
    compiled = _pattern(pattern)

    def found(text: str) -> Iterator[tuple[str, str]]:
        yield pattern, compiled.sub(normalise(other), text)

    return found


# --- Numbers ------------------------------------------------------------------------------------

_ANY = "[0-9০-৯]"


def _other_digit(match: regex.Match) -> str:
    digit = ascii_digits(match[0])
    changed = str((int(digit) + 3) % 10 or 7)
    return changed if digit == match[0] else bangla_digits(changed)


def _shifted(match: regex.Match) -> str:
    return match[1] + match[2]


_UNITS = {
    "en": [("minutes", "hours"), ("hour", "minute"), ("weeks", "days"), ("week", "day"),
           ("weeks", "months"), ("months", "weeks"), ("days", "weeks"), ("years", "months"),
           ("hour", "day")],
    "bn": [("মিনিট", "ঘণ্টা"), ("ঘণ্টা", "মিনিট"), ("সপ্তাহ", "দিন"), ("সপ্তাহ", "মাস"),
           ("মাস", "সপ্তাহ"), ("দিন", "সপ্তাহ"), ("বছর", "মাস"), ("মিনিট", "দিন")],
}  # fmt: skip


def _in_numbers(subject: Subject) -> Iterator[Mutation]:
    for code in ("en", "bn"):
        yield from _rewrite(subject, code, "digit changed", _each(_ANY, _other_digit))
        yield from _rewrite(
            subject,
            code,
            "number dropped",
            _each(rf"{_ANY}+(?:[.–]{_ANY}+)*(?:টি|%)? ?", lambda _: ""),
        )
        yield from _rewrite(
            subject, code, "range swapped",
            _each(rf"({_ANY}+)–({_ANY}+)", lambda match: f"{match[2]}–{match[1]}"),
        )  # fmt: skip
        yield from _rewrite(
            subject, code, "range end dropped",
            _each(rf"({_ANY}+)–({_ANY}+)", lambda match: match[1]),
        )  # fmt: skip
        yield from _rewrite(
            subject, code, "decimal changed", _each(rf"({_ANY}+)\.({_ANY}+)", _shifted)
        )
        yield from _rewrite(subject, code, "percent dropped", _each("%", lambda _: ""))
        yield from _rewrite(subject, code, "numbers swapped", _numbers_swapped)
        for unit, other in _UNITS[code]:
            yield from _rewrite(
                subject, code, "unit swapped",
                _each(rf"(?<![\p{{L}}\p{{M}}]){unit}(?![a-z])", lambda _, other=other: other),
            )  # fmt: skip
    yield from _rewrite(
        subject, "bn", "mixed digits", _each("[০-৯]", lambda match: ascii_digits(match[0]))
    )
    yield from _rewrite(
        subject, "en", "mixed digits", _each("[0-9]", lambda match: bangla_digits(match[0]))
    )


def _numbers_swapped(text: str) -> Iterator[tuple[str, str]]:
    found = list(regex.finditer(rf"{_ANY}+(?:[.–]{_ANY}+)*", text))
    for first, second in pairwise(found):
        if first[0] != second[0]:
            yield (
                f"{first[0]} ↔ {second[0]}",
                text[: first.start()]
                + second[0]
                + text[first.end() : second.start()]
                + first[0]
                + text[second.end() :],
            )


# --- Words --------------------------------------------------------------------------------------

_WORD_START, _WORD_END = r"(?<![\p{L}\p{M}])", r"(?![\p{L}\p{M}])"
_NO = {
    "en": [(r"\bdo not ", ""), (r"\bdoes not (\w+)", r"\1s"), (r"\b(is|may|must) not\b", r"\1"),
           (r"\bnever ", ""), (r"\bwithout\b", "with"), (r"\bno (?=[a-z])", ""), (r"\bnot ", "")],
    "bn": [(rf" না{_WORD_END}(?!-)", ""), (rf"{_WORD_START}নয়{_WORD_END}", "হয়"),
           (rf"{_WORD_START}নেই{_WORD_END}", "আছে"), (r" ছাড়া(?=[ ,।])", " সহ"),
           (rf" ছাড়াই{_WORD_END}", " সহ"), ("না-ও ", "")],
}  # fmt: skip
_SWAPPED = {
    "en": [("hands", "feet"), ("feet", "hands"), ("underarms", "shoulders"), ("pregnant", "tired"),
           ("epilepsy", "asthma"), ("pacemaker", "hearing aid"), ("heart", "kidney"),
           ("wound", "rash"), ("chest", "leg"), ("breathing", "sleeping"), ("blisters?", "pimple"),
           ("palms", "knees"), ("eyes", "ears"), ("nerves", "bones")],
    "bn": [("হাত", "পা"), ("পায়ের পাতা", "হাত"), ("পায়ের", "হাতের"), ("বগলের?", "হাঁটু"),
           ("গর্ভবতী", "ডায়াবেটিক"), ("মৃগী", "হাঁপানি"), ("পেসমেকার", "চশমা"),
           ("হৃদরোগ", "কিডনি রোগ"), ("ক্ষত", "ঘামাচি"), ("ফোসকা", "ঘামাচি"), ("বুকে", "পায়ে"),
           ("শ্বাস", "ঘুম"), ("ঘর্মগ্রন্থি", "ঘ্রাণগ্রন্থি"), ("ঘামের নালি", "ঘ্রাণ নালি"),
           ("ত্বক", "চুল"), ("স্নায়ুর", "হাড়ের"), ("চোখ", "কান"), ("ধাতব", "কাঠের"),
           ("ওষুধ", "খাবার"), ("অ্যালার্জি", "আগ্রহ"), ("পানি", "তেল"), ("শক", "মজা")],
}  # fmt: skip
_IMPERATIVE = "Put|Keep|Show|Ask|Tell|Fill|Clean|Look|Get|Start|Read|Have|Follow|Go on|Do every|Moisturizer|See"


def _in_words(subject: Subject) -> Iterator[Mutation]:
    for code in ("en", "bn"):
        for no, yes in _NO[code]:
            yield from _rewrite(
                subject, code, "negation dropped",
                _each(no, lambda match, yes=yes: match.expandf(yes.replace(r"\1", "{1}"))),
            )  # fmt: skip
        for word, other in _SWAPPED[code]:
            whole = rf"{_WORD_START}{word}" + (r"\b" if code == "en" else "(?!্)")
            yield from _rewrite(subject, code, "word swapped", _all(whole, other))
    yield from _rewrite(
        subject, "bn", "negation added",
        _each(r"(?<!(?:^|[^\p{L}\p{M}])(?:না|নয়|নেই|কি|একটি|নম্বর))(?<=[\p{L}\p{M}])(?=।)", lambda _: " না"),
    )  # fmt: skip
    yield from _rewrite(
        subject, "en", "negation added",
        _each(r"\b(is|are|can|may|must|was|were)(?= [a-z])(?! not)", lambda match: f"{match[1]} not"),
    )  # fmt: skip
    yield from _rewrite(
        subject, "en", "negation added",
        _each(rf"(?:^|(?<=[.>] ?))(?:{_IMPERATIVE})\b", lambda match: f"Do not {match[0].lower()}"),
    )  # fmt: skip
    yield from _avoided(subject)
    yield from _english_left(subject)


def _avoided(subject: Subject) -> Iterator[Mutation]:
    english = dict(raw_texts(subject.english))
    for term in subject.terms:
        named = regex.compile(rf"\b{regex.escape(term.english)}s?\b", regex.IGNORECASE)
        for place, text in raw_texts(subject.bangla):
            if not named.search(english.get(place, "")) or normalise(term.bangla[0]) not in text:
                continue
            for avoid in term.avoid:
                new = text.replace(normalise(term.bangla[0]), normalise(avoid))
                yield Mutation(
                    "avoided word (bn)",
                    f"{subject.treatment} {place.section}/{place.item}: {term.english} {avoid}",
                    _with(subject, "bn", with_text(subject.bangla, place, new)),
                )


def _english_left(subject: Subject) -> Iterator[Mutation]:
    for place, text in raw_texts(subject.bangla):
        english = text_at(subject.english, place)
        if text and english:
            kinds = {"text left in English": english, "English added": f"{text} {english}"}
            for kind, new in kinds.items():
                yield Mutation(
                    f"{kind} (bn)",
                    f"{subject.treatment} {place.section}/{place.item}/{place.field}",
                    _with(subject, "bn", with_text(subject.bangla, place, new)),
                )


# --- Structure ----------------------------------------------------------------------------------

_FLIPPED = {
    "must_not": "tell_us", "tell_us": "must_not", "do": "do_not", "do_not": "do",
    "common": "rare", "uncommon": "common", "rare": "common", "call": "emergency",
    "emergency": "call",
}  # fmt: skip


def _in_structure(subject: Subject) -> Iterator[Mutation]:
    for code, edition in _editions(subject).items():
        for section in SECTIONS:
            for item in edition.items(section.key):
                where = f"{subject.treatment} {section.key}/{item.uid}"
                yield Mutation(
                    f"item removed ({code})",
                    where,
                    _with(subject, code, without_item(edition, section.key, item.uid)),
                )
                for name, value in item.values.items():
                    if value in _FLIPPED:
                        flipped = with_value(edition, section.key, item.uid, name, _FLIPPED[value])
                        yield Mutation(
                            f"type flipped ({code})", where, _with(subject, code, flipped)
                        )
        for place, text in raw_texts(edition):
            if text and place.item != "search_description":
                yield Mutation(
                    f"half emptied ({code})",
                    f"{subject.treatment} {place.section}/{place.item}/{place.field}",
                    _with(subject, code, with_text(edition, place, "")),
                )
    yield from _figures(subject)


def _figures(subject: Subject) -> Iterator[Mutation]:
    for item in subject.english.items("evidence"):
        for name, value in item.values.items():
            if isinstance(value, int | Decimal):
                english, bangla = (
                    with_value(edition, "evidence", item.uid, name, value + 1)
                    for edition in (subject.english, subject.bangla)
                )
                yield Mutation(
                    "figure changed in both",
                    f"{subject.treatment} evidence/{item.uid} {name}",
                    replace(subject, english=english, bangla=bangla),
                )


# --- The plan -----------------------------------------------------------------------------------

_PLACES = ("how_often", "how_it_works", "prose/summary", "what_it_is", "procedure", "questions")


def _in_the_plan(subject: Subject) -> Iterator[Mutation]:
    plan = subject.english.plan
    for name, (low, high, unit) in plan.amounts.items():
        for ends in {(low + 1, high + 1), (low, high + 2), (max(1, low - 1), high)} - {(low, high)}:
            other = changed(plan, **{name: (*ends, unit)})
            if _is_told(subject, low, high):
                yield Mutation(
                    "plan changed",
                    f"{subject.treatment} {name} {ends}",
                    replace(
                        subject,
                        english=with_plan(subject.english, other),
                        bangla=with_plan(subject.bangla, other),
                    ),
                )
            yield Mutation(
                "plan changed in one edition",
                f"{subject.treatment} {name} {ends}",
                replace(subject, bangla=with_plan(subject.bangla, other)),
            )
        yield from _in_both_texts(subject, low, high)


def _is_told(subject: Subject, low: int, high: int) -> bool:
    """Whether a text repeats a range of the plan: most leave it to the page, which prints it."""
    return any(
        _written(low, high) in text
        for place, text in raw_texts(subject.english)
        if f"{place.section}/{place.item}".startswith(_PLACES)
    )


def _in_both_texts(subject: Subject, low: int, high: int) -> Iterator[Mutation]:
    for place, text in raw_texts(subject.english):
        if not f"{place.section}/{place.item}".startswith(_PLACES):
            continue
        for ends in ((low, high + 1), (low + 5, high + 5)):
            written = _written(low, high), _written(*ends)
            halves = {}
            for code, edition in _editions(subject).items():
                half = text_at(edition, place)
                old, new = (digits_in(code, value) for value in written)
                halves[code] = regex.sub(rf"(?<!{_ANY}|–){old}(?!{_ANY}|–)", new, half, count=1)
            if halves["en"] != text and halves["bn"] != text_at(subject.bangla, place):
                yield Mutation(
                    "plan's number changed in both texts",
                    f"{subject.treatment} {place.section}/{place.item} {written}",
                    replace(
                        subject,
                        english=with_text(subject.english, place, halves["en"]),
                        bangla=with_text(subject.bangla, place, halves["bn"]),
                    ),
                )


def _written(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
