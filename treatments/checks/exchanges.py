"""Words that stand in one of two close sentences only, or for others of another set."""

from collections.abc import Iterator
from itertools import product

from .beside import MEASURES, NAMED, Agreement
from .idle_noes import ENGLISH_NOES
from .lexicon import listed
from .reading.concepts import Mention
from .reading.words import NOES, Word, words

_PEOPLE = frozenset(listed("adult/child, mother/father, man/woman, person"))
_EVERYONE = frozenset({"everyone", "everybody"})
_EVERY = frozenset({"all/some all", "often/rarely always"})
_FIRST = ("প্রথম", "শেষ")
_AT_FIRST = frozenset(listed("প্রথমে, প্রথমেই, প্রথমত, শেষে, শেষমেশ"))
# Sets of which a word may say both what it is paired with and the opposite of another.
_TWOFOLD = MEASURES | frozenset(
    listed(
        "before/after, until/after, until/from then, first/last, early/late, time/of day, us/yourself, "
        "must/may, same day/next day"
    )
)
# Where a thing is or goes, which Bangla says by an ending: in warm water, over the face.
_PARTICLES = frozenset(
    listed(
        "out, up, down, off, on, in, into, onto, away, over, under, back, through, by, at, to, from, within"
    )
)
_NEAR = 24  # letters between a word and the no that follows it
_NO = tuple(f"{no}{mark}" for no in NOES for mark in " ,;।")


def is_of_two_minds(one: Mention, other: Mention, kind: str, beside: Agreement) -> bool:
    """Whether two of a set that stand for each other may well say other things than that: where one
    of them has a counterpart of another set, or is just the particle of a verb, or what it says
    is no thing before all else, as কড়া is a corn, and strong."""
    if kind not in _TWOFOLD and (
        _is_spoken_for(other, kind, beside, 1) or _is_spoken_for(one, kind, beside, 0)
    ):
        return True
    if kind in NAMED:
        return any(each == "thing" or "/" in each for each in other.kinds)
    return _is_particle(one) and kind not in one.kinds


def _is_particle(mention: Mention) -> bool:
    """Whether it only says where something is or goes."""
    first, *rest = (part.removeprefix("=") for part in mention.form)
    return first in _PARTICLES and rest in ([], ["of"])


def _is_spoken_for(said: Mention, kind: str, beside: Agreement, side: int) -> bool:
    """Whether its counterpart means the same, which is nothing of this set: মৃদু is mild, not
    short."""
    return any(
        kind not in pair[1 - side].kinds | {one.kind for one in pair[1 - side].concepts}
        and (pair[0].firm_names & pair[1].names or pair[0].names & pair[1].firm_names)
        for pair in beside.pairs
        if pair[side] is said
    )


def may_not_otherwise(one: Mention, other: Mention, beside: Agreement) -> bool:
    """Whether a no follows what may be done, so that it is what must be done: you must lie still,
    নড়াচড়া করা চলবে না; whether it must be or must not is asked of the noes."""
    return "must/may must" in one.names and any(
        word.text in NOES and 0 <= word.start - other.end <= _NEAR for word in _words(beside)
    )


def is_denied(one: Mention) -> bool:
    """Whether an English phrase says no itself: is not normal."""
    return len(one.words) > 1 and any(word.text in ENGLISH_NOES for word in one.words)


def is_denied_there(other: Mention, beside: Agreement) -> bool:
    """Whether a no follows a Bangla word, or the verb behind it: সমান না, “uneven”."""
    end = other.end
    after = sorted((word for word in _words(beside) if word.start > end), key=lambda w: w.start)
    for word in after[:2]:
        if word.start > end + 1:  # a mark stands between
            return False
        if word.text in NOES:
            return True
        end = word.end
    return False


_UNTIL = frozenset({"until", "till"})  # which Bangla says with a no


def is_only_denied_there(one: Mention, other: Mention, english: str, beside: Agreement) -> bool:
    """Whether the Bangla denies what may be the opposite, and the English sentence says no “no”:
    সচরাচর হয় না, “unusual”."""
    return (
        _may_be_opposite(one)
        and is_denied_there(other, beside)
        and not any(
            word.text in ENGLISH_NOES | _UNTIL and word.sentence == one.sentence
            for word in words(english, "en")
        )
    )


def _may_be_opposite(one: Mention) -> bool:
    return any("/" in each.kind and each.kind != "must/may" for each in one.concepts)


def _words(beside: Agreement) -> Iterator[Word]:
    """Those of the Bangla."""
    yield from beside.unknown_bangla
    yield from (word for each in beside.bangla for word in each.words)


def is_undone(other: Mention, kind: str, beside: Agreement, bangla: str) -> bool:
    """Whether the Bangla says the same with a no as well, before it: খুলবেন না, তারপর খুলে."""
    return any(
        not each.poles(kind).isdisjoint(other.poles(kind))
        and each.end <= other.start
        and bangla[each.end :].lstrip().startswith(_NO)
        for each in beside.bangla
    )


def other_people(beside: Agreement) -> Iterator[tuple[Mention, Mention]]:
    """Whom each text names alone: a child, a mother, everyone."""
    for one, other in product(beside.missing, beside.extra):
        is_person = one.kinds & _PEOPLE or one.words[0].text in _EVERYONE
        if is_person and other.kinds & _PEOPLE and beside.stand_together(one, other):
            yield one, other


def narrowed(beside: Agreement) -> Iterator[tuple[Mention, Mention]]:
    """“Every” in the English, and “the first” or “the last” in the Bangla instead."""
    for one, other in product(beside.missing, (*beside.extra, *beside.spare_bangla)):
        if (
            one.names & _EVERY
            and other.poles("first/last")
            and other.words[0].text.startswith(_FIRST)
            and other.words[0].text not in _AT_FIRST
            and beside.stand_together(one, other)
        ):
            yield one, other


def is_before_that(one: Mention, other: Mention, beside: Agreement) -> bool:
    """Whether a Bangla আগে is said of what was told before it, তার আগে, and the English “then” is
    no “until then”."""
    return not any(
        each.kinds & {"before/after", "until/after"} and beside.stand_together(each, other)
        for each in beside.english
        if each is not one
    ) and any(word.text in {"তার", "এর"} and word.end + 1 == other.start for word in _words(beside))
