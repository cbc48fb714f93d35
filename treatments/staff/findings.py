"""Findings in the words of the change page, with the address of the place they are about."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..checks import BLOCKING, Finding, can_be_waived
from ..document.content import Document, read_kept
from ..document.diff import field_label, plan_label, word_spans
from ..document.sections import BY_KEY, PROSE
from ..language.rich_text import plain_text
from ..models import LANGUAGE_CHOICES, Snapshot, Treatment, Waiver
from ..publishing.publish import draft_findings, draft_waivers

LANGUAGE_NAMES = dict(LANGUAGE_CHOICES)


def place_name(section: str, item: str) -> str:
    """What the change page calls a place."""
    if section == "prose":
        return str(PROSE.get(item, item))
    if section in BY_KEY:
        return capfirst(str(BY_KEY[section].model._meta.verbose_name_plural))
    if section == "result_lasts":
        return _("How long the result lasts")
    if section == "body_areas":
        return _("Body areas")
    return plan_label(item) if item else _("The plan in numbers")


def field_name(section: str, field: str) -> str:
    """What the change page calls a field of a list item; empty where there is only one."""
    model = BY_KEY[section].model if section in BY_KEY else None
    several = model and field and len([*model.pairs, *model.typed]) > 1
    return field_label(section, field) if several else ""


def anchor(section: str, item: str, language: str = "", field: str = "") -> str:
    """Where on the change page a place is: the id of what holds it, for a field of a list item
    also the end of the field's name, behind a slash (static/js/admin.js goes to the very field).
    """
    if section in BY_KEY:
        if not item:
            return f"section-{section}"
        column = f"{field}_{language or 'bn'}" if field in BY_KEY[section].model.pairs else field
        return f"item-{section}-{item}/{column or language}"
    if section == "prose":
        return f"prose-{item}-{language or 'bn'}"
    if section == "result_lasts":
        return f"id_result_lasts_{language or 'bn'}"
    if section == "body_areas":
        return "id_body_areas_0"
    return f"id_{item}_min" if item else "id_visit_minutes_min"


def described(
    found: Iterable[Finding], treatment: Treatment, waived: Mapping[Finding, Waiver] = {}
) -> list[dict]:
    """Findings for a template, the blocking ones first."""
    url = reverse("admin:treatments_treatment_change", args=[treatment.pk])
    listed = [
        {
            "finding": finding,
            "blocking": finding.level == BLOCKING and finding not in waived,
            "level": _level(finding, waived),
            "waiver": waived.get(finding),
            "where": _where(finding),
            "anchor": (there := anchor(*_place(finding), finding.language, finding.field)),
            "url": f"{url}#{there}",
            "may_be_waived": can_be_waived(finding),
        }
        for finding in found
    ]
    return sorted(listed, key=lambda entry: not entry["blocking"])


def _level(finding: Finding, waived: Mapping[Finding, Waiver]) -> str:
    """In a word."""
    if finding in waived:
        return _("Waived")
    return _("Must be put right") if finding.level == BLOCKING else _("Advice")


def _where(finding: Finding) -> str:
    """The place, the field and the language that it is about."""
    parts = (
        place_name(finding.section, finding.item),
        field_name(finding.section, finding.field),
        LANGUAGE_NAMES.get(finding.language, ""),
    )
    return " · ".join(str(part) for part in parts if part)


def _place(finding: Finding) -> tuple[str, str]:
    return finding.section, finding.item


def of_snapshot(snapshot: Snapshot) -> tuple[list[dict], dict[tuple[str, str], list[dict]]]:
    """The draft's findings: all of them, and by place (section, item)."""
    document = read_kept(snapshot.document)
    found = draft_findings(snapshot.treatment, document)
    listed = described(
        found, snapshot.treatment, draft_waivers(snapshot.treatment, document, found)
    )
    by_place: dict[tuple[str, str], list[dict]] = {}
    for entry in listed:
        finding = entry["finding"]
        by_place.setdefault(_place(finding), []).append(entry)
    return listed, by_place


def behind(snapshot: Snapshot) -> dict[tuple[str, str], dict]:
    """Places whose Bangla has yet to follow: `{(section, item): {"old", "new", "bangla", …}}`."""
    if not snapshot.behind:
        return {}
    now = read_kept(snapshot.document)
    places = {}
    for pk in {place["since"] for place in snapshot.behind}:
        rows = snapshot.treatment.snapshots
        before = rows.filter(pk__lt=pk).first()
        since = rows.only("saved_at").get(pk=pk)
        old = read_kept(before.document) if before else None
        for place in snapshot.behind:
            if place["since"] == pk:
                section, item = place["section"], place["item"]
                english = words_at(old, section, item, "en") if old else ""
                places[section, item] = {
                    "changed": word_spans(english, words_at(now, section, item, "en")),
                    "bangla": words_at(now, section, item, "bn"),
                    "since": since.saved_at,
                    "place": place_name(section, item),
                    "anchor": anchor(section, item, "bn"),
                }
    return places


def words_at(document: Document, section: str, item: str, language: str) -> str:
    """What a document says at a place in one language, as plain text."""
    if section == "result_lasts":
        return document.result_lasts[language]
    if section == "prose":
        return plain_text((document.prose[language] or {}).get(item, ""))
    entries = [entry for entry in document.items(section) if entry.uid == item]
    words = (pair[language] for entry in entries for pair in entry.pairs.values())
    return " · ".join(filter(None, words))
