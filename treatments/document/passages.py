"""Passages: the smallest units that somebody reads in both languages and confirms.

A passage is an item of a list with all its fields, a paragraph or list entry of prose, any other
prose field, a number of the plan, the name of a body area, how long the result lasts.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from django.utils.functional import cached_property

from ..language.rich_text import Block, read_blocks
from ..language.text import ZWJ, ZWNJ, normalise
from ..models import LANGUAGES, PLAN, TreatmentProse
from .content import YOUNGER, Edition, EditionItem, Pair, Value, without_empty
from .places import Place
from .sections import BY_KEY, PROSE, SECTIONS

_INVISIBLE = str.maketrans("", "", f"{ZWJ}{ZWNJ}\ufe0f")


@dataclass(frozen=True)
class Passage:
    """What stands at one place in both languages; a half that is not there is empty.

    `place` names an item, or a prose field; its `field` counts the blocks of a prose field from "1"
    where both languages have as many of the same kinds, and is empty where the field is one passage.
    """

    place: Place
    texts: Mapping[str, Pair]  # by the name of the field, plain words; prose has its words under ""
    values: Mapping[str, Mapping[str, Value]]  # by language: typed fields that are set, and marks
    exact: Mapping[str, Sequence]  # by language: the words as they are printed, bold and links too
    # Of a field with several blocks: one passage each.
    blocks: Sequence["Passage"] = field(default=(), repr=False, compare=False)

    @property
    def is_safety(self) -> bool:
        section = BY_KEY.get(self.place.section)
        return section.safety if section else self.place.section == "plan"

    @property
    def to_confirm(self) -> bool:
        """Whether patients see the mark “to be confirmed by a doctor”."""
        return any(values.get("to_confirm") for values in self.values.values())

    @property
    def scope(self) -> str:
        """What the words are bound to: the section or the field, not the place in its order."""
        if self.place.section == "prose":
            return self.place.item
        return (
            "/".join(("plan", self.place.item))
            if self.place.section == "plan"
            else self.place.section
        )

    @cached_property
    def digest(self) -> str:
        """Of the words of both languages and all that is printed with them.

        Unicode form, invisible letters and repeated blanks change nothing.
        """
        halves = [self._half(code) for code in LANGUAGES]
        return _digest([self.scope, *halves])

    def digest_in(self, language: str) -> str:
        """Of one language's half alone; "" where it says nothing."""
        return _digest([self.scope, language, self._half(language)]) if self.has(language) else ""

    @property
    def is_block(self) -> bool:
        """Whether it is one block among several of its field."""
        return bool(self.blocks and self.place.field)

    @cached_property
    def whole(self) -> "Passage":
        """The whole field that a block stands in; else the passage itself."""
        if not self.is_block:
            return self
        if self is not self.blocks[0]:
            return self.blocks[0].whole  # made once a field
        halves = [code for code in LANGUAGES if code in self.exact]
        lines = {code: "\n".join(block.texts[""][code] for block in self.blocks) for code in halves}
        return Passage(
            self.place.whole_item,
            {"": Pair(**lines)},
            self.values,
            {code: [one for block in self.blocks for one in block.exact[code]] for code in halves},
            self.blocks,
        )

    def has(self, language: str) -> bool:
        """Whether anything of it is read in this language; a citation is read in both."""
        citation = self.values.get(language, {}).get("citation")
        return bool(citation) or any(pair[language] for pair in self.texts.values())

    def _half(self, language: str) -> list:
        printed = [_same_letters(words) for words in self.exact.get(language, ())]
        return [dict(self.values.get(language, {})), printed]


def _digest(parts: list) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _same_letters(words: str | list[str]) -> str | list[str]:
    if isinstance(words, list):  # the kind of a block, and its words
        return [_same_letters(part) for part in words]
    return _visible_letters(words)


@lru_cache(maxsize=5_000)
def _visible_letters(words: str) -> str:
    """A save asks it of every text of the draft several times, and changes one."""
    return normalise(words.translate(_INVISIBLE))


# --- Of two editions ------------------------------------------------------------------------------


