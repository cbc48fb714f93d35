"""Findings that somebody who has read both texts lets stand."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from ..checks import BLOCKING, Finding, can_be_waived
from ..document.content import Document, Edition, in_language, told
from ..document.form import read_kept
from ..language.text import says_something
from ..models import (
    LANGUAGES,
    Snapshot,
    Treatment,
    Waiver,
)


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
