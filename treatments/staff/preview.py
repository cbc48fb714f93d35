"""The public template over a saved version."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, override

from ..document.content import Document, in_language
from ..document.json_form import load_stored
from ..document.rows import without_removed_photos
from ..models import LANGUAGES, Clinic, Publication, Snapshot, Treatment
from ..public.base import render_page
from ..public.treatment_page import treatment_context
from .photo_removal import missing_photos_note


def version_view(model_admin, request: HttpRequest, pk: int, snapshot: int, language: str):
    """The page as a saved version would show it, in today's layout."""
    kept = get_object_or_404(
        Snapshot.objects.select_related("treatment"), pk=snapshot, treatment__pk=pk
    )
    if not model_admin.has_view_permission(request, kept.treatment):
        raise PermissionDenied
    if language not in LANGUAGES:
        raise Http404
    note = gettext_lazy("A saved version, in today's layout. This is not the public page.")
    return render_document(request, kept.treatment, load_stored(kept.document), language, note)


def render_document(
    request: HttpRequest,
    treatment: Treatment,
    document: Document,
    language: str,
    note: str,
    publication: Publication | None = None,
) -> HttpResponse:
    """A document in the public template, with a line above it that says what one looks at."""
    if document.prose[language] is None:
        return render(request, "staff/treatment/preview_empty.html", {"language": language})
    with override(language):
        page = treatment_context(
            in_language(without_removed_photos(document), language),
            slug=treatment.slug,
            clinic=Clinic.the_one(),
            publication=publication,
        )
        site = {
            "language": language,
            "other_language": next(code for code in LANGUAGES if code != language),
            "public_url": settings.PUBLIC_URL,
            "addresses": {language: reverse("treatment", args=[language, treatment.slug])},
            "is_preview": " ".join([str(note), *missing_photos_note([document])]),
        }
        response = render_page(request, "public/treatment.html", page | site)
    response["Content-Language"] = language
    return response
