"""The document that a Word file's texts make, each part in the section that staff chose for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from django.db import models as db
from django.utils.functional import Promise

from ..document.content import Document, DocumentItem, Pair
from ..document.sections import BY_KEY, Section
from ..language.text import one_line
from ..models import LANGUAGES, TreatmentProse
from ..models.items import Paragraph, new_uid
from .blocks import ENTRY, ROW, TEXT, Block
from .headings import CHOICES, VALUED
from .layout import TITLED, Group, Part
from .matching import BOTH, matching

# Each part with the key of its section, "" where it is left out; "aftercare/do_not" where what its
# headings say nothing of is to have that value.
Chosen = Sequence[tuple[Part, str]]
Fields = dict[str, Pair]


def document_of(chosen: Chosen) -> Document:
    """A document with these texts, in order, and with nothing else: it has no title yet."""
    by_section: dict[str, list[tuple[Part, str]]] = {}
    for part, place in chosen:
        if place:
            section, _slash, value = place.partition("/")
            by_section.setdefault(section, []).append((part, value))
    return Document(
        prose={code: _prose(by_section, code) for code in LANGUAGES},
        sections={
            key: tuple(_items(BY_KEY[key], parts))
            for key, parts in by_section.items()
            if key in BY_KEY
        },
    )


def places_for(part: Part) -> Iterator[tuple[str, str]]:
    """The keys of the places where a part can go, as `document_of` takes them, with their names."""
    for key, heading in CHOICES:
        if undecided(part, key):
            yield from (
                (f"{key}/{value}", f"{heading} · {label}") for value, label in _values_in(key)
            )
        else:
            yield key, str(heading)


def undecided(part: Part, section: str) -> list[Group]:
    """The groups of which no heading says which value their texts have in a section."""
    if section not in VALUED:
        return []
    groups = [each for each in part.groups if each.texts or each.sub_heading != Pair()]
    return [each for each in groups if not each.value_in(section)]


def size_of(part: Part) -> int:
    """How many texts a part makes, a text and its translation being one."""
    return len(pairs_of(part.blocks))


def label_of(key: str, value: str) -> str:
    """What staff call a value of a section's items; "" for none."""
    return str(dict(_values_in(key))[value]) if value else ""


def labels_in(key: str) -> list[str]:
    """What staff call each value that items of a section in `VALUED` can have."""
    return [str(label) for _value, label in _values_in(key)]


def _values_in(key: str) -> list[tuple[str, str | Promise]]:
    return _field(BY_KEY[key].model, VALUED[key]).flatchoices


def longest_in(key: str) -> int:
    """How many letters one text of a section may have at most."""
    if key in BY_KEY:
        model = BY_KEY[key].model
        return _most(
            model._meta.get_field(f"{_main(model, key)}_en" if key != "sources" else "citation")
        )
    return _most(TreatmentProse._meta.get_field(key))


def _field(model: type[db.Model], name: str) -> db.Field:
    return model._meta.get_field(name)


def _most(field: db.Field) -> int:
    limits = [each.limit_value for each in field.validators if hasattr(each, "limit_value")]
    return min(limits, default=field.max_length or 0)


# --- Prose ----------------------------------------------------------------------------------------


def _prose(
    by_section: Mapping[str, list[tuple[Part, str]]], language: str
) -> dict[str, str] | None:
    fields = dict.fromkeys(TreatmentProse.FIELDS, "")
    for key, parts in by_section.items():
        if key not in BY_KEY:
            blocks = [one for part, _value in parts for one in _with_headings(part.groups, key)]
            said = [one for one in blocks if one.words[language]]
            fields[key] = one_line(" ".join(one.words[language] for one in said))
    return fields if any(fields.values()) else None


def _with_headings(groups: Sequence[Group], key: str) -> Iterator[Block]:
    """The texts of groups; a sub-heading that means nothing in this section is a text of its own."""
    for group in groups:
        heading = group.sub_heading
        if heading != Pair() and not group.value_in(key):
            yield Block(ROW if all(heading[code] for code in LANGUAGES) else TEXT, heading)
        yield from group.texts


