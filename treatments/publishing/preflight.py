"""What would stand before patients, at a moment and at every later one that is planned, and what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ..checks import Finding, GlossaryTerm, Subject, findings
from ..document.content import Document, Edition, in_language
from ..document.form import read_kept
from ..document.rows import as_shown
from ..language.text import says_something
from ..models import (
    LANGUAGES,
    Publication,
    Snapshot,
    Term,
    Treatment,
    Waiver,
)
from ..photos.storage import there
from .slugs import leading_on
from .waivers import _unwaived, _waived


def live_publications(treatment: Treatment, now: datetime) -> dict[str, Publication]:
    """What is live at a moment, by language; snapshots, reviews and people come with it."""
    live = treatment.publications.live(now).select_related("snapshot", "published_by", "review")
    return {publication.language: publication for publication in live}


def live_editions(treatment: Treatment, now: datetime) -> dict[str, Edition | None]:
    return _editions(live_publications(treatment, now))


def _editions(live: Mapping[str, Publication]) -> dict[str, Edition | None]:
    return {
        code: in_language(as_shown(read_kept(live[code].snapshot.document)), code)
        if code in live
        else None
        for code in LANGUAGES
    }


def glossary() -> tuple[GlossaryTerm, ...]:
    return tuple(
        GlossaryTerm(
            term.english,
            _words_of(term.bangla),
            _words_of(term.avoid),
            tuple(getattr(term, f"explanation_{code}") or "" for code in LANGUAGES),
        )
        for term in Term.objects.all()
    )


def _words_of(lines: str) -> tuple[str, ...]:
    return tuple(filter(says_something, lines.splitlines()))


def subject_for(treatment: Treatment, editions: Mapping[str, Edition | None]) -> Subject:
    """What the checks look at: the editions, and what exists of all that they may name."""
    return Subject(
        treatment=treatment.slug,
        english=editions["en"],
        bangla=editions["bn"],
        terms=glossary(),
        slugs=frozenset(Treatment.objects.values_list("slug", flat=True)),
        old_slugs=leading_on(),
        pictures=there(
            {
                (photo.values["image"], photo.values["width"])
                for edition in editions.values()
                if edition
                for photo in edition.items("photos")
            }
        ),
    )


def draft_findings(treatment: Treatment, document: Document) -> list[Finding]:
    """Findings on a document as a whole, waived ones too. A language not begun is left out."""
    editions = {code: in_language(document, code) for code in LANGUAGES if document.prose[code]}
    return findings(subject_for(treatment, {"en": None, "bn": None} | editions))


@dataclass(frozen=True)
class Standing:
    """The pages as they would stand from one moment on, and what is wrong with them."""

    editions: Mapping[str, Edition | None]
    findings: list[Finding]
    waived: dict[Finding, Waiver]

    @property
    def blocking(self) -> list[Finding]:
        return _unwaived(self.findings, self.waived)


def standings_if_published(
    snapshot: Snapshot,
    languages: Collection[str],
    *,
    at: datetime,
    withdrawing: Collection[str] = (),
) -> list[Standing]:
    """The pages as they would stand at `at` and at every later moment that is planned already.

    So what is scheduled is checked again when its counterpart changes.
    """
    treatment = snapshot.treatment
    document = as_shown(read_kept(snapshot.document))
    new = {code: in_language(document, code) for code in languages}
    standings = []
    for moment in [at, *_boundaries_after(treatment, at)]:
        live = live_publications(treatment, moment)
        for code in withdrawing:
            if code in live and live[code].live_from <= at:
                del live[code]
        editions = _editions(live)
        for code in languages:
            if _new_one_is_live(treatment, code, at, moment):
                editions[code] = new[code]
        standings.append(_standing(treatment, editions))
    return standings


def _boundaries_after(treatment: Treatment, at: datetime) -> list[datetime]:
    rows = treatment.publications.filter(Q(live_from__gt=at) | Q(live_until__gt=at))
    moments = {moment for row in rows for moment in (row.live_from, row.live_until)}
    return sorted(moment for moment in moments if moment and moment > at)


def _new_one_is_live(treatment: Treatment, language: str, at: datetime, moment: datetime) -> bool:
    until = _until(treatment, language, at)
    return until is None or moment < until


def _standing(treatment: Treatment, editions: Mapping[str, Edition | None]) -> Standing:
    found = findings(subject_for(treatment, editions))
    return Standing(editions, found, _waived(treatment, editions, found))


def _until(treatment: Treatment, language: str, at: datetime) -> datetime | None:
    """When something that goes live at `at` ends: at what is planned for the language already."""
    line = treatment.publications.filter(language=language)
    current = line.live(at).first()
    if current:
        return current.live_until
    following = line.filter(live_from__gt=at).order_by("live_from").first()
    return following.live_from if following else None
