"""Where uploaded pictures are kept: a row each, and their files in MEDIA_ROOT/pictures."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from .changes import write_whole
from .models import Photo, Picture, Snapshot
from .photos import Renditions

# An upload may still be on its way into a treatment.
GRACE = timedelta(days=1)

_NAMED = re.compile(r'"image": "([0-9a-f]{16})"')


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures"


def keep(photo: Renditions, *, now: datetime, by=None) -> Picture:
    """Keeps a photo's files and its row; the same photo again is the same picture.

    Raises OSError where the disk does not take the files; then there is no row either.
    """
    folder().mkdir(parents=True, exist_ok=True)
    for name, content in photo.files.items():
        write_whole(folder() / name, content)
    size = {"width": photo.width, "height": photo.height}
    return Picture.objects.update_or_create(
        name=photo.name, defaults={**size, "uploaded_by": by, "uploaded_at": now}
    )[0]


def sweep(*, now: datetime) -> list[Path]:
    """Removes the pictures that no treatment and no saved version names; returns their files."""
    before = now - GRACE
    paths = [path for path in folder().glob("*") if path.stat().st_mtime < before.timestamp()]
    named = _names_in_use()
    Picture.objects.filter(uploaded_at__lt=before).exclude(name__in=named).delete()
    unused = [path for path in paths if path.name.partition("-")[0] not in named]
    for path in unused:
        path.unlink(missing_ok=True)
    return sorted(unused)


def _names_in_use() -> set[str]:
    names = set(Photo.objects.values_list("image", flat=True))
    documents = Snapshot.objects.filter(document__contains='"image": "')
    for document in documents.values_list("document", flat=True).iterator(chunk_size=100):
        names.update(_NAMED.findall(document))
    return names
