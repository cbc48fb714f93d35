"""What staff should know first: what waits for them, and every treatment in both languages.

A handful of queries whatever the number of treatments.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..document.sections import SOURCED
from ..language.active import date_in_words, in_active_digits
from ..language.text import comparison_key
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
from ..publishing.waiting import Unread, unread_by_treatment
from .clinic_blocks import BLOCKS
from .status import LanguageStatus, status_by_language

A_PAGE = 50  # treatments
MOST_WAITING = 6  # pages that are named before the list of all


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
    unread: Unread | None = None  # texts that nobody has read in both languages
    offered: bool = False  # newer words came with the site
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def unconfirmed(self) -> int:
        return self.unread.number if self.unread else 0

    @property
    def titles(self) -> dict[str, str]:
        rows = self.treatment.translations.all()
        return {row.language_code: row.title for row in rows if row.title}

    @property
    def differs(self) -> bool:
        return any(cell.status.draft_differs for cell in self.cells.values())

    @property
    def is_dark(self) -> bool:
        """Patients read it in no language, and nothing is planned."""
        states = [cell.status for cell in self.cells.values()]
        return not any(status.live or status.scheduled for status in states)

    @property
    def is_ready(self) -> bool:
        """Whether a Publisher may publish it as it was last saved, and patients would see more."""
        read = self.saved_at and not (self.blocking or self.unread)
        return bool(read and (self.differs or self.is_dark))

    def has_review(self, *states: str) -> bool:
        return any(cell.status.review in states for cell in self.cells.values())

    @property
    def url_of_review(self) -> str:
        return reverse("admin:treatments_treatment_review", args=[self.treatment.pk])

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
    for pk, unread in unread_by_treatment().items():
        by_pk[pk].unread = unread


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


# --- What waits for one person --------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A page that waits for somebody: why, since when where that is known, and where to go."""

    kind: str  # "read", "changed", "due" or "publish"
    row: Row
    text: str
    url: str
    since: datetime | None = None

    @property
    def listed_under(self) -> str:
        """The filter of the list of all that shows its like."""
        return {"changed": "review", "due": "review", "publish": "ready"}.get(self.kind, self.kind)


def waiting_for(
    listed: Iterable[Row], *, may_review: bool, may_publish: bool
) -> list[Waiting] | None:
    """What a Reviewer or a Publisher comes for, what has waited longest first.

    None for somebody who is neither.
    """
    if not (may_review or may_publish):
        return None
    kinds: list[Callable[[Row], Waiting | None]] = [
        *((_unread, _changed_since_review, _review_due) if may_review else ()),
        *((_ready,) if may_publish else ()),
    ]
    result: list[Waiting] = []
    for kind in kinds:
        waiting = filter(None, map(kind, listed))
        result += sorted(waiting, key=lambda each: each.since.timestamp() if each.since else 0)
    return result


def _unread(row: Row) -> Waiting | None:
    if not row.unread:
        return None
    text = ngettext(
        "%d text to be read in both languages", "%d texts to be read in both languages",
        row.unread.number,
    ) % row.unread.number  # fmt: skip
    return Waiting("read", row, in_active_digits(text), row.url_of_reading, row.unread.since)


def _changed_since_review(row: Row) -> Waiting | None:
    changed = [cell.status for cell in row.cells.values() if cell.status.review == "changed"]
    if not changed:
        return None
    since = min(status.live.live_from for status in changed)
    return Waiting("changed", row, _("changed since its review"), row.url_of_review, since)


def _review_due(row: Row) -> Waiting | None:
    due = [cell.status.live.review for cell in row.cells.values() if cell.status.review == "due"]
    if not due:
        return None
    day = date_in_words(min(review.next_due for review in due), "j F Y")
    return Waiting("due", row, _("review due on %(day)s") % {"day": day}, row.url_of_review)


def _ready(row: Row) -> Waiting | None:
    if not row.is_ready:
        return None
    return Waiting("publish", row, _("ready to be published"), row.url_of_reading, row.saved_at)


# --- The list of all ------------------------------------------------------------------------------

FILTERS: Mapping[str, tuple[str, Callable[[Row], bool]]] = {
    "": (gettext_lazy("All"), lambda row: True),
    "needs": (
        gettext_lazy("Needs something"),
        lambda row: bool(row.blocking or row.unread or row.offered),
    ),
    "read": (gettext_lazy("To be read"), lambda row: bool(row.unread)),
    "ready": (gettext_lazy("Ready to publish"), lambda row: row.is_ready),
    "differs": (gettext_lazy("Draft differs"), lambda row: row.differs),
    "dark": (gettext_lazy("Not live"), lambda row: row.is_dark),
    "review": (gettext_lazy("Review due"), lambda row: row.has_review("due", "changed")),
}