# --- Lists ----------------------------------------------------------------------------------------


def _items(section: Section, chosen: Sequence[tuple[Part, str]]) -> Iterator[DocumentItem]:
    for parts in _pools(chosen):
        groups = [group for part, _value in parts for group in part.groups]
        if section.key == "sources":
            for block in _with_headings(groups, section.key):
                yield from _sources(section, block)
        elif issubclass(section.model, Paragraph):
            yield from _paragraphs(section, list(_with_headings(groups, section.key)))
        elif section.key in TITLED:
            yield from (_item(section, fields) for fields in _titled(section.key, groups))
        elif section.key in VALUED:
            yield from _valued(section, parts)
        else:
            main = section.model.pairs[0]
            for pair in pairs_of(list(_with_headings(groups, section.key))):
                yield _item(section, {main: pair})


def _pools(chosen: Sequence[tuple[Part, str]]) -> Iterator[Sequence[tuple[Part, str]]]:
    """Parts whose texts are each other's translations: each alone if it has both languages."""
    if all(len(part.languages) == len(LANGUAGES) for part, _value in chosen):
        yield from ([one] for one in chosen)
    else:
        yield chosen


def _paragraphs(section: Section, blocks: Sequence[Block]) -> Iterator[DocumentItem]:
    """Paragraphs with paragraphs, list entries with list entries."""
    for pair, is_entry in _pairs(blocks, lambda block: block.kind == ENTRY):
        halves = {code: escape(pair[code], quote=False).replace("\n", "<br>") for code in LANGUAGES}
        kind = Paragraph.Kind.ENTRY if is_entry else Paragraph.Kind.PARAGRAPH
        yield _item(section, {section.model.pairs[0]: Pair(**halves)}, {"kind": kind})


def _valued(section: Section, parts: Sequence[tuple[Part, str]]) -> Iterator[DocumentItem]:
    """Items in the order of their values' first headings. Raises ValueError for one without."""
    by_value: dict[str, list[Block]] = {}
    for part, chosen in parts:
        for group in part.groups:
            value = group.value_in(section.key) or chosen
            by_value.setdefault(value, []).extend(_with_headings([group], section.key))
    for value, blocks in by_value.items():
        for pair in pairs_of(blocks):
            if not value:
                raise ValueError(f"no {VALUED[section.key]} is said for texts of {section.key}")
            named = {VALUED[section.key]: value}
            yield _item(section, {section.model.pairs[0]: pair}, named)


def pairs_of(blocks: Sequence[Block]) -> list[Pair]:
    """The texts of both languages in order, each with its translation; see `matching`.

    What stood beside each other in a table stays so, also where a half is empty.
    """
    return [pair for pair, _kind in _pairs(blocks, lambda block: False)]


def _pairs(blocks: Sequence[Block], kind_of: Callable[[Block], bool]) -> list[tuple[Pair, bool]]:
    """As `pairs_of`, each kind by itself; with the kind of each pair."""
    found: list[tuple[int, Pair, bool]] = []
    for kind in (False, True):
        own = [(at, block) for at, block in enumerate(blocks) if kind_of(block) == kind]
        matched = matching([_stands_in(block) for _at, block in own])
        for places in matched.places:
            at = own[places[0]][0]
            found.append((at, _as_one([own[place][1].words for place in places]), kind))
    return [(pair, kind) for _at, pair, kind in sorted(found, key=lambda one: one[0])]


def _stands_in(block: Block) -> str:
    if block.kind == ROW:
        return BOTH
    return "en" if block.words.en else "bn"


def _as_one(halves: Sequence[Pair]) -> Pair:
    return Pair(*("\n".join(filter(None, (one[code] for one in halves))) for code in LANGUAGES))


