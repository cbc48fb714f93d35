"""What would stand before patients, now and at every later moment that is planned, and what is
wrong with it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from django.db.models import F, Q
from django.utils.translation import get_language

from ..checks import BLOCKING, Finding, GlossaryTerm, Subject, findings
from ..document.content import Edition, editions_of, in_language
from ..document.json_form import load_stored
from ..document.rows import document_of
from ..language.text import has_words
from ..models import LANGUAGES, Publication, Snapshot, Term, Treatment, Waiver
from ..photos.storage import existing_renditions
from .slugs import redirects
from .waivers import waivers_of


def live_publications(treatment: Treatment, now: datetime) -> dict[str, Publication]:
    """What is live at a moment, by language; snapshots, reviews and people come with it."""
    live = treatment.publications.live(now).select_related("snapshot", "review")
    return {publication.language: publication for publication in live}


def live_editions(treatment: Treatment, now: datetime) -> dict[str, Edition | None]:
    return _editions(live_publications(treatment, now))


def _editions(live: Mapping[str, Publication]) -> dict[str, Edition | None]:
    return {
        code: in_language(document_of(live[code].snapshot), code) if code in live else None
        for code in LANGUAGES
    }


def glossary() -> tuple[GlossaryTerm, ...]:
    explained = [f"explanation_{code}" for code in LANGUAGES]
    terms = Term.objects.values_list("english", "bangla", "avoid", *explained)
    return tuple(
        GlossaryTerm(
            english, _words_of(bangla), _words_of(avoid), tuple(each or "" for each in explanations)
        )
        for english, bangla, avoid, *explanations in terms
    )


@lru_cache(maxsize=1_000)
def _words_of(lines: str) -> tuple[str, ...]:
    return tuple(filter(has_words, lines.splitlines()))


def subject_for(treatment: Treatment, editions: Mapping[str, Edition | None]) -> Subject:
    """What the checks look at: the editions, and what exists of all that they may name."""
    return Subject(
        treatment=treatment.slug,
        english=editions["en"],
        bangla=editions["bn"],
        terms=glossary(),
        slugs=frozenset(Treatment.objects.values_list("slug", flat=True)),
        old_slugs=redirects(),
        pictures=existing_renditions(
            {
                (photo.values["image"], photo.values["width"])
                for edition in editions.values()
                if edition
                for photo in edition.items("photos")
            }
        ),
    )


@dataclass(frozen=True)
class Preflight:
    """The pages as they would stand from one moment on, and what is wrong with them."""

    editions: Mapping[str, Edition | None]
    findings: list[Finding]
    waivers: dict[Finding, Waiver]  # what somebody lets stand

    @property
    def blocking(self) -> list[Finding]:
        return [
            finding
            for finding in self.findings
            if finding.level == BLOCKING and finding not in self.waivers
        ]


def check_pages(treatment: Treatment, editions: Mapping[str, Edition | None]) -> Preflight:
    """The checks of two editions, and what is waived of their findings."""
    found = list(_findings(_Asked(subject_for(treatment, editions), get_language())))
    return Preflight(editions, found, waivers_of(treatment, editions, found))


def check_draft(snapshot: Snapshot) -> Preflight:
    """The draft as a whole; a language that nobody has begun is left out."""
    return check_pages(snapshot.treatment, editions_of(load_stored(snapshot.document)))


@dataclass(frozen=True, eq=False)
class _Asked:
    """A subject and the language of the findings' words, equal to another one that says the same."""

    subject: Subject
    language: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @cached_property
    def _identity(self) -> tuple:
        subject = self.subject
        editions = tuple((code, one.identity) for code, one in subject.editions.items())
        return (
            self.language,
            subject.treatment,
            editions,
            subject.terms,
            subject.slugs,
            frozenset(subject.old_slugs.items()),
            subject.pictures,
        )


@lru_cache(maxsize=50)
def _findings(asked: _Asked) -> tuple[Finding, ...]:
    """One request asks for the same findings several times, and the next one asks again."""
    return tuple(findings(asked.subject))


@dataclass(frozen=True)
class Standing:
    """A treatment's pages as they stand from one moment on."""

    editions: Mapping[str, Edition | None]
    snapshots: Mapping[str, int]  # by language, of those that are there: the primary key


def standings(
    snapshot: Snapshot,
    languages: Collection[str],
    *,
    at: datetime,
    withdrawing: Collection[str] = (),
) -> list[Standing]:
    """The pages as patients read them until `at`, then as they would stand with the snapshot
    published in these languages: at `at`, and at every later moment that is planned already.

    In a language that is not live until then the first has what patients read last.
    """
    treatment = snapshot.treatment
    new = {code: in_language(document_of(snapshot), code) for code in languages}
    read_last = {
        row.language: row
        for row in treatment.publications.filter(live_from__lte=at)
        .exclude(live_from=F("live_until"))
        .select_related("snapshot")
        .order_by("live_from", "pk")
    }
    result = [_standing(read_last)]
    for moment in [at, *_boundaries_after(treatment, at)]:
        live = live_publications(treatment, moment)
        for code in withdrawing:
            if code in live and live[code].live_from <= at:
                del live[code]
        standing = _standing(live)
        replaced = [code for code in languages if _new_one_is_live(treatment, code, at, moment)]
        result.append(
            Standing(
                {**standing.editions, **{code: new[code] for code in replaced}},
                {**standing.snapshots, **dict.fromkeys(replaced, snapshot.pk)},
            )
        )
    return result


def _standing(live: Mapping[str, Publication]) -> Standing:
    return Standing(_editions(live), {code: row.snapshot_id for code, row in live.items()})


def check_publication(
    snapshot: Snapshot,
    languages: Collection[str],
    *,
    at: datetime,
    withdrawing: Collection[str] = (),
) -> list[Preflight]:
    """The pages as they would stand at `at` and at every later moment that is planned already.

    So what is scheduled is checked again when its counterpart changes.
    """
    _until_then, *later = standings(snapshot, languages, at=at, withdrawing=withdrawing)
    return [check_pages(snapshot.treatment, standing.editions) for standing in later]


def _boundaries_after(treatment: Treatment, at: datetime) -> list[datetime]:
    rows = treatment.publications.filter(Q(live_from__gt=at) | Q(live_until__gt=at))
    moments = {moment for row in rows for moment in (row.live_from, row.live_until)}
    return sorted(moment for moment in moments if moment and moment > at)


def _new_one_is_live(treatment: Treatment, language: str, at: datetime, moment: datetime) -> bool:
    until = _until(treatment, language, at)
    return until is None or moment < until


def _until(treatment: Treatment, language: str, at: datetime) -> datetime | None:
    """When something that goes live at `at` ends: at what is planned for the language already."""
    line = treatment.publications.filter(language=language)
    current = line.live(at).first()
    if current:
        return current.live_until
    following = line.filter(live_from__gt=at).order_by("live_from").first()
    return following.live_from if following else None
