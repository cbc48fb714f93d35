"""What differs between two documents, place by place, in words staff can read. Values only."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

import regex
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..language.active import in_active_digits
from ..language.rich_text import ITEM, Block, read_blocks
from ..language.text import WORD
from ..models import LANGUAGES
from .content import Document, DocumentItem, Value
from .places import (
    LISTS,
    OUTSIDE_LISTS,
    PARTS,
    Place,
    field_value,
    heading_of,
    item_label,
    value_label,
)
from .sequences import is_soon_compared

SAME, REMOVED, ADDED = "same", "removed", "added"
CHANGED, MOVED = "changed", "moved"

_TOKEN = regex.compile(rf"{WORD.pattern}|\s+|\X")
_LINE = regex.compile(r"[^\n]*\n|[^\n]+")
_ALIKE = 0.35  # below it, two texts are shown one after the other


@dataclass(frozen=True)
class Span:
    kind: str  # SAME, REMOVED or ADDED
    text: str
    mark: int = 0  # from 1, where the words are to be marked for something else too


@dataclass(frozen=True)
class Row:
    """One field. `halves` has a language or two, or "" where it belongs to neither."""

    label: str
    halves: Mapping[str, tuple[Span, ...]]
    note: str = ""

    @property
    def english(self) -> tuple[Span, ...] | None:
        return self.halves.get("en")

    @property
    def bangla(self) -> tuple[Span, ...] | None:
        return self.halves.get("bn")

    @property
    def neither(self) -> tuple[Span, ...] | None:
        return self.halves.get("")


@dataclass(frozen=True)
class Change:
    """One place: a list item, a title, a number of the plan."""

    place: Place
    heading: str
    label: str  # the first words of an item
    kind: str  # CHANGED, ADDED, REMOVED or MOVED
    rows: tuple[Row, ...] = ()
    moved: tuple[int, int] | None = None  # from which place in its list to which, counted from 1
    languages: frozenset[str] = frozenset()  # whose words differ; "" for what belongs to neither


# --- Words ----------------------------------------------------------------------------------------


def word_spans(old: str, new: str) -> tuple[Span, ...]:
    """Two plain texts as one, with the words that went and the words that came."""
    if old == new:
        return (Span(SAME, old),) if old else ()
    for parts in (_TOKEN, _LINE):
        before, after = parts.findall(old), parts.findall(new)
        if is_soon_compared(before, after):
            break
    else:
        return _whole(old, new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return _whole(old, new)
    spans: list[Span] = []
    for tag, i, j, k, l in _without_lone_blanks(matcher.get_opcodes(), before):  # noqa: E741
        if tag == "equal":
            spans.append(Span(SAME, "".join(before[i:j])))
            continue
        spans += [
            Span(kind, text)
            for kind, text in ((REMOVED, "".join(before[i:j])), (ADDED, "".join(after[k:l])))
            if text
        ]
    return tuple(spans)


def _whole(old: str, new: str) -> tuple[Span, ...]:
    return tuple(Span(kind, text) for kind, text in ((REMOVED, old), (ADDED, new)) if text)


Opcode = tuple[str, int, int, int, int]


def _without_lone_blanks(opcodes: Sequence[Opcode], before: Sequence[str]) -> list[Opcode]:
    """Joins changes that only a blank keeps apart: “one two” → “three four” is one change."""
    joined: list[Opcode] = []
    for position, (tag, i, j, k, l) in enumerate(opcodes):  # noqa: E741
        between = 0 < position < len(opcodes) - 1
        if tag == "equal" and between and not "".join(before[i:j]).strip(" "):
            tag = "replace"
        if joined and tag != "equal" and joined[-1][0] != "equal":
            _tag, first, _j, first_new, _l = joined.pop()
            joined.append(("replace", first, j, first_new, l))
        else:
            joined.append((tag, i, j, k, l))
    return joined


def rich_text_in_words(html: str) -> str:
    """Rich text in plain words: the address of a link stands behind it."""
    return "\n".join(filter(None, map(_readable_block, read_blocks(html))))


def _readable_block(block: Block) -> str:
    words = ""
    for href, runs in groupby(block.runs, key=attrgetter("href")):
        words += "".join(run.text for run in runs) + (f" ({href})" if href else "")
    lines = "\n".join(line for each in words.split("\n") if (line := each.strip()))
    return f"• {lines}" if block.kind == ITEM else lines


def _text_row(label: str, old: Mapping[str, str], new: Mapping[str, str], rich: bool) -> Row:
    note = ""
    halves = {}
    for code in LANGUAGES:
        texts = [side[code] for side in (old, new)]
        if rich:
            plain = [rich_text_in_words(text) for text in texts]
            if texts[0] != texts[1] and plain[0] == plain[1]:
                note = _("Only the look changed: bold letters, a line or a list.")
            texts = plain
        halves[code] = word_spans(*texts)
    return Row(label, MappingProxyType(halves), note)


def _value_row(label: str, old: str, new: str) -> Row:
    spans = (Span(SAME, old),) if old == new else _whole(old, new)
    return Row(label, MappingProxyType({"": spans}))


def photo_in_words(values: Mapping[str, Value]) -> str:
    return _("a photo of %(width)s × %(height)s pixels") % {
        "width": in_active_digits(values["width"]),
        "height": in_active_digits(values["height"]),
    }


# --- Documents ------------------------------------------------------------------------------------


def differences(old: Document, new: Document) -> list[Change]:
    """Every place that differs, in the order of the change page."""
    changes: list[Change] = []
    for name, part in OUTSIDE_LISTS.items():
        changes += (change for item in part.items for change in _one(Place(name, item), old, new))
    for name in LISTS:
        changes += _list(name, old, new)
    return changes


def count_by_language(changes: Iterable[Change]) -> dict[str, int]:
    """How many places differ in the words of each language, and ("") beyond words."""
    return {code: sum(code in change.languages for change in changes) for code in (*LANGUAGES, "")}


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> frozenset[str]:
    return frozenset(code for code in LANGUAGES if old[code] != new[code])


def _one(place: Place, old: Document, new: Document) -> list[Change]:
    """What differs at a place outside the lists."""
    part = PARTS[place.section]
    before, after = (part.halves(document, place.item) for document in (old, new))
    if before == after:
        return []
    heading, label = part.heading(place), part.label(place)
    if "" in before:
        row, languages = _value_row(label, before[""], after[""]), frozenset({""})
    else:
        row, languages = (
            _text_row(label, before, after, part.is_rich(place)),
            _differing(before, after),
        )
    return [Change(place, heading, "", CHANGED, (row,), None, languages)]


def _list(key: str, old: Document, new: Document) -> list[Change]:
    before = {item.uid: item for item in old.items(key)}
    after = {item.uid: item for item in new.items(key)}
    moved = _moved([uid for uid in before if uid in after], [uid for uid in after if uid in before])
    heading = heading_of(Place(key))
    changes = []
    for uid in [*after, *(uid for uid in before if uid not in after)]:
        was, is_now = before.get(uid), after.get(uid)
        rows, languages = item_rows(key, was, is_now, old, new)
        moved_by = (
            (list(before).index(uid) + 1, list(after).index(uid) + 1) if uid in moved else None
        )
        kind = ADDED if was is None else REMOVED if is_now is None else CHANGED if rows else MOVED
        if kind == MOVED and not moved_by:
            continue
        label = item_label(key, is_now or was)
        if moved_by:
            languages |= {""}
        changes.append(Change(Place(key, uid), heading, label, kind, rows, moved_by, languages))
    return changes


def item_rows(
    key: str, was: DocumentItem | None, is_now: DocumentItem | None, old: Document, new: Document
) -> tuple[tuple[Row, ...], frozenset[str]]:
    """The fields of an item that differ, all of one that came or went; and whose words differ."""
    part, rows, languages = LISTS[key], [], set()
    if part.is_photo and (note := _what_became_of_the_photo(was, is_now)):
        rows.append(Row(capfirst(str(part.model._meta.verbose_name)), MappingProxyType({}), note))
        if was and is_now:
            languages.add("")
    for name in ("to_confirm", *(() if part.is_photo else part.model.typed)):
        place = Place(key, (is_now or was).uid, name)
        values = [
            value_label(place, field_value(item, name), document)
            if (was and is_now) or has_value(item, name)
            else ""
            for item, document in ((was, old), (is_now, new))
        ]
        if values[0] != values[1]:
            rows.append(_value_row(part.field_label(place), *values))
            if was and is_now:
                languages.add("")
    for name in part.model.pairs:
        before, after = (
            vars(item.pairs[name]) if item else dict.fromkeys(LANGUAGES, "")
            for item in (was, is_now)
        )
        if differing := _differing(before, after):
            place = Place(key, (is_now or was).uid, name)
            label = part.field_label(place)
            rows.append(_text_row(label, before, after, part.is_rich(place)))
            languages |= differing
    return tuple(rows), frozenset(languages)


def _what_became_of_the_photo(was: DocumentItem | None, is_now: DocumentItem | None) -> str:
    if was is None:
        return _("A photo was put in.")
    if is_now is None:
        return _("The photo was taken away.")
    same = was.values.get("image") == is_now.values.get("image")
    return "" if same else _("The photo was replaced by another one.")


def has_value(item: DocumentItem | None, name: str) -> bool:
    """Whether a typed field says something: a nought does, an empty choice does not."""
    value = field_value(item, name) if item else None
    return value is not None and value is not False


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Which of the same uids stand elsewhere among each other."""
    stayed: set[str] = set()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for block in matcher.get_matching_blocks():
        stayed |= {*before[block.a : block.a + block.size]}
    return {*before} - stayed
