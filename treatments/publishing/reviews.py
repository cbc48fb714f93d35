"""Reviews by clinicians, and the publications whose words they are of."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from ..document.content import Edition, in_language
from ..document.json_form import load_stored
from ..models import Publication, Review, Snapshot


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
    return review


def _bind_review(publication: Publication) -> None:
    """Finds the review of a publication's words; else the last one of earlier words."""
    language, snapshot = publication.language, publication.snapshot
    reviews = publication.treatment.reviews.filter(language=language)
    digest = getattr(snapshot, f"medical_{language}")
    publication.review = reviews.filter(digest=digest).first() or _of_same_words(reviews, digest)
    publication.earlier_review, publication.changed_since_review = None, []
    if publication.review is None and (earlier := reviews.first()):
        publication.earlier_review = earlier
        publication.changed_since_review = _changed_parts(
            in_language(load_stored(earlier.snapshot.document), language),
            in_language(load_stored(snapshot.document), language),
        )


def _of_same_words(reviews: QuerySet[Review], digest: str) -> Review | None:
    """A review whose words were stored in a form that other digests came of."""
    for review in reviews.select_related("snapshot"):
        edition = in_language(load_stored(review.snapshot.document), review.language)
        if edition.medical_digest == digest:
            return review
    return None


def _changed_parts(old: Edition, new: Edition) -> list[str]:
    """Section keys, prose fields, "plan" and "result_lasts" that differ."""
    changed = [key for key in new.sections if old.items(key) != new.items(key)]
    old_prose, new_prose = old.prose or {}, new.prose or {}
    names = [name for name in new_prose if name not in ("search_description", "translated_by")]
    changed += [name for name in names if old_prose.get(name) != new_prose[name]]
    changed += [
        name
        for name in ("plan", "result_lasts", "body_areas")
        if getattr(old, name) != getattr(new, name)
    ]
    return changed
