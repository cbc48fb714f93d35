"""Keep, review, publish, schedule, withdraw, restore, remove a photo. The only writer of these
tables.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from ..checks import BLOCKING, Finding, GlossaryTerm, Subject, can_be_waived, findings
from ..document.content import (
    Document,
    Edition,
    as_shown,
    from_rows,
    in_language,
    read_kept,
    to_rows,
    told,
)
from ..document.staleness import Stale, still_behind
from ..language.text import says_something
from ..models import (
    LANGUAGES,
    Photo,
    Picture,
    Publication,
    Review,
    Snapshot,
    Term,
    Treatment,
    Waiver,
)
from ..photos.storage import delete_files, there
from .slugs import leading_on

# --- Snapshots ----------------------------------------------------------------------------------


@transaction.atomic
def keep_snapshot(
    treatment: Treatment,
    *,
    now: datetime,
    by=None,
    minor: bool = False,
    restored_from: Snapshot | None = None,
) -> Snapshot | None:
    """Keeps the treatment's rows as a snapshot, if they say something new; else returns None.

    `minor`: the Bangla need not follow what changed in the English. Not believed for numbers,
    negations and safety lists.
    """
    document = from_rows(treatment)
    before = treatment.snapshots.first()
    said = (
        read_kept(before.document) if before else None
    )  # in today's schema, so not its stored digest
    if said and said.digest == document.digest:
        return None
    editions = {code: in_language(document, code) for code in LANGUAGES}
    found = draft_findings(treatment, document)
    blocking = _unwaived(found, draft_waivers(treatment, document, found))
    snapshot = Snapshot.objects.create(
        treatment=treatment,
        document=document.json,
        digest=document.digest,
        **{f"digest_{code}": editions[code].digest for code in LANGUAGES},
        **{f"medical_{code}": editions[code].medical_digest for code in LANGUAGES},
        saved_at=now,
        saved_by=by,
        blocking=len(blocking),
        advice=sum(finding.level != BLOCKING for finding in found),
        minor=minor,
        restored_from=restored_from,
    )
    if before:
        behind = still_behind(
            [Stale(**place) for place in before.behind],
            said,
            document,
            now=snapshot.pk,
            minor=minor,
        )
        snapshot.behind = [vars(place) for place in behind]
        snapshot.save(update_fields=["behind"])
    return snapshot


def newest_snapshot(treatment: Treatment) -> Snapshot:
    """The draft as it was last saved. Raises Snapshot.DoesNotExist before the first save."""
    return treatment.snapshots.select_related("saved_by").latest("pk")


def read_otherwise(draft: Snapshot, live: Snapshot, language: str) -> bool:
    """Whether readers of a language would see a difference: in its words, or in their marks."""
    name = f"digest_{language}"
    if getattr(draft, name) != getattr(live, name):
        return True
    # Digests of words are older than the mark, and know nothing of it.
    if draft.digest == live.digest:
        return False
    return read_kept(draft.document).to_confirm != read_kept(live.document).to_confirm


def confirm_bangla(snapshot: Snapshot) -> None:
    """Somebody has read the Bangla beside the English: it follows."""
    Snapshot.objects.filter(pk=snapshot.pk).update(behind=[])


@transaction.atomic
def restore(snapshot: Snapshot, *, now: datetime, by=None) -> Snapshot | None:
    """Makes the draft say again what it said then: both languages and all items.

    Photos that were removed everywhere stay away. Nothing live changes. Returns the new snapshot,
    or None where the draft says it already.
    """
    treatment = Treatment.objects.select_for_update().get(pk=snapshot.treatment_id)
    to_rows(as_shown(read_kept(snapshot.document)), treatment)
    return keep_snapshot(treatment, now=now, by=by, restored_from=snapshot)


# --- What would stand before patients -----------------------------------------------------------


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


# --- Waivers ------------------------------------------------------------------------------------


def words_digest(
    editions: Mapping[str, Edition | None], section: str, item: str, field: str = ""
) -> str:
    """Of everything a finding at this place is about, in both languages."""
    parts: list[object] = []
    for code in LANGUAGES:
        edition = editions.get(code)
        if edition is None:
            parts.append(None)
        elif section == "prose":
            parts.append((edition.prose or {}).get(item))
        elif section == "plan":
            parts.append(edition.plan)
        elif section == "result_lasts":
            parts.append(edition.result_lasts)
        else:
            entries = [entry for entry in edition.items(section) if not item or entry.uid == item]
            younger = ("unsure",)  # waivers' digests do hold that a step has no drawing
            parts.append(
                [[entry.uid, told(entry.values, younger), entry.texts] for entry in entries]
            )
    parts.append(editions["en"].plan if editions.get("en") else None)
    text = json.dumps([section, item, *parts], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _waived(
    treatment: Treatment, editions: Mapping[str, Edition | None], found: Iterable[Finding]
) -> dict[Finding, Waiver]:
    waivers = {
        (waiver.check_id, waiver.section, waiver.item, waiver.field, waiver.digest): waiver
        for waiver in treatment.waivers.select_related("waived_by")
    }
    waived = {}
    for finding in found if waivers else ():
        digest = words_digest(editions, finding.section, finding.item)
        key = (finding.check, finding.section, finding.item, finding.field, digest)
        if key in waivers and can_be_waived(finding):
            waived[finding] = waivers[key]
    return waived


def _unwaived(found: Iterable[Finding], waived: Mapping[Finding, Waiver]) -> list[Finding]:
    return [finding for finding in found if finding.level == BLOCKING and finding not in waived]


def draft_waivers(
    treatment: Treatment, document: Document, found: Iterable[Finding]
) -> dict[Finding, Waiver]:
    return _waived(treatment, _begun(document), found)


def _begun(document: Document) -> dict[str, Edition | None]:
    return {
        code: in_language(document, code) if document.prose[code] else None for code in LANGUAGES
    }


class NotForAPerson(ValueError):
    """A finding that nobody can judge to be none: something is simply missing."""


def waive(snapshot: Snapshot, finding: Finding, *, reason: str, now: datetime, by=None) -> Waiver:
    """Lets one finding on a snapshot stand.

    Raises ValueError without a reason, ValidationError with words for staff where it cannot be
    kept as it is, and NotForAPerson where the finding must be put right.
    """
    if not can_be_waived(finding):
        raise NotForAPerson(finding.check)
    if not says_something(reason):
        raise ValueError("a waiver needs a reason")
    digest = words_digest(_begun(read_kept(snapshot.document)), finding.section, finding.item)
    waiver = Waiver(
        treatment=snapshot.treatment,
        check_id=finding.check,
        section=finding.section,
        item=finding.item,
        field=finding.field,
        digest=digest,
        finding=str(finding.message),
        reason=reason,
        waived_by=by,
        waived_at=now,
    )
    waiver.clean_fields(exclude={"waived_by"})
    waiver.save()
    return waiver


# --- Publish, schedule, withdraw ------------------------------------------------------------------


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


def _blocking(standings: Iterable[Standing]) -> list[Finding]:
    return list(dict.fromkeys(finding for each in standings for finding in each.blocking))


@transaction.atomic
def publish(
    snapshot: Snapshot,
    languages: Collection[str],
    *,
    now: datetime,
    by=None,
    withdrawing: Collection[str] = (),
    at: datetime | None = None,
) -> list[Publication]:
    """Makes the snapshot live in the given languages, and withdraws others, all or nothing.

    `at`: a later moment; the words are frozen and checked now and go live by the clock.
    Raises Refused where the pages as they would stand, then or at any moment planned after it,
    have a blocking finding; and ValueError for an unknown language, one that is to be both
    published and withdrawn, or a moment in the past.
    """
    if not languages or {*languages, *withdrawing} - {*LANGUAGES} or {*languages} & {*withdrawing}:
        raise ValueError(f"cannot publish {languages!r} and withdraw {withdrawing!r}")
    at = at or now
    if at < now:
        raise ValueError("cannot publish in the past")
    treatment = Treatment.objects.select_for_update().get(pk=snapshot.treatment_id)
    standings = standings_if_published(snapshot, languages, at=at, withdrawing=withdrawing)
    if blocking := _blocking(standings):
        raise Refused(blocking, _ways_on(snapshot, languages, at))
    withdraw(treatment, withdrawing, now=now, by=by, at=at, keep_planned=True)
    document = as_shown(read_kept(snapshot.document))
    waivers = set(standings[0].waived.values())
    published = []
    for language in LANGUAGES:
        if language in languages:
            publication = _place(snapshot, document, language, at, by)
            if publication:
                publication.waivers.set(waivers)
                published.append(publication)
    return published


def _place(
    snapshot: Snapshot, document: Document, language: str, at: datetime, by
) -> Publication | None:
    """Puts a publication on the language's time line; None where these very words are there."""
    treatment = snapshot.treatment
    line = treatment.publications.filter(language=language)
    until = _until(treatment, language, at)
    current = line.live(at).first()
    if current and current.snapshot_id == snapshot.pk:
        return None
    if current:
        line.filter(pk=current.pk).update(live_until=at)
    publication = Publication(
        treatment=treatment,
        snapshot=snapshot,
        language=language,
        title=document.prose[language]["title"],
        summary=document.prose[language]["summary"],
        live_from=at,
        live_until=until,
        published_by=by,
        withdrawn=current.withdrawn if current else False,
        withdrawn_by=current.withdrawn_by if current else None,
    )
    _bind_review(publication)
    publication.save()
    publication.pictures.set(_pictures_of(document, at))
    return publication


