"""Passages: the smallest units that somebody reads in both languages and confirms.

A passage is an item of a list with all its fields, a title or another text with a life per language,
a number of the plan, the name of a body area, how long the result lasts.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import cached_property
from django.utils.translation import override

from ..language.rich_text import Run, plain_text, read_blocks
from ..language.text import ZWJ, ZWNJ, normalise
from ..models import LANGUAGES, PLAN
from .content import YOUNGER, Edition, EditionItem, Pair, Value, without_empty
from .places import Place
from .plan import AS_FIRST_NAMED, Plan
from .sections import BY_KEY, PROSE, SECTIONS
from .sequences import ratio

_INVISIBLE = str.maketrans("", "", f"{ZWJ}{ZWNJ}\ufe0f")


@dataclass(frozen=True)
class Passage:
    """What stands at one place in both languages; a half that is not there is empty."""

    place: Place  # of an item, or of what stands outside the lists
    texts: Mapping[str, Pair]  # by the name of the field, plain words; "" outside the lists
    values: Mapping[str, Mapping[str, Value]]  # by language: typed fields that are set, and marks
    exact: Mapping[str, Sequence]  # by language: the words as they are printed, bold and links too
    # By language, of an item: all that it says.
    items: Mapping[str, EditionItem] = field(default_factory=dict, repr=False, compare=False)

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
        if self.place.section == "plan":
            return "/".join(("plan", AS_FIRST_NAMED[self.place.item]))
        return self.place.section

    @cached_property
    def digest(self) -> str:
        """Of the words of both languages and all that is printed with them.

        Unicode form, invisible letters and repeated blanks change nothing.
        """
        return _digest([self.scope, *self._halves.values()])

    def digest_in(self, language: str) -> str:
        """Of one language's half alone; "" where it says nothing."""
        return self._digests[language]

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        return {
            code: _digest([self.scope, code, half]) if self.has(code) else ""
            for code, half in self._halves.items()
        }

    def has(self, language: str) -> bool:
        """Whether anything of it is read in this language; a citation is read in both."""
        citation = self.values.get(language, {}).get("citation")
        return bool(citation) or any(pair[language] for pair in self.texts.values())

    @cached_property
    def _halves(self) -> Mapping[str, list]:
        return {
            code: [
                dict(self.values.get(code, {})),
                [_same_letters(words) for words in self.exact.get(code, ())],
            ]
            for code in LANGUAGES
        }


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


@lru_cache(maxsize=16)
def passages(english: Edition | None, bangla: Edition | None) -> tuple[Passage, ...]:
    """Every passage of a page as it stands in two editions, in the order of the document."""
    return tuple(_passages({"en": english, "bn": bangla}))


def _passages(editions: Mapping[str, Edition | None]) -> Iterator[Passage]:
    for name in PROSE:
        halves = {code: (one.prose or {}).get(name, "") for code, one in editions.items() if one}
        yield from _one(Place("prose", name), halves)
    for name in PLAN:
        plans = {code: edition.plan for code, edition in editions.items() if edition}
        said = {code: plan for code, plan in plans.items() if name in plan.amounts}
        if said:
            yield _of_plan(Place("plan", name), said)
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


def _of_plan(place: Place, plans: Mapping[str, Plan]) -> Passage:
    """An amount as the sentence that is read, bound to all that makes the sentence."""
    words = {}
    for code, plan in plans.items():
        with override(code):
            words[code] = plain_text(plan.sentence(place.item, code))
    exact = {code: [_range(*plan.digested(place.item))] for code, plan in plans.items()}
    return Passage(place, {"": Pair(**words)}, {code: {} for code in plans}, exact)


def _range(low: int, high: int, *more: str) -> str:
    return " ".join([str(low) if low == high else f"{low}–{high}", *more])


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
        name: Pair(**{code: item.words.get(name) or "" for code, item in halves.items()})
        for name in BY_KEY[place.section].model.pairs
    }
    return Passage(
        place,
        without_empty(pairs),
        {code: _printed_values(item) for code, item in halves.items()},
        {code: _printed_texts(item, pairs, code) for code, item in halves.items()},
        halves,
    )


