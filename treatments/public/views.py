"""The public pages. They read publications and the clinic's details, never drafts."""

from datetime import UTC, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ..models import Clinic
from . import structured_data, treatment_page
from .base import public_page, render_page, site_context
from .fixed_pages import PAGES
from .live import live_in, live_or_404, neighbours
from .middleware import preferred_language
from .offline import kilobytes_of_all_pages


def fixed_page(
    request: HttpRequest, name: str, *, styles: tuple[str, ...] = (), **more
) -> HttpResponse:
    """A page whose words are in its template."""
    clinic, page = Clinic.the_one(), PAGES[name]
    context = site_context(request, clinic)
    language = context["language"]
    structured = structured_data.fixed_page(
        page,
        public_url=settings.PUBLIC_URL,
        path=context["address"],
        home=reverse("home", args=[language]),
        language=language,
        clinic=clinic,
    )
    context |= {"page": page, "structured": structured, **more}
    template = f"public/{TEMPLATES.get(name, name)}.html"
    return render_page(request, template, context, styles=styles)


TEMPLATES = {"treatment-list": "list"}


@require_safe
@vary_on_headers("Accept-Language")
def choose_language(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(reverse("home", args=[preferred_language(request)]))
    patch_cache_control(response, public=True, max_age=0)
    return response


@public_page
def home(request: HttpRequest, language: str) -> HttpResponse:
    return fixed_page(request, "home", styles=("lists",), publications=live_in(language))


@public_page
def treatment_list(request: HttpRequest, language: str) -> HttpResponse:
    publications = live_in(language)
    return fixed_page(request, "treatment-list", styles=("lists",), publications=publications)


@public_page
def treatment(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    live, clinic = live_or_404(slug, language), Clinic.the_one()
    publication = live.publication
    base = site_context(request, clinic, live.languages)
    page = treatment_page.treatment_context(
        live.edition, slug=slug, clinic=clinic, publication=publication
    )
    previous, following = neighbours(language, slug)
    structured = structured_data.treatment_page(
        page["prose"],
        public_url=settings.PUBLIC_URL,
        path=base["address"],
        home=reverse("home", args=[language]),
        treatments=reverse("treatment-list", args=[language]),
        language=language,
        clinic=clinic,
        published_at=publication.live_from,
        review=publication.review,
    )
    page |= {"structured": structured, "previous": previous, "following": following}
    return render_page(request, "public/treatment.html", base | page)


@public_page
def about_page(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """About the clinic, about this information."""
    return fixed_page(request, name)


@public_page
def privacy(request: HttpRequest, language: str) -> HttpResponse:
    return fixed_page(request, "privacy", kilobytes=kilobytes_of_all_pages(language))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Says nothing of the admin: its pages say themselves that they belong in no search engine."""
    lines = ["User-agent: *", "Disallow:", f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


SECURITY_TXT_DAYS = 180  # for which it may be believed; RFC 9116 wants less than a year


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole, as RFC 9116 writes it; not there where no contact is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.now() + timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.astimezone(UTC):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en, bn",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For what asks without reading a page, the admin among it."""
    response = HttpResponseRedirect(static("img/icon.svg"))
    patch_cache_control(response, public=True, max_age=86_400)
    return response
