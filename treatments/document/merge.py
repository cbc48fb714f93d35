"""Two people's changes to one document, place by place: what clashes, and the document both make.

Three documents in: what both opened, what one has saved since ("theirs"), what the other was
writing ("mine"). Values only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models as db
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..language.active import in_active_digits
from ..models import LANGUAGES, PLAN, TreatmentProse
from . import diff
from .content import Document, DocumentItem, Pair
from .places import (
    LISTS,
    OUTSIDE_LISTS,
    PARTS,
    VALUES,
    Place,
    field_label_of,
    heading_of,
    item_label,
    value_at,
    value_label,
)
from .plan import Plan
from .sections import BY_KEY, SECTIONS

MINE, THEIRS, BOTH = "mine", "theirs", "both"
CHOICES = (MINE, THEIRS, BOTH)


class Undecided(ValueError):
    """Places where both changed something and nobody has said what is to stand."""

    def __init__(self, keys: Sequence[str]):
        super().__init__(", ".join(keys))
        self.keys = list(keys)


@dataclass(frozen=True)
class Question:
    """A place where the two differ. `answer` is None where both changed it."""

    place: Place
    heading: str
    label: str  # the first words of the item
    field: str
    answer: str | None
    opened: str
    mine: tuple[diff.Span, ...]
    theirs: tuple[diff.Span, ...]
    mine_gone: bool = False  # this side has deleted the item
    theirs_gone: bool = False
    both: str = ""  # the text that keeps every word; empty where the two cannot stand together

    @property
    def key(self) -> str:
        return self.place.key


def questions(opened: Document | None, theirs: Document, mine: Document) -> list[Question]:
    """Every place where the two differ, in the order of the change page.

    Without `opened` nobody can know who changed what: every place is a clash.
    """
    return [
        _question(place, answer, opened or Document(), theirs, mine)
        for place, answer in _places(opened, theirs, mine)
    ]


def merged(
    opened: Document | None, theirs: Document, mine: Document, answers: Mapping[str, str]
) -> Document:
    """The document that both make. `answers`: MINE, THEIRS or BOTH by a place's key.

    An answer may also overrule what only one of the two changed. Raises Undecided.
    """
    decided, missing = {}, []
    for place, answer in _places(opened, theirs, mine):
        given = answers.get(place.key)
        if given not in CHOICES or (given == BOTH and not _joinable(place)):
            given = answer
        if given is None:
            missing.append(place.key)
        decided[place] = given
    if missing:
        raise Undecided(missing)

    def chosen(place: Place, default: str = THEIRS) -> Any:
        answer = decided.get(place, default)
        if answer == BOTH:
            return both_texts(place, _at(theirs, place), _at(mine, place))
        return _at(mine if answer == MINE else theirs, place)

    prose: dict[str, Mapping[str, str] | None] = {}
    for code in LANGUAGES:
        texts = {name: chosen(Place("prose", name, "", code)) for name in TreatmentProse.FIELDS}
        begun = mine.prose[code] is not None and theirs.prose[code] is not None
        prose[code] = texts if begun or any(texts.values()) else None
    amounts = {name: chosen(Place("plan", name)) for name in PLAN}
    areas = {**mine.body_areas, **theirs.body_areas}
    return Document(
        body_areas={key: areas[key] for key in areas if chosen(Place("body_areas", key))},
        plan=Plan(
            chosen(Place("plan", "kind")),
            {name: amount for name, amount in amounts.items() if amount},
        ),
        result_lasts=Pair(
            *(chosen(Place("result_lasts", "result_lasts", "", code)) for code in LANGUAGES)
        ),
        prose=prose,
        sections={
            section.key: _merged_section(section.key, theirs, mine, decided, chosen)
            for section in SECTIONS
        },
    )


# --- Places ---------------------------------------------------------------------------------------


def _places(
    opened: Document | None, theirs: Document, mine: Document
) -> Iterator[tuple[Place, str | None]]:
    """Where the two differ, each with who changed it: MINE, THEIRS, or None for both."""
    for place in _outside_lists(theirs, mine):
        yield from _if_different(place, opened, theirs, mine)
    for section in SECTIONS:
        key = section.key
        yield from _order(key, opened, theirs, mine)
        sides = _by_uid(theirs, key), _by_uid(mine, key)
        base = _by_uid(opened, key) if opened else {}
        for uid in [*sides[0], *(uid for uid in sides[1] if uid not in sides[0])]:
            if all(uid in side for side in sides):
                yield from _values(key, uid, opened, theirs, mine)
                for place in _texts(key, uid):
                    yield from _if_different(place, opened, theirs, mine)
            else:
                yield Place(key, uid), _who_of_one(base.get(uid), *(s.get(uid) for s in sides))


def _outside_lists(theirs: Document, mine: Document) -> Iterator[Place]:
    for name, part in OUTSIDE_LISTS.items():
        if name != "body_areas":
            yield from part.places(theirs)
    yield from (
        Place("body_areas", area) for area in sorted({*theirs.body_areas, *mine.body_areas})
    )


def _values(
    section: str, uid: str, opened: Document | None, theirs: Document, mine: Document
) -> Iterator[tuple[Place, str | None]]:
    """The typed fields one by one, or as one place: figures and files belong together."""
    found = [
        entry
        for place in _typed(section, uid)
        for entry in _if_different(place, opened, theirs, mine)
    ]
    answers = {answer for _place, answer in found}
    if None in answers or (found and LISTS[section].is_photo):
        yield Place(section, uid, VALUES), answers.pop() if len(answers) == 1 else None
    else:
        yield from found
    yield from _if_different(Place(section, uid, "to_confirm"), opened, theirs, mine)


def _typed(section: str, uid: str) -> list[Place]:
    return [Place(section, uid, name) for name in BY_KEY[section].model.typed]


def _texts(section: str, uid: str) -> list[Place]:
    names = BY_KEY[section].model.pairs
    return [Place(section, uid, name, code) for name in names for code in LANGUAGES]


def _if_different(
    place: Place, opened: Document | None, theirs: Document, mine: Document
) -> Iterator[tuple[Place, str | None]]:
    their_value, my_value = _at(theirs, place), _at(mine, place)
    if their_value == my_value:
        return
    before = _at(opened, place) if opened else None
    if opened and their_value == before:
        yield place, MINE
    elif opened and my_value == before:
        yield place, THEIRS
    else:
        yield place, None


def _who_of_one(
    before: DocumentItem | None, theirs: DocumentItem | None, mine: DocumentItem | None
) -> str | None:
    """Of an item that only one of the two has: who added it, or who deleted it."""
    if before is None:
        return THEIRS if theirs else MINE
    if (theirs or mine) == before:
        return MINE if theirs else THEIRS  # deleted by the one, untouched by the other
    return None


def _order(
    key: str, opened: Document | None, theirs: Document, mine: Document
) -> Iterator[tuple[Place, str | None]]:
    orders = _uids(theirs, key), _uids(mine, key)
    common = {*orders[0]} & {*orders[1]}
    their_order, my_order = ([uid for uid in order if uid in common] for order in orders)
    if their_order == my_order:
        return
    if opened is None:
        yield Place(key), None
        return
    base = [uid for uid in _uids(opened, key) if uid in common]
    known = {*base}
    if [uid for uid in their_order if uid in known] == base:
        yield Place(key), MINE
    elif [uid for uid in my_order if uid in known] == base:
        yield Place(key), THEIRS
    else:
        yield Place(key), None


def _uids(document: Document, key: str) -> list[str]:
    return [item.uid for item in document.items(key)]


def _by_uid(document: Document, key: str) -> dict[str, DocumentItem]:
    return {item.uid: item for item in document.items(key)}


def _at(document: Document, place: Place) -> Any:
    """What a document says at a place; of a body area whether it is there: its name is the site's."""
    value = value_at(document, place)
    return value is not None if place.section == "body_areas" else value


