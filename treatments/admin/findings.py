"""Findings in the words of the change page, with the address of the place they are about."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from ..document import Document, read_kept
from ..models import LANGUAGE_CHOICES, Snapshot, Treatment, Waiver
from ..publishing import draft_findings, draft_waivers
from ..quality import BLOCKING, Finding
from ..richtext import plain_text
from ..sections import BY_KEY, PROSE

LANGUAGE_NAMES = dict(LANGUAGE_CHOICES)


def place_name(section: str, item: str) -> str:
    """What the change page calls a place."""
    if section == "prose":
        return str(PROSE.get(item, item))
    if section in BY_KEY:
        return str(BY_KEY[section].heading)
    if section == "result_lasts":
        return _("How long the result lasts")
    return _("The plan in numbers")


def anchor(section: str, item: str, language: str = "") -> str:
    """The id on the change page of what stands at a place."""
    if section in BY_KEY:
        return f"item-{section}-{item}" if item else f"section-{section}"
    if section == "prose":
        return f"prose-{item}-{language or 'bn'}"
    if section == "result_lasts":
        return f"id_result_lasts_{language or 'bn'}"
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
            "waiver": waived.get(finding),
            "place": place_name(finding.section, finding.item),
            "language": LANGUAGE_NAMES.get(finding.language, ""),
            "url": f"{url}#{anchor(finding.section, finding.item, finding.language)}",
        }
        for finding in found
    ]
    return sorted(listed, key=lambda entry: not entry["blocking"])


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
        by_place.setdefault((finding.section, finding.item), []).append(entry)
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
                places[section, item] = {
                    "old": words_at(old, section, item, "en") if old else "",
                    "new": words_at(now, section, item, "en"),
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
