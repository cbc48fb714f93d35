"""Where uploaded pictures are kept: a row each, and their files as `pictures/…` in the storage."""

import re
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from .models import Photo, Picture, Snapshot
from .photos import Renditions

# An upload may still be on its way into a treatment.
GRACE = timedelta(days=1)

_NAMED = re.compile(r'"image": "([0-9a-f]{16})"')


FOLDER = "pictures"


class NotKept(Exception):
    """The storage did not take the files: a full disk, or a bucket that cannot be reached."""


def keep(photo: Renditions, *, now: datetime, by=None) -> Picture:
    """Keeps a photo's files and its row; the same photo again is the same picture.

    Raises NotKept; then there is no row either.
    """
    try:
        for name, content in photo.files.items():
            default_storage.save(f"{FOLDER}/{name}", ContentFile(content))
    except Exception as error:  # each kind of storage has its own
        raise NotKept from error
    size = {"width": photo.width, "height": photo.height}
    return Picture.objects.update_or_create(
        name=photo.name, defaults={**size, "uploaded_by": by, "uploaded_at": now}
    )[0]


def opened(name: str) -> File:
    """A picture's file by its name. Raises FileNotFoundError."""
    return default_storage.open(f"{FOLDER}/{name}")


def sweep(*, now: datetime) -> list[str]:
    """Removes the pictures that no treatment and no saved version names; returns their files."""
    before = now - GRACE
    old = [name for name in _files() if default_storage.get_modified_time(name) < before]
    named = _names_in_use()
    Picture.objects.filter(uploaded_at__lt=before).exclude(name__in=named).delete()
    unused = [name for name in old if PurePosixPath(name).name.partition("-")[0] not in named]
    for name in unused:
        default_storage.delete(name)
    return sorted(unused)


def _files() -> list[str]:
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # before the first photo
        return []
    return [f"{FOLDER}/{name}" for name in names if name]


def _names_in_use() -> set[str]:
    names = set(Photo.objects.values_list("image", flat=True))
    documents = Snapshot.objects.filter(document__contains='"image": "')
    for document in documents.values_list("document", flat=True).iterator(chunk_size=100):
        names.update(_NAMED.findall(document))
    return names
