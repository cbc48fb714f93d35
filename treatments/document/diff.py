"""What differs between two documents, place by place, in words staff can read. Values only."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType

import regex
from django.db import models as db
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..language.rich_text import plain_text
from ..language.text import WORD
from ..models import LANGUAGES, PLAN, TreatmentProse
from .content import Document, DocumentItem, Pair, Value
from .sections import BY_KEY, PAGE, PLAN_LABELS, PROSE, SECTIONS

SAME, REMOVED, ADDED = "same", "removed", "added"
CHANGED, MOVED = "changed", "moved"

_TOKEN = regex.compile(rf"{WORD.pattern}|\s+|\X")
_LINE = regex.compile(r"[^\n]*\n|[^\n]+")
_LINK = regex.compile(r'<a href="([^"]*)">(.*?)</a>', regex.DOTALL)
_MANY = 4_000_000  # pairs of tokens, from which on whole lines are compared
_ALIKE = 0.35  # below it, two texts are shown one after the other


@dataclass(frozen=True)
class Span:
    kind: str  # SAME, REMOVED or ADDED
    text: str


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
    """One place: a list item, a prose field, a number of the plan."""

    section: str  # a section key, "prose", "plan", "result_lasts" or "body_areas"
    item: str  # an item's uid, a prose field's or a plan range's name
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
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MANY:
        before, after = _LINE.findall(old), _LINE.findall(new)
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
            for kind, text in (
                (REMOVED, "".join(before[i:j])),
                (ADDED, "".join(after[k:l])),
            )
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


def readable(html: str) -> str:
    """Rich text in plain words: the address of a link stands behind it."""
    return plain_text(
        _LINK.sub(lambda link: f"{link[2]} ({unescape(link[1])})", html).replace("<li>", "<li>• ")
    )


def _text_row(label: str, old: Mapping[str, str], new: Mapping[str, str], rich: bool) -> Row:
    note = ""
    halves = {}
    for code in LANGUAGES:
        texts = [side[code] for side in (old, new)]
        if rich:
            plain = [readable(text) for text in texts]
            if texts[0] != texts[1] and plain[0] == plain[1]:
                note = _("Only the look changed: bold letters, a line or a list.")
            texts = plain
        halves[code] = word_spans(*texts)
    return Row(label, MappingProxyType(halves), note)


def _value_row(label: str, old: str, new: str) -> Row:
    spans = (Span(SAME, old),) if old == new else _whole(old, new)
    return Row(label, MappingProxyType({"": spans}))


# --- Names ----------------------------------------------------------------------------------------


def field_label(section: str, name: str) -> str:
    """What the change page calls a field of a section's items."""
    if name == "to_confirm":
        return _("To be confirmed by a doctor of this clinic")
    return capfirst(str(BY_KEY[section].model._meta.get_field(name).verbose_name))


def plan_label(name: str) -> str:
    return str(PLAN_LABELS[name])


def prose_label(name: str) -> str:
    return str(PROSE[name])


def is_photo(section: str) -> bool:
    """Whether the typed fields of a section's items are a picture: its file's name and its size."""
    return "image" in BY_KEY[section].model.typed


def photo_in_words(values: Mapping[str, Value]) -> str:
    return _("a photo of %(width)s × %(height)s pixels") % {
        "width": values["width"],
        "height": values["height"],
    }


def shown_range(ends: tuple[int, int] | None) -> str:
    if ends is None:
        return ""
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def shown_value(section: str, name: str, value: Value | bool, document: Document) -> str:
    """A typed field's value as the change page shows it."""
    if name == "to_confirm":
        return _("yes") if value else _("no")
    column = BY_KEY[section].model._meta.get_field(name)
    if value is None or value == "":
        return str(dict(column.flatchoices).get(None, ""))  # what an empty choice is called
    if isinstance(column, db.ForeignKey):
        return next(
            (
                item_label("sources", item)
                for item in document.items("sources")
                if item.uid == value
            ),
            str(value),
        )
    return str(dict(column.flatchoices).get(value, value))


def area_label(key: str, name: Pair) -> str:
    """What staff call a body area."""
    return name.en or name.bn or key


def item_label(section: str, item: DocumentItem) -> str:
    """The first words of an item: of its English, else of its Bangla; else what it is."""
    model = BY_KEY[section].model
    first = item.pairs[model.pairs[0]]
    words = item.values.get("citation") or first.en or first.bn
    return str(words or capfirst(str(model._meta.verbose_name)))


# --- Documents ------------------------------------------------------------------------------------


def differences(old: Document, new: Document) -> list[Change]:
    """Every place that differs, in the order of the change page."""
    changes = [*_prose(old, new), *_plan(old, new), *_result_lasts(old, new)]
    changes += _body_areas(old, new)
    for section in SECTIONS:
        changes += _section(section.key, old, new)
    return changes


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """How many places differ in the words of each language, and ("") beyond words."""
    return {code: sum(code in change.languages for change in changes) for code in (*LANGUAGES, "")}


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> frozenset[str]:
    return frozenset(code for code in LANGUAGES if old[code] != new[code])


