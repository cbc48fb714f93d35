"""Findings in the words of the change page, with the address of the place they are about."""

from collections.abc import Container, Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from ..checks import ASK, BLOCKING, Finding, can_be_waived
from ..document.places import LISTS, Place, field_label_of, label_of
from ..models import LANGUAGE_NAMES, Snapshot, Treatment, Waiver
from ..publishing.preflight import check_draft
from .number_choices import number_choices


def text_at(place: Place) -> Place:
    """The text of the change page that a place is part of: all numbers of the plan are one."""
    return Place(place.section) if place.section in ("plan", "body_areas") else place.whole_item


def slot_of(place: Place) -> str:
    """What the ids of a text on the change page end in."""
    return f"{place.section}-{place.item or 'all'}"


def page_of(treatment: Treatment) -> str:
    """The address of a treatment's change page."""
    return reverse("admin:treatments_treatment_change", args=[treatment.pk])


def url_to(page: str, place: Place) -> str:
    """The address of a text on a change page, where it opens at the field that is named."""
    if place.section in LISTS and not place.item:
        return f"{page}#group-{place.section}"
    column = place.field or place.language
    if place.section in LISTS and place.field in LISTS[place.section].model.pairs:
        column = f"{place.field}_{place.language or 'bn'}"
    return f"{page}?open={column}#text-{slot_of(text_at(place))}"


def field_name(place: Place) -> str:
    """What the change page calls a field of a list item; empty where there is only one."""
    if not place.field or place.section not in LISTS:
        return ""
    model = LISTS[place.section].model
    return field_label_of(place) if len([*model.pairs, *model.typed]) > 1 else ""


def full_label(place: Place) -> str:
    """What the change page calls a place, with the field and the language."""
    parts = (label_of(place), field_name(place), LANGUAGE_NAMES.get(place.language, ""))
    return " · ".join(str(part) for part in parts if part)


def level_name(finding: Finding, waived: Container[Finding]) -> str:
    if finding in waived:
        return _("Waived")
    names = {BLOCKING: _("Must be put right"), ASK: _("Please look")}
    return names.get(finding.level, _("Advice"))


def describe_findings(
    findings: Iterable[Finding], treatment: Treatment, waivers: Mapping[Finding, Waiver] = {}
) -> list[dict]:
    """Findings for a template, the blocking ones first."""
    page = page_of(treatment)
    listed = [
        {
            "finding": finding,
            "blocking": finding.level == BLOCKING and finding not in waivers,
            "level": level_name(finding, waivers),
            "waiver": waivers.get(finding),
            "where": full_label(finding.place),
            "url": url_to(page, finding.place),
            "may_be_waived": can_be_waived(finding),
            "choices": number_choices(finding),
        }
        for finding in findings
    ]
    levels = {BLOCKING: 0, ASK: 1}
    return sorted(
        listed, key=lambda entry: (not entry["blocking"], levels.get(entry["finding"].level, 2))
    )


def said_once(entries: Iterable[dict]) -> list[dict]:
    """Without what is said of one language in the words in which it is said of the other.

    Not where words of a text are marked, or each is let stand by itself.
    """
    once: dict[object, dict] = {}
    for entry in entries:
        finding = entry["finding"]
        is_its_own = finding.english or finding.bangla or entry["may_be_waived"]
        once.setdefault(finding if is_its_own else (finding.message, finding.advice), entry)
    return list(once.values())


def describe_draft(
    snapshot: Snapshot, unconfirmed: Container[Place]
) -> tuple[list[dict], dict[Place, list[dict]]]:
    """The draft's findings: all of them, and by the item that they are about.

    What is only to be looked at is answered where the item is confirmed.
    """
    checked = check_draft(snapshot)
    findings = [
        finding
        for finding in checked.findings
        if finding.level != ASK or finding.place.whole_item in unconfirmed
    ]
    listed = describe_findings(findings, snapshot.treatment, checked.waivers)
    by_item: dict[Place, list[dict]] = {}
    for entry in listed:
        by_item.setdefault(entry["finding"].place.whole_item, []).append(entry)
    return listed, by_item
