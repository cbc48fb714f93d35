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
    # Readers would see a difference, and nothing that is planned already brings them the draft.
    draft_differs: bool = False

    @property
    def name(self):
        return LANGUAGE_NAMES[self.language]

    @property
    def address(self) -> str:
        return reverse("treatment", args=[self.language, self.live.treatment.slug])

    @property
    def withdrawal(self) -> datetime | None:
        """When what is live is gone, and nothing follows it at once."""
        return self._gone(self.live) if self.live else None

    @property
    def planned(self) -> list[tuple[Publication, datetime | None]]:
        """What is scheduled, each with when it is gone, if nothing follows it at once."""
        return [(publication, self._gone(publication)) for publication in self.scheduled]

    def _gone(self, publication: Publication) -> datetime | None:
        follows = {each.live_from for each in self.scheduled}
        return None if publication.live_until in follows else publication.live_until

    @property
    def review(self) -> str:
        """ "reviewed", "due", "changed" or "none"; empty where nothing is live."""
        if self.live is None:
            return ""
        if self.live.review is None:
            return "changed" if self.live.earlier_review_id else "none"
        return "due" if self.live.review.next_due <= self.today + REVIEW_SOON else "reviewed"


def status_by_language(
    drafts: Mapping[int, Snapshot | None], now: datetime
) -> dict[int, dict[str, LanguageStatus]]:
    """By treatment and language. `drafts` has each treatment's draft as it was last saved.

    Two queries whatever their number. A document is read only where the words are the same and yet
    something was saved since: a mark may be another.
    """
    result = {pk: {code: LanguageStatus(code, now.date()) for code in LANGUAGES} for pk in drafts}
    rows = (
        Publication.objects.filter(Q(live_until=None) | Q(live_until__gt=now), treatment__in=drafts)
        .select_related("treatment", "snapshot", "review")
        .defer("snapshot__document")
        .annotate(waived=Count("waivers"))
        .order_by("live_from")
    )
    unclear: list[tuple[LanguageStatus, Snapshot]] = []
    for publication in rows:
        status = result[publication.treatment_id][publication.language]
        if publication.live_from > now:
            if publication.live_from != publication.live_until:  # not withdrawn as it begins
                status.scheduled.append(publication)
            continue
        status.live, draft = publication, drafts[publication.treatment_id]
        words = f"digest_{publication.language}"
        if draft is None or draft.digest == publication.snapshot.digest:
            continue
        # Digests of words are older than the mark, and know nothing of it.
        if getattr(draft, words) == getattr(publication.snapshot, words):
            unclear.append((status, draft))
        else:
            status.draft_differs = True
    _compare_marks(unclear)
    for pk, draft in drafts.items():
        for status in result[pk].values():
            if status.draft_differs and _is_planned(draft, status):
                status.draft_differs = False
    return result


def _is_planned(draft: Snapshot, status: LanguageStatus) -> bool:
    """Whether readers see the draft in the end, whatever anybody does."""
    last = status.scheduled[-1].snapshot if status.scheduled else None
    return last is not None and last.digest == draft.digest


def _compare_marks(unclear: Collection[tuple[LanguageStatus, Snapshot]]) -> None:
    pks = {pk for status, draft in unclear for pk in (draft.pk, status.live.snapshot_id)}
    rows = Snapshot.objects.filter(pk__in=pks).values_list("pk", "document") if pks else ()
    marks = {pk: load_stored(document).to_confirm for pk, document in rows}
    for status, draft in unclear:
        status.draft_differs = marks[draft.pk] != marks[status.live.snapshot_id]
