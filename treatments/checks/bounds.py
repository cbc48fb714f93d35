"""Whether a number is the least or the most of something, or a time before or after it, in both
languages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import regex

from ..language.text import compile_pattern
from .amounts import VALUE, Difference, counterparts
from .lexicon import listed, table
from .reading.quantities import quantities
from .reading.quantity import Quantity

_OF_THE_FIRST = compile_pattern(r"(?:\bfirst|(?<![\p{L}\p{M}])প্রথম)\s+$", regex.IGNORECASE)
_AMOUNTS = ("least", "most", "within", "exact")
_SIDES, _SPANS = ("before", "after"), ("lasting", "from", "until")
_TURNED = {"least": "most", "most": "least", "before": "after", "after": "before"}
_CONTRARY = {
    "least": {"most", "within", "exact"}, "most": {"least"}, "exact": {"least"},
    "within": {"least", "after"}, "before": {"after"}, "after": {"before", "within"},
    "waiting": {"before", "after"}, "lasting": {"after"}, "from": {"until"}, "until": {"from"},
}  # fmt: skip
# A no in the clause turns all of it round, হয়নি too, and not পানি or আপনি.
_NO = {
    "en": r"\b(?:no|not|never|none|nor|without|unless|until)\b|n['’]t\b",
    "bn": r"(?<!\S)(?:না|নয়|নেই|নি|ছাড়া)(?!\p{L}|\p{M})|(?:য়|ে|ন)নি(?!\p{L}|\p{M})",
}
_NO = {code: compile_pattern(pattern, regex.IGNORECASE) for code, pattern in _NO.items()}
# One beside the bound turns just this: no longer than, not for more than; বেশি নয়.
_NO_BEFORE = r"(?P<no>(?<!\p{L})(?:no|not|never)\s+(?:for\s+)?)?"
_NO_BEHIND = r"(?P<no>\s+(?:সময়\s+)?(?:না|নয়)(?!\p{L}|\p{M}))?"
_BETWEEN = r"(?:(?:day|week|month|year|about|the(?: first)?)\s+)?"
# A condition is a clause by itself: if it is over 3 days; ৩ দিনের বেশি হলে. So is what somebody is
# said to do: those over 12 who do not …
_CLAUSE = compile_pattern(
    r"[,;:.!?।—]\s|\n|\s(?:if|when|who|whose|which)\s|(?<=\p{L}লে[ইও]?)\s", regex.IGNORECASE
)
_SENTENCE = compile_pattern(r"[.!?।]\s|\n")
_LAST_NO = compile_pattern(r"[^.,;:।]*(?:বেন|ে|য়)\s+না\W*$")
_LIMIT = compile_pattern(
    r"\b(?:least|most|up to|minimum|maximum)\b|^(?:কমপক্ষে|অন্তত|ন্যূনতম|সর্বোচ্চ|বড়জোর|সর্বাধিক)",
    regex.IGNORECASE,
)
_COMPARED = compile_pattern(r"\s(?:বেশি|কম|অধিক)")  # to a number only in the genitive
_COMPARED_TO = compile_pattern(r"(?:র[ওই]?|\s(?:বা|কিংবা|অথবা)\s.*)\s(?:বেশি|কম|অধিক)")
_WEARING = compile_pattern(r"[^র,।;\s][ওই]?\s+পরে\s+$")  # মোজা পরে, and not ধোয়ার পরে
# What is waited before something, that comes so long after: wait an hour before you eat.
_WAITING = compile_pattern(r"\bwait(?:ing)?\b", regex.IGNORECASE)
_MAYBE_WAITING = compile_pattern(
    r"\b(?:leave|leaving|allow|allowing|gap|pause|interval|break)\b", regex.IGNORECASE
)
_THEN = compile_pattern(
    r"\b(?:then|wait|waiting|leave|leaving|left|allow|rest|stay|keep|and|before|after)\b",
    regex.IGNORECASE,
)
_DURING = "over"  # over two weeks: দুই সপ্তাহের মধ্যে


@dataclass(frozen=True)
class _Bound:
    kind: str
    noes: int  # in its clause, besides one that turns the bound alone
    noes_in_all: int  # the same in its sentence
    is_told_last: bool  # whether the clause ends in the no, as an order: খাবেন না
    is_ahead: bool  # whether the words stand before the number: ধোয়ার আগে ২ ঘণ্টা
    is_limit: bool  # whether it is the limit in itself: at most, অন্তত, no more than
    said: Quantity  # the number together with the words that bound it


@dataclass(frozen=True)
class _Words:
    """The words of the bounds beside a number, each in the group of its bound."""

    before: regex.Pattern
    behind: regex.Pattern
    within: regex.Pattern  # between the number and its unit: 3 or more days
    any: regex.Pattern


@cache
def _words(language: str, kinds: tuple[str, ...]) -> _Words:
    rows = [row for row in table("bounds") if row[1] == language and row[0] in kinds]
    before, behind = ({row[0]: listed(row[column]) for row in rows} for column in (2, 3))
    joined = {
        kind: [form for form in forms if form.split(" ")[0] in {"or", "বা", "কিংবা", "অথবা"}]
        for kind, forms in behind.items()
    }
    ends = r"(?!\p{L}|\p{M})"
    patterns = (
        rf"{_NO_BEFORE}(?<!\p{{L}}|\p{{M}})(?:{_any(before)})\s+{_BETWEEN}$",
        # An ending may stand between them, -এর বেশি, or what each is counted of, /লিটারের ওপরে.
        rf"(?:[^\s,;।]{{0,5}}|/\p{{L}}[^\s,;।]*|\s[^\s,;।\p{{N}}]+র)\s+(?:{_any(behind)}){ends}{_NO_BEHIND}",
        rf"\s(?:{_any(joined)}){ends}",
        rf"(?<!\p{{L}}|\p{{M}})(?:{_any({k: [*before[k], *behind[k]] for k in before})}){ends}",
    )
    return _Words(*(compile_pattern(pattern, regex.IGNORECASE) for pattern in patterns))


def _any(forms: dict[str, list[str]]) -> str:
    return (
        "|".join(
            f"(?P<{kind}>{'|'.join(sorted(some, key=len, reverse=True))})"
            for kind, some in forms.items()
            if some
        )
        or r"(?!)"
    )


def _bounds(said: Quantity, text: str, language: str) -> dict[str, _Bound]:
    """What the words beside a number make of it."""
    found = (_bound(said, text, language, kinds) for kinds in (_AMOUNTS, _SIDES, _SPANS))
    return {one.kind: one for one in found if one}


def _bound(said: Quantity, text: str, language: str, kinds: tuple[str, ...]) -> _Bound | None:
    those = _words(language, kinds)
    before = those.before.search(text[: said.start])
    if before and (
        _WEARING.search(before.string[: before.end()])
        or _is_behind_another(before, said, text, language, those)
    ):
        before = None
    behind = those.behind.match(text, said.end)
    if behind and _COMPARED.search(behind[0]) and not _COMPARED_TO.search(said.text + behind[0]):
        behind = None  # ৩ দিন বেশি ব্যথা
    inside = those.within.search(said.text)
    found = [one for one in (before, behind, inside) if one]
    if len({_kind(one) for one in found}) != 1:
        return None
    if kinds == _SIDES and _OF_THE_FIRST.search(text, 0, said.start):
        return None  # the first four hours after it are within it
    first = before.start() if before else said.start
    last = behind.end() if behind else said.end
    begin, end = _between(_CLAUSE, text, first, last)
    if len(set(map(_kind, those.any.finditer(text, begin, end)))) > 1 and kinds == _SIDES:
        return None  # before and after it: nobody knows which of them is said of the number
    is_turned = any(one.groupdict().get("no") for one in found)
    kind = _TURNED.get(_kind(found[0])) if is_turned else _kind(found[0])
    if kind == "lasting" and _THEN.search(text, *_between(_SENTENCE, text, first, last)):
        return None  # leave it on for an hour, then wash it off: এক ঘণ্টা পর
    if kind == "before" and language == "en":
        if _MAYBE_WAITING.search(text, begin, first):
            return None
        kind = "waiting" if _WAITING.search(text, begin, first) else kind
    return kind and _Bound(
        kind,
        _noes(text, language, begin, end, first, last),
        _noes(text, language, *_between(_SENTENCE, text, first, last), first, last),
        language == "en" or bool(_LAST_NO.match(text[last:end])),
        before is not None,
        is_turned or bool(_LIMIT.search(text[first:last])),
        replace(said, text=text[first:last], start=first, end=last),
    )


def _kind(match: regex.Match) -> str:
    return next(kind for kind, words in match.groupdict().items() if words and kind != "no")


def _between(marks: regex.Pattern, text: str, first: int, last: int) -> tuple[int, int]:
    begin = max((mark.end() for mark in marks.finditer(text, 0, first)), default=0)
    mark = marks.search(text, last)
    return begin, mark.start() if mark else len(text)


def _noes(text: str, language: str, begin: int, end: int, first: int, last: int) -> int:
    """How often a stretch of text says no, besides the bound itself."""
    no = _NO[language]
    return len([*no.finditer(text, begin, first), *no.finditer(text, last, end)])


def _is_behind_another(
    before: regex.Match, said: Quantity, text: str, language: str, those: _Words
) -> bool:
    """Whether the words before a number are said of the one before them: ৩ দিন পর ২টি."""
    return any(
        one.end <= before.start()
        and (behind := those.behind.match(text, one.end))
        and behind.end() > before.start()
        for one in quantities(text, language)
        if one is not said
    )


def _are_contrary(english: _Bound, bangla: _Bound) -> bool:
    are_alike = english.noes == bangla.noes <= 1 and english.noes_in_all == bangla.noes_in_all
    may_last = english.said.text.lower().startswith(_DURING) and bangla.kind == "within"
    contrary = bangla.kind in _CONTRARY[english.kind]
    if english.kind == "waiting":
        contrary &= bangla.is_ahead == (bangla.kind == "after")
    if english.kind == "lasting":
        contrary &= not bangla.is_ahead  # for the next two weeks: পরের দুই সপ্তাহ
    return are_alike and contrary and not may_last


def _are_turned(one: _Bound, other: _Bound) -> bool:
    """Whether a limit is turned round by an order: at least 2 tablets, ২টির বেশি খাবেন না."""
    limit, order = sorted((one, other), key=lambda bound: bound.noes)
    return (
        (limit.noes, order.noes) == (0, 1)
        and order.noes_in_all - limit.noes_in_all == 1
        and limit.is_limit
        and order.is_told_last
        and not order.is_limit
        and limit.kind == order.kind in {"least", "most"}
    )


def contrary_bounds(english: str, bangla: str) -> Iterator[Difference]:
    """Numbers that are bounded in contrary ways: over a year, এক বছরের কম."""
    said, also = quantities(english, "en"), quantities(bangla, "bn")
    times = [Counter((one.values, one.unit) for one in side) for side in (said, also)]
    matches, *_left = counterparts(said, also)
    for one, other in matches:
        if any(
            count[each.of.values, each.of.unit] > 1
            for count, each in zip(times, (one, other), strict=True)
        ):
            continue
        here, there = _bounds(one.of, english, "en"), _bounds(other.of, bangla, "bn")
        if "least" in here and "before" in there and there["before"].noes:
            here.pop("after", None)  # no sooner than a month after it: এক মাসের আগে নয়
        for first, second in product(here.values(), there.values()):
            is_both = first.kind in there or second.kind in here
            if _are_turned(first, second) or (not is_both and _are_contrary(first, second)):
                yield Difference(VALUE, first.said, second.said)
                break