@dataclass(frozen=True)
class Chip:
    """One choice above the list, and how many treatments it leaves."""

    key: str
    label: str
    number: int
    is_chosen: bool


class Listing:
    """The treatments that somebody asked for by a name or a state, a page of them at a time."""

    def __init__(self, listed: list[Row], asked: Mapping[str, str]):
        self.find = " ".join(asked.get("find", "").split())[:100]
        self.show = asked.get("show", "") if asked.get("show", "") in FILTERS else ""
        named = [row for row in listed if self._is_named(row)]
        self.chips = [
            Chip(key, label, sum(map(holds, named)), key == self.show)
            for key, (label, holds) in FILTERS.items()
        ]
        _label, holds = FILTERS[self.show]
        self.page = Paginator(list(filter(holds, named)), A_PAGE).get_page(asked.get("page"))

    def _is_named(self, row: Row) -> bool:
        said = comparison_key("\n".join([row.treatment.slug, *row.titles.values()]))
        return all(word in said for word in comparison_key(self.find).split())


# --- What to do next ------------------------------------------------------------------------------


def to_do(
    listed: list[Row],
    *,
    may_write: bool,
    may_confirm: bool,
    may_review: bool,
    may_publish: bool,
    may_keep_clinic: bool,
) -> list[dict[str, str]]:
    """What else to do, the most pressing first: `[{"text": …, "url": …}, …]`."""
    return [
        *(_clinic_to_do() if may_keep_clinic else ()),
        *_withdrawn_sources(),
        *_treatments_to_do(listed, may_write, may_confirm, may_review, may_publish),
    ]


MOST_NAMED = 5  # sentences that rest on one source


def _withdrawn_sources() -> list[dict[str, str]]:
    """Each withdrawn source with the sentences that rest on it."""
    listed = []
    withdrawn = Source.objects.exclude(standing="").prefetch_related("treatment__translations")
    resting = _resting_on(withdrawn)
    for source in withdrawn:
        if sentences := resting.get(source.pk):
            named = "; ".join(f"“{sentence}”" for sentence in sentences[:MOST_NAMED])
            more = len(sentences) - MOST_NAMED
            text = _("%(name)s: “%(source)s” was withdrawn. On it rest: %(sentences)s") % {
                "name": source.treatment,
                "source": source,
                "sentences": named
                + (_(" and %(number)s more") % {"number": in_active_digits(more)}) * (more > 0),
            }
            url = reverse("admin:treatments_treatment_change", args=[source.treatment_id])
            listed.append({"text": text, "url": url})
    return listed


def _resting_on(sources: Collection[Source]) -> dict[int, list[str]]:
    """The sentences that rest on each source, by its primary key; a query a section."""
    found: dict[int, list[str]] = {}
    for section, name in SOURCED if sources else ():
        for row in section.model.objects.filter(**{f"{name}__in": sources}):
            found.setdefault(getattr(row, f"{name}_id"), []).append(str(row))
    return found


def _clinic_to_do() -> list[dict[str, str]]:
    clinic = Clinic.the_one()
    return [
        {"text": block.task, "url": reverse("admin:treatments_clinic_block", args=[block.key])}
        for block in BLOCKS.values()
        if block.missing(clinic)
    ]


def _treatments_to_do(
    listed: list[Row], may_write: bool, may_confirm: bool, may_review: bool, may_publish: bool
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
        ready = row.is_ready and may_publish  # said with what waits, as what a Reviewer reads is
        reasons = {
            "offered": row.offered and may_write,
            "blocking": row.blocking,
            "unconfirmed": row.unread and may_confirm and not may_review,
            "ahead": row.differs and not ready,
            "due": row.has_review("due") and not may_review,
            "none": row.has_review("none", *(() if may_review else ("changed",))),
            "dark": row.is_dark and not ready,
        }
        urls = {"offered": row.url_of_offer, "unconfirmed": row.url_of_reading}
        for reason, holds in reasons.items():
            if holds:
                number = in_active_digits(
                    ngettext("%d text", "%d texts", row.unconfirmed) % row.unconfirmed
                )
                text = sentences[reason] % {"name": row.treatment, "number": number}
                wanted[reason].append({"text": text, "url": urls.get(reason, row.url)})
    return [entry for reason in sentences for entry in wanted[reason][:5]]
