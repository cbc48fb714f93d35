"""Findings in the words of the change page, with the address of the place they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from django.urls import reverse

from ..checks import BLOCKING, Finding, can_be_waived
from ..document.diff import word_spans
from ..document.json_form import load_stored
from ..document.places import LISTS, PARTS, Place, anchor_of, field_label_of, label_of
from ..models import LANGUAGE_NAMES, Snapshot, Treatment, Waiver
from ..publishing.preflight import check_draft


def field_name(place: Place) -> str:
    """What the change page calls a field of a list item; empty where there is only one."""
    if not place.field or place.section not in LISTS:
        return ""
    model = LISTS[place.section].model
    return field_label_of(place) if len([*model.pairs, *model.typed]) > 1 else ""


def describe_findings(
    found: Iterable[Finding], treatment: Treatment, waived: Mapping[Finding, Waiver] = {}
) -> list[dict]:
    """Findings for a template, the blocking ones first."""
    url = reverse("admin:treatments_treatment_change", args=[treatment.pk])
    listed = [
        {
            "finding": finding,
            "blocking": finding.level == BLOCKING and finding not in waived,
            "waiver": waived.get(finding),
            "place": label_of(finding.place),
            "field": field_name(finding.place),
            "language": LANGUAGE_NAMES.get(finding.place.language, ""),
            "anchor": anchor_of(finding.place),
            "url": f"{url}#{anchor_of(finding.place)}",
            "may_be_waived": can_be_waived(finding),
        }
        for finding in found
    ]
    return sorted(listed, key=lambda entry: not entry["blocking"])


def describe_draft(snapshot: Snapshot) -> tuple[list[dict], dict[Place, list[dict]]]:
    """The draft's findings: all of them, and by the item that they are about."""
    found = check_draft(snapshot)
    listed = describe_findings(found.findings, snapshot.treatment, found.waivers)
    by_item: dict[Place, list[dict]] = {}
    for entry in listed:
        by_item.setdefault(entry["finding"].place.whole_item, []).append(entry)
    return listed, by_item


def behind(snapshot: Snapshot) -> dict[Place, dict]:
    """Places whose Bangla has yet to follow: `{place: {"changed", "bangla", …}}`."""
    if not snapshot.behind:
        return {}
    now = load_stored(snapshot.document)
    places = {}
    for pk in {place["since"] for place in snapshot.behind}:
        rows = snapshot.treatment.snapshots
        before = rows.filter(pk__lt=pk).first()
        since = rows.only("saved_at").get(pk=pk)
        old = load_stored(before.document) if before else None
        for stale in snapshot.behind:
            if stale["since"] == pk:
                place = Place(stale["section"], stale["item"])
                words = partial(PARTS[place.section].plain_words, item=place.item)
                english = words(old, language="en") if old else ""
                places[place] = {
                    "changed": word_spans(english, words(now, language="en")),
                    "bangla": words(now, language="bn"),
                    "since": since.saved_at,
                    "place": label_of(place),
                    "anchor": anchor_of(replace(place, language="bn")),
                }
    return places
