"""What is live of a treatment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ..document.content import Document, read_kept
from ..models import Publication
from .views import site_context, the_clinic


def live_documents(slug: str) -> dict[str, tuple[Publication, Document]]:
    """What is live of a treatment, by language. One query."""
    live = (
        Publication.objects.live(timezone.now())
        .filter(treatment__slug=slug)
        .select_related("snapshot", "review", "earlier_review")
    )
    return {
        publication.language: (publication, read_kept(publication.snapshot.document))
        for publication in live
    }


def only_in_the_other_language(
    request: HttpRequest, live: dict[str, tuple[Publication, object]]
) -> HttpResponse:
    (other, (publication, _found)), *_rest = live.items()
    base = site_context(request, the_clinic(), live_in=[other])
    base["title_there"] = publication.title
    return render(request, "public/not_in_this_language.html", base, status=404)