def passages(english: Edition | None, bangla: Edition | None) -> Iterator[Passage]:
    """Every passage of a page as it stands in two editions, in the order of the document."""
    editions = {"en": english, "bn": bangla}
    for name in PROSE:
        yield from _prose(name, editions)
    for name in PLAN:
        ranges = {code: edition.plan.get(name) for code, edition in editions.items() if edition}
        if any(ranges.values()):
            words = {code: _range(limits) for code, limits in ranges.items()}
            yield _plain(Place("plan", name), words)
    yield from _one(
        Place("result_lasts", "result_lasts"),
        {code: edition.result_lasts for code, edition in editions.items() if edition},
    )
    names = {code: edition.body_areas for code, edition in editions.items() if edition}
    for key in dict.fromkeys(key for areas in names.values() for key in areas):
        words = {code: areas.get(key) or "" for code, areas in names.items()}
        yield _plain(Place("body_areas", key), words, {"key": key})
    for section in SECTIONS:
        yield from _items(section.key, editions)


def _one(place: Place, words: Mapping[str, str]) -> Iterator[Passage]:
    if any(words.values()):
        yield _plain(place, words)


def _plain(
    place: Place, words: Mapping[str, str], values: Mapping[str, Value] | None = None
) -> Passage:
    there = {code: text for code, text in words.items() if text}
    return Passage(
        place,
        {"": Pair(**there)},
        {code: values or {} for code in there},
        {code: [text] for code, text in there.items()},
    )


def _range(limits: tuple[int, int] | None) -> str:
    low, high = limits or ("", "")
    return str(low) if low == high else f"{low}–{high}"


def _prose(name: str, editions: Mapping[str, Edition | None]) -> Iterator[Passage]:
    html = {
        code: (edition.prose or {}).get(name, "") for code, edition in editions.items() if edition
    }
    if name not in TreatmentProse.RICH:
        yield from _one(Place("prose", name), html)
        return
    blocks = {code: _blocks(text) for code, text in html.items()}
    there = {code: some for code, some in blocks.items() if some}
    kinds = {tuple(block.kind for block in some) for some in there.values()}
    if len(kinds) > 1:
        yield _of_blocks(Place("prose", name), there)
        return
    number = len(next(iter(there.values()), ()))
    listed: list[Passage] = []
    for index in range(number):
        place = Place("prose", name, str(index + 1) if number > 1 else "")
        one = {code: some[index : index + 1] for code, some in there.items()}
        listed.append(_of_blocks(place, one, listed if number > 1 else ()))
    yield from listed


def _blocks(html: str) -> tuple[Block, ...]:
    return tuple(
        block for block in read_blocks(html) if "".join(run.text for run in block.runs).strip()
    )


def _of_blocks(
    place: Place, blocks: Mapping[str, Sequence[Block]], listed: Sequence[Passage] = ()
) -> Passage:
    return Passage(
        place,
        {"": Pair(**{code: _words(some) for code, some in blocks.items()})},
        {code: {} for code in blocks},
        {code: [[block.kind, _printed(block)] for block in some] for code, some in blocks.items()},
        listed,
    )


def _words(blocks: Iterable[Block]) -> str:
    """A line a block, as `rich_text.plain_text` has it."""
    text = "\n".join("".join(run.text for run in block.runs) for block in blocks)
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _printed(block: Block) -> str:
    """The words of a block with what stands out and where links lead."""
    return "".join(
        f"<{'strong' * run.strong} {run.href}>{run.text}</>" if run.strong or run.href else run.text
        for run in block.runs
    )


def _items(key: str, editions: Mapping[str, Edition | None]) -> Iterator[Passage]:
    items = {
        code: {item.uid: item for item in edition.items(key)}
        for code, edition in editions.items()
        if edition
    }
    for uid in dict.fromkeys(uid for half in items.values() for uid in half):
        there = {code: half[uid] for code, half in items.items() if uid in half}
        yield _of_item(Place(key, uid), there)


def _of_item(place: Place, halves: Mapping[str, EditionItem]) -> Passage:
    pairs = {
        name: Pair(**{code: item.texts.get(name) or "" for code, item in halves.items()})
        for name in BY_KEY[place.section].model.pairs
    }
    return Passage(
        place,
        without_empty(pairs),
        {code: _printed_values(item) for code, item in halves.items()},
        {code: _printed_texts(pairs, code) for code in halves},
    )


def _printed_texts(pairs: Mapping[str, Pair], language: str) -> list:
    """The texts in their order; one of a younger field with its name, which others may lack."""
    return [
        [name, pair[language]] if name in YOUNGER else pair[language]
        for name, pair in pairs.items()
        if name not in YOUNGER or pair[language]
    ]


