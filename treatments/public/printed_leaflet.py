"""What the code on a printed leaflet opens: whether its words are still today's."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..document.content import Edition, in_language
from ..document.rows import document_of
from ..document.to_confirm import Marks
from ..leaflet.printed import changes, is_code
from ..models import Clinic, Publication
from .base import public_page, render_page, site_context
from .live import Live, OnlyInTheOtherLanguage, live_or_404


@public_page
def printed_leaflet(request: HttpRequest, language: str, slug: str, code: str) -> HttpResponse:
    """Today's words where they are not those of the leaflet; those that went are never shown.

    A code that no publication had is answered 404 and kept nowhere, as anybody can make up many.
    """
    try:
        live = live_or_404(slug, language)
    except Http404 as error:
        if _printed(slug, language, code) is None:  # the code means nothing here
            if isinstance(error, OnlyInTheOtherLanguage):
                error.address = reverse("treatment", args=[error.publication.language, slug])
            raise
        return _withdrawn(request, slug, getattr(error, "publication", None))
    base = site_context(request, Clinic.the_one(), languages=())
    other = base["other_language"]
    printed = _printed_edition(live, code)
    context = base | {
        "page": _about_page(),
        "slug": slug,
        "treatment_title": live.publication.title,
        "published_at": live.publication.live_from,
        "other_address": other in live.languages and reverse("treatment", args=[other, slug]),
        "known": printed is not None,
        "changes": changes(printed, live.edition) if printed else [],
        "marks": Marks(),
    }
    response = render_page(
        request, "public/printed_leaflet.html", context, status=200 if printed else 404
    )
    return response if printed else _kept_nowhere(response)


def _withdrawn(request: HttpRequest, slug: str, there: Publication | None) -> HttpResponse:
    """For whoever holds a leaflet of a page that is gone; `there` is live in the other language."""
    context = site_context(request, Clinic.the_one(), languages=()) | {
        "page": _about_page(),
        "there": there,
        "other_address": there and reverse("treatment", args=[there.language, slug]),
    }
    response = render_page(request, "public/withdrawn_leaflet.html", context, status=404)
    return _kept_nowhere(response)


def _about_page() -> dict[str, str]:
    return {
        "title": _("Is this leaflet still current?"),
        "description": _("Whether the words of a printed leaflet are still those of its page."),
    }


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _printed_edition(live: Live, code: str) -> Edition | None:
    """The words that the code stands for, if they were ever published in this language."""
    language = live.publication.language
    publication = _printed(live.publication.treatment.slug, language, code)
    return in_language(document_of(publication.snapshot), language) if publication else None


def _printed(slug: str, language: str, code: str) -> Publication | None:
    """The last publication whose leaflet had this code."""
    if not is_code(code):
        return None
    return (
        Publication.objects.filter(
            treatment__slug=slug,
            language=language,
            live_from__lte=timezone.now(),
            **{f"snapshot__medical_{language}__startswith": code},
        )
        .select_related("snapshot")
        .order_by("-live_from")
        .first()
    )
