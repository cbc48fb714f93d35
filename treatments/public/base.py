"""What public pages share: how they are made and answered, and what stands around their text."""

from collections.abc import Collection
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ..models import LANGUAGES, Clinic
from ..page_cache.page import CACHE_CONTROL
from .live import OnlyInTheOtherLanguage
from .middleware import public_policy
from .minify import minified


def public_page(view):
    """GET and HEAD only; compressed; asked for again each time, and answered 304 if unchanged.

    Most readers get the same from the page cache, without any of this being run.
    """

    @csrf_exempt  # it takes no POST at all, and says so
    @require_safe
    @gzip_page
    @or_other_language
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return wrapped


def or_other_language(view):
    """Says so, and leads there, where a page is there in the other language only."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OnlyInTheOtherLanguage as error:
            context = site_context(request, Clinic.the_one(), [error.publication.language])
            context["title_there"] = error.publication.title
            context["other_address"] = error.address or context["other_address"]
            response = render_page(request, "public/not_in_this_language.html", context, status=404)
            response.headers["Cache-Control"] = CACHE_CONTROL
            return response

    return wrapped


def render_page(
    request: HttpRequest,
    template: str,
    context: dict,
    *,
    styles: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """A finished page, whose header allows the style sheet that it has and no other.

    `styles` are the files of that sheet which few pages need, such as "tools".
    """
    response = render(request, template, context | {"styles": styles}, status=status)
    response.content = minified(response.content)
    response.headers["Content-Security-Policy"] = public_policy(*styles)
    return response


def site_context(
    request: HttpRequest, clinic: Clinic, languages: Collection[str] = LANGUAGES
) -> dict:
    """What the base template needs: the clinic, and this page's address in each of `languages`."""
    language = request.LANGUAGE_CODE
    other = next(code for code in LANGUAGES if code != language)
    tail = request.path_info[len(f"/{language}/") :]
    addresses = {code: f"/{code}/{tail}" for code in languages}
    return {
        "clinic": clinic,
        "language": language,
        "other_language": other,
        "public_url": settings.PUBLIC_URL,
        "addresses": addresses,
        "address": addresses.get(language),
        "other_address": addresses.get(other),
    }
