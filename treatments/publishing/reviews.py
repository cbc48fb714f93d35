"""Reviews by clinicians, and the publications whose words they are of."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from ..document.content import Edition, in_language, running_text
from ..document.json_form import load_stored
from ..document.sections import BY_KEY
from ..models import Act, Publication, Review, Snapshot, audit


@transaction.atomic
def record_review(
    snapshot: Snapshot,
    language: str,
    *,
    reviewer: str,
    qualification: str,
    reviewed_on: date,
    next_due: date,
    note: str = "",
    now: datetime,
    by=None,
) -> Review:
    """A clinician has read a snapshot in one language. Shown wherever these words are live."""
    treatment = snapshot.treatment
    review = Review.objects.create(
        treatment=treatment,
        snapshot=snapshot,
        language=language,
        digest=getattr(snapshot, f"medical_{language}"),
        reviewer=reviewer,
        qualification=qualification,
        reviewed_on=reviewed_on,
        next_due=next_due,
        note=note,
        recorded_by=by,
        recorded_at=now,
    )
    for publication in treatment.publications.filter(language=language):
        _bind_review(publication)
        publication.save(update_fields=["review", "earlier_review", "changed_since_review"])
    audit.record(Act.REVIEWED, now=now, by=by, page=treatment, languages=[language])
    return review


def _bind_review(publication: Publication) -> None:
    """Finds the review of a publication's words; else the last one of earlier words."""
    language, snapshot = publication.language, publication.snapshot
    reviews = publication.treatment.reviews.filter(language=language)
    edition = in_language(load_stored(snapshot.document), language)
    # Words of before may have been stored in a form that another digest came of.
    same_words = {getattr(snapshot, f"medical_{language}"), edition.medical_digest}
    publication.review = _of_words(reviews, same_words)
    publication.earlier_review, publication.changed_since_review = None, []
    if publication.review is None and (earlier := reviews.first()):
        publication.earlier_review = earlier
        publication.changed_since_review = _changed_parts(
            in_language(load_stored(earlier.snapshot.document), language), edition
        )


def _of_words(reviews: QuerySet[Review], digests: Collection[str]) -> Review | None:
    """The newest review of words that have one of these digests, as stored or as computed today."""
    for review in reviews.select_related("snapshot"):
        if review.digest in digests:
            return review
        edition = in_language(load_stored(review.snapshot.document), review.language)
        if edition.medical_digest in digests:
            return review
    return None


def _changed_parts(old: Edition, new: Edition) -> list[str]:
    """Section keys, prose fields, "plan" and "result_lasts" that differ."""
    # Which item a paragraph is changes nobody's words.
    texts = running_text(old), running_text(new)
    changed = [
        key
        for key in new.sections
        if (
            texts[0][key] != texts[1][key]
            if BY_KEY[key].is_running_text
            else old.items(key) != new.items(key)
        )
    ]
    old_prose, new_prose = old.prose or {}, new.prose or {}
    names = [name for name in new_prose if name not in ("search_description", "translated_by")]
    changed += [name for name in names if old_prose.get(name) != new_prose[name]]
    changed += [
        name
        for name in ("plan", "result_lasts", "body_areas")
        if getattr(old, name) != getattr(new, name)
    ]
    return changed
