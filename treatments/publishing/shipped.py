"""The words that a release ships, offered to a clinic that has made a treatment's words its own.

Three documents are compared as document.merge does: what was shipped when somebody last decided, the
clinic's draft ("theirs"), and what is shipped now ("mine"). Nothing is ever taken over by itself.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.db.models import Exists, OuterRef

from ..document.content import Document
from ..document.diff import MOVED, Change, differences
from ..document.json_form import load_stored, parse
from ..document.merge import BOTH, MINE, THEIRS, Question, merged, questions
from ..document.places import LISTS, VALUES, Place
from ..document.rows import from_rows, to_rows, without_removed_photos
from ..document.sections import BY_KEY
from ..models import BodyArea, ShippedWords, Snapshot, Treatment
from .snapshots import save_snapshot

TAKE, KEEP = MINE, THEIRS

# Whether something is offered for a treatment, as a part of a query.
IS_OFFERED = Exists(ShippedWords.objects.filter(treatment=OuterRef("pk")).exclude(offered=""))


class OfferChanged(Exception):
    """The draft or the offer is another one than the one that was decided on. Nothing was written."""


@dataclass(frozen=True)
class Choice:
    """Places that are taken over or kept together.

    Both languages of a text are one choice, or else a warning could stand in one language only; so
    are the typed fields of an item, and all of an item where only the release changed it. What
    concerns safety is one choice an item: no reason beside a narrower question, no words of the
    clinic's under another urgency.
    """

    place: Place
    questions: tuple[Question, ...]
    is_clash: bool  # the clinic changed it too, or nobody can know
    change: Change | None = None  # what taking over would do; None for a clash and for an order

    @property
    def key(self) -> str:
        return self.place.key

    @property
    def is_order(self) -> bool:
        return self.place.section in LISTS and not self.place.item

    @property
    def concerns_safety(self) -> bool:
        return self.place.section in LISTS and BY_KEY[self.place.section].safety

    @property
    def may_keep_both(self) -> bool:
        return self.is_clash and all(question.both for question in self.questions)

    @property
    def possible(self) -> tuple[str, ...]:
        return (TAKE, KEEP, BOTH) if self.may_keep_both else (TAKE, KEEP)


@dataclass(frozen=True)
class Offer:
    """What a release ships, beside the draft as it stands."""

    base: Document | None  # None where nobody can know what the clinic changed
    draft: Document
    offered: Document

    @cached_property
    def seen(self) -> str:
        """Says what was on the page that somebody decided on."""
        parts = (self.base, self.draft, self.offered)
        text = "\n".join(document.json if document else "" for document in parts)
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def choices(self) -> list[Choice]:
        """What is to be decided; where the clinic alone changed something, nothing is.

        In the order of the change page, what concerns safety first.
        """
        choices_open = sorted(self._all, key=lambda choice: not choice.concerns_safety)
        changes = {
            change.place: change
            for change in differences(self.draft, self.answered(accept_uncontested(choices_open)))
            if change.kind != MOVED
        }
        whole = [
            replace(
                choice, change=None if choice.is_clash else changes.get(choice.place.whole_item)
            )
            for choice in choices_open
        ]
        return [each for each in whole if each.change or each.is_clash or each.is_order]

    @cached_property
    def _all(self) -> list[Choice]:
        clashes, settled = [], {}
        for unit, asked in self._units.items():
            answers = {question.answer for question in asked}
            if answers == {KEEP}:
                continue
            if answers == {TAKE} and self.base:
                settled.setdefault(_as_compared(unit), []).extend(asked)
            else:
                clashes.append(Choice(unit, tuple(asked), is_clash=True))
        return clashes + [
            Choice(place, tuple(asked), is_clash=False) for place, asked in settled.items()
        ]

    @cached_property
    def _units(self) -> dict[Place, list[Question]]:
        units: dict[Place, list[Question]] = {}
        for question in questions(self.base, self.draft, self.offered):
            units.setdefault(_unit(question.place), []).append(question)
        return units

    @cached_property
    def kept_places(self) -> int:
        """How many items and texts only the clinic changed."""
        asked = {choice.place.whole_item for choice in self._all}
        return len({unit.whole_item for unit in self._units} - asked)

    def answered(self, answers: Mapping[str, str]) -> Document:
        """The draft as it would be. `answers`: TAKE, KEEP or BOTH by a choice's key, KEEP without.

        An item that stays or is taken over has its source with it, and words that are taken over
        bring the mark that a clinician has yet to confirm them.
        """
        by_place, marks = {}, {}
        for choice in self._all:
            answer = answers.get(choice.key, KEEP)
            if answer not in choice.possible:
                answer = KEEP
            by_place |= {question.key: answer for question in choice.questions}
            if answer != KEEP and self._is_to_confirm(choice.place):
                marks[replace(choice.place.whole_item, field="to_confirm").key] = TAKE
        by_place |= marks
        document = merged(self.base, self.draft, self.offered, by_place)
        missing = _missing_sources(document)
        if not missing:
            return document
        ours = {source.uid for source in self.draft.items("sources")}
        for uid in missing:
            by_place[Place("sources", uid).key] = KEEP if uid in ours else TAKE
        return merged(self.base, self.draft, self.offered, by_place)

    def _is_to_confirm(self, place: Place) -> bool:
        return (place.section, place.item) in self.offered.to_confirm


def accept_uncontested(choices: Iterable[Choice]) -> dict[str, str]:
    """The answers that take over all that only the release changed."""
    return {choice.key: TAKE for choice in choices if not choice.is_clash}


def _unit(place: Place) -> Place:
    """What is decided together with a place."""
    if place.item and place.section in BY_KEY and BY_KEY[place.section].safety:
        return place.whole_item
    if place.section in BY_KEY and place.field in BY_KEY[place.section].model.typed:
        return replace(place.whole_item, field=VALUES)
    return replace(place, language="")


def _as_compared(unit: Place) -> Place:
    """The place under which two documents' differences name it."""
    return Place(unit.section) if unit.section == "body_areas" else unit.whole_item


