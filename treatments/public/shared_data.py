"""What treatment pages share: the clinic, and which pages and photos there are.

Read once for as long as nothing that shows has changed: making all pages again after a change of
the clinic's details reads them once and not a thousand times. changes.py says when they end, as it
does for the stored pages themselves.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from ..models import LANGUAGES, Clinic, Picture, Publication
from ..page_cache.invalidation import Ledger, ledger


@dataclass(frozen=True)
class Listed:
    """A live treatment in one language, as its neighbours' pages name it."""

    slug: str
    title: str


@dataclass(frozen=True)
class SiteFacts:
    """To be read only: the requests of a worker share it."""

    clinic: Clinic
    live: Mapping[str, tuple[Listed, ...]]  # language → in the clinic's order
    live_pictures: frozenset[str]  # names of the photos that a live page shows
    removed_pictures: frozenset[str]  # names of those that nothing shows any more

    @cached_property
    def digest(self) -> bytes:
        """Of all but what is live."""
        clinic = [getattr(self.clinic, column.attname) for column in Clinic._meta.concrete_fields]
        text = repr((clinic, sorted(self.removed_pictures)))
        return hashlib.blake2b(text.encode(), digest_size=16).digest()

    def neighbours(self, language: str, slug: str) -> tuple[Listed | None, Listed | None]:
        """What is live in a language before and after a treatment; nothing around an unknown one."""
        row = self.live[language]
        here = next((place for place, one in enumerate(row) if one.slug == slug), None)
        if here is None:  # published this moment: its page is made again when that is entered
            return None, None
        return row[here - 1] if here else None, row[here + 1] if here + 1 < len(row) else None


# What it was read by, when it ends by itself as a Unix time, and it.
_kept: tuple[Ledger, float, SiteFacts] | None = None


def site_facts() -> SiteFacts:
    """The facts as of now. Three queries, or none."""
    global _kept
    # A transaction sees its own changes, which nobody else is to see.
    known = None if connection.in_atomic_block else ledger()
    kept, now = _kept, timezone.now()
    if known and kept and kept[0] is known and now.timestamp() < kept[1]:
        return kept[2]
    facts = _read(now)
    if known:
        _kept = known, known.next_boundary(now.timestamp()) or float("inf"), facts
    return facts


def _read(now: datetime) -> SiteFacts:
    live = Publication.objects.live(now)
    # Rows and not models: there may be hundreds.
    rows = live.order_by("treatment__position", "treatment_id").values_list(
        "language", "treatment__slug", "title"
    )
    lists: dict[str, list[Listed]] = {code: [] for code in LANGUAGES}
    for language, *listed in rows:
        lists[language].append(Listed(*listed))
    shown = Q(removed_at=None, publications__in=live.order_by())
    pictures = Picture.objects.filter(shown | ~Q(removed_at=None)).order_by().distinct()
    removed = dict(pictures.values_list("name", "removed_at"))
    return SiteFacts(
        clinic=Clinic.the_one(),
        live={code: tuple(listed) for code, listed in lists.items()},
        live_pictures=frozenset(name for name, at in removed.items() if at is None),
        removed_pictures=frozenset(name for name, at in removed.items() if at is not None),
    )
