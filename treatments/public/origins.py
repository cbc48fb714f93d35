"""Which sentence of a treatment's page comes from where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ..document.content import Edition, EditionItem
from ..document.sections import NAMES_OF_SOURCES, SECTIONS, Section
from ..models import Clinic
from .base import public_page, render_page, site_context
from .live import live_or_404


@dataclass(frozen=True)
class RestingOn:
    """A source, and what rests on it; without a source, what names none."""

    source: EditionItem | None
    sentences: Sequence[tuple[Section, EditionItem]]


def origin_of(item: EditionItem) -> str | None:
    """The uid of the source that an item rests on."""
    return next((item.values[name] for name in NAMES_OF_SOURCES if item.values.get(name)), None)


def sources_and_sentences(edition: Edition) -> list[RestingOn]:
    """In the order of the sources; last what could name a source and does not. Empty for none."""
    sourced = [
        (section, item)
        for section in SECTIONS
        if {*NAMES_OF_SOURCES} & {*section.model.typed}
        for item in edition.items(section.key)
    ]
    by_source: dict[str | None, list] = {}
    for section, item in sourced:
        by_source.setdefault(origin_of(item), []).append((section, item))
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
        "groups": sources_and_sentences(live.edition),
    }
    return render_page(request, "public/origins.html", context)
