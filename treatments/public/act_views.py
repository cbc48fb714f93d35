"""What readers do with a page: check before they book, say if it helped, keep it offline."""

import hashlib
import json
import re
import secrets
from collections import Counter
from functools import cache
from pathlib import Path
from threading import Lock, Timer

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_POST, require_safe

from ..document.content import in_language
from ..document.to_confirm import Marks
from ..models import LANGUAGES, Helpful, Publication
from ..page_cache.store import TRACKING
from .live import live_documents, only_in_the_other_language
from .middleware import client_address, network
from .views import public_page, render_page, site_context, the_clinic


@public_page
def check(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The reasons not to have a treatment, as questions. Answers never leave the device."""
    live = {
        code: found
        for code, found in live_documents(slug).items()
        if found[1].items("contraindications")
    }
    if not live:
        raise Http404
    if language not in live:
        return only_in_the_other_language(request, live)
    publication, document = live[language]
    base = site_context(request, the_clinic(), live_in=[code for code in LANGUAGES if code in live])
    page = {
        "title": _("Check before you book"),
        "description": _(
            "Questions to answer before you book. Your answers stay on your phone: nothing is sent."
        ),
    }
    context = base | {
        "page": page,
        "slug": slug,
        "treatment_title": publication.title,
        "items": in_language(document, language).items("contraindications"),
        "marks": Marks(),
    }
    return render_page(request, "public/check.html", context, styles=("tools",))


# --- Was this page helpful? ---------------------------------------------------------------------


MINUTE = 60  # seconds


class Allowance:
    """How many answers this process takes within a minute, and how many of them from one place.

    From a network, as many as the many phones behind a carrier's one address may need. From a
    provider's range, a quarter of all: whoever has a provider's many networks to answer from mutes
    only that provider's readers. Only answers from several providers at once can use up the whole.

    Nothing is stored. Of the answers that were taken, memory holds digests of networks; a minute
    after the first of them it has forgotten these and the random key they were made with.
    """

    def __init__(self, network: int = 20, provider: int = 100, everybody: int = 400):
        self.most = {"network": network, "provider": provider, "everybody": everybody}
        self._lock = Lock()
        self.forget()

    def take(self, address: str) -> bool:
        places = {
            "network": self._digest(network(address)),
            "provider": self._digest(network(address, ipv4=16, ipv6=32)),
            "everybody": b"",
        }
        with self._lock:
            if any(self._taken[place] >= self.most[kind] for kind, place in places.items()):
                return False
            if not self._taken:
                forgetting = Timer(MINUTE, self.forget)
                forgetting.daemon = True
                forgetting.start()
            self._taken.update(places.values())
            return True

    def forget(self) -> None:
        with self._lock:
            self._taken: Counter[bytes] = Counter()
            self._key = secrets.token_bytes(32)

    def _digest(self, place: str) -> bytes:
        return hashlib.blake2b(place.encode(), key=self._key, digest_size=16).digest()


votes = Allowance()  # more than readers give, and no load for the database


def is_from_our_own_page(request: HttpRequest) -> bool:
    """A form of ours sends no cookie that could be stolen, so what its browser says is enough."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    own = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin:
        return origin == own
    return request.headers.get("Referer", "").startswith(f"{own}/")


@csrf_exempt
@require_POST
def helpful(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Counts one answer; nothing about who gave it is stored or logged."""
    if not is_from_our_own_page(request):
        return HttpResponse(status=403)
    answer, missing = request.POST.get("answer"), request.POST.get("missing", "")
    if answer not in Helpful.Answer or missing not in {"", *Helpful.Missing}:
        return HttpResponse(status=400)
    if not votes.take(client_address(request)):
        return HttpResponse(status=429, headers={"Retry-After": str(MINUTE)})
    publication = live_in_language(slug, language)
    Helpful.add(publication, answer, missing)
    asks = answer == Helpful.Answer.NO and not missing
    return HttpResponseRedirect(
        reverse("missing" if asks else "thanks", args=[language, slug]), status=303
    )


@public_page
def missing(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """After a no: what was missing? Whoever does not want to say need not."""
    return answered(request, slug, choices=Helpful.Missing.choices)


@public_page
def thanks(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    return answered(request, slug, choices=())


def answered(request: HttpRequest, slug: str, choices: object) -> HttpResponse:
    publication = live_in_language(slug, request.LANGUAGE_CODE)
    page = {"title": _("Thank you"), "description": ""}
    context = site_context(request, the_clinic()) | {
        "page": page,
        "slug": slug,
        "treatment_title": publication.title,
        "choices": choices,
    }
    return render_page(request, "public/thanks.html", context)


def live_in_language(slug: str, language: str) -> Publication:
    """Raises Http404 where it is not live."""
    live = Publication.objects.live(timezone.now())
    found = live.filter(treatment__slug=slug, language=language).first()
    if not found:
        raise Http404
    return found


# --- Without a network --------------------------------------------------------------------------


@cache
def worker_source() -> str:
    """The service worker, with its version and what it says to readers in every language."""
    words = {}
    for language in reversed(LANGUAGES):  # Bangla first
        with override(language):
            words[language] = {
                "saved": _("No internet: this is the page as it was saved on {when}."),
                "old": _(
                    "No internet: this page was saved on {when}, more than 30 days ago. Its words "
                    "may have changed since. Ask the clinic before you rely on it."
                ),
                "title": _("No internet"),
                "text": _("This page has not been read on this phone yet, so it cannot be shown."),
                "kept": _("You can open these pages, which you have read before:"),
            }
    source = f"const WORDS = {json.dumps(words, ensure_ascii=False)};\n"
    source += f"const TRACKING = /^(?:{TRACKING.pattern})$/;\n"
    script = Path(finders.find("js/sw.js")).read_text("utf-8")
    source += re.sub(r"^ *//.*\n| +// .*", "", script, flags=re.MULTILINE)  # comments stay here
    version = hashlib.blake2b(source.encode(), digest_size=6).hexdigest()
    return f'const VERSION = "{version}";\n{source}'


def worker_etag(request: HttpRequest) -> str:
    return f'"{hashlib.blake2b(worker_source().encode(), digest_size=12).hexdigest()}"'


@require_safe
@gzip_page
@condition(etag_func=worker_etag)
def worker(request: HttpRequest) -> HttpResponse:
    """Under the root, so that it may answer for every page; asked for again at each visit."""
    return HttpResponse(
        worker_source(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "max-age=0, must-revalidate"},
    )
