"""What holds for every request: its language, and the headers of its answer."""

import ipaddress
import re
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from . import request_number
from .stylesheet import stylesheet_hash

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=()"


def public_policy(*more_styles: str) -> str:
    """A stored page can carry no nonce: its one inline style sheet is allowed by its hash."""
    return (
        "default-src 'none'; "
        f"style-src '{stylesheet_hash(*more_styles)}'; "
        "img-src 'self'; script-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


# Browsers count down from 1 through the languages of a phone; below this, one is an afterthought.
AFTERTHOUGHT = 0.3


def preferred_language(request: HttpRequest) -> str:
    """The one that the browser weighs more (RFC 9110, section 12.5.4); Bangla if that is open.

    But phones in Bangladesh often run in English, so a listed `bn` wins, also behind English.
    """
    wish: dict[str, float] = {}
    for entry in request.headers.get("Accept-Language", "").lower().split(","):
        tag, *parameters = entry.split(";")
        language = re.split("[-_]", tag.strip())[0]
        wish[language] = max(wish.get(language, 0.0), _weight(parameters))
    others = wish.get("*", 0.0)
    english, bangla = wish.get("en", others), wish.get("bn", others)
    if "bn" in wish and bangla >= AFTERTHOUGHT:
        return "bn"
    if wish.get("bn") == 0 and "en" not in wish:  # Bangla is all that was said no to
        return "en"
    return "en" if english > bangla else "bn"


def _weight(parameters: list[str]) -> float:
    """From 0 (not wanted) to 1, which is also that of a language whose weight cannot be read."""
    for parameter in parameters:
        if found := re.fullmatch(r"\s*q\s*=\s*([0-9]+\.?[0-9]*|\.[0-9]+)\s*", parameter):
            return min(float(found[1]), 1.0)
    return 1.0


def language_of_the_address(get_response):
    """The first part of the address says the language; nothing else redirects by language."""

    def middleware(request):
        first = request.path_info.removeprefix("/").partition("/")[0]
        if first in dict(settings.LANGUAGES):
            language = first
        elif is_for_staff(request):
            language = settings.LANGUAGE_CODE
        else:
            language = preferred_language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def number_requests(get_response):
    """What is finished once for many readers carries no number of one request."""

    def middleware(request):
        number = request_number.begin()
        try:
            response = get_response(request)
        finally:
            request_number.end()
        if is_for_staff(request) or response.status_code == 500:
            response.headers["X-Request-Id"] = number
        return response

    return middleware


def is_for_staff(request: HttpRequest) -> bool:
    return request.path_info.startswith(reverse("admin:index"))


def compress_staff_pages(get_response):
    """A staff page has the same tags hundreds of times; a reader's page is kept compressed.

    Safe although who attacks could measure the length (BREACH): the one secret in it, the form's
    token, is masked anew for each answer, another site can send the cookies along only by leading
    somebody to a page, and GZipMiddleware adds a random number of bytes.
    """
    compressing = GZipMiddleware(get_response)

    def middleware(request):
        return (compressing if is_for_staff(request) else get_response)(request)

    return middleware


def security_headers(get_response):
    def middleware(request):
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_for_staff(request):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        else:
            response.headers.setdefault("Content-Security-Policy", public_policy())
        return response

    return middleware


def explain_refusals(get_response):
    """No reader is left before an empty page: what a view refuses without words gets some."""

    def middleware(request):
        response = get_response(request)
        refused = response.status_code >= 400 and not response.streaming
        if refused and not response.content and not is_for_staff(request):
            match = request.resolver_match
            slug = match.kwargs.get("slug") if match else None
            response.content = refusal_page(request.LANGUAGE_CODE, response.status_code, slug)
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


@lru_cache(maxsize=100)  # whoever is refused many times a second is to cost little
def refusal_page(language: str, status: int, slug: str | None) -> str:
    context = {"language": language, "status": status, "slug": slug}
    return render_to_string("refused.html", context)


def client_address(request: HttpRequest) -> str:
    """The address that a request comes from, behind as many proxies as are ours."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.PROXY_HOPS and len(forwarded) >= settings.PROXY_HOPS:
        address = forwarded[-settings.PROXY_HOPS].strip()
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR", "")


def network_of(address: str, *, ipv4: int = 32, ipv6: int = 64) -> str:
    """The network of so many leading bits that an address is in, such as "2001:db8::/64".

    By default what one customer has: an IPv4 address, or the 2^64 of IPv6 to choose from. What is
    no address is its own network.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):  # one that says which IPv4 address it belongs to
        found = found.ipv4_mapped or found.sixtofour or found
    return str(ipaddress.ip_network((int(found), ipv4 if found.version == 4 else ipv6), False))
