"""Which sentence of a treatment's page comes from where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ..document.content import Edition, EditionItem
from ..document.entries import Group, groups
from ..document.sections import SOURCED, Section
from ..document.to_confirm import Marks
from ..models import Clinic
from .base import public_page, render_page, site_context
from .live import live_or_404


@dataclass(frozen=True)
class Part:
    """Those items of a section that rest on one source, under the headings that they have there."""

    section: Section
    groups: Sequence[Group]


@dataclass(frozen=True)
class RestingOn:
    """A source, and what rests on it; without a source, what names none."""

    source: EditionItem | None
    parts: Sequence[Part]


def sources_and_sentences(edition: Edition) -> list[RestingOn]:
    """In the order of the sources; last what could name a source and does not. Empty for none.

    In the active language, which is the edition's.
    """
    by_source: dict[str | None, list[Part]] = {}
    for section, name in SOURCED:
        uids: dict[str | None, list[str]] = {}
        for item in edition.items(section.key):
            uids.setdefault(item.values.get(name), []).append(item.uid)
        for source, resting in uids.items():
            part = Part(section, list(groups(section.key, resting, edition)))
            by_source.setdefault(source, []).append(part)
    unnamed = by_source.pop(None, [])
    named = [
        RestingOn(source, by_source[source.uid])
        for source in edition.items("sources")
        if source.uid in by_source
    ]
    return [*named, *([RestingOn(None, unnamed)] if unnamed else [])] if named else []


@public_page
def origins(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Each source with the sentences that rest on it."""
    live = live_or_404(slug, language, only_if=sources_and_sentences)
    page = {
        "title": _("Where each sentence comes from"),
        "description": _("The sources of a page, and which of its sentences rest on which."),
    }
    context = site_context(request, Clinic.the_one(), live.languages) | {
        "page": page,
        "slug": slug,
        "treatment_title": live.publication.title,
        "resting": sources_and_sentences(live.edition),
        "marks": Marks(),
    }
    return render_page(request, "public/origins.html", context)
