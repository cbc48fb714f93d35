"""What staff should know first: every treatment in both languages, and what to do next.

A handful of queries whatever the number of treatments.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..document.sections import SOURCED
from ..models import (
    LANGUAGES,
    Clinic,
    Helpful,
    Publication,
    ShippedWords,
    Snapshot,
    Source,
    Treatment,
)
from .clinic_blocks import BLOCKS
from .status import LanguageStatus, status_by_language


@dataclass
class Cell:
    """One language of one treatment: how it stands, and what its readers said of the live words."""

    status: LanguageStatus
    helpful: int = 0
    not_helpful: int = 0
    missing: list[tuple[str, int]] = field(default_factory=list)  # what those missed, how many


@dataclass
class Row:
    """One treatment."""

    treatment: Treatment
    url: str
    saved_at: datetime | None = None
    blocking: int = 0
    advice: int = 0
    unconfirmed: int = 0  # texts that nobody has read in both languages
    offered: bool = False  # newer words came with the site
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def url_of_reading(self) -> str:
        return reverse("admin:treatments_treatment_publish", args=[self.treatment.pk])

    @property
    def url_of_offer(self) -> str:
        return reverse("admin:treatments_treatment_shipped", args=[self.treatment.pk])

    @property
    def languages(self) -> list[Cell]:
        return [self.cells[code] for code in LANGUAGES]


def rows(now: datetime) -> list[Row]:
    treatments = Treatment.objects.prefetch_related("translations").order_by("position", "pk")
    by_pk = {
        treatment.pk: Row(
            treatment, reverse("admin:treatments_treatment_change", args=[treatment.pk])
        )
        for treatment in treatments
    }
    newest = _newest_snapshots()
    _add_drafts(by_pk, newest)
    by_treatment = status_by_language({pk: newest.get(pk) for pk in by_pk}, now)
    for pk, row in by_pk.items():
        row.cells = {code: Cell(status) for code, status in by_treatment[pk].items()}
    _add_answers(by_pk, now)
    for pk in ShippedWords.objects.exclude(offered="").values_list("treatment", flat=True):
        by_pk[pk].offered = True
    return list(by_pk.values())


def _newest_snapshots() -> dict[int, Snapshot]:
    pks = Snapshot.objects.order_by().values("treatment").annotate(newest=Max("pk"))
    snapshots = Snapshot.objects.defer("document").filter(pk__in=pks.values("newest"))
    return {snapshot.treatment_id: snapshot for snapshot in snapshots}


def _add_drafts(by_pk: dict[int, Row], newest: dict[int, Snapshot]) -> None:
    for pk, snapshot in newest.items():
        row = by_pk[pk]
        row.saved_at = snapshot.saved_at
        row.blocking, row.advice = snapshot.blocking, snapshot.advice
        row.unconfirmed = snapshot.unconfirmed


def _add_answers(by_pk: dict[int, Row], now: datetime) -> None:
    live = Publication.objects.live(now)
    for answer in (
        Helpful.objects.filter(publication__in=live.values("pk"))
        .annotate(treatment=F("publication__treatment"), language=F("publication__language"))
        .order_by("-count")
    ):
        cell = by_pk[answer.treatment].cells[answer.language]
        if answer.missing:
            cell.missing.append((answer.get_missing_display(), answer.count))
        elif answer.answer == Helpful.Answer.YES:
            cell.helpful = answer.count
        else:
            cell.not_helpful = answer.count


def to_do(listed: list[Row], *, may_write: bool, may_confirm: bool) -> list[dict[str, str]]:
    """What to do next, the most pressing first: `[{"text": …, "url": …}, …]`."""
    return [
        *_clinic_to_do(),
        *_withdrawn_sources(),
        *_treatments_to_do(listed, may_write, may_confirm),
    ]


MOST_NAMED = 5  # sentences that rest on one source


def _withdrawn_sources() -> list[dict[str, str]]:
    """Each withdrawn source with the sentences that rest on it."""
    listed = []
    for source in Source.objects.exclude(standing="").select_related("treatment"):
        sentences = [
            str(row)
            for section, name in SOURCED
            for row in section.model.objects.filter(**{name: source})
        ]
        if sentences:
            named = "; ".join(f"“{sentence}”" for sentence in sentences[:MOST_NAMED])
            more = len(sentences) - MOST_NAMED
            text = _("%(name)s: “%(source)s” was withdrawn. On it rest: %(sentences)s") % {
                "name": source.treatment,
                "source": source,
                "sentences": named + (_(" and %(number)s more") % {"number": more}) * (more > 0),
            }
            url = reverse("admin:treatments_treatment_change", args=[source.treatment_id])
            listed.append({"text": text, "url": url})
    return listed


def _clinic_to_do() -> list[dict[str, str]]:
    clinic = Clinic.the_one()
    return [
        {"text": block.task, "url": reverse("admin:treatments_clinic_block", args=[block.key])}
        for block in BLOCKS.values()
        if block.missing(clinic)
    ]


def _treatments_to_do(
    listed: list[Row], may_write: bool, may_confirm: bool
) -> list[dict[str, str]]:
    sentences = {
        "offered": _("%(name)s: the site brings newer words. See which of them your page needs."),
        "blocking": _("%(name)s: the draft has findings that must be put right."),
        "unconfirmed": _("%(name)s: %(number)s to be read in both languages."),
        "ahead": _("%(name)s: the draft is ahead of the live page. Publish it when it is ready."),
        "due": _("%(name)s: a review is due."),
        "none": _("%(name)s: no clinician has reviewed the live words yet."),
        "dark": _("%(name)s: not live in any language."),
    }
    wanted = defaultdict(list)
    for row in listed:
        cells = row.cells.values()
        reasons = {
            "offered": row.offered and may_write,
            "blocking": row.blocking,
            "unconfirmed": row.unconfirmed and may_confirm,
            "ahead": any(cell.status.draft_differs for cell in cells),
            "due": any(cell.status.review == "due" for cell in cells),
            "none": any(cell.status.review in ("none", "changed") for cell in cells),
            "dark": not any(cell.status.live or cell.status.scheduled for cell in cells),
        }
        urls = {"offered": row.url_of_offer, "unconfirmed": row.url_of_reading}
        for reason, holds in reasons.items():
            if holds:
                number = ngettext("%d text", "%d texts", row.unconfirmed) % row.unconfirmed
                text = sentences[reason] % {"name": row.treatment, "number": number}
                wanted[reason].append({"text": text, "url": urls.get(reason, row.url)})
    return [entry for reason in sentences for entry in wanted[reason][:5]]