def _printed_values(item: EditionItem) -> Mapping[str, Value]:
    set_values = {
        name: value for name, value in item.values.items() if value is not None and value != ""
    }
    return set_values | ({"to_confirm": True} if item.to_confirm else {})


# --- What became of them --------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A passage before and after; None where it was not there, or is there no more."""

    before: Passage | None
    after: Passage | None

    @property
    def passage(self) -> Passage:
        passage = self.after or self.before
        assert passage
        return passage

    @property
    def is_same(self) -> bool:
        return bool(self.before and self.after and self.before.digest == self.after.digest)

    @property
    def is_reworded(self) -> bool:
        """Whether prose is a version of what it was, rather than another text."""
        return bool(self.before and self.after and _ratio(self.before, self.after) >= _ALIKE)


def steps(before: Iterable[Passage], after: Iterable[Passage]) -> list[Step]:
    """What became of each passage, in the order of the page after; what is gone stands last.

    Items are known by their uid; paragraphs by their words, and else by their order between others.
    """
    old, new = _by_scope(before), _by_scope(after)
    result: list[Step] = []
    for scope, passages_after in new.items():
        result += _steps_within(old.pop(scope, []), passages_after)
    for passages_before in old.values():
        result += [Step(passage, None) for passage in passages_before]
    return sorted(result, key=lambda step: step.after is None)


def _by_scope(listed: Iterable[Passage]) -> dict[str, list[Passage]]:
    scopes: dict[str, list[Passage]] = {}
    for passage in listed:
        scopes.setdefault(passage.scope, []).append(passage)
    return scopes


def _steps_within(before: list[Passage], after: list[Passage]) -> list[Step]:
    if after[0].place.section != "prose":
        was = {passage.place.item: passage for passage in before}
        result = [Step(was.pop(passage.place.item, None), passage) for passage in after]
        return result + [Step(passage, None) for passage in was.values()]
    return _steps_of_prose(before, after)


def _steps_of_prose(before: list[Passage], after: list[Passage]) -> list[Step]:
    if any(_is_of_several(passage) for passage in (*before, *after)) and before:
        return [Step(before[0].whole, after[0].whole)]
    # First what says the same wherever it stands now, then what took its place between these.
    unmatched = {id(passage): passage for passage in before}
    by_digest: dict[str, list[Passage]] = {}
    for passage in before:
        by_digest.setdefault(passage.digest, []).append(passage)
    was: dict[int, Passage] = {}
    for passage in after:
        if same := by_digest.get(passage.digest):
            was[id(passage)] = same.pop(0)
            del unmatched[id(was[id(passage)])]
    new = [passage for passage in after if id(passage) not in was]
    gone = list(unmatched.values())
    for i, j in _alike(gone, new):
        was[id(new[j])] = gone[i]
        del unmatched[id(gone[i])]
    result = [Step(was.get(id(passage)), passage) for passage in after]
    return result + [Step(passage, None) for passage in unmatched.values()]


def _is_of_several(passage: Passage) -> bool:
    """Whether it is a whole field of several blocks, not as many or not the same in both."""
    return not passage.blocks and any(len(blocks) > 1 for blocks in passage.exact.values())


_MANY = 2_500  # pairs of paragraphs, from which on nobody looks for the most alike
_ALIKE = 0.4  # of their words; below it a paragraph is another one


def _alike(gone: Sequence[Passage], new: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Which new passage is a changed one of those that are gone, the most alike first."""
    if len(gone) == len(new) == 1:
        yield 0, 0
        return
    if len(gone) * len(new) > _MANY:  # all was written anew: in their order
        yield from ((position, position) for position in range(min(len(gone), len(new))))
        return
    ratios = [
        (_ratio(one, other), -i, -j) for i, one in enumerate(gone) for j, other in enumerate(new)
    ]
    taken: set[tuple[str, int]] = set()
    for ratio, i, j in sorted(ratios, reverse=True):
        if ratio >= _ALIKE and not taken & {("gone", -i), ("new", -j)}:
            taken |= {("gone", -i), ("new", -j)}
            yield -i, -j


def _ratio(one: Passage, other: Passage) -> float:
    """How alike two are in the language that changed less."""
    pairs = one.texts[""], other.texts[""]
    return max(
        SequenceMatcher(None, *(pair[code].split() for pair in pairs), autojunk=False).ratio()
        for code in LANGUAGES
        if pairs[0][code] or pairs[1][code]
    )
