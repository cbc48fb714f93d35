"""The files of photos, where no web server in front hands them out itself."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from .photos import file_name
from .pictures import opened

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def picture(request: HttpRequest, name: str, width: str, extension: str) -> FileResponse:
    """A file never changes under its name. The address lets nothing but such names through."""
    try:
        file = opened(file_name(name, int(width), extension))
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=TYPES[extension], headers=HEADERS)