def _pictures_of(document: Document, now: datetime) -> list[Picture]:
    """Its photos' rows, which they may not yet have if their files were copied here."""
    return [
        Picture.objects.get_or_create(
            name=photo.values["image"],
            defaults={
                "width": photo.values["width"],
                "height": photo.values["height"],
                "uploaded_at": now,
            },
        )[0]
        for photo in document.items("photos")
    ]


def _until(treatment: Treatment, language: str, at: datetime) -> datetime | None:
    """When something that goes live at `at` ends: at what is planned for the language already."""
    line = treatment.publications.filter(language=language)
    current = line.live(at).first()
    if current:
        return current.live_until
    following = line.filter(live_from__gt=at).order_by("live_from").first()
    return following.live_from if following else None


def _ways_on(snapshot: Snapshot, languages: Collection[str], at: datetime) -> list[WayOn]:
    live = set(live_publications(snapshot.treatment, at))
    others = tuple(code for code in LANGUAGES if code not in languages and code in live)
    if not others:
        return []
    ways = [WayOn(LANGUAGES, ()), WayOn(tuple(languages), others)]
    return [
        way
        for way in ways
        if not _blocking(
            standings_if_published(snapshot, way.publish, at=at, withdrawing=way.withdraw)
        )
    ]


@transaction.atomic
def withdraw(
    treatment: Treatment,
    languages: Collection[str],
    *,
    now: datetime,
    by=None,
    at: datetime | None = None,
    keep_planned: bool = False,
) -> list[str]:
    """Ends what is live in the given languages, at once or at a later moment, without any check.

    What is planned for later is cancelled too, or else the page would come back by itself.
    Returns the languages that were live then.
    """
    at = at or now
    if at < now:
        raise ValueError("cannot withdraw in the past")
    line = treatment.publications.filter(language__in=languages)
    if not keep_planned:
        for publication in line.filter(live_from__gt=at):
            cancel_scheduled(publication, now=now)
    live = line.live(at)
    ended = sorted(live.values_list("language", flat=True))
    live.update(live_until=at, withdrawn=True, withdrawn_by=by)
    return ended


