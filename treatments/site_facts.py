"""What treatment pages share: the clinic, body areas, the glossary, and which pages there are.

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
from django.db.models import QuerySet, Value
from django.utils import timezone

from .changes import Ledger, ledger
from .explained import Word, words_of
from .models import LANGUAGES, BodyArea, Clinic, Publication, Term


@dataclass(frozen=True)
class Listed:
    """A live treatment in one language, as its neighbours' pages name it."""

    slug: str
    title: str


@dataclass(frozen=True)
class SiteFacts:
    """To be read only: the requests of a worker share it."""

    clinic: Clinic
    body_areas: Mapping[str, Mapping[str, str]]  # language → key → name, in the clinic's order
    words: Mapping[str, tuple[Word, ...]]
    live: Mapping[str, tuple[Listed, ...]]  # language → in the clinic's order

    @cached_property
    def digest(self) -> bytes:
        """Of all but what is live."""
        clinic = [getattr(self.clinic, column.attname) for column in Clinic._meta.concrete_fields]
        words = [(word.forms, word.explanation) for code in LANGUAGES for word in self.words[code]]
        text = repr((clinic, self.body_areas, words))
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
    # Plain querysets: those of modeltranslation take their columns in no certain order.
    terms = QuerySet(Term).order_by()
    rows = terms.values_list("english", "bangla", "explanation_en", "explanation_bn", Value(-1))
    areas = QuerySet(BodyArea).order_by()
    rows = rows.union(
        areas.values_list("key", Value(""), "name_en", "name_bn", "position"), all=True
    )
    ordered = sorted(rows, key=lambda row: row[-1])
    return SiteFacts(
        clinic=Clinic.the_one(),
        body_areas={
            code: {key: names[place] for key, _, *names, position in ordered if position >= 0}
            for place, code in enumerate(LANGUAGES)
        },
        words={
            code: words_of(((row[place], row[place + 2]) for row in ordered if row[-1] < 0), code)
            for place, code in enumerate(LANGUAGES)
        },
        live=_live(now),
    )


def _live(now: datetime) -> dict[str, tuple[Listed, ...]]:
    live = Publication.objects.live(now)
    # Rows and not models: there may be hundreds.
    rows = live.order_by("treatment__position", "treatment_id").values_list(
        "language", "treatment__slug", "title"
    )
    lists: dict[str, list[Listed]] = {code: [] for code in LANGUAGES}
    for language, *listed in rows:
        lists[language].append(Listed(*listed))
    return {code: tuple(listed) for code, listed in lists.items()}