def _prose(old: Document, new: Document) -> list[Change]:
    changes = []
    for name in TreatmentProse.FIELDS:
        before, after = (
            {code: (document.prose[code] or {}).get(name, "") for code in LANGUAGES}
            for document in (old, new)
        )
        if differing := _differing(before, after):
            label = prose_label(name)
            row = _text_row(label, before, after, name in TreatmentProse.RICH)
            changes.append(Change("prose", name, label, "", CHANGED, (row,), None, differing))
    return changes


def _plan(old: Document, new: Document) -> list[Change]:
    return [
        Change(
            "plan", name, _("The plan in numbers"), plan_label(name), CHANGED,
            (_value_row(plan_label(name), shown_range(old.plan.get(name)),
                        shown_range(new.plan.get(name))),),
            None, frozenset({""}),
        )
        for name in PLAN
        if old.plan.get(name) != new.plan.get(name)
    ]  # fmt: skip


def _result_lasts(old: Document, new: Document) -> list[Change]:
    before, after = vars(old.result_lasts), vars(new.result_lasts)
    differing = _differing(before, after)
    if not differing:
        return []
    label = _("How long the result lasts")
    row = _text_row(label, before, after, rich=False)
    return [Change("result_lasts", "", label, "", CHANGED, (row,), None, differing)]


def _body_areas(old: Document, new: Document) -> list[Change]:
    if list(old.body_areas.items()) == list(new.body_areas.items()):
        return []
    label = _("Body areas")
    before, after = (
        {
            code: ", ".join(name[code] or key for key, name in document.body_areas.items())
            for code in LANGUAGES
        }
        for document in (old, new)
    )
    row = _text_row(label, before, after, rich=False)
    return [Change("body_areas", "", label, "", CHANGED, (row,), None, _differing(before, after))]


def _section(key: str, old: Document, new: Document) -> list[Change]:
    before = {item.uid: item for item in old.items(key)}
    after = {item.uid: item for item in new.items(key)}
    moved = _moved([uid for uid in before if uid in after], [uid for uid in after if uid in before])
    heading = str(next(section.heading for section in PAGE if section.key == key))
    changes = []
    for uid in [*after, *(uid for uid in before if uid not in after)]:
        was, is_now = before.get(uid), after.get(uid)
        rows, languages = item_rows(key, was, is_now, old, new)
        places = (list(before).index(uid) + 1, list(after).index(uid) + 1) if uid in moved else None
        kind = ADDED if was is None else REMOVED if is_now is None else CHANGED if rows else MOVED
        if kind == MOVED and not places:
            continue
        label = item_label(key, is_now or was)
        if places:
            languages |= {""}
        changes.append(Change(key, uid, heading, label, kind, rows, places, languages))
    return changes


def item_rows(
    key: str, was: DocumentItem | None, is_now: DocumentItem | None, old: Document, new: Document
) -> tuple[tuple[Row, ...], frozenset[str]]:
    """The fields of an item that differ, all of one that came or went; and whose words differ."""
    model, rows, languages = BY_KEY[key].model, [], set()
    if is_photo(key) and (note := _what_became_of_the_photo(was, is_now)):
        rows.append(Row(capfirst(str(model._meta.verbose_name)), MappingProxyType({}), note))
        if was and is_now:
            languages.add("")
    for name in ("to_confirm", *(() if is_photo(key) else model.typed)):
        values = [
            shown_value(key, name, value_of(item, name), document)
            if (was and is_now) or is_set(item, name)
            else ""
            for item, document in ((was, old), (is_now, new))
        ]
        if values[0] != values[1]:
            rows.append(_value_row(field_label(key, name), *values))
            if was and is_now:
                languages.add("")
    for name in model.pairs:
        before, after = (
            vars(item.pairs[name]) if item else dict.fromkeys(LANGUAGES, "")
            for item in (was, is_now)
        )
        if differing := _differing(before, after):
            rows.append(_text_row(field_label(key, name), before, after, rich=False))
            languages |= differing
    return tuple(rows), frozenset(languages)


def _what_became_of_the_photo(was: DocumentItem | None, is_now: DocumentItem | None) -> str:
    if was is None:
        return _("A photo was put in.")
    if is_now is None:
        return _("The photo was taken away.")
    same = was.values.get("image") == is_now.values.get("image")
    return "" if same else _("The photo was replaced by another one.")


def value_of(item: DocumentItem, name: str) -> Value | bool:
    return item.to_confirm if name == "to_confirm" else item.values.get(name)


def is_set(item: DocumentItem | None, name: str) -> bool:
    """Whether a typed field says something: a nought does, an empty choice does not."""
    value = value_of(item, name) if item else None
    return value is not None and value is not False


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Which of the same uids stand elsewhere among each other."""
    stayed: set[str] = set()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for block in matcher.get_matching_blocks():
        stayed |= {*before[block.a : block.a + block.size]}
    return {*before} - stayed