@transaction.atomic
def cancel_scheduled(publication: Publication, *, now: datetime) -> None:
    """Takes back a publication that has not begun; what it was to replace stays live.

    Raises ValueError for one that has begun.
    """
    if publication.live_from <= now:
        raise ValueError("only what has not begun can be cancelled")
    treatment = publication.treatment
    start, until = publication.live_from, publication.live_until
    line = treatment.publications.filter(language=publication.language)
    publication.delete()
    line.filter(live_until=start, withdrawn=False).update(live_until=until)


# --- Removing a photo everywhere ------------------------------------------------------------------


def remove_photo(picture: Picture, *, because: str, now: datetime, by=None) -> list[Treatment]:
    """Takes a picture from every draft, live page and saved version, for good.

    Documents that were kept stay as they are, and are shown without it. Returns the treatments
    whose drafts are other than before. `because` is one of RemovedBecause.

    Raises NotDeleted where its files are still in the storage; it is removed all the same.
    """
    with transaction.atomic():
        # Whoever is just saving, restoring or publishing is waited for, or waits and then sees it.
        treatments = list(Treatment.objects.select_for_update().order_by("pk"))
        rows = Picture.objects.filter(pk=picture.pk, removed_at=None)
        rows.update(removed_at=now, removed_by=by, removed_because=because)
        photos = Photo.objects.filter(image=picture.name)
        drafts = set(photos.values_list("treatment", flat=True))
        photos.delete()
        changed = [treatment for treatment in treatments if treatment.pk in drafts]
        for treatment in changed:
            keep_snapshot(treatment, now=now, by=by)
    delete_files(picture)
    return changed


# --- Reviews --------------------------------------------------------------------------------------


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
    publication.review = reviews.filter(digest=digest).first()
    publication.earlier_review, publication.changed_since_review = None, []
    if publication.review is None and (earlier := reviews.first()):
        publication.earlier_review = earlier
        publication.changed_since_review = _changed_parts(
            in_language(read_kept(earlier.snapshot.document), language),
            in_language(read_kept(snapshot.document), language),
        )


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
