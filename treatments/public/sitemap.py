"""The sitemap: every live page, each with its other language."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import LANGUAGES, Publication
from .fixed_pages import PAGES, Page


def pages() -> list[dict]:
    """`[{"addresses": {"en": path, …}, "changed": {"en": date, …}}, …]`."""
    treatments: dict[str, dict] = {}
    newest: dict[str, date] = {}
    live = Publication.objects.live(timezone.now()).select_related("treatment")
    for publication in live.order_by("treatment__position", "treatment__pk", "language"):
        slug, code = publication.treatment.slug, publication.language
        day = timezone.localtime(publication.live_from).date()
        entry = treatments.setdefault(slug, {"addresses": {}, "changed": {}})
        entry["addresses"][code] = reverse("treatment", args=[code, slug])
        entry["changed"][code] = day
        newest[code] = max(day, newest.get(code, day))
    return [_fixed(page, newest) for page in PAGES.values()] + list(treatments.values())


def _fixed(page: Page, newest: dict[str, date]) -> dict:
    """Two of them list the treatments, so they change with them."""
    lists = page.name in ("home", "treatment-list")
    return {
        "addresses": {code: reverse(page.name, args=[code]) for code in LANGUAGES},
        "changed": {
            code: max(page.changed, newest.get(code, page.changed)) if lists else page.changed
            for code in LANGUAGES
        },
    }


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "sitemap.xml",
        {"pages": pages(), "public_url": settings.PUBLIC_URL},
        content_type="application/xml; charset=utf-8",
    )
