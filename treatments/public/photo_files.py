"""The files of photos: for everybody while a live page shows them, else for staff alone."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ..models import Picture, Publication
from ..page_cache.page import CACHE_CONTROL
from ..photos.processing import file_name
from ..photos.storage import open_file

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def picture(request: HttpRequest, name: str, width: str, extension: str) -> HttpResponse:
    """A file never changes under its name, but may be taken away: so it is asked for each time.

    The address lets nothing but such names through.
    """
    picture = Picture.objects.filter(name=name, removed_at=None)
    if picture.filter(publications__in=Publication.objects.live(timezone.now())).exists():
        cache_control = CACHE_CONTROL
    elif _may_see_drafts(request.user) and not _is_removed(name):
        cache_control = "private, no-store"
    else:
        raise Http404
    file = file_name(name, int(width), extension)
    etag = f'"{file}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = FileResponse(open_file(file), content_type=TYPES[extension])
        except FileNotFoundError:
            raise Http404 from None
    for header, value in {**HEADERS, "Cache-Control": cache_control, "ETag": etag}.items():
        response.headers[header] = value
    return response


def _is_removed(name: str) -> bool:
    return Picture.objects.filter(name=name).exclude(removed_at=None).exists()


def _may_see_drafts(user) -> bool:
    return user.is_staff and user.has_perm("treatments.view_photo")
