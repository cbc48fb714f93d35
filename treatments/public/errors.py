"""Answers that are no page: nothing is there, it has moved, something failed, the database is away."""

import re
import sys
from types import SimpleNamespace
from urllib.parse import quote

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from ..models import Clinic
from ..page_cache import invalidation
from ..page_cache.page import CACHE_CONTROL
from ..publishing import slugs
from .base import site_context

RETRY_SECONDS = 30


def is_outage(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError | InterfaceError)


def temporarily_unavailable(request: HttpRequest) -> HttpResponse:
    """Needs no database: the clinic's numbers are those last known."""
    language = get_language()
    clinic = last_known_contact(language)
    response = render(request, "503.html", {"language": language, "clinic": clinic}, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def last_known_contact(language: str) -> SimpleNamespace:
    """The clinic's name, phone_list and emergency_number; each empty where it is not known."""
    known = invalidation.load_ledger()
    plain = known.contact if known else invalidation.NO_CONTACT
    return SimpleNamespace(**plain | {"name": plain["name"].get(language, "")})


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of the session it was opened in. Nothing was changed."""
    return render(request, "staff/form_refused.html", status=403)


OF_A_TREATMENT = re.compile(r"(/(?:en|bn)/treatments/)([a-z0-9-]{1,60})(/.*)?", re.DOTALL)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Leads on from an address that a treatment had before, also from what stands below it."""
    if moved := OF_A_TREATMENT.fullmatch(request.path_info):
        before, slug, below = moved.groups()
        if there := slugs.current_slug(slug):
            return redirect_to(request, f"{before}{there}{below or '/'}")
    context = site_context(request, Clinic.the_one(), languages=())
    return render(request, "404.html", context, status=404)


def redirect_to(request: HttpRequest, path: str) -> HttpResponse:
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
