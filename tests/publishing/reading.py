"""Publishing in tests that are about something else than reading both languages first."""

from treatments.publishing.confirmations import compare, record
from treatments.publishing.publish import publish
from treatments.publishing.snapshots import newest_snapshot


def read_both(treatment, languages=("en", "bn"), *, now, at=None, withdrawing=()):
    """Everything that would be different for patients has been read and agreed to."""
    compared = compare(newest_snapshot(treatment), languages, at=at or now, withdrawing=withdrawing)
    record(treatment, compared.open, now=now)


def publish_as_read(snapshot, languages, *, now, by=None, withdrawing=(), at=None):
    """`publish`, after somebody has confirmed all that it asks for."""
    compared = compare(snapshot, languages, at=at or now, withdrawing=withdrawing)
    record(snapshot.treatment, compared.open, now=now)
    return publish(snapshot, languages, now=now, by=by, withdrawing=withdrawing, at=at)
