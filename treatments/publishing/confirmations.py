"""Somebody has read in both languages what will be different, and may.

Nothing goes live that nobody has confirmed: neither words, nor that words are taken away.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..document.passages import Passage, Step
from ..models import LANGUAGES, Act, Authorship, Clinic, Confirmation, Snapshot, Treatment, audit
from .comparison import Difference, Kind, compare, read_of, unconfirmed_in

PUBLISH = "treatments.publish_treatment"
REVIEW = "treatments.review_treatment"
WRITE = "treatments.change_treatment"


# --- Who may confirm ------------------------------------------------------------------------------


class Readers:
    """Who wrote what of one treatment, and so who may confirm it."""

    def __init__(self, treatment: Treatment, differences: Iterable[Difference]):
        self.four_eyes = Clinic.the_one().wants_four_eyes
        self._rows: dict[str, list[Authorship]] = {}
        self._treatment = treatment
        digests = frozenset().union(*(each.written_as for each in differences))
        for row in treatment.authorships.filter(digest__in=digests):
            self._rows.setdefault(row.digest, []).append(row)

    def written(self, difference: Difference) -> Authorship | None:
        """By whom and when the draft was last made to say this, where that is known."""
        return max(self._of(difference), key=lambda row: row.written_at, default=None)

    def _of(self, difference: Difference) -> list[Authorship]:
        return [row for digest in difference.written_as for row in self._rows.get(digest, ())]

    def _authors(self, difference: Difference) -> set[int | None]:
        """Who wrote it; where that is not known, everybody who saved since patients read it."""
        known = {row.written_by_id for row in self._of(difference)}
        return known or (self._savers if self.four_eyes else set())

    @cached_property
    def _savers(self) -> set[int | None]:
        live = self._treatment.publications.live(timezone.now()).values_list("snapshot", flat=True)
        since = self._treatment.snapshots.filter(pk__gt=min(live, default=0))
        return set(since.values_list("saved_by", flat=True))

    def why_not(self, difference: Difference, user) -> str:
        """Why somebody may not confirm this, in words for staff; "" where they may."""
        reads_safety = user.has_perm(PUBLISH) or user.has_perm(REVIEW)
        authors = self._authors(difference)
        if difference.clears_mark and not user.has_perm(REVIEW):
            return _("A Reviewer has to say that a doctor has looked at this.")
        if not (reads_safety or user.has_perm(WRITE)):
            return _("You may read this, but not confirm it.")
        if not reads_safety and difference.one_by_one:
            return _("A Reviewer or Publisher confirms what concerns safety.")
        if not reads_safety and (not authors or user.pk in authors):
            return _("Somebody who did not write this confirms it.")
        if self.four_eyes and difference.is_safety and user.pk in authors:
            return _("You wrote this. Your clinic wants somebody else to confirm it.")
        return ""


# --- Confirming -----------------------------------------------------------------------------------


class ShownOtherwise(Exception):
    """What was to be confirmed is not what would go live any more. Nothing was written."""


class NotYours(Exception):
    """Somebody else has to confirm this; the text says why. Nothing was written."""


@transaction.atomic
def confirm(
    snapshot: Snapshot,
    languages: Collection[str],
    keys: Collection[str],
    *,
    at: datetime,
    now: datetime,
    by,
    withdrawing: Collection[str] = (),
) -> list[Difference]:
    """Somebody has read what stands under these keys of `compare`. Returns what was confirmed.

    Raises ShownOtherwise where a key is none of today's, NotYours where somebody else has to.
    """
    treatment = Treatment.objects.select_for_update().get(pk=snapshot.treatment_id)
    shown = compare(snapshot, languages, at=at, withdrawing=withdrawing).by_key
    if not keys or {*keys} - {*shown}:
        raise ShownOtherwise
    chosen = [shown[key] for key in keys if shown[key].confirmation is None]
    readers = Readers(treatment, chosen)
    for difference in chosen:
        if why := readers.why_not(difference, by):
            raise NotYours(why)
    record(treatment, chosen, now=now, by=by)
    _say_confirmed(treatment, chosen, now=now, by=by)
    return chosen


@transaction.atomic
def confirm_passages(treatment: Treatment, read: Iterable[Passage], *, now: datetime, by) -> None:
    """Somebody has read these passages of the draft in both languages: they say the same.

    What patients lose by them, and marks that go, are confirmed where publishing shows them.
    Raises NotYours where somebody else has to.
    """
    known = read_of(treatment)
    chosen = [
        Difference(Step(None, passage), key=passage.digest, read=known)
        for passage in read
        if passage.digest not in known.by_digest
    ]
    readers = Readers(treatment, chosen)
    for difference in chosen:
        if why := readers.why_not(difference, by):
            raise NotYours(why)
    record(treatment, chosen, now=now, by=by)
    _say_confirmed(treatment, chosen, now=now, by=by)


def _say_confirmed(
    treatment: Treatment, confirmed: Collection[Difference], *, now: datetime, by
) -> None:
    if confirmed:
        audit.record(Act.CONFIRMED, now=now, by=by, page=treatment, number=len(confirmed))


def record(
    treatment: Treatment, differences: Iterable[Difference], *, now: datetime, by=None
) -> None:
    """Keeps that these were read in both languages, and that what is lost may be lost."""
    rows: list[Confirmation] = []
    for difference in differences:
        first = len(rows)
        if difference.loss or difference.clears_mark:
            passage = difference.step.before if difference.loss else difference.step.after
            rows.append(_row(treatment, passage, difference.loss or Kind.READ, now, by))
            rows[-1].digest = difference.key
        if difference.step.after and difference.loss != Kind.REORDERED:
            rows.append(_row(treatment, difference.step.after, Kind.READ, now, by))
        for row in rows[first:]:
            row.key = difference.key
    Confirmation.objects.bulk_create(rows)
    count_unconfirmed(treatment)


def record_as(
    kind: str, treatment: Treatment, confirmed: Iterable[Passage], *, now: datetime
) -> None:
    """Keeps that these passages came confirmed, where nobody has confirmed them here."""
    there = set(treatment.confirmations.filter(taken_back_at=None).values_list("digest", flat=True))
    rows = [
        _row(treatment, passage, kind, now, None)
        for passage in {passage.digest: passage for passage in confirmed}.values()
        if passage.digest not in there
    ]
    Confirmation.objects.bulk_create(rows)
    count_unconfirmed(treatment)


def _row(treatment: Treatment, passage: Passage, kind: str, now: datetime, by) -> Confirmation:
    return Confirmation(
        treatment=treatment,
        kind=kind,
        section=passage.place.section,
        item=passage.place.item,
        digest=passage.digest,
        **{f"digest_{code}": passage.digest_in(code) for code in LANGUAGES},
        words={name: vars(pair) for name, pair in passage.texts.items()},
        confirmed_by=by,
        confirmed_at=now,
    )


class IsPlanned(Exception):
    """Something is planned to go live that rests on it. Nothing was taken back."""


@transaction.atomic
def take_back(treatment: Treatment, key: str, *, now: datetime, by) -> bool:
    """Somebody takes back what they confirmed under this key. Returns whether there was anything.

    Raises IsPlanned while anything of the treatment is planned to go live.
    """
    if treatment.publications.filter(live_from__gt=now).exists():
        raise IsPlanned
    own = treatment.confirmations.filter(key=key, confirmed_by=by, taken_back_at=None)
    taken_back = own.update(taken_back_at=now)
    count_unconfirmed(treatment)
    if taken_back:
        audit.record(Act.TAKEN_BACK, now=now, by=by, page=treatment)
    return bool(taken_back)


def count_unconfirmed(treatment: Treatment) -> None:
    """The draft says how much of it nobody has confirmed, so that lists need not read it."""
    newest = treatment.snapshots.first()
    if newest and (count := len(unconfirmed_in(newest))) != newest.unconfirmed:
        Snapshot.objects.filter(pk=newest.pk).update(unconfirmed=count)