def _missing_sources(document: Document) -> frozenset[str]:
    return document.sources_named - {source.uid for source in document.items("sources")}


# --- Rows -----------------------------------------------------------------------------------------


def record_shipped(treatment: Treatment, name: str, document: Document | None) -> None:
    """A treatment was loaded from the file of that name. None: from something made of it."""
    ShippedWords.objects.create(
        treatment=treatment, name=name, document=document.json if document else ""
    )


@transaction.atomic
def offer_shipped(documents: Mapping[str, Document]) -> None:
    """Offers what a release ships, by the files' names, where it says something new.

    What the draft says already, or what was decided on before, is not offered.
    """
    rows = ShippedWords.objects.filter(name__in=documents)
    other = [row.treatment_id for row in rows if row.offered or _is_new(row, documents[row.name])]
    for treatment in Treatment.objects.select_for_update().filter(pk__in=other).order_by("pk"):
        row = ShippedWords.objects.get(treatment=treatment)
        if not row.offered:
            row.decided, row.before = False, ""  # that was another release
        row.offered = documents[row.name].json
        if not _compared(row, treatment).choices:
            row.document, row.offered = row.offered, ""
        row.save()


def _is_new(row: ShippedWords, document: Document) -> bool:
    return row.document != document.json


def _compared(row: ShippedWords, treatment: Treatment) -> Offer:
    offered = without_removed_photos(load_stored(row.offered))
    areas = BodyArea.objects.filter(key__in=offered.body_areas).values_list("key", flat=True)
    there = {key: offered.body_areas[key] for key in areas}
    return Offer(
        without_removed_photos(load_stored(row.document)) if row.document else None,
        without_removed_photos(from_rows(treatment)),
        replace(offered, body_areas=there),
    )


def offered_treatments() -> list[Treatment]:
    return list(Treatment.objects.filter(IS_OFFERED))


def offer_for(treatment: Treatment) -> Offer | None:
    """What is offered for a treatment, if anything is."""
    row = ShippedWords.objects.filter(treatment=treatment).exclude(offered="").first()
    return row and _compared(row, treatment)


@transaction.atomic
def decide(
    treatment: Treatment, answers: Mapping[str, str], *, seen: str, now: datetime, by=None
) -> Snapshot | None:
    """Writes the draft as answered; what was answered is then decided on, also what was not taken.

    `answers` as in Offer.answered; what they do not name stays offered. `seen` says what they are
    about. Returns the new snapshot, or None where the draft stays as it is. Raises OfferChanged,
    and DocumentError where two texts that were to stand together do not fit.
    """
    treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
    offer = offer_for(treatment)
    if offer is None or offer.seen != seen:
        raise OfferChanged
    kept = None
    if {*answers.values()} - {KEEP}:
        to_rows(parse(offer.answered(answers).json), treatment)
        kept = save_snapshot(treatment, now=now, by=by)
    row = ShippedWords.objects.get(treatment=treatment)
    if not row.decided:
        row.decided, row.before = True, row.document
    open_still = [choice for choice in offer.choices if choice.key not in answers]
    if open_still and offer.base:
        row.document = _decided_but_for(open_still, offer).json
    else:
        row.document, row.offered = row.offered, ""
    row.save()
    return kept


def _decided_but_for(choices: Iterable[Choice], offer: Offer) -> Document:
    """What was shipped before where these are still open, and what is shipped now elsewhere."""
    decided = {choice.place.whole_item for choice in choices}
    answers = {
        question.key: KEEP if question.place.whole_item in decided else TAKE
        for question in questions(None, offer.base, offer.offered)
    }
    return merged(None, offer.base, offer.offered, answers)


@transaction.atomic
def offer_again(treatment: Treatment) -> bool:
    """Offers once more what the last release brought, where the draft does not say it.

    For a draft that says again what it said before somebody took the words over. Returns whether
    anything is offered.
    """
    row = ShippedWords.objects.filter(treatment=treatment, decided=True).first()
    if row is None:
        return False
    row.offered, row.document = row.offered or row.document, row.before
    row.decided, row.before = False, ""
    if not _compared(row, treatment).choices:
        row.document, row.offered = row.offered, ""
    row.save()
    return bool(row.offered)
