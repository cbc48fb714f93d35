"""Saving the draft, and bringing an earlier version back."""

from datetime import datetime

from django.db import transaction

from ..checks import BLOCKING
from ..document.content import editions_of, in_language
from ..document.json_form import load_stored
from ..document.rows import document_of, from_rows, to_rows
from ..document.staleness import Stale, still_behind
from ..models import LANGUAGES, Snapshot, Treatment
from .preflight import check_pages


@transaction.atomic
def save_snapshot(
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
        load_stored(before.document) if before else None
    )  # in today's schema, so not its stored digest
    if said and said.digest == document.digest:
        return None
    editions = {code: in_language(document, code) for code in LANGUAGES}
    found = check_pages(treatment, editions_of(document))
    snapshot = Snapshot.objects.create(
        treatment=treatment,
        document=document.json,
        digest=document.digest,
        **{f"digest_{code}": editions[code].digest for code in LANGUAGES},
        **{f"medical_{code}": editions[code].medical_digest for code in LANGUAGES},
        saved_at=now,
        saved_by=by,
        blocking=len(found.blocking),
        advice=sum(finding.level != BLOCKING for finding in found.findings),
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
    to_rows(document_of(snapshot), treatment)
    return save_snapshot(treatment, now=now, by=by, restored_from=snapshot)