# --- Both ----------------------------------------------------------------------------------------


def _joinable(place: Place) -> bool:
    return bool(place.language)


def both_texts(place: Place, theirs: str, mine: str) -> str:
    """Both texts, one after the other, for somebody to tidy up."""
    if not theirs or not mine:
        return theirs or mine
    if PARTS[place.section].is_rich(place):
        return f"{theirs}<br>{mine}"
    is_one_line = isinstance(PARTS[place.section].column(place), db.CharField)
    return f"{theirs}{' / ' if is_one_line else chr(10)}{mine}"


def _merged_section(key: str, theirs: Document, mine: Document, decided, chosen):
    their_items, my_items = _by_uid(theirs, key), _by_uid(mine, key)
    lead, other = (mine, theirs) if decided.get(Place(key)) == MINE else (theirs, mine)
    items = []
    for uid in _interleaved(_uids(lead, key), _uids(other, key)):
        if uid not in their_items or uid not in my_items:
            item = chosen(Place(key, uid))
            if item is not None:
                items.append(item)
            continue
        together = Place(key, uid, VALUES)
        values = (
            chosen(together)
            if together in decided
            else {place.field: chosen(place) for place in _typed(key, uid)}
        )
        to_confirm = chosen(Place(key, uid, "to_confirm"))
        pairs = {
            name: Pair(*(chosen(Place(key, uid, name, code)) for code in LANGUAGES))
            for name in BY_KEY[key].model.pairs
        }
        items.append(replace(their_items[uid], to_confirm=to_confirm, values=values, pairs=pairs))
    return tuple(items)


