"""The clauses of a sentence that only one text has: a half, a condition, an exception, a reason."""

from collections.abc import Iterable, Iterator, Sequence

import regex

from .base import ASK, BLOCKING
from .beside import NAMED, Agreement
from .closeness import Leftover
from .lexicon import listed
from .reading.bangla_verbs import has_verb
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.quantity import Quantity
from .reading.words import WHENEVER, Word, words
from .unsaid import is_counted_alone

# What begins a clause where no mark stands before it.
_BEGINS = {
    "en": frozenset(
        listed(
            "if, when, unless, because, until, although, though, but, while, including, except, even, so, "
            "whenever, since"
        )
    ),
    "bn": frozenset(listed("কিংবা, কারণ, তবে, কিন্তু, যদি, যাতে, যেমন, এমনকি, তাই, আর, এবং")),
}
# What joins a clause to one that is whole without it.
_JOINS = {
    "en": frozenset(
        listed(
            "and, or, but, so, because, unless, although, though, including, except, even, since, as, which, who"
        )
    ),
    "bn": frozenset(listed("এবং, আর, বা, কিংবা, কিন্তু, তবে, তাই, কারণ, যাতে, এমনকি, তখন, তারপর")),
}
_BEFORE_THEM = frozenset(listed("only, and, or"))  # but only if: one clause
_SMALL = frozenset({"plain", "and/or", "us/yourself", "must/may", "inside/outside"})


_MARK = regex.compile(r"[,;:…](?:\s|$)|[()—]|\s[–-]\s")


def is_parted(before: Word, after: Word, text: str) -> bool:
    """Whether a mark stands between two words, and not one of a number: 1,000, 20%."""
    return bool(_MARK.search(text[before.end : after.start]))


def says_something(mention: Mention) -> bool:
    return bool(mention.kinds - _SMALL)


def clauses_alone(
    texts: tuple[str, str], beside: Agreement, others: Leftover
) -> Iterator[tuple[str, tuple[int, int], str]]:
    """The clauses of which nothing has a counterpart, where the other sentence has fewer clauses
    and hardly a word to spare; each with its language and how sure that is."""
    if not beside.is_aligned:
        return
    codes = "en", "bn"
    counted = [quantities(text, code) for text, code in zip(texts, codes, strict=True)]
    for number in range(len(others.sentences[0])):
        halves = [
            list(_clauses(text, number, code)) for text, code in zip(texts, codes, strict=True)
        ]
        left = [
            [(start, end) for start, end, index in those if index == number]
            for those in (others.english, others.bangla)
        ]
        taken = [
            sum(one.sentence == number and says_something(one) for one in those)
            for those in (beside.spare_english, beside.spare_bangla)
        ]
        for side, mentions in enumerate((beside.english, beside.bangla)):
            if len(halves[side]) <= len(halves[1 - side]):
                continue
            others_named = (beside.bangla, beside.english)[side]
            if not all(
                _is_answered((one[0].start, one[-1].end), others_named, beside)
                for one in halves[1 - side]
            ):
                continue  # in other words
            for clause in halves[side]:
                span = clause[0].start, clause[-1].end
                if _is_answered(span, mentions, beside) or _is_counted(span, side, counted):
                    continue
                lost = len([one for one in left[side] if _is_within(one, span)])
                spare = len(left[1 - side]) + taken[1 - side]
                joins = clause[0].text in _JOINS[codes[side]] and not _is_no_more(clause)
                if lost >= _LOST and lost > spare:
                    is_sure = side == 0 and (2 * spare < lost or len(halves[1 - side]) == 1)
                    yield codes[side], span, BLOCKING if is_sure else ASK
                elif lost and not spare and joins and len(halves[1 - side]) == 1:
                    yield codes[side], span, BLOCKING if side == 0 else ASK


_LOST = 2  # words without counterpart, at least


def _is_no_more(clause: Sequence[Word]) -> bool:
    """Whether আর is no “and”: যা আর মিলায় না, that does not go away."""
    return clause[0].text == "আর" and clause[-1].text in ("না", "নি")


