"""Editions with one thing changed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from treatments.document.content import Edition, EditionItem
from treatments.document.places import Place
from treatments.document.plan import Plan
from treatments.document.sections import PROSE, SECTIONS

Change = Callable[[str], str]


def raw_texts(edition: Edition) -> Iterator[tuple[Place, str]]:
    """Every text with its place, rich text as it is stored."""
    yield Place("result_lasts"), edition.result_lasts
    for name in PROSE:
        if name != "translated_by":
            yield Place("prose", name), (edition.prose or {}).get(name, "")
    for section in SECTIONS:
        for item in edition.items(section.key):
            for name, text in item.texts.items():
                yield Place(section.key, item.uid, name), text


def text_at(edition: Edition, place: Place) -> str:
    return dict(raw_texts(edition))[place]


def with_text(edition: Edition, place: Place, text: str) -> Edition:
    if place.section == "result_lasts":
        return replace(edition, result_lasts=text)
    if place.section == "prose":
        return replace(edition, prose={**(edition.prose or {}), place.item: text})

    def change(item: EditionItem) -> EditionItem:
        return replace(item, texts={**item.texts, place.field: text})

    return with_items(edition, place.section, place.item, change)


def with_value(edition: Edition, section: str, uid: str, name: str, value: Any) -> Edition:
    def change(item: EditionItem) -> EditionItem:
        return replace(item, values={**item.values, name: value})

    return with_items(edition, section, uid, change)


def with_items(
    edition: Edition, section: str, uid: str, change: Callable[[EditionItem], EditionItem]
) -> Edition:
    items = tuple(change(item) if item.uid == uid else item for item in edition.items(section))
    return replace(edition, sections={**edition.sections, section: items})


def without_item(edition: Edition, section: str, uid: str) -> Edition:
    items = tuple(item for item in edition.items(section) if item.uid != uid)
    return replace(edition, sections={**edition.sections, section: items})


def with_plan(edition: Edition, plan: Plan) -> Edition:
    return replace(edition, plan=plan)
