"""Who wrote which words of a draft, who took them away, and which stood marked."""

import hashlib
from collections.abc import Iterable

from ..document.content import Document, editions_of
from ..document.passages import Passage, passages
from ..document.places import LISTS
from ..models import LANGUAGES, Authorship, Snapshot


def note_authorship(snapshot: Snapshot, document: Document, before: Document | None) -> None:
    """Who saved a snapshot wrote what the document before did not say, and took away what it did."""
    there = _passages(document)
    now, then = _said(there), _said(_passages(before)) if before else set()
    Authorship.objects.bulk_create(
        (
            Authorship(
                treatment_id=snapshot.treatment_id,
                digest=digest,
                written_by=snapshot.saved_by,
                written_at=snapshot.saved_at,
            )
            for digest in sorted(
                (now - then) | {gone(digest) for digest in then - now} | _marks_in(there)
            )
        ),
        update_conflicts=True,
        unique_fields=["treatment", "digest", "written_by"],
        update_fields=["written_at", "written_by_name"],
    )


def _passages(document: Document) -> tuple[Passage, ...]:
    return passages(*editions_of(document).values())


def _said(there: Iterable[Passage]) -> set[str]:
    """The digests of a draft's passages, and of the order of its safety lists."""
    lists: dict[str, list[Passage]] = {}
    words: set[str] = set()
    for passage in there:
        if passage.is_safety and passage.place.section in LISTS:
            lists.setdefault(passage.place.section, []).append(passage)
        words |= {passage.digest, *halves(passage)}
    return words | {*map(order_digest, lists.values())}


def _marks_in(there: Iterable[Passage]) -> set[str]:
    return {mark for passage in there if passage.to_confirm for mark in marks_of(passage)}


def marks_of(passage: Passage) -> set[str]:
    """The digests under which Authorship keeps that words stood marked, of either language."""
    return {
        digest_of("marked", passage.scope, code, *(pair[code] for pair in passage.texts.values()))
        for code in LANGUAGES
        if passage.has(code)
    }


def halves(passage: Passage) -> set[str]:
    """The digests of a passage's halves that say something."""
    return {half for code in LANGUAGES if (half := passage.digest_in(code))}


def gone(digest: str) -> str:
    """Under which Authorship has who took the words of a digest away."""
    return digest_of("gone", digest)


def order_digest(listed: Iterable[Passage]) -> str:
    """Of the order in which the items of a list stand."""
    return digest_of("order", *(f"{passage.scope}/{passage.place.item}" for passage in listed))


def digest_of(*parts: str) -> str:
    """32 hexadecimal digits for some words in their order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
