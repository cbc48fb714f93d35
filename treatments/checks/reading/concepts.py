"""What a text names: the concepts of a lexicon, wherever one of their forms stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .helping_verbs import MAY, helps_after, says_it_may_be
from .words import GAP, NOES, Word, parts, words


@dataclass(frozen=True, eq=False)
class Concept:
    """One row of a lexicon. `kind` is the set it belongs to; of a set, one excludes another."""

    name: str
    kind: str
    forms: Mapping[str, Sequence[str]]  # by language
    # Those of them that mean this and nothing else as readily: কম is less before it is short.
    firm: frozenset[tuple[str, str]] = frozenset()  # (language, form)
    near: frozenset[str] = frozenset()  # names of concepts that may be said for it

    @property
    def is_of_a_set(self) -> bool:
        """Whether it is one of a few things that are done with a medicine, or opposites."""
        return "/" in self.kind or self.kind == "route"

    @cached_property
    def in_parts(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Each form with its language, and in the words by which it is found."""
        return tuple(
            (language, form, parts(form))
            for language, forms in self.forms.items()
            for form in forms
        )


@dataclass(frozen=True, eq=False)
class Mention:
    """Words of a text that name one of a few concepts: হাত is a hand or an arm."""

    concepts: tuple[Concept, ...]
    firm: tuple[Concept, ...]  # those of them that it means before all others
    form: tuple[str, ...]  # the form that was found, in words
    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @cached_property
    def own_words(self) -> tuple[Word, ...]:
        """Those that its form has; what stands in a gap of it is no part of what it says."""
        if len(self.words) == len(self.form):
            return self.words
        found, index = [], 0
        for word in self.words:
            if index < len(self.form) and self.form[index] in word.forms:
                found.append(word)
                index += 1
        return tuple(found)

    @property
    def sentence(self) -> int:
        return self.words[0].sentence

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The sets it belongs to for certain."""
        return frozenset(concept.kind for concept in self.firm)

    @cached_property
    def opposites(self) -> frozenset[str]:
        """Those of these sets that are two opposites."""
        return frozenset(kind for kind in self.kinds if "/" in kind)

    @property
    def names(self) -> frozenset[str]:
        return _names(self.concepts)

    @property
    def firm_names(self) -> frozenset[str]:
        return _names(self.firm)

    def poles(self, kind: str) -> frozenset[str]:
        """What it may be of a set."""
        return self._poles.get(kind, frozenset())

    @cached_property
    def _poles(self) -> dict[str, frozenset[str]]:
        kinds = {concept.kind for concept in self.concepts}
        return {
            kind: frozenset(concept.name for concept in self.concepts if concept.kind == kind)
            for kind in kinds
        }

    @property
    def reach(self) -> frozenset[str]:
        """Its names and those of all that may be said for it."""
        return _reach(self.concepts)

    @cached_property
    def directions(self) -> frozenset[str]:
        """Upwards or downwards: more, higher and stronger are often said for each other."""
        return _directions(self.concepts)

    @cached_property
    def way(self) -> str:
        """Upwards or downwards, where it means the one before all else."""
        ways = {name for concept in self.firm for name in concept.near if name[0] == ">"}
        return ways.pop() if len(ways) == 1 else ""

    def may_be(self, other: "Mention") -> bool:
        """Whether the other language may mean the same by `other`."""
        return (
            not self.names.isdisjoint(other.reach)
            or not self.reach.isdisjoint(other.names)
            or not _directions(self.firm).isdisjoint(_directions(other.firm))
        )


# Most words stand in many texts.
@lru_cache(maxsize=8192)
def _names(concepts: tuple[Concept, ...]) -> frozenset[str]:
    return frozenset(concept.name for concept in concepts)


@lru_cache(maxsize=8192)
def _reach(concepts: tuple[Concept, ...]) -> frozenset[str]:
    return _names(concepts).union(*(concept.near for concept in concepts))


@lru_cache(maxsize=8192)
def _directions(concepts: tuple[Concept, ...]) -> frozenset[str]:
    return frozenset(name for name in _reach(concepts) if name[0] == ">")


@dataclass(eq=False)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    concepts: dict[Concept, bool] = field(default_factory=dict)  # whether it is firm


class Lexicon:
    """The forms of concepts, found as whole words, of two that overlap the longer one."""

    def __init__(self, concepts: Iterable[Concept]):
        self.concepts = tuple(concepts)
        self._roots = {"en": _Node(), "bn": _Node()}
        for concept in self.concepts:
            for language, form, those in concept.in_parts:
                if those:
                    self._node(language, those).concepts[concept] = (language, form) in concept.firm

    def _node(self, language: str, those: tuple[str, ...]) -> "_Node":
        node = self._roots[language]
        for part in those:
            if part not in node.next:
                node.next[part] = _Node()
            node = node.next[part]
        return node

    def mentions(self, text: str, language: str) -> tuple[Mention, ...]:
        """What a plain text names, in its order; no word belongs to two mentions."""
        return tuple(self.find(words(text, language), language))

    def find(
        self,
        those: tuple[Word, ...],
        language: str,
        but: frozenset[tuple[Word, Word]] = frozenset(),
    ) -> Iterator[Mention]:
        """What words name, `but` nothing from the first to the last of a pair of them."""
        begin = 0
        while begin < len(those):
            found = self._longest(those, begin, language, but)
            if found is None:
                begin += 1
                continue
            yield found
            begin += len(found.words)

    def _longest(
        self, those: tuple[Word, ...], begin: int, language: str, but: frozenset[tuple[Word, Word]]
    ) -> Mention | None:
        root = self._roots[language]
        if root.next.keys().isdisjoint(those[begin].forms):
            return None
        before = those[begin - 1] if begin and language == "bn" else None
        ends = [
            found
            for found in _matches(root, those, begin, ())
            if (those[begin], those[found[2] - 1]) not in but
        ]
        if not ends:
            return None
        last = max(end for _, _, end in ends)
        # A না that goes with what follows is not the end of what began before: ঠিক না হওয়া পর্যন্ত.
        is_no = last > begin + 1 and language == "bn" and those[last - 1].text in NOES
        if is_no and self._goes_on(those, last):
            ends = [found for found in ends if found[2] < last]
            if not ends:
                return None
            last = max(end for _, _, end in ends)
        if before and last == begin + 1 and says_it_may_be(those[begin], before):
            return self._it_may_be(those[begin:last])
        # Of one word the reading that takes fewer endings off: পানির is water, not পান.
        size = max(_letters(form) for form, _, end in ends if end == last)
        kept = [
            (form, node)
            for form, node, end in ends
            if end == last and (last > begin + 1 or _letters(form) == size)
        ]
        concepts = {concept: firm for _, node in kept for concept, firm in node.concepts.items()}
        if before and last == begin + 1 and helps_after(those[begin], before):
            concepts = {c: firm for c, firm in concepts.items() if not c.is_of_a_set}
            if not concepts:
                return None
        # What is done may be meant as well as what it is: খোলা is open, and opened.
        if last == begin + 1 and kept[0][0][0][-1] in _DONE:
            for form, node, end in ends:
                if end == last and form[0][-1] == "-" and _letters(form) == size - 1:
                    concepts = {**dict.fromkeys(node.concepts, False), **concepts}
        certain = tuple(concept for concept, firm in concepts.items() if firm)
        return Mention(tuple(concepts), certain, kept[0][0], those[begin:last])

    def _it_may_be(self, those: tuple[Word, ...]) -> Mention | None:
        """What a verb that says that something may be done names: what can be done does."""
        node = self._roots["bn"].next.get(MAY)
        concepts = tuple(node.concepts) if node else ()
        return Mention(concepts, (), (MAY,), those) if concepts else None

    def _goes_on(self, those: tuple[Word, ...], end: int) -> bool:
        """Whether the last word before `end` begins a form that reaches beyond it."""
        return any(there > end for *_, there in _matches(self._roots["bn"], those, end - 1, ()))


_DONE = "াো"  # how the name of what is done ends in Bangla


@lru_cache(maxsize=16384)
def _letters(form: tuple[str, ...]) -> int:
    return sum(len(part.strip("=-")) for part in form)


def _are_parted(one: Word, after: Word) -> bool:
    """Whether a mark or the end of a sentence stands between them: মৃদু, সাবান ছাড়া."""
    return one.sentence != after.sentence or after.start > one.end + 1


_GAP = 4  # words that may stand where a form has …


def _matches(
    node: _Node, those: tuple[Word, ...], index: int, form: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], _Node, int]]:
    """The forms that begin here, each with its node and the index of the word after it."""
    if node.concepts:
        yield form, node, index
    if index >= len(those) or not node.next:
        return
    if form and _are_parted(those[index - 1], those[index]):
        return
    for part in those[index].forms:
        if part in node.next:
            yield from _matches(node.next[part], those, index + 1, (*form, part))
    if GAP in node.next:
        for then in range(index, min(index + _GAP + 1, len(those))):
            if _are_parted(those[then - 1], those[then]):
                break
            yield from _matches(node.next[GAP], those, then, form)
