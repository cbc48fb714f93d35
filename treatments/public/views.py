"""The public pages. They read publications and the clinic's details, never drafts."""

import re
import sys
from functools import wraps
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.db.models import Case, When
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ..document.content import read_kept
from ..models import LANGUAGES, Clinic, Publication
from ..page_cache.store import CACHE_CONTROL
from ..publishing import slugs
from . import structured_data, treatment_page
from .errors import is_outage, temporarily_unavailable
from .finishing import finished
from .middleware import preferred_language, public_policy
from .shared_data import site_facts


def public_page(view):
    """GET and HEAD only; compressed; asked for again each time, and answered 304 if unchanged.

    Most readers get the same from pages.py, without any of this being run.
    """

    @csrf_exempt  # it takes no POST at all, and says so
    @require_safe
    @gzip_page
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.headers["Content-Type"].startswith("text/html"):
            response.content = finished(response.content)
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response

    return wrapped


def render_page(
    request: HttpRequest, template: str, context: dict, *, styles: tuple[str, ...] = ()
) -> HttpResponse:
    """A page, and the policy that allows its style sheet and no other: both of these `styles`."""
    response = render(request, template, context | {"styles": styles})
    response.headers["Content-Security-Policy"] = public_policy(*styles)
    return response


def site_context(request: HttpRequest, clinic: Clinic, live_in=LANGUAGES) -> dict:
    """What the base template needs: the clinic, and this page's address in each language."""
    language = request.LANGUAGE_CODE
    other = next(code for code in LANGUAGES if code != language)
    tail = request.path_info[len(f"/{language}/") :]
    slugs = {code: f"/{code}/{tail}" for code in live_in}
    return {
        "clinic": clinic,
        "language": language,
        "other_language": other,
        "public_url": settings.PUBLIC_URL,
        "addresses": slugs,
        "address": slugs.get(language),
        "other_address": slugs.get(other),
    }


def fixed_page(
    request: HttpRequest, name: str, *, styles: tuple[str, ...] = (), **more
) -> HttpResponse:
    """A page whose words are in its template."""
    clinic, page = the_clinic(), structured_data.PAGES[name]
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


def the_clinic() -> Clinic:
    return Clinic.the_one()


def live_in(language: str) -> list[Publication]:
    """What is live in a language, in the clinic's order, without the documents."""
    return list(
        Publication.objects.live(timezone.now())
        .filter(language=language)
        .select_related("treatment")
        .order_by("treatment__position", "treatment_id")
    )


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


# What a page says of its publication: making SQL of all columns costs as much as finding them.
SHOWN = (
    "language",
    "title",
    "live_from",
    "changed_since_review",
    "review__reviewed_on",
    "review__reviewer",
    "review__qualification",
    "review__next_due",
    "earlier_review__reviewed_on",
)


@public_page
def treatment(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    # One query for both languages, of which only one is to bring its document.
    found = (
        Publication.objects.live(timezone.now())
        .filter(treatment__slug=slug)
        .annotate(document=Case(When(language=language, then="snapshot__document")))
        .select_related("review", "earlier_review")
        .only(*SHOWN)
        .order_by()
    )
    live = {publication.language: publication for publication in found}
    if not live:
        raise Http404
    facts = site_facts()
    base = site_context(request, facts.clinic, live_in=[code for code in LANGUAGES if code in live])
    if language not in live:
        base["title_there"] = next(iter(live.values())).title
        return render(request, "public/not_in_this_language.html", base, status=404)
    publication = live[language]
    page = treatment_page.context(
        read_kept(publication.document),
        language,
        slug=slug,
        facts=facts,
        written=publication.document,
        publication=publication,
    )
    structured = structured_data.treatment_page(
        page["prose"],
        public_url=settings.PUBLIC_URL,
        path=base["address"],
        home=reverse("home", args=[language]),
        treatments=reverse("treatment-list", args=[language]),
        language=language,
        clinic=facts.clinic,
        published_at=publication.live_from,
        review=publication.review,
    )
    return render_page(request, "public/treatment.html", base | page | {"structured": structured})


@public_page
def about(request: HttpRequest, language: str) -> HttpResponse:
    return fixed_page(request, "about")


@public_page
def privacy(request: HttpRequest, language: str) -> HttpResponse:
    return fixed_page(request, "privacy")


@public_page
def disclaimer(request: HttpRequest, language: str) -> HttpResponse:
    return fixed_page(request, "disclaimer")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For what asks without reading a page, the admin among it."""
    response = HttpResponseRedirect(static("img/icon.svg"))
    patch_cache_control(response, public=True, max_age=86_400)
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the container's health check: answers 200 while the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of the session it was opened in. Nothing was changed."""
    return render(request, "staff/form_refused.html", status=403)


OF_A_TREATMENT = re.compile(r"(/(?:en|bn)/treatments/)([a-z0-9-]{1,60})(/.*)?", re.DOTALL)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Leads on from an address that a treatment had before, also from what stands below it."""
    if moved := OF_A_TREATMENT.fullmatch(request.path_info):
        before, slug, below = moved.groups()
        if there := slugs.today(slug):
            return lead_on(request, f"{before}{there}{below or '/'}")
    context = site_context(request, the_clinic(), live_in=[])
    return render(request, "404.html", context, status=404)


def lead_on(request: HttpRequest, path: str) -> HttpResponse:
    """For good as far as anybody can know; asked again all the same, as an address may come back."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{quote(path)}?{query}" if query else quote(path))
    if request.method not in ("GET", "HEAD"):
        response.status_code = 308  # what a form sends goes along
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither the database nor anything else that may just have failed."""
    if is_outage(sys.exception()):
        return temporarily_unavailable(request)
    return render(request, "500.html", {"language": get_language()}, status=500)