def _printed_texts(item: EditionItem, pairs: Mapping[str, Pair], language: str) -> list:
    """The texts in their order; one of a younger field with its name, which others may lack.

    A paragraph's with whether it stands in a list.
    """
    if item.rich:
        return [[item.kind, _printed(text)] for text in item.texts.values()]
    return [
        [name, pair[language]] if name in YOUNGER else pair[language]
        for name, pair in pairs.items()
        if name not in YOUNGER or pair[language]
    ]


def _printed(html: str) -> str:
    """Rich text with what stands out and where links lead."""
    return "".join(map(_printed_run, (run for block in read_blocks(html) for run in block.runs)))


def _printed_run(run: Run) -> str:
    mark = f"<{'strong' * run.strong} {run.href}>"
    return f"{mark}{run.text}</>" if run.strong or run.href else run.text


def _printed_values(item: EditionItem) -> Mapping[str, Value]:
    set_values = {
        name: value
        for name, value in item.values.items()
        if value is not None and value != "" and not item.rich  # a paragraph's is with its words
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
        """Whether it is a version of what it was, rather than another text."""
        return bool(self.before and self.after and _ratio(self.before, self.after) >= _ALIKE)


def steps(before: Iterable[Passage], after: Iterable[Passage]) -> list[Step]:
    """What became of each passage, in the order of the page after; what is gone stands last.

    Items are known by their uid, paragraphs by their words.
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
    section = BY_KEY.get(after[0].place.section)
    pair = _versions if section and section.is_running_text else _of_same_place
    was = pair(before, after)
    result = [Step(was.get(position), passage) for position, passage in enumerate(after)]
    stays = [*was.values()]
    return result + [Step(passage, None) for passage in before if passage not in stays]


def _of_same_place(before: list[Passage], after: list[Passage]) -> dict[int, Passage]:
    return matched(before, after, lambda one, other: one.place == other.place)


def _versions(before: list[Passage], after: list[Passage]) -> dict[int, Passage]:
    """By the position in `after`: which paragraph it says again, or is a version of.

    The place alone says nothing: paragraphs were once numbered in each document by itself.
    """
    found = matched(before, after, *SAYING_THE_SAME)
    left = [passage for passage in before if passage not in found.values()]
    for position, one in enumerate(after):
        if position in found or all(was.place != one.place for was in left):
            continue
        alike, _is_there, nearest = max(
            ((_ratio(was, one), was.place == one.place, number) for number, was in enumerate(left))
        )
        if alike >= _ALIKE:
            found[position] = left.pop(nearest)
    return found


Rule = Callable[[Passage, Passage], bool]
SAYING_THE_SAME: tuple[Rule, ...] = (
    lambda one, other: one.place == other.place and one.digest == other.digest,
    lambda one, other: one.digest == other.digest,
)


def matched(
    before: Iterable[Passage], after: Sequence[Passage], *rules: Rule
) -> dict[int, Passage]:
    """By the position in `after`: which of `before` it was, by the first rule that finds one."""
    left, found = list(before), {}
    for same in rules:
        for position, one in enumerate(after):
            if position in found:
                continue
            if was := next((each for each in left if same(each, one)), None):
                found[position] = was
                left.remove(was)
    return found


_ALIKE = 0.4  # of their words; below it a text is another one


def _ratio(one: Passage, other: Passage) -> float:
    """How alike two are in the language that changed less."""
    words = [
        {
            code: " ".join(pair[code] for pair in passage.texts.values()).split()
            for code in LANGUAGES
        }
        for passage in (one, other)
    ]
    return max(
        ratio(words[0][code], words[1][code])
        for code in LANGUAGES
        if words[0][code] or words[1][code]
    )
