"""A document's rows in the database: read from them, and written to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import models as db

from ..language.text import normalise
from ..models import LANGUAGES, PLAN, BodyArea, Picture, Snapshot, Source, Treatment, TreatmentProse
from .content import Document, DocumentItem, Pair
from .json_form import load_stored
from .plan import Amount, Plan
from .sections import BY_KEY, SECTIONS, Section

Items = tuple[DocumentItem, ...]


def from_rows(treatment: Treatment, *, but_for: Mapping[str, Items] | None = None) -> Document:
    """The document of a treatment as its rows stand, never as something prefetched said they did.

    Of the sections in `but_for` it takes the items that are given. Queries; writes nothing.
    """
    given = but_for or {}
    prose = {row.language_code: row for row in TreatmentProse.objects.filter(master=treatment)}
    return Document(
        body_areas={
            area.key: Pair(*(normalise(getattr(area, f"name_{code}") or "") for code in LANGUAGES))
            for area in BodyArea.objects.filter(treatments=treatment)
        },
        plan=_plan(treatment),
        result_lasts=Pair(treatment.result_lasts_en, treatment.result_lasts_bn),
        prose={
            code: {name: getattr(prose[code], name) for name in TreatmentProse.FIELDS}
            if code in prose
            else None
            for code in LANGUAGES
        },
        sections={
            section.key: given[section.key] if section.key in given else _items(treatment, section)
            for section in SECTIONS
        },
    )


def _items(treatment: Treatment, section: Section) -> Items:
    # Their columns, and no model of each: half the work of reading a document.
    rows = section.model.objects.filter(treatment=treatment).order_by("position", "pk")
    return tuple(
        _item(section.model, values) for values in rows.values_list(*_columns(section.model))
    )


def _plan(treatment: Treatment) -> Plan:
    amounts = {
        name: Amount(*(getattr(treatment, f"{name}_{part}") for part in ("min", "max", "unit")))
        for name in PLAN
        if getattr(treatment, f"{name}_min") is not None
    }
    return Plan(treatment.kind, amounts)


def amount_columns(name: str, amount: Amount | None) -> dict[str, Any]:
    """An amount as its columns hold it."""
    low, high, unit = amount or (None, None, PLAN[name][0].value)
    return {f"{name}_min": low, f"{name}_max": high, f"{name}_unit": unit}


@cache
def _columns(model: type[db.Model]) -> tuple[str, ...]:
    """What of its row an item is made of; for another item, that one's uid."""
    typed = (
        f"{name}__uid" if isinstance(model._meta.get_field(name), db.ForeignKey) else name
        for name in model.typed
    )
    pairs = (f"{name}_{code}" for name in model.pairs for code in LANGUAGES)
    return "uid", "to_confirm", *typed, *pairs


def _item(model: type[db.Model], values: Iterable[Any]) -> DocumentItem:
    """An item of its columns, in their order."""
    uid, to_confirm, *rest = values
    texts = iter(rest[len(model.typed) :])
    return DocumentItem(
        uid,
        to_confirm,
        {
            name: None if value == "" else value
            for name, value in zip(model.typed, rest, strict=False)
        },
        {name: Pair(*(next(texts) or "" for _code in LANGUAGES)) for name in model.pairs},
    )


def item_from_row(row: Any) -> DocumentItem:
    """An item as its row says it; a typed field that names another item has that one's uid."""
    return _item(type(row), (_value(row, name) for name in _columns(type(row))))


def _value(row: Any, column: str) -> Any:
    name, *of_another = column.split("__")
    value = getattr(row, name)
    return getattr(value, *of_another, None) if of_another else value


def pictures_of(document: Document) -> set[str]:
    """The names of its photos' pictures."""
    return {photo.values["image"] for photo in document.items("photos")}


def document_of(snapshot: Snapshot) -> Document:
    """What a snapshot holds, as it may be shown."""
    return without_removed_photos(load_stored(snapshot.document))


def without_removed_photos(document: Document) -> Document:
    """The document without the photos that were removed everywhere.

    What was kept keeps naming them: its digests, and the reviews bound to these, still hold. One
    query where there are photos.
    """
    if not (names := pictures_of(document)):
        return document
    removed = Picture.objects.filter(name__in=names).exclude(removed_at=None)
    return without_photos(document, set(removed.values_list("name", flat=True)))


def without_photos(document: Document, names: Collection[str]) -> Document:
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
    treatment.kind = document.plan.kind
    for name in PLAN:
        for column, value in amount_columns(name, document.plan.amounts.get(name)).items():
            setattr(treatment, column, value)
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
    # Sources before what rests on them.
    _write_section(BY_KEY["sources"], document.items("sources"), treatment, {})
    sources = dict(Source.objects.filter(treatment=treatment).values_list("uid", "pk"))
    for section in SECTIONS:
        if section.key != "sources":
            _write_section(section, document.items(section.key), treatment, sources)


def _write_section(
    section: Section,
    items: tuple[DocumentItem, ...],
    treatment: Treatment,
    sources: Mapping[str, int],
) -> None:
    model = section.model
    rows = {row.uid: row for row in model.objects.filter(treatment=treatment)}
    model.objects.filter(treatment=treatment).exclude(uid__in=[item.uid for item in items]).delete()
    for position, item in enumerate(items, 1):
        row = rows.get(item.uid) or model(treatment=treatment, uid=item.uid)
        row.position, row.to_confirm = position, item.to_confirm
        for name, value in item.values.items():
            column = model._meta.get_field(name)
            if isinstance(column, db.ForeignKey):
                setattr(row, column.attname, sources.get(value))
            else:
                setattr(row, name, "" if value is None and not column.null else value)
        for name, pair in item.pairs.items():
            for code in LANGUAGES:
                setattr(row, f"{name}_{code}", pair[code])
        row.save()
