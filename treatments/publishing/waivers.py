"""Findings that somebody who has read both texts lets stand."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from ..checks import Finding, can_be_waived
from ..document.content import Edition, editions_of
from ..document.json_form import load_stored
from ..document.places import PARTS, Place
from ..document.sections import RUNNING_TEXT
from ..language.text import has_words
from ..models import LANGUAGES, Act, Snapshot, Treatment, Waiver, audit


def digest_at(editions: Mapping[str, Edition | None], place: Place) -> str:
    """Of everything a finding at this place is about, in both languages."""
    part = PARTS[place.section]
    words = [
        edition and part.compared(edition, place.item)
        for edition in (editions.get(code) for code in LANGUAGES)
    ]
    plan = editions["en"].plan.all_digested() if editions.get("en") else None
    section, item, _field = _all_of(place)
    text = json.dumps(
        [section, item, *words, plan], ensure_ascii=False, sort_keys=True, default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()


def waivers_of(
    treatment: Treatment, editions: Mapping[str, Edition | None], findings: Iterable[Finding]
) -> dict[Finding, Waiver]:
    """The findings that somebody lets stand; of these very words, or else they are asked again."""
    rows = {_bound_to(waiver): waiver for waiver in treatment.waivers.all()}
    waived: dict[Finding, Waiver] = {}
    if not rows:
        return waived
    bound = {
        finding: _bound_to_finding(finding, editions)
        for finding in findings
        if can_be_waived(finding)
    }
    alone = Counter(key[:-1] for key in bound.values())
    for finding, key in bound.items():
        # One that is older than `about` let a finding stand that was the only one there.
        older = rows.get((*key[:-1], "")) if alone[key[:-1]] == 1 else None
        if waiver := rows.get(key) or older:
            waived[finding] = waiver
    return waived


def _all_of(place: Place) -> tuple[str, str, str]:
    """The section, item and field whose words all have to stay.

    Of running text the whole section, under the name that it had as one text.
    """
    if place.section in RUNNING_TEXT:
        return "prose", place.section, ""
    return place.section, place.item, "" if place.section == "prose" else place.field


def _bound_to(waiver: Waiver) -> tuple[str, ...]:
    place = Place(waiver.section, waiver.item, waiver.field)
    return waiver.check_id, *_all_of(place), waiver.digest, waiver.about


def _bound_to_finding(finding: Finding, editions: Mapping[str, Edition | None]) -> tuple[str, ...]:
    digest = digest_at(editions, finding.place)
    return finding.check, *_all_of(finding.place), digest, finding.about


class NotForAPerson(ValueError):
    """A finding that nobody can judge to be none: something is simply missing."""


@transaction.atomic
def waive(snapshot: Snapshot, finding: Finding, *, reason: str, now: datetime, by=None) -> Waiver:
    """Lets one finding on a snapshot stand.

    Raises ValueError without a reason, ValidationError with words for staff where it cannot be
    kept as it is, and NotForAPerson where the finding must be put right.
    """
    if not can_be_waived(finding):
        raise NotForAPerson(finding.check)
    if not has_words(reason):
        raise ValueError("a waiver needs a reason")
    digest = digest_at(editions_of(load_stored(snapshot.document)), finding.place)
    waiver = Waiver(
        treatment=snapshot.treatment,
        check_id=finding.check,
        section=finding.place.section,
        item=finding.place.item,
        field=finding.place.field,
        digest=digest,
        about=finding.about,
        finding=finding.in_full,
        reason=reason,
        waived_by=by,
        waived_at=now,
    )
    waiver.clean_fields(exclude={"waived_by"})
    waiver.save()
    place = {"section": waiver.section, "item": waiver.item}
    audit.record(Act.WAIVED, now=now, by=by, page=snapshot.treatment, **place)
    return waiver
