"""The document that a Word file's texts make, each part in the section that staff chose for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import zip_longest
from typing import Any

from django.db import models as db

from ..document.content import Document, DocumentItem, Pair
from ..document.sections import BY_KEY, Section
from ..language.text import one_line
from ..models import LANGUAGES, TreatmentProse
from ..models.items import Paragraph, new_uid
from .blocks import ENTRY, ROW, TEXT, Block
from .headings import value_of
from .layout import TITLED, Group, Part

Chosen = Sequence[tuple[Part, str]]  # each part with its section's key, "" where it is left out
Fields = dict[str, Pair]


def document_of(chosen: Chosen) -> Document:
    """A document with these texts, in order, and with nothing else: it has no title yet."""
    by_section: dict[str, list[Part]] = {}
    for part, section in chosen:
        if section:
            by_section.setdefault(section, []).append(part)
    return Document(
        prose={code: _prose(by_section, code) for code in LANGUAGES},
        sections={
            key: tuple(_items(BY_KEY[key], parts))
            for key, parts in by_section.items()
            if key in BY_KEY
        },
    )


def size_of(part: Part) -> int:
    """How many texts a part makes, a text and its translation being one."""
    return len(pairs_of(part.blocks))


def label_of(key: str, value: str) -> str:
    """What staff call a value of a section's items; "" for none."""
    if not value:
        return ""
    model = BY_KEY[key].model
    return str(dict(model._meta.get_field(_choice_of(model, value)).flatchoices)[value])


def longest_in(key: str) -> int:
    """How many letters one text of a section may have at most."""
    if key in BY_KEY:
        model = BY_KEY[key].model
        return _most(
            model._meta.get_field(f"{_main(model, key)}_en" if key != "sources" else "citation")
        )
    return _most(TreatmentProse._meta.get_field(key))


def _most(field: db.Field) -> int:
    limits = [each.limit_value for each in field.validators if hasattr(each, "limit_value")]
    return min(limits, default=field.max_length or 0)


# --- Prose ----------------------------------------------------------------------------------------


def _prose(by_section: Mapping[str, list[Part]], language: str) -> dict[str, str] | None:
    fields = dict.fromkeys(TreatmentProse.FIELDS, "")
    for key, parts in by_section.items():
        if key not in BY_KEY:
            blocks = [one for part in parts for one in _with_headings(part.groups, key)]
            said = [one for one in blocks if one.words[language]]
            fields[key] = one_line(" ".join(one.words[language] for one in said))
    return fields if any(fields.values()) else None


def _with_headings(groups: Sequence[Group], key: str) -> Iterator[Block]:
    """The texts of groups; a sub-heading that means nothing in this section is a text of its own."""
    for group in groups:
        heading = group.sub_heading
        if heading != Pair() and not value_of(key, heading):
            yield Block(ROW if all(heading[code] for code in LANGUAGES) else TEXT, heading)
        yield from group.texts


# --- Lists ----------------------------------------------------------------------------------------


def _items(section: Section, parts: Sequence[Part]) -> Iterator[DocumentItem]:
    for groups in _pools(parts):
        if section.key == "sources":
            for block in _with_headings(groups, section.key):
                yield from _sources(section, block)
        elif issubclass(section.model, Paragraph):
            yield from _paragraphs(section, list(_with_headings(groups, section.key)))
        elif section.key in TITLED:
            yield from (_item(section, fields) for fields in _titled(section.key, groups))
        else:
            yield from _valued(section, groups)


def _pools(parts: Sequence[Part]) -> Iterator[list[Group]]:
    """Groups whose texts are each other's translations: part by part if each has both languages."""
    if all(len(part.languages) == len(LANGUAGES) for part in parts):
        yield from (part.groups for part in parts)
    else:
        yield [group for part in parts for group in part.groups]


def _paragraphs(section: Section, blocks: Sequence[Block]) -> Iterator[DocumentItem]:
    """Paragraphs with paragraphs, list entries with list entries."""
    for pair, is_entry in _pairs(blocks, lambda block: block.kind == ENTRY):
        halves = {code: escape(pair[code], quote=False).replace("\n", "<br>") for code in LANGUAGES}
        kind = Paragraph.Kind.ENTRY if is_entry else Paragraph.Kind.PARAGRAPH
        yield _item(section, {section.model.pairs[0]: Pair(**halves)}, kind)


def _valued(section: Section, groups: Sequence[Group]) -> Iterator[DocumentItem]:
    """Items in the order of their values' first sub-headings."""
    by_value: dict[str, list[Block]] = {}
    for group in groups:
        value = value_in(section.key, group)
        by_value.setdefault(value, []).extend(_with_headings([group], section.key))
    main = _main(section.model, section.key)
    for value, blocks in by_value.items():
        for pair in pairs_of(blocks):
            yield _item(section, {main: pair}, value)


