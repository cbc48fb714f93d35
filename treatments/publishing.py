"""Keep, publish, withdraw. The only writer of snapshots and publications."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from .changes import mark_treatment
from .document import Document, Edition, from_rows, in_language, parse
from .models import LANGUAGES, Publication, Snapshot, Term, Treatment
from .quality import BLOCKING, Finding, GlossaryTerm, Subject, findings

# --- Snapshots ----------------------------------------------------------------------------------


def keep_snapshot(treatment: Treatment, *, now: datetime, by=None) -> Snapshot | None:
    """Keeps the treatment's rows as a snapshot, if they say something new; else returns None."""
    document = from_rows(treatment)
    newest = treatment.snapshots.only("digest").first()
    if newest and newest.digest == document.digest:
        return None
    return Snapshot.objects.create(
        treatment=treatment,
        document=document.json,
        digest=document.digest,
        saved_at=now,
        saved_by=by,
    )


def newest_snapshot(treatment: Treatment) -> Snapshot:
    """The draft as it was last saved. Raises Snapshot.DoesNotExist before the first save."""
    return treatment.snapshots.select_related("saved_by").latest("pk")


# --- What would stand before patients -----------------------------------------------------------


def live_publications(treatment: Treatment, now: datetime) -> dict[str, Publication]:
    """What is live now, by language; snapshots and people come with it."""
    live = treatment.publications.live(now).select_related("snapshot", "published_by")
    return {publication.language: publication for publication in live}


def live_editions(treatment: Treatment, now: datetime) -> dict[str, Edition | None]:
    live = live_publications(treatment, now)
    return {
        code: in_language(parse(live[code].snapshot.document), code) if code in live else None
        for code in LANGUAGES
    }


def glossary() -> tuple[GlossaryTerm, ...]:
    return tuple(
        GlossaryTerm(term.english, tuple(term.bangla.splitlines()), tuple(term.avoid.splitlines()))
        for term in Term.objects.all()
    )


def subject_for(treatment: Treatment, editions: Mapping[str, Edition | None]) -> Subject:
    """What the checks look at: the editions, with the glossary and the slugs that exist."""
    return Subject(
        treatment=treatment.slug,
        english=editions["en"],
        bangla=editions["bn"],
        terms=glossary(),
        slugs=frozenset(Treatment.objects.values_list("slug", flat=True)),
    )


def draft_findings(treatment: Treatment, document: Document) -> list[Finding]:
    editions = {code: in_language(document, code) for code in LANGUAGES if document.prose[code]}
    return findings(subject_for(treatment, {"en": None, "bn": None} | editions))


def findings_if_published(
    snapshot: Snapshot,
    languages: Collection[str],
    *,
    now: datetime,
    withdrawing: Collection[str] = (),
) -> list[Finding]:
    """Findings on the pages as they would stand: the new languages beside whatever stays live."""
    document = parse(snapshot.document)
    editions = live_editions(snapshot.treatment, now)
    editions.update(dict.fromkeys(withdrawing))
    editions.update({code: in_language(document, code) for code in languages})
    return findings(subject_for(snapshot.treatment, editions))


# --- Publish and withdraw -----------------------------------------------------------------------


@dataclass(frozen=True)
class WayOn:
    """Another publication of the same snapshot that would not be refused."""

    publish: tuple[str, ...]
    withdraw: tuple[str, ...]


class Refused(Exception):
    """Nothing was published. `blocking` says why; `ways_on` what would go through instead."""

    def __init__(self, blocking: list[Finding], ways_on: list[WayOn]):
        super().__init__("; ".join(str(finding.message) for finding in blocking))
        self.blocking = blocking
        self.ways_on = ways_on


def blocking_among(found: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.level == BLOCKING]


@transaction.atomic
def publish(
    snapshot: Snapshot,
    languages: Collection[str],
    *,
    now: datetime,
    by=None,
    withdrawing: Collection[str] = (),
) -> list[Publication]:
    """Makes the snapshot live in the given languages, and withdraws others, all or nothing.

    Raises Refused where the pages as they would stand have a blocking finding, and ValueError for
    an unknown language or one that is to be both published and withdrawn.
    """
    if not languages or {*languages, *withdrawing} - {*LANGUAGES} or {*languages} & {*withdrawing}:
        raise ValueError(f"cannot publish {languages!r} and withdraw {withdrawing!r}")
    Treatment.objects.select_for_update().get(pk=snapshot.treatment_id)
    found = findings_if_published(snapshot, languages, now=now, withdrawing=withdrawing)
    if blocking := blocking_among(found):
        raise Refused(blocking, _ways_on(snapshot, languages, now))
    mark_treatment(snapshot.treatment_id)
    withdraw(snapshot.treatment, withdrawing, now=now, by=by)
    document = parse(snapshot.document)
    published = []
    for language in LANGUAGES:
        if language not in languages:
            continue
        open_ones = snapshot.treatment.publications.filter(language=language, live_until=None)
        if open_ones.filter(snapshot=snapshot).exists():
            continue  # these very words are live already
        open_ones.update(live_until=now)
        published.append(
            Publication.objects.create(
                treatment=snapshot.treatment,
                snapshot=snapshot,
                language=language,
                title=document.prose[language]["title"],
                summary=document.prose[language]["summary"],
                live_from=now,
                published_by=by,
            )
        )
    return published


def _ways_on(snapshot: Snapshot, languages: Collection[str], now: datetime) -> list[WayOn]:
    live = set(live_publications(snapshot.treatment, now))
    others = tuple(code for code in LANGUAGES if code not in languages and code in live)
    if not others:
        return []
    ways = [WayOn(LANGUAGES, ()), WayOn(tuple(languages), others)]
    return [
        way
        for way in ways
        if not blocking_among(
            findings_if_published(snapshot, way.publish, now=now, withdrawing=way.withdraw)
        )
    ]


@transaction.atomic
def withdraw(
    treatment: Treatment, languages: Collection[str], *, now: datetime, by=None
) -> list[str]:
    """Ends what is live in the given languages, at once and without any check.

    Returns the languages that were live.
    """
    mark_treatment(treatment.pk)
    live = treatment.publications.live(now).filter(language__in=languages)
    ended = sorted(live.values_list("language", flat=True))
    live.update(live_until=now, withdrawn_by=by)
    return ended
