"""Where something stands in a document: the one word for it, and all that can be asked of it.

Findings, waivers, comparing and merging point at places.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models as db
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..language.active import in_active_digits
from ..language.rich_text import plain_text
from ..models import LANGUAGES, PLAN_LABELS, Kind, TreatmentProse
from .content import (
    YOUNGER,
    Document,
    DocumentItem,
    Edition,
    Pair,
    Value,
    running_text,
    without_empty,
)
from .plan import Amount
from .sections import BY_KEY, PROSE, RUNNING_TEXT, SECTIONS, Section

VALUES = "values"  # in place of a field's name: an item's typed fields together


@dataclass(frozen=True)
class Place:
    """A place in a document. What is left empty widens it: to a whole item, to a whole section."""

    section: str  # a section's key, or "prose", "plan", "result_lasts" or "body_areas"
    item: str = ""  # an item's uid, a body area's key, or the name of a prose field or an amount
    field: str = ""  # a field of an item: one of its pairs, one of its typed fields, "to_confirm"
    language: str = ""  # of a pair or a text; "" is both, or what belongs to neither

    def __str__(self) -> str:
        return "/".join(filter(None, (self.section, self.item, self.field)))

    @property
    def key(self) -> str:
        """A name for it in a form."""
        return "/".join((self.section, self.item, self.field, self.language))

    @property
    def whole_item(self) -> "Place":
        return Place(self.section, self.item)


# --- The parts of a document ----------------------------------------------------------------------


class Part:
    """A kind of place. Every question that has another answer for each kind is asked here."""

    is_photo = False  # whether typed fields are a picture: its file's name and its size

    def __init__(self, name: str, heading: str | Promise, items: Sequence[str] = ("",)):
        self.name, self._heading, self.items = name, heading, items

    def places(self, document: Document) -> Iterator[Place]:
        """The smallest places, in the order of the change page."""
        for item in self.items:
            yield from (Place(self.name, item, "", code) for code in self.halves(document, item))

    def halves(self, document: Document, item: str) -> Mapping[str, str]:
        """What stands there, in words, by language; under "" what belongs to neither."""
        raise NotImplementedError

    def value_at(self, document: Document, place: Place) -> Any:
        return self.halves(document, place.item)[place.language]

    def plain_words(self, document: Document, item: str, language: str) -> str:
        """The words of a language without markup."""
        return self.halves(document, item)[language]

    def compared(self, edition: Edition, item: str) -> Any:
        """What a finding there is about, in one language, as waivers' digests hold it."""
        return getattr(edition, self.name)

    def heading(self, place: Place) -> str:
        """What readers and the lists of differences call it."""
        return str(self._heading)

    def label(self, place: Place) -> str:
        """What the change page calls it."""
        return self.heading(place)

    def field_label(self, place: Place) -> str:
        """What the change page calls the field; empty where the place is one field by itself."""
        return ""

    def is_rich(self, place: Place) -> bool:
        return False

    def column(self, place: Place) -> db.Field | None:
        """The database column of a text; None where several make it."""
        return None


class _Prose(Part):
    def halves(self, document: Document, item: str) -> Mapping[str, str]:
        return {code: (document.prose[code] or {}).get(item, "") for code in LANGUAGES}

    def compared(self, edition: Edition, item: str) -> str | None:
        return (edition.prose or {}).get(item)

    def heading(self, place: Place) -> str:
        return str(PROSE[place.item])

    def column(self, place: Place) -> db.Field:
        return TreatmentProse._meta.get_field(place.item)


class _Plan(Part):
    def value_at(self, document: Document, place: Place) -> Amount | str | None:
        plan = document.plan
        return plan.kind if place.item == "kind" else plan.amounts.get(place.item)

    def halves(self, document: Document, item: str) -> Mapping[str, str]:
        plan = document.plan
        if item == "kind":
            return {"": str(Kind(plan.kind).label) if plan.kind else ""}
        return {"": plan.in_words(item, get_language()) if item in plan.amounts else ""}

    def compared(self, edition: Edition, item: str) -> Mapping[str, list]:
        return edition.plan.all_digested()

    def label(self, place: Place) -> str:
        return self.field_label(place) or self.heading(place)

    def field_label(self, place: Place) -> str:
        return str(PLAN_LABELS[place.item]) if place.item else ""


class _ResultLasts(Part):
    def halves(self, document: Document, item: str) -> Mapping[str, str]:
        return vars(document.result_lasts)


class _BodyAreas(Part):
    def places(self, document: Document) -> Iterator[Place]:
        return (Place(self.name, key) for key in document.body_areas)

    def value_at(self, document: Document, place: Place) -> Pair | list[tuple[str, Pair]] | None:
        areas = document.body_areas
        return areas.get(place.item) if place.item else list(areas.items())

    def halves(self, document: Document, item: str) -> Mapping[str, str]:
        areas = document.body_areas.items()
        return {code: ", ".join(name[code] or key for key, name in areas) for code in LANGUAGES}

    def compared(self, edition: Edition, item: str) -> list:
        return []


