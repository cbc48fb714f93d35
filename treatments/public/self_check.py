"""May I have it? the reasons not to have a treatment, as questions."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ..document.content import Edition
from ..document.to_confirm import Marks
from ..models import Clinic
from .base import public_page, render_page, site_context
from .live import live_or_404


def has_reasons(edition: Edition) -> bool:
    return bool(edition.items("contraindications"))


@public_page
def check(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The reasons not to have a treatment, as questions. Answers never leave the device."""
    live = live_or_404(slug, language, only_if=has_reasons)
    base = site_context(request, Clinic.the_one(), live.languages)
    page = {
        "title": _("May I have it? Check"),
        "description": _(
            "Questions to answer before you book. Your answers stay on your phone: nothing is sent."
        ),
    }
    context = base | {
        "page": page,
        "slug": slug,
        "treatment_title": live.publication.title,
        "items": live.edition.items("contraindications"),
        "marks": Marks(),
    }
    return render_page(request, "public/check.html", context, styles=("tools",))
