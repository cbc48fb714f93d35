"""Two texts beside each other: what of them has a counterpart, and what is named for another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import product
from operator import lt

from .lexicon import listed
from .opposites import SHARED
from .reading.concepts import Mention
from .reading.words import Word

# Sets of things that can be pointed at; the other tables hold opposites and the open list.
NAMED = frozenset(
    listed(
        "body, illness, symptom, substance, medicine, form, colour, weekday, month, food, animal, "
        "person, place, tool, season"
    )
)


# How much of a thing there is: one of these is said for another of the same direction.
MEASURES = frozenset(
    listed("more/less, up/down, high/low, mild/severe, strong/weak, big/small, thick/thin")
)


@dataclass(frozen=True)
class Named:
    """All that a text names, to ask quickly whether it may mean something."""

    names: frozenset[str]
    reach: frozenset[str]

    @classmethod
    def of(cls, those: Iterable[Mention]) -> "Named":
        listed = list(those)
        return cls(
            frozenset().union(*(one.names for one in listed)),
            frozenset().union(*(one.reach for one in listed)),
        )

    def has(self, one: Mention) -> bool:
        """As `Mention.may_be` for any of them."""
        return not self.names.isdisjoint(one.reach) or not self.reach.isdisjoint(one.names)


@dataclass(frozen=True, eq=False)
class Agreement:
    """Two texts beside each other. A mention is paired where the other text may mean the same and
    says it as often; `missing` and `extra` have no counterpart at all, `spare_*` one that is taken.
    """

    english: tuple[Mention, ...]
    bangla: tuple[Mention, ...]
    pairs: tuple[tuple[Mention, Mention], ...]  # each with one of its own in the other text
    firm: int  # how many of them, the first, mean the same before all else
    missing: tuple[Mention, ...]  # in English
    extra: tuple[Mention, ...]  # in Bangla
    spare_english: tuple[Mention, ...]
    spare_bangla: tuple[Mention, ...]
    unknown_english: tuple[Word, ...]  # of no lexicon, and nothing sounds like them
    unknown_bangla: tuple[Word, ...]
    is_aligned: bool  # as many sentences in both

    @cached_property
    def paired(self) -> frozenset[int]:
        """The ids of the mentions in pairs."""
        return frozenset(id(one) for pair in self.pairs for one in pair)

    @cached_property
    def alike(self) -> frozenset[int]:
        """Of these the ones that share a meaning with theirs."""
        return frozenset(
            id(one)
            for pair in self.pairs
            if not pair[0].names.isdisjoint(pair[1].names)
            for one in pair
        )

    @cached_property
    def firmly_paired(self) -> frozenset[int]:
        return frozenset(id(one) for pair in self.pairs[: self.firm] for one in pair)

    @cached_property
    def exchanged(self) -> tuple[tuple[Mention, Mention, str], ...]:
        """What is named for another of its set in the same sentence, with the set."""
        taken: set[int] = set()
        found = []
        opposed = sorted(self._opposed(), key=_certainty)
        for english, bangla, kind in (*opposed, *self._members()):
            if not {id(english), id(bangla)} & taken:
                taken |= {id(english), id(bangla)}
                found.append((english, bangla, kind))
        return tuple(found)

    def _members(self) -> Iterator[tuple[Mention, Mention, str]]:
        """Members of a set of which neither is said for the other, the surest first."""
        free = self.unsaid
        halves = [
            (self.missing, self.extra),
            free,
            (self.missing, self.spare_bangla),
            (self.spare_english, self.extra),
            (self._near(0), self.extra),
            (self.missing, self._near(1)),
        ]
        for half in halves:
            named = [[(one, _named(one)) for one in side if _named(one)] for side in half]
            for (english, its), (bangla, theirs) in product(*named):
                kinds = its & theirs
                if kinds and self.stand_together(english, bangla) and not english.may_be(bangla):
                    yield english, bangla, min(kinds)

    def _near(self, side: int) -> list[Mention]:
        """What is paired with a word that only may be said for it, but for what one feels."""
        return [
            pair[side]
            for pair in self.pairs
            if pair[0].names.isdisjoint(pair[1].names) and "symptom" not in pair[side].kinds
        ]

    def _opposed(self) -> Iterator[tuple[Mention, Mention, str]]:
        """Words that say opposite things, where neither text says what the other does."""
        # Asked of each word once: a long text has many pairs of words.
        in_bangla = cache(partial(self._saying, self.bangla))
        in_english = cache(partial(self._saying, self.english))
        for english, bangla in self._free_pairs():
            for kind in _surest_first(english.opposites, bangla.opposites):
                if (
                    english.poles(kind)
                    and bangla.poles(kind)
                    and (bangla.firm or english.firm)
                    and not (self._has_same(english, kind) or self._has_same(bangla, kind))
                    and english.poles(kind).isdisjoint(bangla.poles(kind))
                ):
                    # One is not said in the other text at all, and the other not as often.
                    said = in_bangla(english, kind), in_english(bangla, kind)
                    often = in_english(english, kind), in_bangla(bangla, kind)
                    if not all(said) and all(map(lt, said, often)):
                        yield english, bangla, kind
        yield from self._away()
        yield from self._opposed_pairs()

    def _opposed_pairs(self) -> Iterator[tuple[Mention, Mention, str]]:
        """What is paired only as pointing the same way, and may be the opposite: poor, বেশি."""
        for english, bangla in self.pairs[self.firm :]:
            if (
                english.names.isdisjoint(bangla.names)
                and "plain" not in english.kinds | bangla.kinds
            ):
                for kind in sorted({concept.kind for concept in english.concepts}):
                    poles = english.poles(kind), bangla.poles(kind)
                    if "/" in kind and kind not in SHARED and all(poles):
                        yield english, bangla, kind

    def _has_same(self, one: Mention, kind: str) -> bool:
        """Whether it is of this set only perhaps, and the other text says what it is for sure."""
        return kind not in one.kinds and id(one) in self.alike

    def _away(self) -> Iterator[tuple[Mention, Mention, str]]:
        """Words of two sets that go opposite ways, as lower and বেশি, where none goes the same."""
        in_bangla = cache(partial(self._goes_along, self.bangla))
        in_english = cache(partial(self._goes_along, self.english))
        for english, bangla in self._free_pairs():
            if (
                english.way
                and bangla.way
                and english.way != bangla.way
                and bangla.kinds & MEASURES
                and not in_bangla(english)
                and not in_english(bangla)
            ):
                for kind in sorted(english.kinds & MEASURES)[:1]:
                    yield english, bangla, kind

    def _goes_along(self, others: Sequence[Mention], one: Mention) -> bool:
        return any(
            one.way in other.directions and self.stand_together(one, other)
            for other in self._free(others)
        )

    @cached_property
    def unsaid(self) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """What no free word of the other text may mean: of the English, and of the Bangla."""
        free = [
            [one for one in those if id(one) not in self.firmly_paired]
            for those in (self.english, self.bangla)
        ]
        beside = [Named.of(those) for those in free]
        return (
            tuple(one for one in free[0] if not beside[1].has(one)),
            tuple(other for other in free[1] if not beside[0].has(other)),
        )

    def _free(self, those: Sequence[Mention]) -> Iterator[Mention]:
        return (one for one in those if id(one) not in self.firmly_paired)

    def _free_pairs(self) -> Iterator[tuple[Mention, Mention]]:
        for english, bangla in product(self._free(self.english), self._free(self.bangla)):
            if self.stand_together(english, bangla):
                yield english, bangla

    def _saying(self, those: Sequence[Mention], one: Mention, kind: str) -> int:
        """How many words that are free in a text may say what a word of it or of the other says, of
        what stands for another as well only where it is itself not paired."""
        taken = self.firmly_paired
        if id(one) not in self.alike and kind not in SHARED:
            taken |= self.alike
        return sum(
            not one.poles(kind).isdisjoint(other.poles(kind))
            and (other is one or id(other) not in taken)
            and (one.sentence == other.sentence or not self.is_aligned)
            for other in those
        )

    def stand_together(self, english: Mention, bangla: Mention) -> bool:
        return not self.is_aligned or english.sentence == bangla.sentence


_BODY = frozenset({"body"})


def _named(mention: Mention) -> frozenset[str]:
    """The sets of things it belongs to, also where it may be several parts of the body: মুখ is a
    face or a mouth, and no hand."""
    if mention.kinds:
        return mention.kinds & NAMED
    return frozenset(concept.kind for concept in mention.concepts) & _BODY


def _certainty(exchange: tuple[Mention, Mention, str]) -> tuple[bool, int]:
    """The surest first: those that mean this before all else, and of them those in more words."""
    english, bangla, kind = exchange
    return kind not in english.kinds & bangla.kinds, -len(english.form) - len(bangla.form)


def _surest_first(english: frozenset[str], bangla: frozenset[str]) -> list[str]:
    """The sets of two words, those first to which both belong for certain."""
    if not (english or bangla):
        return []
    return sorted(english | bangla, key=lambda kind: (kind not in english & bangla, kind))
