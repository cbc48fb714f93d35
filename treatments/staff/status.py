"""How each language of a treatment stands: for the dashboard, the change page and those around it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from ..document.json_form import load_stored
from ..models import LANGUAGE_NAMES, LANGUAGES, Publication, Snapshot

REVIEW_SOON = timedelta(days=60)


@dataclass
class LanguageStatus:
    """Where one language of a treatment stands at a moment."""

    language: str
    today: date
    live: Publication | None = None  # with its treatment, review, and how many findings are waived
    scheduled: list[Publication] = field(default_factory=list)  # the next one first
    draft_differs: bool = False  # readers would see a difference

    @property
    def name(self):
        return LANGUAGE_NAMES[self.language]

    @property
    def address(self) -> str:
        return reverse("treatment", args=[self.language, self.live.treatment.slug])

    @property
    def review(self) -> str:
        """ "reviewed", "due", "changed" or "none"; empty where nothing is live."""
        if self.live is None:
            return ""
        if self.live.review is None:
            return "changed" if self.live.earlier_review_id else "none"
        return "due" if self.live.review.next_due <= self.today + REVIEW_SOON else "reviewed"


def status_by_language(
    newest: Mapping[int, Snapshot | None], now: datetime
) -> dict[int, dict[str, LanguageStatus]]:
    """By treatment and language. `newest` has each treatment's draft as it was last saved.

    Two queries whatever their number. A document is read only where the words are the same and yet
    something was saved since: a mark may be another.
    """
    found = {pk: {code: LanguageStatus(code, now.date()) for code in LANGUAGES} for pk in newest}
    rows = (
        Publication.objects.filter(Q(live_until=None) | Q(live_until__gt=now), treatment__in=newest)
        .select_related("treatment", "snapshot", "review", "published_by")
        .defer("snapshot__document")
        .annotate(waived=Count("waivers"))
        .order_by("live_from")
    )
    unclear: list[tuple[LanguageStatus, Snapshot]] = []
    for publication in rows:
        status = found[publication.treatment_id][publication.language]
        if publication.live_from > now:
            status.scheduled.append(publication)
            continue
        status.live, draft = publication, newest[publication.treatment_id]
        words = f"digest_{publication.language}"
        if draft is None or draft.digest == publication.snapshot.digest:
            continue
        # Digests of words are older than the mark, and know nothing of it.
        if getattr(draft, words) == getattr(publication.snapshot, words):
            unclear.append((status, draft))
        else:
            status.draft_differs = True
    _compare_marks(unclear)
    return found


def _compare_marks(unclear: Collection[tuple[LanguageStatus, Snapshot]]) -> None:
    pks = {pk for status, draft in unclear for pk in (draft.pk, status.live.snapshot_id)}
    rows = Snapshot.objects.filter(pk__in=pks).values_list("pk", "document") if pks else ()
    marks = {pk: load_stored(document).to_confirm for pk, document in rows}
    for status, draft in unclear:
        status.draft_differs = marks[draft.pk] != marks[status.live.snapshot_id]