class _Items(Part):
    """A section's list."""

    def __init__(self, section: Section):
        super().__init__(section.key, section.heading)
        self.model, self.is_photo = section.model, "image" in section.model.typed

    def places(self, document: Document) -> Iterator[Place]:
        for item in document.items(self.name):
            for name in (*self.model.typed, "to_confirm"):
                yield Place(self.name, item.uid, name)
            for name in self.model.pairs:
                yield from (Place(self.name, item.uid, name, code) for code in LANGUAGES)

    def value_at(self, document: Document, place: Place) -> Any:
        """Of a section the uids in their order, of an item the whole; None where it is not there."""
        if not place.item:
            return [item.uid for item in document.items(self.name)]
        item = document.item(self.name, place.item)
        if item is None or not place.field:
            return item
        if place.field in self.model.pairs:
            pair = item.pairs[place.field]
            return pair[place.language] if place.language else pair
        return item.values if place.field == VALUES else field_value(item, place.field)

    def plain_words(self, document: Document, item: str, language: str) -> str:
        entries = [entry for entry in document.items(self.name) if entry.uid == item]
        words = (
            self._plain(name, pair[language])
            for entry in entries
            for name, pair in entry.pairs.items()
        )
        return " · ".join(filter(None, words))

    def _plain(self, name: str, text: str) -> str:
        return plain_text(text) if name in self.model.rich else text

    def compared(self, edition: Edition, item: str) -> Any:
        if self.name in RUNNING_TEXT:  # what one paragraph says may hang on the others
            return running_text(edition)[self.name]
        entries = [entry for entry in edition.items(self.name) if not item or entry.uid == item]
        younger = YOUNGER - {"pictogram"}  # waivers' digests do hold that a step has no drawing
        return [
            [entry.uid, without_empty(entry.values, younger), without_empty(entry.texts)]
            for entry in entries
        ]

    def label(self, place: Place) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    def field_label(self, place: Place) -> str:
        if place.field == "to_confirm":
            return _("To be confirmed by a doctor of this clinic")
        return capfirst(str(self.column(place).verbose_name))

    def is_rich(self, place: Place) -> bool:
        return place.field in self.model.rich

    def column(self, place: Place) -> db.Field:
        return self.model._meta.get_field(place.field)


LISTS = {section.key: _Items(section) for section in SECTIONS}
OUTSIDE_LISTS = {
    part.name: part
    for part in (
        _Prose("prose", "", TreatmentProse.FIELDS),
        _Plan("plan", gettext_lazy("The plan in numbers"), tuple(PLAN_LABELS)),
        _ResultLasts("result_lasts", gettext_lazy("How long the result lasts"), ["result_lasts"]),
        _BodyAreas("body_areas", gettext_lazy("Body areas")),
    )
}
PARTS: Mapping[str, Part] = OUTSIDE_LISTS | LISTS


# --- What can be asked of a place -----------------------------------------------------------------


def places(document: Document) -> Iterator[Place]:
    """Every place that holds a text, a value or a range, in the order of the change page."""
    for part in PARTS.values():
        yield from part.places(document)


def value_at(document: Document, place: Place) -> Any:
    """What a document says there: a text, a value, a range, an item, the uids of a section."""
    return PARTS[place.section].value_at(document, place)


def heading_of(place: Place) -> str:
    return PARTS[place.section].heading(place)


def label_of(place: Place) -> str:
    return PARTS[place.section].label(place)


def field_label_of(place: Place) -> str:
    return PARTS[place.section].field_label(place)


def field_value(item: DocumentItem, name: str) -> Value | bool:
    """A typed field of an item, or its mark."""
    return item.to_confirm if name == "to_confirm" else item.values.get(name)


def item_label(section: str, item: DocumentItem) -> str:
    """The first words of an item, in the active language if it has them; else what it is."""
    model = BY_KEY[section].model
    first = item.pairs[model.pairs[0]]
    words = item.values.get("citation") or getattr(first, get_language() or "en")
    words = words or first.en or first.bn
    if model.rich:
        words = plain_text(words)
    return str(words or capfirst(str(model._meta.verbose_name)))


def value_label(place: Place, value: Value | bool, document: Document) -> str:
    """A typed field's value as the change page shows it."""
    if place.field == "to_confirm":
        return _("yes") if value else _("no")
    column = LISTS[place.section].column(place)
    choices = dict(column.flatchoices)
    if value is None or value == "":
        return str(choices.get(None, ""))  # what an empty choice is called
    if isinstance(column, db.ForeignKey):
        sources = {item.uid: item_label("sources", item) for item in document.items("sources")}
        return sources.get(value, str(value))
    shown = str(choices.get(value, value))
    return in_active_digits(shown) if isinstance(value, int | Decimal) else shown
