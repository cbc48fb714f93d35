"""How the sentences of a text end: where words stand that lead on, or a verb is missing."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from ..language.text import sentence_spans
from .agreement import Agreement, agreement
from .base import ASK, BLOCKING
from .clauses import is_parted
from .closeness import leftover
from .lexicon import listed
from .reading.bangla_verbs import (
    is_condition,
    is_genitive,
    is_infinitive,
    is_noun,
    is_participle,
    is_verb,
    is_whole,
)
from .reading.concepts import Lexicon, Mention
from .reading.quantities import quantities
from .reading.words import WHENEVER, Word, words

# With these no text ends: something followed.
_JOINS = {
    "en": frozenset(
        listed(
            "and, or, but, if, the, a, an, your, when, because, than, its, their, our, my, every, "
            "unless, although, whether, become, becomes, as, which, who, been, will, should, must, "
            "during, per, they, we, he, she, hardly, several, such"
        )
    ),
    "bn": frozenset(
        listed(
            "বা, ও, এবং, কিংবা, অথবা, কিন্তু, তবে, যদি, আর, যে, যাতে, যেন, যখন, অন্তত, এই, সেই, ওই, দ্বিতীয়, তৃতীয়, যেমন, অর্থাৎ"
        )
    ),
}
# Conjunctions, between two clauses as well.
_BETWEEN = frozenset(listed("বা, কিংবা, অথবা, কিন্তু, তবে, আর, এবং, ও, কারণ, তাই, যাতে, যেন"))
# With these hardly any ends.
_LOOSE = {
    "en": frozenset(
        listed(
            "by, from, of, with, without, into, onto, at, within, be, is, has, had, have, was, were, do, may, "
            "need, even, either, both, through, just, usually, around, also, never"
        )
    ),
    "bn": frozenset(
        listed(
            "তাই, কারণ, তারপর, এরপর, খুব, প্রতি, সাথে, সঙ্গে, কাছে, এমন, কোনো, অন্য, প্রায়, প্রথম, সব, শুধু, কেবল, "
            "আপনার, আমাদের, তাদের, তাঁদের, আপনাকে, আমরা, এতে, তাতে, এটি, এটা, এগুলো, সেগুলো, পুরো, একটু, "
            "কয়েক, আরও, সাধারণত, কখনো"
        )
    ),
}
# After these a clause may leave its verb to the one before: where it was, than you do, if need be.
_ELLIPTIC = frozenset(
    listed("where, wherever, what, whatever, how, however, than, who, as, need, unless, say, says")
)
# What may be said afterwards, of a clause that is whole: খাবেন, খাবারের সঙ্গে।
_POSTPOSITIONS = frozenset(listed("সাথে, সঙ্গে, কাছে"))
_FULL_STOP = regex.compile(r"[.।][)\]”\"’»]*\s*$")


@lru_cache(maxsize=512)
def breaks_off(english: str, bangla: str, known: Lexicon) -> str:
    """How sure it is that a sentence of one text breaks off, whatever mark follows."""
    for code, text in (("en", english), ("bn", bangla)):
        those = words(text, code)
        # Vitamin A is none of them.
        leads_on = those and text[those[-1].start : those[-1].end] in _JOINS[code]
        if leads_on and not _is_elliptic(
            [word for word in those if word.sentence == those[-1].sentence]
        ):
            return BLOCKING
    levels = set(_levels(english, bangla, known))
    return BLOCKING if BLOCKING in levels else ASK if ASK in levels else ""


def _levels(english: str, bangla: str, known: Lexicon) -> Iterator[str]:
    """How sure it is of each sentence. A free rendering may end so where one word has no counterpart,
    and not where more of them went with the end."""
    texts = english, bangla
    beside, others = agreement(english, bangla, known), leftover(english, bangla, known)
    spans = tuple(sentence_spans(text) for text in texts)
    for number in range(min(map(len, spans))):
        indexes = [number if beside.is_aligned else len(those) - 1 for those in spans]
        halves = tuple(
            [word for word in words(text, code) if word.sentence == index]
            for text, code, index in zip(texts, ("en", "bn"), indexes, strict=True)
        )
        lost = [
            sum(not beside.is_aligned or sentence == number for *_, sentence in left)
            for left in (others.english, others.bangla)
        ]
        stops = [
            _FULL_STOP.search(text[slice(*those[index])])
            for text, those, index in zip(texts, spans, indexes, strict=True)
        ]
        if stops[0] and lost[1] and _breaks_off_loosely(halves[0], english):
            yield BLOCKING if lost[1] > 1 else ASK
        if not stops[1] or len(halves[1]) < 2:
            continue
        if _leads_on(halves, texts, known):
            is_item = _is_item(halves, beside, texts, known)
            if lost[0] > 1 and not is_item:
                yield BLOCKING
            elif lost[0] or not is_item:
                yield ASK
        elif beside.is_aligned and _lost_verb(halves, beside, texts, known, lost):
            yield BLOCKING if lost[0] > 1 else ASK


def _breaks_off_loosely(those: Sequence[Word], text: str) -> bool:
    """Whether an English sentence ends with a word with which hardly any does, and not in May."""
    if not those or text[those[-1].start : those[-1].end] not in _LOOSE["en"]:
        return False
    return not (_is_elliptic(those) or _is_stranded(those))


def _is_elliptic(those: Sequence[Word]) -> bool:
    """Whether an English sentence ends in “is” or “do” for a clause that needs no more of it."""
    if those[-1].text not in _BEING | _HELPING or len(those) < 3:
        return False
    if any(word.text in _ELLIPTIC for word in those[-_ELLIPSIS:-1]):
        return True
    # … that tablets do; but not: so that you do.
    return those[-2].text not in _PRONOUNS and any(
        word.text in _RELATIVE and before.text != "so"
        for before, word in pairwise(those[-_ELLIPSIS:-1])
    )


def _is_stranded(those: Sequence[Word]) -> bool:
    """Whether a verb ends in its preposition: the names they go by, what it comes from; the light
    gets through; or it is “need”: how many you need."""
    if those[-1].text == "need":
        return any(one.text in _PRONOUNS for one in those[-2:-1])
    if len(those) < 3 or those[-1].text not in _PREPOSITIONS:
        return False
    verb, before = those[-2].text, those[-3].text
    # With food or without; dark hair to aim at.
    if before in _PRONOUNS or verb in _GOING or verb == "or" or before == "to":
        return True
    return any(word.text in _ELLIPTIC | _THING for word in those[-_ELLIPSIS:])


_PREPOSITIONS = frozenset(listed("at, by, from, through, around, of, with, without"))
_THING = frozenset(listed("nothing, something, anything"))  # … to be ashamed of
_GOING = frozenset(
    listed(
        "go, goes, get, gets, come, comes, pass, passes, run, runs, break, breaks, shine, shines, seep, seeps, see, walk, "
        "leak, leaks, soak, soaks, ooze, oozes, show, shows"
    )
)
_RELATIVE = frozenset(listed("that, which, way"))
_ELLIPSIS = 6  # words of a clause: where a blister has been


# --- Forms that lead on ---------------------------------------------------------------------------

_AT_WHICH = WHENEVER.union(listed("after, because, with, without, even, in, on, case, as, for, by"))
_ONLY = frozenset(listed("শুধু, কেবল, যেমন, একমাত্র, বিশেষত"))
_BESIDE = frozenset(listed("কিংবা, অথবা, বা, আর, এবং"))  # what begins a clause of its own
_WHOSE, _THEIRS = ("যাঁ", "যা", "যে"), frozenset(listed("তাদের, তাঁদের"))
_COUNTED = 4  # words before a genitive that may count it: ৩০ সেকেন্ডের, ৩০% মানুষের
_NO = "না"


def _leads_on(
    halves: tuple[Sequence[Word], Sequence[Word]], texts: tuple[str, str], known: Lexicon
) -> bool:
    """Whether the last Bangla word has a form after which something follows."""
    english, there = halves
    bangla = texts[1]
    last, clause = there[-1], _last_clause(there, bangla)
    if last.text in _LOOSE["bn"] - _POSTPOSITIONS:
        # যাঁদের ঘা শুকায় না তাঁদের।
        return not (last.text in _THEIRS and any(word.text.startswith(_WHOSE) for word in there))
    before = there[-2] if last.text == _NO else last
    if is_infinitive(before.text, known):
        return True
    part = _last_part(there, bangla)
    main = there[: len(there) - len(part)]
    if part[0].text not in _BESIDE and _is_any_whole(main, bangla, known):
        return False  # said afterwards: দিনে দুবার মাখুন, চোখ বাঁচিয়ে।
    if last.text in _POSTPOSITIONS:
        return True
    if is_participle(last.text, known):
        return True
    if is_condition(last.text, known):
        return not (
            any(word.text in _AT_WHICH for word in _last_part(english, texts[0]))
            or any(word.text in _ONLY for word in clause)
        )
    if is_genitive(last.text, known):
        start = there[-_COUNTED:][0].start
        return not any(start <= one.end <= last.end for one in quantities(bangla, "bn"))
    return False


_ALLOWING = frozenset(listed("can, may, must, should, will, need, needs"))


def _is_item(
    halves: tuple[Sequence[Word], Sequence[Word]],
    beside: Agreement,
    texts: tuple[str, str],
    known: Lexicon,
) -> bool:
    """Whether a Bangla sentence that leads on may be one of a list: of signs, said as a condition,
    or of what is said without a verb."""
    english, there = halves
    last = there[-2].text if there[-1].text == _NO else there[-1].text
    if is_condition(last, known):
        return not (
            _is_order(english, beside.english)
            or any(word.text in WHENEVER | {"after"} for word in english)
            or any(
                word.text in _ALLOWING and after.text != "not" for word, after in pairwise(english)
            )
        )
    return is_participle(last, known) and _is_rate(english, texts[0], beside.english)


def _is_rate(english: Sequence[Word], text: str, named: Sequence[Mention]) -> bool:
    """Whether a sentence only says how often something is: once a day, lying on your back."""
    said = {place for one in quantities(text, "en") for place in range(one.start, one.end)}
    has_verb = _does_something(english, named) or any(word.text in _BEING for word in english)
    return english[0].start in said and not has_verb


def _is_any_whole(those: Sequence[Word], text: str, known: Lexicon) -> bool:
    while those:
        clause = _last_clause(those, text)
        if is_whole([word.text for word in clause], known):
            return True
        those = those[: len(those) - len(clause)]
    return False


def _last_clause(those: Sequence[Word], text: str) -> Sequence[Word]:
    for index in range(len(those) - 1, 0, -1):
        before, after = those[index - 1], those[index]
        if is_parted(before, after, text) or before.text in _BETWEEN:
            return those[index:]
    return those


def _last_part(those: Sequence[Word], text: str) -> Sequence[Word]:
    for index in range(len(those) - 1, 0, -1):
        if is_parted(those[index - 1], those[index], text):
            return those[index:]
    return those


# --- Verbs ----------------------------------------------------------------------------------------

_PRONOUNS = frozenset(listed("you, we, it, they, he, she, i"))
_BEING = frozenset(listed("is, are, was, were, be, been, am, have, has, had"))
_HELPING = frozenset(
    listed(
        "can, may, will, must, should, do, does, did, cannot, could, might, don't, doesn't, didn't, can't, won't"
    )
)
_BEFORE_A_CLAUSE = frozenset(listed("if, when, because, and, or, but, so, that"))
_NO_ORDER = ("ing", "s", "ed")
_NO_OBJECT = frozenset(listed("of, in, or, and"))  # use of, change in
_ORDERS = frozenset(
    listed(
        "let, take, do, never, keep, tell, put, give, make, get, come, go, be, avoid, use, wear, apply, ask, bring"
    )
)


def _lost_verb(
    halves: tuple[Sequence[Word], Sequence[Word]],
    beside: Agreement,
    texts: tuple[str, str],
    known: Lexicon,
    lost: Sequence[int],
) -> bool:
    """Whether the Bangla sentence, or its last clause, lacks the verb that the English has."""
    english_text, bangla = texts
    named = beside.english
    english, there = _without_conditions(halves[0]), halves[1]
    clause = _last_clause(there, bangla)
    if not english or is_whole([word.text for word in clause], known):
        return False
    if _last_part(there, bangla)[0].text in _ONLY:
        return False  # যেমন শনি ও রবিবার
    if not lost[0] and _is_said_of_it(there[-1], beside):
        return False  # পিলটা ফ্রি
    if len(clause) < len(there) and _is_answered(
        clause, _last_part(halves[0], english_text), beside
    ):
        return False  # about four teaspoons, চার চামচের মতো
    if there[-1].text.endswith("লে"):
        return False  # see _leads_on
    is_alone = not _is_any_whole(there, bangla, known)
    is_stump = len(clause) <= _STUMP and _begins_anew(there, len(clause), bangla, known)
    is_lost = lost[0] and (is_stump or not lost[1])
    if _does_something(english, named):
        return is_alone or is_lost
    if _is_order(english, named):
        return is_alone or (is_stump and is_lost)
    # “You are pregnant” needs no verb in Bangla.
    is_lost = is_lost and (
        lost[0] > 1 if is_alone else _begins_anew(there, len(clause), bangla, known)
    )
    return is_lost and any(word.text in _BEING for word in english)


_STUMP = 2  # words of a clause that has hardly begun


def _begins_anew(there: Sequence[Word], size: int, bangla: str, known: Lexicon) -> bool:
    """Whether more than a comma parts the last words from those before: …; কিংবা ভরাট।"""
    if size >= len(there):
        return False
    before = there[-size - 1]
    if before.text in _BETWEEN:  # nouns are joined as well: লাগে প্রিক টেস্ট বা রক্ত পরীক্ষা।
        first = there[: -size - 1]
        return not first or is_parted(first[-1], before, bangla) or _is_verb_alone(first[-1], known)
    return not _COMMA.search(bangla[before.end : there[-size].start])


def _is_verb_alone(word: Word, known: Lexicon) -> bool:
    return is_whole([word.text], known) and not is_noun(word.text, known)


_COMMA = regex.compile(r"[,()]")


def _is_said_of_it(word: Word, beside: Agreement) -> bool:
    """Whether a word says what something is, and the English says the same: free, ফ্রি."""
    return any(
        word in one.words
        and id(one) in beside.firmly_paired
        and any("/" in kind or kind == "quality" for kind in one.kinds)
        for one in beside.bangla
    )


_LONGER = 2  # words that the English may have more: about, and, the


def _is_answered(clause: Sequence[Word], part: Sequence[Word], beside: Agreement) -> bool:
    """Whether the last part of the English names what a Bangla clause does, without a verb too."""
    named = [one for one in beside.bangla if one.words[0] in clause and one.kinds - {"plain"}]
    others = [one for one in beside.english if one.words[0] in part]
    if not named or len(part) > len(clause) + _LONGER or any(map(is_verb, others)):
        return False
    if _does_something(part, others):
        return False
    pairs = {(id(one), id(other)) for one, other in beside.pairs}
    return not any(word.text in _BEING for word in part) and all(
        any((id(one), id(other)) in pairs for one in others)
        for other in named
        if id(other) in beside.paired
    )


def _without_conditions(those: Sequence[Word]) -> Sequence[Word]:
    """An English sentence without its conditions: for life, if you can."""
    kept: list[Word] = []
    is_condition = False
    for before, word in zip((None, *those), those, strict=False):
        if before is not None and word.start > before.end + 1:
            is_condition = False
        is_condition |= word.text in WHENEVER | {"because"}
        if not is_condition:
            kept.append(word)
    return kept


def _does_something(those: Sequence[Word], named: Sequence[Mention]) -> bool:
    """Whether an English sentence has a verb for certain, other than “is” and “has”."""
    if any(word.text in _HELPING for word in those):
        return True
    if any(one.words[0] is those[0] and is_verb(one) for one in named):
        return True
    for index, word in enumerate(those[:-1]):
        if word.text in _PRONOUNS and those[index + 1].text not in _BEING | {"or", "and"}:
            before = those[index - 1] if index else None
            if before is None or word.start > before.end + 1 or before.text in _BEFORE_A_CLAUSE:
                return True
    return False


def _is_order(those: Sequence[Word], named: Sequence[Mention]) -> bool:
    """Whether an English sentence begins with what to do: Rest it."""
    if len(those) > 1 and those[1].text in _NO_OBJECT:
        return False
    return those[0].text in _ORDERS or (
        not those[0].text.endswith(_NO_ORDER)
        and any(one.words[0] is those[0] and "act" in one.kinds for one in named)
    )
