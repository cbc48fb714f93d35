"""Keep, review, publish, schedule, withdraw, restore, remove a photo. The only writer of these
tables.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ..checks import Finding
from ..document.content import Document
from ..document.rows import document_of
from ..models import LANGUAGES, Act, Picture, Publication, Snapshot, Treatment, audit, name_of
from .comparison import Difference, compare
from .preflight import Preflight, _until, check_publication, live_publications
from .reviews import _bind_review


@dataclass(frozen=True)
class Alternative:
    """Another publication of the same snapshot that would not be refused."""

    publish: tuple[str, ...]
    withdraw: tuple[str, ...]


class Refused(Exception):
    """Nothing was published.

    `blocking` and `unconfirmed` say why; `alternatives` what the checks would let through instead.
    """

    def __init__(
        self,
        blocking: list[Finding],
        alternatives: list[Alternative],
        unconfirmed: list[Difference],
    ):
        reasons = [finding.in_full for finding in blocking]
        reasons += [f"{difference.place}: not confirmed" for difference in unconfirmed]
        super().__init__("; ".join(reasons))
        self.blocking = blocking
        self.alternatives = alternatives
        self.unconfirmed = unconfirmed


def _blocking(results: Iterable[Preflight]) -> list[Finding]:
    return list(dict.fromkeys(finding for each in results for finding in each.blocking))


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
    have a blocking finding or differ in anything that nobody has confirmed; and ValueError for an
    unknown language, one that is to be both published and withdrawn, or a moment in the past.
    """
    if not languages or {*languages, *withdrawing} - {*LANGUAGES} or {*languages} & {*withdrawing}:
        raise ValueError(f"cannot publish {languages!r} and withdraw {withdrawing!r}")
    at = at or now
    if at < now:
        raise ValueError("cannot publish in the past")
    treatment = Treatment.objects.select_for_update().get(pk=snapshot.treatment_id)
    results = check_publication(snapshot, languages, at=at, withdrawing=withdrawing)
    blocking = _blocking(results)
    unconfirmed = compare(snapshot, languages, at=at, withdrawing=withdrawing).open
    if blocking or unconfirmed:
        ways = _alternatives(snapshot, languages, at) if blocking else []
        raise Refused(blocking, ways, unconfirmed)
    ended = _end(treatment, withdrawing, at, by)
    document = document_of(snapshot)
    waivers = set(results[0].waivers.values())
    published = []
    for language in LANGUAGES:
        if language in languages:
            publication = _place(snapshot, document, language, at, by)
            if publication:
                publication.waivers.set(waivers)
                published.append(publication)
    _record_publishing(treatment, [each.language for each in published], at=at, now=now, by=by)
    _record_withdrawing(treatment, ended, at=at, now=now, by=by)
    return published


def _record_publishing(
    treatment: Treatment, languages: list[str], *, at: datetime, now: datetime, by
) -> None:
    if languages:
        act, when = (Act.SCHEDULED, {"at": at.isoformat()}) if at > now else (Act.PUBLISHED, {})
        audit.record(act, now=now, by=by, page=treatment, languages=languages, **when)


def _record_withdrawing(
    treatment: Treatment, languages: list[str], *, at: datetime, now: datetime, by
) -> None:
    if languages:
        later = (Act.WITHDRAWAL_PLANNED, {"at": at.isoformat()})
        act, when = later if at > now else (Act.WITHDRAWN, {})
        audit.record(act, now=now, by=by, page=treatment, languages=languages, **when)


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
        line.filter(pk=current.pk).update(live_until=at, withdrawn=False, **_withdrawn_by(None))
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
        withdrawn_by_name=current.withdrawn_by_name if current else "",
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


def _alternatives(
    snapshot: Snapshot, languages: Collection[str], at: datetime
) -> list[Alternative]:
    live = set(live_publications(snapshot.treatment, at))
    others = tuple(code for code in LANGUAGES if code not in languages and code in live)
    if not others:
        return []
    ways = [Alternative(LANGUAGES, ()), Alternative(tuple(languages), others)]
    return [
        way
        for way in ways
        if not _blocking(check_publication(snapshot, way.publish, at=at, withdrawing=way.withdraw))
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
    cancelled: set[str] = set()
    if not keep_planned:
        line = treatment.publications.filter(language__in=languages)
        for publication in line.filter(live_from__gt=now, live_from__gte=at):
            _take_off(publication)
            cancelled.add(publication.language)
    ended = _end(treatment, languages, at, by)
    _record_withdrawing(treatment, ended, at=at, now=now, by=by)
    _record_cancelling(treatment, cancelled, now=now, by=by)
    return ended


def _end(treatment: Treatment, languages: Collection[str], at: datetime, by) -> list[str]:
    """Ends what is live in these languages at a moment; returns which of them were."""
    live = treatment.publications.filter(language__in=languages).live(at)
    ended = sorted(live.values_list("language", flat=True))
    live.update(live_until=at, withdrawn=True, **_withdrawn_by(by))
    return ended


def _record_cancelling(
    treatment: Treatment, languages: Collection[str], *, now: datetime, by
) -> None:
    if languages:
        audit.record(Act.CANCELLED, now=now, by=by, page=treatment, languages=sorted(languages))


def _withdrawn_by(person) -> dict:
    return {"withdrawn_by": person, "withdrawn_by_name": name_of(person)}


@transaction.atomic
def cancel_scheduled(publication: Publication, *, now: datetime, by=None) -> list[Publication]:
    """Takes back a publication that has not begun; what it was to replace stays live.

    So is what is planned for the other language, from then on, if it was read beside these words
    only. Returns all that was taken back. Raises ValueError for one that has begun.
    """
    if publication.live_from <= now:
        raise ValueError("only what has not begun can be cancelled")
    treatment = Treatment.objects.select_for_update().get(pk=publication.treatment_id)
    planned = treatment.publications.filter(live_from__gte=publication.live_from)
    _take_off(publication)
    taken_back = [publication]
    for other in planned.select_related("snapshot").order_by("live_from"):
        if _may_not_begin(other):
            _take_off(other)
            taken_back.append(other)
    languages = {each.language for each in taken_back}
    _record_cancelling(treatment, languages, now=now, by=by)
    return taken_back


def _may_not_begin(planned: Publication) -> bool:
    snapshot, languages, at = planned.snapshot, [planned.language], planned.live_from
    return bool(
        compare(snapshot, languages, at=at).open
        or _blocking(check_publication(snapshot, languages, at=at))
    )


def _take_off(publication: Publication) -> None:
    start, until = publication.live_from, publication.live_until
    line = publication.treatment.publications.filter(language=publication.language)
    publication.delete()
    line.filter(live_until=start, withdrawn=False).update(
        live_until=until,
        withdrawn=publication.withdrawn,
        withdrawn_by=publication.withdrawn_by,
        withdrawn_by_name=publication.withdrawn_by_name,
    )
