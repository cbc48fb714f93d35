"""Putting back into the draft what patients read now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain

from django.db import transaction

from ..document.content import Document, DocumentItem, Pair, editions_of
from ..document.passages import Passage, Step, passages
from ..document.places import LISTS, Place, value_at
from ..document.rows import document_of, from_rows, to_rows
from ..document.sections import BY_KEY, SOURCED
from ..models import LANGUAGES, Confirmation, Snapshot, Treatment
from ..models.items import new_uid
from .comparison import Difference, continued
from .snapshots import save_snapshot


def can_be_put_back(difference: Difference) -> bool:
    """Only what is an item of a list, or a paragraph; a single text is written again."""
    return bool(difference.loss) and difference.passage.place.section in LISTS


@transaction.atomic
def put_back(
    treatment: Treatment, difference: Difference, *, now: datetime, by=None
) -> Snapshot | None:
    """The draft has again the item, its heading or the order that patients read now.

    Returns the new snapshot, or None where the draft says so already.
    """
    treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
    to_rows(_with(from_rows(treatment), difference), treatment)
    return save_snapshot(treatment, now=now, by=by)


def _with(document: Document, difference: Difference) -> Document:
    key = difference.passage.place.section
    items = list(document.items(key))
    if difference.loss == Confirmation.Kind.REORDERED:
        before, after = difference.before_order, difference.after_order
        ranks = {now.place.item: before.index(was) for was, now in continued(before, after)}
        own = iter(sorted((i for i in items if i.uid in ranks), key=lambda item: ranks[item.uid]))
        items = [next(own) if item.uid in ranks else item for item in items]
    else:
        was = _item(difference.step.before)
        if difference.step.after:  # a paragraph's version may stand in another one's item
            was = replace(was, uid=difference.step.after.place.item)
        elif _stands_for_another(difference.step.before, document):
            was = replace(was, uid=new_uid(next(filter(None, _texts(was)))))
        there = {item.uid: position for position, item in enumerate(items)}
        if was.uid not in there:
            items.insert(min(difference.position, len(items)), was)
        else:
            item = items[there[was.uid]]
            items[there[was.uid]] = (
                replace(item, values=was.values)
                if difference.loss == Confirmation.Kind.PRINTED_OTHERWISE
                else _said_again(item, was, difference.step.before)
            )
    return replace(document, sections={**document.sections, key: tuple(items)})


def _item(passage: Passage) -> DocumentItem:
    one = next(iter(passage.items.values()))
    return DocumentItem(
        one.uid,
        one.to_confirm,
        one.values,
        {
            name: Pair(**{code: item.texts[name] for code, item in passage.items.items()})
            for name in one.texts
        },
    )


def _texts(item: DocumentItem) -> Iterator[str]:
    return (pair[code] for pair in item.pairs.values() for code in LANGUAGES)


def _stands_for_another(passage: Passage, document: Document) -> bool:
    """Whether the draft's paragraph of this name is no version of it, but says something else."""
    if not BY_KEY[passage.place.section].is_running_text:
        return False
    draft = passages(*editions_of(document).values())
    now = next((one for one in draft if one.place == passage.place), None)
    return bool(now and any(map(now.has, passage.items)) and not Step(passage, now).is_reworded)


def _said_again(item: DocumentItem, was: DocumentItem, passage: Passage) -> DocumentItem:
    """The draft's item as patients read it; in a language that they read none of, as it is."""
    languages = [code for code in passage.items if passage.has(code)]
    return replace(
        item,
        to_confirm=was.to_confirm or (item.to_confirm and len(languages) < len(LANGUAGES)),
        values=was.values,
        pairs={
            name: replace(item.pairs[name], **{code: pair[code] for code in languages})
            for name, pair in was.pairs.items()
        },
    )


_LAST = 50  # how many saves back an item is looked for


def put_back_item(treatment: Treatment, place: Place, *, now: datetime) -> bool:
    """The draft has an item again, as the newest version that had it said it, and where it stood.

    What rested on a source rests on it again. Returns whether any of the last versions, or what
    patients read, had it. To be called in a transaction; the caller saves the snapshot.
    """
    document = from_rows(treatment)
    if any(item.uid == place.item for item in document.items(place.section)):
        return True
    live = treatment.publications.live(now).select_related("snapshot")
    versions = chain(treatment.snapshots.all()[:_LAST].iterator(5), (row.snapshot for row in live))
    for version in versions:
        kept = document_of(version)
        if any(item.uid == place.item for item in kept.items(place.section)):
            to_rows(_resting_again(_with_item(document, kept, place), kept, place), treatment)
            return True
    return False


def put_back_version(treatment: Treatment, place: Place, version: Snapshot) -> bool:
    """The draft's item says again what a version said in it; its mark for a doctor stays.

    A source that was deleted since is named no more. Returns whether both have the item. To be
    called in a transaction; the caller saves the snapshot.
    """
    document, was = from_rows(treatment), value_at(document_of(version), place)
    now = value_at(document, place)
    if was is None or now is None:
        return False
    sources = {source.uid for source in document.items("sources")}
    named = {name for section, name in SOURCED if section.key == place.section}
    values = {
        name: None if name in named and value not in sources else value
        for name, value in was.values.items()
    }
    again = replace(was, values=values, to_confirm=was.to_confirm or now.to_confirm)
    items = (again if one == now else one for one in document.items(place.section))
    to_rows(
        replace(document, sections={**document.sections, place.section: tuple(items)}), treatment
    )
    return True


def _with_item(document: Document, kept: Document, place: Place) -> Document:
    order = [item.uid for item in kept.items(place.section)]
    at, items = order.index(place.item), list(document.items(place.section))
    before = place_before([item.uid for item in items], order, place.item)
    items.insert(before, kept.items(place.section)[at])
    return replace(document, sections={**document.sections, place.section: tuple(items)})


def place_before(now: list[str], order: list[str], uid: str) -> int:
    """Where in a list that is `now` so an item stands again as in the `order` that had it.

    Before the first of those behind it that is still there, else at the end.
    """
    behind = order[order.index(uid) + 1 :]
    return next((now.index(other) for other in behind if other in now), len(now))


def _resting_again(document: Document, kept: Document, place: Place) -> Document:
    """A source that was deleted took its name from all that rested on it."""
    if place.section != "sources":
        return document
    sections = dict(document.sections)
    for section, name in SOURCED:
        rested = {one.uid for one in kept.items(section.key) if one.values[name] == place.item}
        sections[section.key] = tuple(
            replace(item, values={**item.values, name: place.item})
            if item.uid in rested and not item.values[name]
            else item
            for item in document.items(section.key)
        )
    return replace(document, sections=sections)
