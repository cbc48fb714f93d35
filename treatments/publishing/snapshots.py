"""Saving the draft, and bringing an earlier version back."""

from datetime import datetime

from django.db import transaction

from ..checks import ADVICE
from ..document.content import editions_of, in_language
from ..document.json_form import load_stored
from ..document.rows import document_of, from_rows, to_rows
from ..models import LANGUAGES, Snapshot, Treatment
from .authorship import note_authorship
from .comparison import read_of, unconfirmed
from .preflight import check_pages


@transaction.atomic
def save_snapshot(
    treatment: Treatment,
    *,
    now: datetime,
    by=None,
    restored_from: Snapshot | None = None,
    section: str = "",
) -> Snapshot | None:
    """Keeps the treatment's rows as a snapshot, if they say something new; else returns None.

    With the key of a `section`, the items of the others are as the last snapshot has them.
    """
    before = treatment.snapshots.first()
    last = load_stored(before.document) if before else None
    unchanged = last.sections if last and section else {}
    written = from_rows(
        treatment, but_for={key: items for key, items in unchanged.items() if key != section}
    )
    if last == written:
        return None
    document = load_stored(written.json)  # what is checked is what will be read
    editions = {code: in_language(document, code) for code in LANGUAGES}
    checked = check_pages(treatment, editions_of(document))
    snapshot = Snapshot.objects.create(
        treatment=treatment,
        document=written.json,
        digest=written.digest,
        **{f"digest_{code}": editions[code].digest for code in LANGUAGES},
        **{f"medical_{code}": editions[code].medical_digest for code in LANGUAGES},
        saved_at=now,
        saved_by=by,
        blocking=len(checked.blocking),
        advice=sum(finding.level == ADVICE for finding in checked.findings),
        unconfirmed=len(unconfirmed(*editions_of(document).values(), read_of(treatment))),
        restored_from=restored_from,
    )
    note_authorship(snapshot, document, last)
    return snapshot


def newest_snapshot(treatment: Treatment) -> Snapshot:
    """The draft as it was last saved. Raises Snapshot.DoesNotExist before the first save."""
    return treatment.snapshots.latest("pk")


@transaction.atomic
def restore(snapshot: Snapshot, *, now: datetime, by=None) -> Snapshot | None:
    """Makes the draft say again what it said then: both languages and all items.

    Photos that were removed everywhere stay away. Nothing live changes. Returns the new snapshot,
    or None where the draft says it already.
    """
    treatment = Treatment.objects.select_for_update().get(pk=snapshot.treatment_id)
    to_rows(document_of(snapshot), treatment)
    return save_snapshot(treatment, now=now, by=by, restored_from=snapshot)