def value_in(key: str, group: Group) -> str:
    """The value that a group's texts have as items of a section; "" for the usual one."""
    return value_of(key, group.heading, is_main=group.is_first)


def pairs_of(blocks: Sequence[Block]) -> list[Pair]:
    """The texts of both languages in order: the first English one with the first Bangla one.

    What stood beside each other in a table stays so, also where a half is empty.
    """
    return [pair for pair, _kind in _pairs(blocks, lambda block: False)]


def _pairs(blocks: Sequence[Block], kind_of: Callable[[Block], bool]) -> list[tuple[Pair, bool]]:
    """As `pairs_of`, each kind by itself; with the kind of each pair."""
    pairs: list[tuple[Pair, bool]] = []
    waiting: dict[tuple[str, bool], list[int]] = {}
    for block in blocks:
        kind = kind_of(block)
        if block.kind == ROW:
            pairs.append((block.words, kind))
            continue
        code, other = ("en", "bn") if block.words.en else ("bn", "en")
        if waiting.get((other, kind)):
            place = waiting[other, kind].pop(0)
            both = {code: block.words[code], other: pairs[place][0][other]}
            pairs[place] = Pair(**both), kind
        else:
            waiting.setdefault((code, kind), []).append(len(pairs))
            pairs.append((block.words, kind))
    return pairs


def _titled(key: str, groups: Sequence[Group]) -> Iterator[Fields]:
    """Items with a heading of their own, and those without one."""
    title, main = TITLED[key]
    loose = [block for group in groups if group.sub_heading == Pair() for block in group.texts]
    headed = [group for group in groups if group.sub_heading != Pair()]
    if key == "questions":
        yield from _paired(_asked(loose), title, main)
    else:
        yield from ({title: Pair(), main: pair} for pair in pairs_of(loose))
    said: dict[str, list[tuple[str, str]]] = {code: [] for code in LANGUAGES}
    for group in headed:
        for code in LANGUAGES:
            texts = [one.words[code] for one in group.texts if one.words[code]]
            if group.heading[code] or texts:
                said[code].append(_fitting(key, group.heading[code], texts))
    yield from _paired(said, title, main)


def _fitting(key: str, title: str, texts: list[str]) -> tuple[str, str]:
    """A title that is too long for one stands above its text."""
    most = _most(BY_KEY[key].model._meta.get_field(f"{TITLED[key][0]}_en"))
    title = one_line(title) if key != "questions" else title
    return (title, "\n".join(texts)) if len(title) <= most else ("", "\n".join([title, *texts]))


def _asked(blocks: Sequence[Block]) -> dict[str, list[tuple[str, str]]]:
    """Questions with what follows each, by language."""
    said: dict[str, list[tuple[str, str]]] = {code: [] for code in LANGUAGES}
    for block in blocks:
        for code in LANGUAGES:
            if not (text := block.words[code]):
                continue
            if text.endswith("?") or not said[code]:
                said[code].append((text, "") if text.endswith("?") else ("", text))
            else:
                question, answer = said[code][-1]
                said[code][-1] = question, f"{answer}\n{text}".strip()
    return said


def _paired(said: Mapping[str, list[tuple[str, str]]], title: str, main: str) -> Iterator[Fields]:
    for english, bangla in zip_longest(said["en"], said["bn"], fillvalue=("", "")):
        yield {title: Pair(english[0], bangla[0]), main: Pair(english[1], bangla[1])}


def _sources(section: Section, block: Block) -> Iterator[DocumentItem]:
    """A citation stands once; a table that has it in both languages gives two."""
    for code in LANGUAGES:
        if citation := block.words[code]:
            values = _defaults(section.model) | {"citation": citation}
            yield DocumentItem(new_uid(citation), False, values, {"note": Pair()})


def _main(model: type[db.Model], key: str) -> str:
    return TITLED[key][1] if key in TITLED else model.pairs[0]


def _item(section: Section, fields: Fields, value: str = "") -> DocumentItem:
    """An item with these texts; `value` is that of its choice, else the usual one holds."""
    values = _defaults(section.model)
    if value:
        values[_choice_of(section.model, value)] = value
    pairs = dict.fromkeys(section.model.pairs, Pair()) | fields
    words = next((pair.en for pair in fields.values() if pair.en), "")
    return DocumentItem(new_uid(words), False, values, pairs)


def _choice_of(model: type[db.Model], value: str) -> str:
    fields = (model._meta.get_field(name) for name in model.typed)
    return next(one.name for one in fields if one.choices and value in dict(one.flatchoices))


def _defaults(model: type[db.Model]) -> dict[str, Any]:
    fields = (model._meta.get_field(name) for name in model.typed)
    return {one.name: one.get_default() or None if one.has_default() else None for one in fields}
