"""What waits to be read in both languages, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, Min, OuterRef

from ..models import Snapshot


@dataclass(frozen=True)
class Unread:
    """Texts of one treatment's draft that nobody has confirmed."""

    number: int
    since: datetime  # when the first version was saved that had any, after one that had none


def unread_by_treatment() -> Mapping[int, Unread]:
    """By the treatment's primary key, for those that have any. Two queries, however many."""
    read_since = Snapshot.objects.filter(
        treatment=OuterRef("treatment"), pk__gte=OuterRef("pk"), unconfirmed=0
    )
    runs = (
        Snapshot.objects.order_by()
        .filter(~Exists(read_since))
        .values("treatment")
        .annotate(newest=Max("pk"), since=Min("saved_at"))
    )
    since = {run["newest"]: run["since"] for run in runs}
    newest = Snapshot.objects.order_by().filter(pk__in=since)
    return {
        treatment: Unread(number, since[pk])
        for pk, treatment, number in newest.values_list("pk", "treatment", "unconfirmed")
    }