def _interleaved(lead: Sequence[str], other: Sequence[str]) -> list[str]:
    """The uids of `lead`; what only `other` has stands behind what it stands behind there."""
    order = list(lead)
    for position, uid in enumerate(other):
        if uid not in order:
            before = [known for known in other[:position] if known in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, uid)
    return order


# --- In words -------------------------------------------------------------------------------------


def _question(
    place: Place, answer: str | None, opened: Document, theirs: Document, mine: Document
) -> Question:
    sides = {name: _words(place, side) for name, side in (("theirs", theirs), ("mine", mine))}
    before = _words(place, opened)
    values = _at(theirs, place), _at(mine, place)
    whole = bool(place.section in LISTS and place.item and not place.field)
    return Question(
        place,
        heading=heading_of(place),
        label=_label(place, opened, theirs, mine),
        field=_field(place),
        answer=answer,
        opened=before,
        mine=diff.word_spans(before, sides["mine"]),
        theirs=diff.word_spans(before, sides["theirs"]),
        mine_gone=whole and values[1] is None,
        theirs_gone=whole and values[0] is None,
        both=_readable(place, both_texts(place, *values)) if _joinable(place) else "",
    )


def _label(place: Place, *documents: Document) -> str:
    if place.section not in LISTS or not place.item:
        return ""
    found = [value_at(document, place.whole_item) for document in documents]
    return next(item_label(place.section, item) for item in found if item)


def _field(place: Place) -> str:
    if place.field == VALUES:
        return _("Photo") if LISTS[place.section].is_photo else _("The facts beside the text")
    if place.section in LISTS and not place.item:
        return _("The order of the list")
    return field_label_of(place) if place.field or place.section not in LISTS else ""


def _readable(place: Place, text: str) -> str:
    return diff.rich_text_in_words(text) if PARTS[place.section].is_rich(place) else text


def _words(place: Place, document: Document) -> str:
    value = value_at(document, place)
    if place.section == "body_areas":
        return _area_name(value) or place.item if value else ""
    if place.section not in LISTS:
        return _readable(place, PARTS[place.section].halves(document, place.item)[place.language])
    if not place.item:
        items = enumerate(document.items(place.section), 1)
        return "\n".join(
            f"{in_active_digits(n)}. {item_label(place.section, item)}" for n, item in items
        )
    if not place.field:
        return _item_words(place.section, value, document)
    if place.field == VALUES:
        return "\n".join(_value_lines(place.whole_item, value or {}, document))
    if place.language:
        return _readable(place, value or "")
    return value_label(place, value, document)


def _area_name(pair: Pair) -> str:
    return getattr(pair, get_language() or "en") or pair.en or pair.bn


def _item_words(section: str, item: DocumentItem | None, document: Document) -> str:
    if item is None:
        return ""
    lines = _value_lines(Place(section, item.uid), item.values, document)
    lines += [
        _readable(Place(section, item.uid, name), pair[code])
        for name, pair in item.pairs.items()
        for code in LANGUAGES
        if pair[code]
    ]
    return "\n".join(lines)


def _value_lines(item: Place, values: Mapping[str, Any], document: Document) -> list[str]:
    if LISTS[item.section].is_photo:
        return [diff.photo_in_words(values)] if values.get("image") else []
    places = [replace(item, field=name) for name in LISTS[item.section].model.typed]
    return [
        f"{field_label_of(place)}: {shown}"
        for place in places
        if (shown := value_label(place, values.get(place.field), document))
    ]
