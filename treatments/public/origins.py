"""Which sentence of a treatment's page comes from where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ..document.content import Edition, EditionItem
from ..document.sections import SOURCED, Section
from ..models import Clinic
from .base import public_page, render_page, site_context
from .live import live_or_404


@dataclass(frozen=True)
class RestingOn:
    """A source, and what rests on it; without a source, what names none."""

    source: EditionItem | None
    sentences: Sequence[tuple[Section, str]]  # the words of each item, and where they stand


def sources_and_sentences(edition: Edition) -> list[RestingOn]:
    """In the order of the sources; last what could name a source and does not. Empty for none."""
    by_source: dict[str | None, list] = {}
    for section, name in SOURCED:
        for item in edition.items(section.key):
            by_source.setdefault(item.values.get(name), []).append((section, _words(item)))
    unnamed = by_source.pop(None, [])
    named = [
        RestingOn(source, by_source[source.uid])
        for source in edition.items("sources")
        if source.uid in by_source
    ]
    return [*named, *([RestingOn(None, unnamed)] if unnamed else [])] if named else []


def _words(item: EditionItem) -> str:
    """As they stand on the page; questions are asked in the check."""
    return " ".join(text for name, text in item.texts.items() if text and name != "question")


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
