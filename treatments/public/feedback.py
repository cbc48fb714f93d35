"""Was this page helpful? Answers are counted; nothing about who gave them is stored."""

import hashlib
import secrets
from collections import Counter
from threading import Lock, Timer

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..models import Clinic, Helpful
from .base import public_page, render_page, site_context
from .live import live_or_404
from .middleware import client_address, network_of

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
            "network": self._digest(network_of(address)),
            "provider": self._digest(network_of(address, ipv4=16, ipv6=32)),
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
    """A form of ours sends no cookie that could be stolen, so what its browser says is enough.

    One that says nothing is believed: old phones and some of the proxies that save them data leave
    it all out, and no browser of today does so for a form on another website.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    own = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin:
        return origin == own
    came_from = request.headers.get("Referer")
    return not came_from or came_from.startswith(f"{own}/")


@csrf_exempt
@require_POST
def record_answer(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Counts one answer; nothing about who gave it is stored or logged."""
    if not is_from_our_own_page(request):
        return HttpResponse(status=403)
    answer, missing = request.POST.get("answer"), request.POST.get("missing", "")
    if answer not in Helpful.Answer or missing not in {"", *Helpful.Missing}:
        return HttpResponse(status=400)
    if not votes.take(client_address(request)):
        return HttpResponse(status=429, headers={"Retry-After": str(MINUTE)})
    Helpful.add(live_or_404(slug, language).publication, answer, missing)
    asks = answer == Helpful.Answer.NO and not missing
    return HttpResponseRedirect(
        reverse("missing" if asks else "thanks", args=[language, slug]), status=303
    )


@public_page
def missing_page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """After a no: what was missing? Whoever does not want to say need not."""
    return answer_page(request, slug, choices=Helpful.Missing.choices)


@public_page
def thanks_page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    return answer_page(request, slug, choices=())


def answer_page(request: HttpRequest, slug: str, choices: object) -> HttpResponse:
    live = live_or_404(slug, request.LANGUAGE_CODE)
    page = {"title": _("Thank you"), "description": ""}
    context = site_context(request, Clinic.the_one(), live.languages) | {
        "page": page,
        "slug": slug,
        "treatment_title": live.publication.title,
        "choices": choices,
    }
    return render_page(request, "public/thanks.html", context)
