"""Answers that are no page: nothing is there, it has moved, something failed, the database is away."""

import logging
import re
import sys
import time
from copy import copy
from types import SimpleNamespace
from urllib.parse import quote, unquote

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext_lazy

from ..language.active import in_active_digits
from ..language.text import first_unreadable_letter, has_words
from ..models import Clinic
from ..page_cache import invalidation
from ..page_cache.page import CACHE_CONTROL
from ..page_cache.troubles import Trouble, trouble_of
from ..publishing import slugs
from . import request_number
from .base import render_page, site_context
from .middleware import is_for_staff, public_policy

RETRY_SECONDS = 30
TOLD_SECONDS = 60.0  # between two lines about the same trouble; each failure has one of its own

log = logging.getLogger(__name__)
_told: dict[Trouble, float] = {}


def _tell_operator(trouble: Trouble) -> None:
    now = time.monotonic()
    if now - _told.get(trouble, float("-inf")) >= TOLD_SECONDS:
        _told[trouble] = now
        log.error("%s", trouble.value)


# What a trouble means for staff.
STAFF_WORDS = {
    Trouble.AWAY: gettext_lazy(
        "The database cannot be reached. If this lasts, tell whoever looks after the server."
    ),
    Trouble.UNPREPARED: gettext_lazy("The site is being updated. Try again in a few minutes."),
    Trouble.BUSY: gettext_lazy(
        "Something else held the database for too long. Try again in a minute."
    ),
    Trouble.DAMAGED: gettext_lazy(
        "The database is damaged and has to be put back from a copy. Tell whoever looks after the "
        "server, now."
    ),
    Trouble.FULL: gettext_lazy(
        "The server's disk is full. Until there is room, nothing can be saved. Tell whoever looks "
        "after the server."
    ),
    Trouble.READ_ONLY: gettext_lazy(
        "The server's disk lets nothing be written. Until that is mended, nothing can be saved. "
        "Tell whoever looks after the server."
    ),
}
STAFF_WORDS[Trouble.NOT_OURS] = STAFF_WORDS[Trouble.READ_ONLY]


def _number() -> dict[str, str]:
    return {"number": in_active_digits(request_number.in_two_halves())}


def temporarily_unavailable(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Needs no database: the clinic's numbers are those last known. Staff are told what is wrong."""
    language = get_language()
    if is_for_staff(request):
        sent = request.method == "POST"
        context = {"language": language, "sent": sent, "words": STAFF_WORDS[trouble], **_number()}
        response = render(request, "staff/trouble.html", context, status=503)
        response.headers["Content-Security-Policy"] = public_policy()  # its style sheet is inline
    else:
        context = {"language": language, "clinic": last_known_contact(language)}
        response = render(request, "503.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def last_known_contact(language: str) -> SimpleNamespace:
    """The clinic's name, phone_list and emergency_number; each empty where it is not known."""
    ledger = invalidation.load_ledger()
    plain = ledger.contact if ledger else invalidation.NO_CONTACT
    return SimpleNamespace(**plain | {"name": plain["name"].get(language, "")})


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of the session it was opened in. Nothing was changed.

    Where it came from a page of this very site, what was typed is there to be sent again. Another
    site's form is not: it would only have to be agreed to.
    """
    if can_be_sent_again(request):
        return send_again(request)
    return render(request, "staff/form_refused.html", status=403)


def is_sent_by_a_page(request: HttpRequest) -> bool:
    """Whether it comes from a page of our admin, by its headers alone.

    A script is answered as before: it asks what became of the login.
    """
    here = f"{request.scheme}://{request.get_host()}"
    by_a_person = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return is_for_staff(request) and request.headers.get("Origin") == here and by_a_person


def can_be_sent_again(request: HttpRequest) -> bool:
    """Whether somebody typed something on a page of this site, and no password: that stands in none."""
    if not is_sent_by_a_page(request):
        return False
    names = {*request.POST} - {"csrfmiddlewaretoken"}
    return bool(names) and not any("password" in name for name in names)


def send_again(request: HttpRequest, *, logged_out: bool = False) -> HttpResponse:
    """The form that could not be taken, with all that was typed, and a button that sends it."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {
        "typed": typed,
        "shown": [value for name, value in typed if has_words(value) and name != "base"],
        "logged_out": logged_out,
        "encoding": request.content_type,
        "has_files": bool(request.FILES),
    }
    response = render(request, "staff/send_again.html", context, status=403)
    add_never_cache_headers(response)
    return response


OF_A_TREATMENT = re.compile(r"(/(?:en|bn)/treatments/)([a-z0-9-]{1,60})(/.*)?", re.DOTALL)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Leads on from an address that a treatment had before, also from what stands below it; and
    from one that came with something of the sentence around it."""
    if there := without_tail(request):
        return redirect_to(request, there)
    if moved := OF_A_TREATMENT.fullmatch(request.path_info):
        before, slug, below = moved.groups()
        if there := slugs.current_slug(slug):
            return redirect_to(request, f"{before}{there}{below or '/'}")
    context = site_context(request, Clinic.the_one(), languages=())
    # Elsewhere nobody asks who reads.
    context["is_staff"] = is_for_staff(request) and request.user.is_staff
    response = render_page(request, "404.html", context, status=404)
    if not is_for_staff(request):
        response.headers["Cache-Control"] = CACHE_CONTROL
    return response


# What our addresses are made of. A chat takes for one of theirs also what people write behind it:
# a full stop, a bracket, ।, an ending, or with %20 the rest of the sentence.
ADDRESS = re.compile(r"/[a-z0-9/.-]*")
NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")  # so nothing that anybody wrote


def without_tail(request: HttpRequest) -> str | None:
    """The page of ours that an address begins with; None where there is none, or nothing behind."""
    path, reads = request.path_info, request.method in ("GET", "HEAD")
    begins = ADDRESS.match(path)
    if not (reads and begins) or is_for_staff(request) or _is_no_text(path):
        return None
    start = begins[0].rstrip("/.-")
    return next((at for at in (f"{start}/", start) if at != path and _is_there(request, at)), None)


def _is_no_text(path: str) -> bool:
    """Django leaves bytes that are no UTF-8 in their %-escapes."""
    said = unquote(path)
    return bool(NO_TEXT.search(said) or first_unreadable_letter(said))


def _is_there(request: HttpRequest, path: str) -> bool:
    """Whether a reader who asks for a path of ours gets something to read, at once or led there."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name == "picture":  # an open file, and nothing to read
        return False
    asked = copy(request)
    asked.path = asked.path_info = path
    try:
        return match.func(asked, *match.args, **match.kwargs).status_code < 400
    except Http404:
        return False


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
    error = sys.exception()
    trouble = trouble_of(error)
    if not trouble and isinstance(error, OperationalError | InterfaceError):
        trouble = Trouble.AWAY
    if trouble:
        _tell_operator(trouble)
        return temporarily_unavailable(request, trouble)
    context = {"language": get_language(), **_number()}
    response = render(request, "500.html", context, status=500)
    response.headers["Content-Security-Policy"] = public_policy()
    return response
