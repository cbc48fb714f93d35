"""Putting back into the draft what patients read now."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ..document.content import Document, DocumentItem, Pair
from ..document.passages import Passage
from ..document.places import LISTS
from ..document.rows import from_rows, to_rows
from ..models import Confirmation, Snapshot, Treatment
from .comparison import Difference, continued
from .snapshots import save_snapshot


def can_be_put_back(difference: Difference) -> bool:
    """Only what is an item of a list; a paragraph is written again where it stood."""
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
        there = {item.uid: position for position, item in enumerate(items)}
        if was.uid not in there:
            items.insert(min(difference.position, len(items)), was)
        elif difference.loss == Confirmation.Kind.PRINTED_OTHERWISE:
            item = items[there[was.uid]]
            items[there[was.uid]] = replace(item, values=was.values)
        else:
            items[there[was.uid]] = was
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