def has_sure_pairs(part: Part) -> bool:
    """Whether what stands where says which texts of a part are translations of each other."""
    if part.section in TITLED:
        stretches = [[*map(_language, each)] for each in _entries(part.section, part.groups)]
    else:
        by_value: dict[str, list[str]] = {}
        for group in part.groups:
            value = group.value_in(part.section) if part.section in VALUED else ""
            texts = _with_headings([group], part.section)
            by_value.setdefault(value, []).extend(map(_stands_in, texts))
        stretches = [*by_value.values()]
    return all(matching(each).is_sure for each in stretches)


# --- Items with headings of their own -------------------------------------------------------------

Entry = tuple[Pair, Pair]  # its heading, or the question; what is said under it


def _titled(key: str, groups: Sequence[Group]) -> Iterator[Fields]:
    """Items with a heading of their own, and those without one."""
    title, main = TITLED[key]
    for entries in _entries(key, groups):
        for places in matching([_language(entry) for entry in entries]).places:
            own = [entries[place] for place in places]
            yield {
                title: _as_one([heading for heading, _text in own]),
                main: _as_one([text for _heading, text in own]),
            }


def _entries(key: str, groups: Sequence[Group]) -> tuple[list[Entry], list[Entry]]:
    """Those without a heading and those with one: neither translates the other."""
    loose = [block for group in groups if group.sub_heading == Pair() for block in group.texts]
    headed = [
        _fitting(key, group.heading, _as_one([block.words for block in group.texts]))
        for group in groups
        if group.sub_heading != Pair()
    ]
    return _asked(loose) if key == "questions" else [(Pair(), one.words) for one in loose], headed


def _language(entry: Entry) -> str:
    said = [code for code in LANGUAGES if any(pair[code] for pair in entry)]
    return said[0] if len(said) == 1 else BOTH


def _fitting(key: str, title: Pair, text: Pair) -> Entry:
    """A title that is too long for one stands above its text."""
    most = _most(BY_KEY[key].model._meta.get_field(f"{TITLED[key][0]}_en"))
    if key != "questions":
        title = Pair(*(one_line(title[code]) for code in LANGUAGES))
    long = Pair(*(title[code] if len(title[code]) > most else "" for code in LANGUAGES))
    short = Pair(*("" if long[code] else title[code] for code in LANGUAGES))
    return short, _as_one([long, text])


def _asked(blocks: Sequence[Block]) -> list[Entry]:
    """Questions with what follows each in its language, or in both."""
    entries: list[Entry] = []
    for block in blocks:
        said = [code for code in LANGUAGES if block.words[code]]
        begun = [
            at
            for at, entry in enumerate(entries)
            if block.kind == ROW or _language(entry) in (*said, BOTH)
        ]
        if any(block.words[code].endswith("?") for code in said):
            entries.append((block.words, Pair()))
        elif begun:
            question, answer = entries[begun[-1]]
            entries[begun[-1]] = question, _as_one([answer, block.words])
        else:
            entries.append((Pair(), block.words))
    return entries


def _sources(section: Section, block: Block) -> Iterator[DocumentItem]:
    """A citation stands once; a table that has it in both languages gives two."""
    for code in LANGUAGES:
        if citation := block.words[code]:
            values = _defaults(section.model) | {"citation": citation}
            yield DocumentItem(new_uid(citation), False, values, {"note": Pair()})


def _main(model: type[db.Model], key: str) -> str:
    return TITLED[key][1] if key in TITLED else model.pairs[0]


def _item(section: Section, fields: Fields, typed: Mapping[str, str] | None = None) -> DocumentItem:
    """An item with these texts and typed values; the usual ones hold for the rest."""
    values = _defaults(section.model) | (typed or {})
    pairs = dict.fromkeys(section.model.pairs, Pair()) | fields
    words = next((pair.en for pair in fields.values() if pair.en), "")
    return DocumentItem(new_uid(words), False, values, pairs)


def _defaults(model: type[db.Model]) -> dict[str, Any]:
    fields = (model._meta.get_field(name) for name in model.typed)
    return {one.name: one.get_default() or None if one.has_default() else None for one in fields}
