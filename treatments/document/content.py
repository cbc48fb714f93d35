"""The document: everything one treatment's page says, both languages side by side.

It has one JSON form, which is the fixture file, the history entry, the publication and the export:
equal content gives equal bytes. `from_rows` and `to_rows` are inverse to each other.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models as db
from django.utils.functional import cached_property

from ..language import rich_text
from ..language.text import laid_out, normalise, read_json
from ..models import LANGUAGES, PLAN, BodyArea, Picture, Treatment, TreatmentProse
from ..models.written import why_unreadable
from .sections import BY_KEY, SECTIONS, Section

SCHEMA = 3


def _with_photos(plain: dict) -> dict:
    sections = plain.get("sections")
    if isinstance(sections, dict):
        plain = plain | {"sections": {**sections, "photos": []}}
    return plain | {"schema": 2}


def _with_area_names(plain: dict) -> dict:
    """Nothing but the database knew the names; what is kept there got them from 0009_area_names."""
    keys = plain.get("body_areas")
    if isinstance(keys, list):
        areas = [{"key": key, "name": dict.fromkeys(LANGUAGES, "")} for key in keys]
        plain = plain | {"body_areas": areas}
    return plain | {"schema": 3}


# n → what turns a document of schema n into one of schema n + 1 (plain dicts in and out).
UPGRADES: dict[int, Callable[[dict], dict]] = {1: _with_photos, 2: _with_area_names}

Range = tuple[int, int]
Value = str | int | Decimal | None


class DocumentError(ValueError):
    """A JSON text that is not a document; the message says where and what."""


@dataclass(frozen=True)
class Pair:
    en: str = ""
    bn: str = ""

    def __getitem__(self, language: str) -> str:
        return getattr(self, language)


@dataclass(frozen=True)
class DocumentItem:
    uid: str
    to_confirm: bool
    values: Mapping[str, Value]  # typed fields of the section's model, None where there is none
    pairs: Mapping[str, Pair]


@dataclass(frozen=True)
class Document:
    body_areas: Mapping[str, Pair] = field(default_factory=dict)  # key → name, as they are shown
    plan: Mapping[str, Range] = field(default_factory=dict)  # only the ranges that are set
    result_lasts: Pair = Pair()
    # Rich fields hold sanitised HTML. A language without a row is None.
    prose: Mapping[str, Mapping[str, str] | None] = field(
        default_factory=lambda: dict.fromkeys(LANGUAGES)
    )
    sections: Mapping[str, tuple[DocumentItem, ...]] = field(default_factory=dict)

    def items(self, key: str) -> tuple[DocumentItem, ...]:
        return self.sections.get(key, ())

    @cached_property
    def to_confirm(self) -> frozenset[tuple[str, str]]:
        """The items that readers see marked, as (section key, uid)."""
        return frozenset(
            (key, item.uid)
            for key, items in self.sections.items()
            for item in items
            if item.to_confirm
        )

    @cached_property
    def json(self) -> str:
        """The one JSON form, ending in a line break."""
        return laid_out(_plain(self))

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.json.encode()).hexdigest()


# --- One language of it -------------------------------------------------------------------------


@dataclass(frozen=True)
class EditionItem:
    uid: str
    to_confirm: bool
    values: Mapping[str, Value]
    texts: Mapping[str, str]

    def __getattr__(self, name: str) -> Any:
        # item.text, item.level: what templates and checks read.
        for mapping in (self.__dict__.get("texts", {}), self.__dict__.get("values", {})):
            if name in mapping:
                return mapping[name]
        raise AttributeError(name)


@dataclass(frozen=True)
class Edition:
    """A document seen in one language: what a page shows and what the checks compare."""

    language: str
    body_areas: Mapping[str, str]  # key → name
    plan: Mapping[str, Range]
    result_lasts: str
    prose: Mapping[str, str] | None
    sections: Mapping[str, tuple[EditionItem, ...]]

    def items(self, key: str) -> tuple[EditionItem, ...]:
        return self.sections.get(key, ())

    @cached_property
    def digest(self) -> str:
        """Of everything this language's page says, but not of which words are to be confirmed."""
        return _digest_of(self, without=())

    @cached_property
    def medical_digest(self) -> str:
        """Of what a clinician reviews: not the search text, not who translated."""
        return _digest_of(self, without=("search_description", "translated_by"))


