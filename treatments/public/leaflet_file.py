"""The leaflet of what is live, as a file."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ..document.content import Edition
from ..leaflet.content import Leaflet, leaflet_of
from ..leaflet.pdf import NotMade, key_of, read_or_make
from ..leaflet.printed import code_of
from ..models import Clinic, Publication
from ..page_cache.page import CACHE_CONTROL
from .base import or_other_language, render_page, site_context
from .live import live_or_404
from .treatment_page import review_sentence

log = logging.getLogger(__name__)

# A browser shows a PDF in a page of its own making, whose viewer the pages' policy would stop.
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


def leaflet_of_publication(
    publication: Publication, edition: Edition, *, clinic: Clinic, slug: str
) -> Leaflet:
    """`edition` is what the publication says; it comes with its snapshot and its reviews."""
    language = publication.language
    page = reverse("treatment", args=[language, slug])
    code = code_of(publication.snapshot, language)
    scanned = reverse("printed-leaflet", args=[language, slug, code]) if code else page
    return leaflet_of(
        edition,
        clinic=clinic,
        address=f"{settings.PUBLIC_URL}{page}",
        scanned_address=f"{settings.PUBLIC_URL}{scanned}",
        published_at=publication.live_from,
        review=review_sentence(publication),
    )


@require_safe
@or_other_language
def leaflet(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The PDF of what is live, made when it is first asked for."""
    live, clinic = live_or_404(slug, language), Clinic.the_one()
    publication = live.publication
    page = reverse("treatment", args=[language, slug])
    wanted = leaflet_of_publication(publication, live.edition, clinic=clinic, slug=slug)
    etag = f'"{key_of(wanted)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = read_or_make(wanted, settings.VAR_DIR / "leaflets")
        except NotMade:
            log.exception("The leaflet of %s in %s could not be made", slug, language)
            return leaflet_failed(request, publication, page)
        response = HttpResponse(
            content,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="{slug}-{language}.pdf"',
                "Content-Security-Policy": PDF_POLICY,
            },
        )
    response.headers["ETag"] = etag
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def leaflet_failed(request: HttpRequest, publication: Publication, page: str) -> HttpResponse:
    context = site_context(request, Clinic.the_one(), languages=())
    context |= {"treatment_title": publication.title, "treatment_address": page}
    response = render_page(request, "public/leaflet_failed.html", context, status=503)
    response.headers["Retry-After"] = "60"  # seconds
    response.headers["Cache-Control"] = "no-store"
    return response
