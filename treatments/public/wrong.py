"""Something wrong on this page? A message about each part of a treatment's page, ready to send."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..document.page_sections import page_sections
from ..models import Clinic
from .base import public_page, render_page, site_context
from .live import Live, live_or_404


@dataclass(frozen=True)
class Part:
    """A part of the page: its name, its address and what to write about it."""

    name: str
    address: str
    message: str


@public_page
def wrong_page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Lists the parts of a treatment's page. Nothing that a reader writes comes to this site."""
    live = live_or_404(slug, language)
    page = {
        "title": _("Tell us what is wrong"),
        "description": _("How to tell the clinic that a sentence on its page is wrong."),
    }
    context = site_context(request, Clinic.the_one(), live.languages) | {
        "page": page,
        "slug": slug,
        "treatment_title": live.publication.title,
        "parts": list(_parts(live, reverse("treatment", args=[language, slug]))),
    }
    return render_page(request, "public/wrong.html", context)


def _parts(live: Live, address: str) -> Iterator[Part]:
    """The top, every section, and whatever else stands there."""
    sections = [(str(one.heading), f"{address}#{one.key}") for one in page_sections(live.edition)]
    top, elsewhere = _("The top of the page"), _("Another place on the page")
    for name, path in [(top, address), *sections, (elsewhere, address)]:
        about = _("Something seems wrong on the page “%(title)s”. The part: %(part)s.")
        message = "\n".join(
            [
                about % {"title": live.publication.title, "part": name},
                f"{settings.PUBLIC_URL}{path}",
                _("What is wrong:") + " ",
            ]
        )
        yield Part(name, path, message)