def _digest_of(edition: Edition, without: tuple[str, ...]) -> str:
    prose = edition.prose and {
        name: text for name, text in edition.prose.items() if name not in without
    }
    parts = [
        # In an order of their own; and kept digests of texts without names are older than these.
        [[key, name] if name else key for key, name in sorted(edition.body_areas.items())],
        edition.plan,
        edition.result_lasts,
        prose,
        {
            key: [
                [item.uid, told(item.values, ("pictogram", "unsure")), item.texts] for item in items
            ]
            for key, items in edition.sections.items()
            if items  # a section that the site gains later changes nobody's words
        },
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def told(values: Mapping[str, Value], younger: Collection[str]) -> Mapping[str, Value]:
    """Typed values as digests hold them that are older than the `younger` fields.

    An empty one of these is no change: what is bound to such a digest still holds.
    """
    return {
        name: value for name, value in values.items() if value is not None or name not in younger
    }


def in_language(document: Document, language: str) -> Edition:
    return Edition(
        language=language,
        body_areas={key: name[language] for key, name in document.body_areas.items()},
        plan=document.plan,
        result_lasts=document.result_lasts[language],
        prose=document.prose[language],
        sections={
            section.key: tuple(
                EditionItem(
                    item.uid,
                    item.to_confirm,
                    item.values,
                    {name: pair[language] for name, pair in item.pairs.items()},
                )
                for item in document.items(section.key)
            )
            for section in SECTIONS
        },
    )


# --- JSON ---------------------------------------------------------------------------------------


def _plain(document: Document) -> dict:
    def pair(value: Pair) -> dict:
        return {"en": value.en, "bn": value.bn}

    def prose(fields: Mapping[str, str] | None) -> dict | None:
        return fields and {
            name: list(rich_text.blocks(fields[name]))
            if name in TreatmentProse.RICH
            else fields[name]
            for name in TreatmentProse.FIELDS
        }

    def item(section: Section, entry: DocumentItem) -> dict:
        plain: dict[str, Any] = {"uid": entry.uid}
        if entry.to_confirm:
            plain["to_confirm"] = True
        for name in section.model.typed:
            value = entry.values.get(name)
            if value is not None:
                plain[name] = float(value) if isinstance(value, Decimal) else value
        return plain | {name: pair(entry.pairs[name]) for name in section.model.pairs}

    return {
        "schema": SCHEMA,
        "body_areas": [
            {"key": key, "name": pair(name)} for key, name in document.body_areas.items()
        ],
        "plan": {name: list(document.plan[name]) for name in PLAN if name in document.plan},
        "result_lasts": pair(document.result_lasts),
        "prose": {language: prose(document.prose[language]) for language in LANGUAGES},
        "sections": {
            section.key: [item(section, entry) for entry in document.items(section.key)]
            for section in SECTIONS
        },
    }


def parse(text: str) -> Document:
    """Reads the JSON form, older schemas too.

    Raises DocumentError, naming the place, for anything that is not a document: broken JSON, an
    unknown or missing key, a wrong type, an unknown choice, a range the wrong way round, two items
    of one section with the same uid, evidence that names a source which is not there.
    """
    try:
        plain = read_json(text, parse_float=Decimal)
    except ValueError as error:
        raise DocumentError(f"not JSON: {error}") from error
    if not isinstance(plain, dict) or not isinstance(plain.get("schema"), int):
        raise DocumentError("not a treatment document: it has no schema number")
    while plain["schema"] in UPGRADES:
        plain = UPGRADES[plain["schema"]](plain)
    if plain["schema"] != SCHEMA:
        raise DocumentError(f"schema {plain['schema']} is not known here (newest: {SCHEMA})")
    _keys(plain, "document", "schema", "body_areas", "plan", "result_lasts", "prose", "sections")
    _keys(plain["prose"], "prose", *LANGUAGES)
    _keys(plain["sections"], "sections", *BY_KEY)
    document = Document(
        body_areas=_body_areas(plain["body_areas"]),
        plan=_plan(plain["plan"]),
        result_lasts=_pair(plain["result_lasts"], "result_lasts"),
        prose={code: _prose(plain["prose"][code], f"prose.{code}") for code in LANGUAGES},
        sections={
            section.key: _items(section, plain["sections"][section.key]) for section in SECTIONS
        },
    )
    sources = {source.uid for source in document.items("sources")}
    for claim in document.items("evidence"):
        if claim.values["source"] not in {None, *sources}:
            raise DocumentError(f"evidence/{claim.uid}: no source {claim.values['source']!r}")
    return document


def read_kept(text: str) -> Document:
    """Reads a document that this program has kept itself, older schemas too.

    Trusts it: what is kept was validated, normalised and sanitised when it was written. Sixteen
    times faster than `parse`, which is for what comes from outside.
    """
    plain = json.loads(text, parse_float=Decimal)
    while plain["schema"] in UPGRADES:
        plain = UPGRADES[plain["schema"]](plain)
    return Document(
        body_areas={area["key"]: Pair(**area["name"]) for area in plain["body_areas"]},
        plan={name: (low, high) for name, (low, high) in plain["plan"].items()},
        result_lasts=Pair(**plain["result_lasts"]),
        prose={
            code: fields
            and {
                name: "".join(text) if name in TreatmentProse.RICH else text
                for name, text in fields.items()
            }
            for code, fields in plain["prose"].items()
        },
        sections={
            section.key: tuple(
                DocumentItem(
                    item["uid"],
                    item.get("to_confirm", False),
                    {name: item.get(name) for name in section.model.typed},
                    {name: Pair(**item[name]) for name in section.model.pairs},
                )
                for item in plain["sections"][section.key]
            )
            for section in SECTIONS
        },
    )


def _keys(value: Any, where: str, *names: str, optional: tuple[str, ...] = ()) -> None:
    if not isinstance(value, dict):
        raise DocumentError(f"{where}: an object is wanted")
    if unknown := value.keys() - {*names, *optional}:
        raise DocumentError(f"{where}: unknown {', '.join(sorted(unknown))}")
    if missing := set(names) - value.keys():
        raise DocumentError(f"{where}: missing {', '.join(sorted(missing))}")


def _list(value: Any, where: str) -> list:
    if not isinstance(value, list):
        raise DocumentError(f"{where}: a list is wanted")
    return value


def _string(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise DocumentError(f"{where}: a text is wanted")
    if why := why_unreadable(value):
        raise DocumentError(f"{where}: {why}")
    return normalise(value)


def _pair(value: Any, where: str) -> Pair:
    _keys(value, where, *LANGUAGES)
    return Pair(*(_string(value[code], f"{where}.{code}") for code in LANGUAGES))


def _body_areas(value: Any) -> dict[str, Pair]:
    areas: dict[str, Pair] = {}
    for area in _list(value, "body_areas"):
        _keys(area, "body_areas", "key", "name")
        key = _string(area["key"], "body_areas")
        if key in areas:
            raise DocumentError(f"body_areas/{key}: named twice")
        areas[key] = _pair(area["name"], f"body_areas/{key}.name")
        for code in LANGUAGES:
            column = BodyArea._meta.get_field(f"name_{code}")
            _validated(column, areas[key][code], f"body_areas/{key}.name.{code}")
    return areas


def _plan(value: Any) -> dict[str, Range]:
    _keys(value, "plan", optional=PLAN)
    plan = {}
    for name in PLAN:
        if name not in value:
            continue
        ends = value[name]
        if not (
            isinstance(ends, list) and len(ends) == 2 and all(type(end) is int for end in ends)
        ) or not (1 <= ends[0] <= ends[1]):
            raise DocumentError(f"plan.{name}: two whole numbers are wanted, the smaller first")
        for end in ends:
            _validated(Treatment._meta.get_field(f"{name}_max"), end, f"plan.{name}")
        plan[name] = (ends[0], ends[1])
    return plan


def _prose(value: Any, where: str) -> dict[str, str] | None:
    if value is None:
        return None
    _keys(value, where, *TreatmentProse.FIELDS)
    prose = {}
    for name in TreatmentProse.FIELDS:
        here = f"{where}.{name}"
        if name in TreatmentProse.RICH:
            html = "".join(_string(block, here) for block in _list(value[name], here))
            prose[name] = rich_text.clean(html)
        else:
            prose[name] = _string(value[name], here)
        _validated(TreatmentProse._meta.get_field(name), prose[name], here)
    return prose


def _items(section: Section, value: Any) -> tuple[DocumentItem, ...]:
    model, items, seen = section.model, [], set()
    for number, plain in enumerate(_list(value, section.key), 1):
        uid = plain.get("uid") if isinstance(plain, dict) else None
        where = f"{section.key}/{uid or number}"
        _keys(plain, where, "uid", *model.pairs, optional=("to_confirm", *model.typed))
        if not isinstance(uid, str) or not uid or uid in seen:
            raise DocumentError(f"{where}: a uid of its own is wanted")
        _validated(model._meta.get_field("uid"), uid, where)
        seen.add(uid)
        if not isinstance(plain.get("to_confirm", False), bool):
            raise DocumentError(f"{where}.to_confirm: true or false is wanted")
        pairs = {name: _pair(plain[name], f"{where}.{name}") for name in model.pairs}
        for name, pair in pairs.items():
            for code in LANGUAGES:
                _validated(model._meta.get_field(f"{name}_{code}"), pair[code], f"{where}.{name}")
        items.append(
            DocumentItem(
                uid,
                plain.get("to_confirm", False),
                {name: _value(model, name, plain.get(name), where) for name in model.typed},
                pairs,
            )
        )
    return tuple(items)


def _value(model: type[db.Model], name: str, value: Any, where: str) -> Value:
    column, where = model._meta.get_field(name), f"{where}.{name}"
    if isinstance(column, db.ForeignKey):  # another item of this document, by its uid
        return None if value is None else _string(value, where)
    if isinstance(column, db.CharField | db.TextField):
        if value is None and not column.blank:
            raise DocumentError(f"{where}: missing")
        value = _string(value or "", where) or None
    elif isinstance(column, db.DecimalField) and value is not None:
        if type(value) not in (int, Decimal):
            raise DocumentError(f"{where}: a number is wanted")
        try:
            value = Decimal(value).quantize(Decimal(10) ** -column.decimal_places)
        except InvalidOperation as error:
            raise DocumentError(f"{where}: a smaller number is wanted") from error
    elif value is not None and type(value) is not int:
        raise DocumentError(f"{where}: a whole number is wanted")
    if value is not None or not column.null:
        _validated(column, value, where)
    return value


def _validated(column: db.Field, value: Any, where: str) -> None:
    try:
        if value or not column.blank:
            column.clean(value, None)
    except ValidationError as error:
        raise DocumentError(f"{where}: {' '.join(error.messages)}") from error


# --- Rows ---------------------------------------------------------------------------------------


def from_rows(treatment: Treatment) -> Document:
    """The document of a treatment as its rows stand, never as something prefetched said they did.

    Queries; writes nothing.
    """
    prose = {row.language_code: row for row in TreatmentProse.objects.filter(master=treatment)}
    return Document(
        body_areas={
            area.key: Pair(*(normalise(getattr(area, f"name_{code}") or "") for code in LANGUAGES))
            for area in BodyArea.objects.filter(treatments=treatment)
        },
        plan={
            name: (getattr(treatment, f"{name}_min"), getattr(treatment, f"{name}_max"))
            for name in PLAN
            if getattr(treatment, f"{name}_min") is not None
        },
        result_lasts=Pair(treatment.result_lasts_en, treatment.result_lasts_bn),
        prose={
            code: {name: getattr(prose[code], name) for name in TreatmentProse.FIELDS}
            if code in prose
            else None
            for code in LANGUAGES
        },
        sections={
            section.key: tuple(
                _from_row(row)
                for row in section.model.objects.filter(treatment=treatment)
                .select_related(*_relations(section.model))
                .order_by("position", "pk")
            )
            for section in SECTIONS
        },
    )


def _relations(model: type[db.Model]) -> list[str]:
    return [name for name in model.typed if isinstance(model._meta.get_field(name), db.ForeignKey)]


def _from_row(row: Any) -> DocumentItem:
    values = {}
    for name in row.typed:
        value = getattr(row, name)
        values[name] = (
            value.uid if isinstance(value, db.Model) else (None if value == "" else value)
        )
    pairs = {
        name: Pair(*(getattr(row, f"{name}_{code}") or "" for code in LANGUAGES))
        for name in row.pairs
    }
    return DocumentItem(row.uid, row.to_confirm, values, pairs)


def pictures_of(document: Document) -> set[str]:
    """The names of its photos' pictures."""
    return {photo.values["image"] for photo in document.items("photos")}


def as_shown(document: Document) -> Document:
    """The document without the photos that were removed everywhere.

    What was kept keeps naming them: its digests, and the reviews bound to these, still hold. One
    query where there are photos.
    """
    if not (names := pictures_of(document)):
        return document
    removed = Picture.objects.filter(name__in=names).exclude(removed_at=None)
    return without_pictures(document, set(removed.values_list("name", flat=True)))


def without_pictures(document: Document, names: Collection[str]) -> Document:
    """The document without the photos of these names."""
    photos = document.items("photos")
    stay = tuple(photo for photo in photos if photo.values["image"] not in names)
    if stay == photos:
        return document
    return replace(document, sections={**document.sections, "photos": stay})


def to_rows(document: Document, treatment: Treatment) -> None:
    """Makes a saved treatment's rows say exactly what the document says.

    Rows of items that stay keep their primary key. A body area has its name from its own row, and
    is left out where there is none. To be called in a transaction.
    """
    for name in PLAN:
        low, high = document.plan.get(name, (None, None))
        setattr(treatment, f"{name}_min", low)
        setattr(treatment, f"{name}_max", high)
    treatment.result_lasts_en, treatment.result_lasts_bn = (
        document.result_lasts.en,
        document.result_lasts.bn,
    )
    treatment.save()
    treatment.body_areas.set(BodyArea.objects.filter(key__in=document.body_areas))
    for code in LANGUAGES:
        rows = TreatmentProse.objects.filter(master=treatment, language_code=code)
        if document.prose[code] is None:
            rows.delete()
        else:
            row = rows.first() or TreatmentProse(master=treatment, language_code=code)
            for name, value in document.prose[code].items():
                setattr(row, name, value)
            row.save()
    # Sources before the evidence that names them.
    for section in sorted(SECTIONS, key=lambda section: bool(_relations(section.model))):
        _write_section(section, document.items(section.key), treatment)


def _write_section(section: Section, items: tuple[DocumentItem, ...], treatment: Treatment) -> None:
    model = section.model
    rows = {row.uid: row for row in model.objects.filter(treatment=treatment)}
    model.objects.filter(treatment=treatment).exclude(uid__in=[item.uid for item in items]).delete()
    for position, item in enumerate(items, 1):
        row = rows.get(item.uid) or model(treatment=treatment, uid=item.uid)
        row.position, row.to_confirm = position, item.to_confirm
        for name, value in item.values.items():
            column = model._meta.get_field(name)
            if isinstance(column, db.ForeignKey) and value is not None:
                value = column.related_model.objects.get(treatment=treatment, uid=value)
            elif value is None and not column.null:
                value = ""
            setattr(row, name, value)
        for name, pair in item.pairs.items():
            for code in LANGUAGES:
                setattr(row, f"{name}_{code}", pair[code])
        row.save()