def _is_answered(span: tuple[int, int], mentions: Iterable[Mention], beside: Agreement) -> bool:
    return any(
        id(one) in beside.paired and says_something(one) and _is_within((one.start, one.end), span)
        for one in mentions
    )


def _is_counted(span: tuple[int, int], side: int, counted: Sequence[Iterable[Quantity]]) -> bool:
    """Whether a clause has a number that the other text has as well."""
    there = [one.values for one in counted[1 - side]]
    return any(
        one.values in there and _is_within((one.start, one.end), span) for one in counted[side]
    )


def _is_within(one: tuple[int, int], span: tuple[int, int]) -> bool:
    return span[0] <= one[0] < span[1]


def _clauses(text: str, number: int, code: str) -> Iterator[list[Word]]:
    those = [word for word in words(text, code) if word.sentence == number]
    clause: list[Word] = []
    for index, word in enumerate(those):
        if clause and _begins(those, index, text, code):
            yield clause
            clause = []
        clause.append(word)
    if clause:
        yield clause


def _begins(those: Sequence[Word], index: int, text: str, code: str) -> bool:
    before, word = those[index - 1], those[index]
    if is_parted(before, word, text):
        return True
    if before.text in _BEGINS[code]:
        return False
    after = those[index + 1].text if index + 1 < len(those) else ""
    return (word.text in _BEGINS[code] and before.text not in _BEFORE_THEM) or (
        word.text in _BEFORE_THEM and after in _BEGINS[code]
    )


# --- Things, and verbs ----------------------------------------------------------------------------

_THINGS = NAMED | {"adult/child", "man/woman"}
_ENOUGH = 2  # things of an English sentence that nobody leaves out


def things_alone(
    texts: tuple[str, str], beside: Agreement, others: Leftover
) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Several things in an English sentence that the Bangla does not name, and nothing in their
    place."""
    if not beside.is_aligned:
        return
    for number in range(len(others.sentences[0])):
        lost = [
            one
            for one in beside.missing
            if one.sentence == number and one.kinds & _THINGS and not is_counted_alone(one, *texts)
        ]
        instead = [
            *(one[2] for one in others.bangla),
            *(one.sentence for one in beside.spare_bangla),
        ]
        if len(lost) >= _ENOUGH and instead.count(number) <= 1:
            yield "en", (lost[0].start, lost[-1].end), BLOCKING


# With these two clauses say one thing together: যা লাগে, তা আনুন.
_TOGETHER = frozenset(
    listed(
        "যা, যে, যার, যাদের, যাঁদের, যারা, যাঁরা, যিনি, যখন, যেখানে, যেদিন, যত, যতক্ষণ, যতদিন, যতটা, যেমন, যাতে, "
        "যেন, যেসব, যেটা, তা, তার, সেটা, এটা, এটি, তাঁদের, তাদের, তাই, বলে"
    )
)
# What makes one English sentence say two things.
_TWO_THINGS = WHENEVER.union(
    listed(
        "and, or, but, which, who, that, because, so, where, what, how, since, though, although, either, "
        "neither, nor, whether, as, before, after, then, than, with, without, to, for"
    )
)


def second_verb_alone(
    english: str, bangla: str, beside: Agreement, others: Leftover, known: Lexicon
) -> Iterator[tuple[str, tuple[int, int], str]]:
    """The last of two Bangla clauses that are whole, where the English has only one."""
    if not beside.is_aligned:
        return
    for number in range(len(others.sentences[0])):
        there = [word.text for word in words(english, "en") if word.sentence == number]
        if not _TWO_THINGS.isdisjoint(there) or len(list(_clauses(english, number, "en"))) > 1:
            continue
        clauses = list(_clauses(bangla, number, "bn"))
        whole = [one for one in clauses if has_verb([word.text for word in one], known)]
        if len(whole) > 1 and _TOGETHER.isdisjoint(word.text for one in clauses for word in one):
            yield "bn", (whole[-1][0].start, whole[-1][-1].end), ASK
