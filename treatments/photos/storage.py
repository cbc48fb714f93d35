"""Where uploaded pictures are kept: a row each, and their files as `pictures/…` in the storage."""

import logging
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from ..models import Photo, Picture, Snapshot, Treatment
from .processing import FORMATS, WIDTHS, Renditions, file_name, rendition_widths

log = logging.getLogger(__name__)

# An upload may still be on its way into a treatment.
GRACE = timedelta(days=1)

_NAMED = re.compile(r'"image": "([0-9a-f]{16})"')
FOLDER = "pictures"


class NotKept(Exception):
    """The storage did not take the files: a full disk, or a bucket that cannot be reached."""


class StaysRemoved(Exception):
    """This very photo was removed everywhere, and no upload brings it back."""


class NotDeleted(Exception):
    """The storage did not delete every file; `sweep` tries again."""


def store_photo(photo: Renditions, *, now: datetime, by=None) -> Picture:
    """Keeps a photo's files and its row; the same photo again is the same picture.

    Raises NotKept or StaysRemoved; then there is no new row either.
    """
    if Picture.objects.filter(name=photo.name).exclude(removed_at=None).exists():
        raise StaysRemoved
    try:
        for name, content in photo.files.items():
            default_storage.save(f"{FOLDER}/{name}", ContentFile(content))
    except Exception as error:  # each kind of storage has its own
        raise NotKept from error
    size = {"width": photo.width, "height": photo.height}
    picture, _made = Picture.objects.update_or_create(
        name=photo.name, defaults={**size, "uploaded_by": by, "uploaded_at": now}
    )
    if picture.removed_at:  # while its files were written
        delete_files(picture)
        raise StaysRemoved
    return picture


def delete_files(picture: Picture) -> None:
    """Raises NotDeleted."""
    try:
        for name in _file_names(picture.name, WIDTHS):
            default_storage.delete(name)
    except Exception as error:  # each kind of storage has its own
        raise NotDeleted from error


def _file_names(name: str, widths: Iterable[int]) -> list[str]:
    return [f"{FOLDER}/{file_name(name, width, end)}" for width in widths for end in FORMATS]


def existing_renditions(wanted: set[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    """Which of these pictures, each a name and a width in pixels, can be shown.

    Their files may have been copied here beside the content of another site, without rows.
    """
    rows = Picture.objects.filter(name__in={name for name, _width in wanted})
    known = {row.name: row for row in rows} if wanted else {}
    return frozenset(
        (name, width)
        for name, width in wanted
        if (
            known[name].removed_at is None and known[name].width == width
            if name in known
            else _has_files(name, width)
        )
    )


def _has_files(name: str, width: int) -> bool:
    try:
        return bool(rendition_widths(width)) and not missing_files(name, width)
    except Exception:  # each kind of storage has its own
        log.exception("Whether the files of a photo are there could not be learnt")
        return False


def missing_files(name: str, width: int) -> list[str]:
    """The files of a picture that are not in the storage; whatever a bucket raises is not caught."""
    files = _file_names(name, rendition_widths(width))
    return [file for file in files if not default_storage.exists(file)]


def open_file(name: str) -> File:
    """A picture's file by its name. Raises FileNotFoundError."""
    return default_storage.open(f"{FOLDER}/{name}")


def delete_unused(*, now: datetime) -> list[str]:
    """Removes the pictures that no treatment and no saved version names; returns their files.

    The row of what was removed everywhere stays; what is left of its files goes.
    """
    before = now - GRACE
    old = [name for name in _files() if default_storage.get_modified_time(name) < before]
    named = _names_in_use()
    old_rows = Picture.objects.filter(removed_at=None, uploaded_at__lt=before)
    old_rows.exclude(name__in=named).delete()
    named -= set(Picture.objects.exclude(removed_at=None).values_list("name", flat=True))
    unused = [name for name in old if PurePosixPath(name).name.partition("-")[0] not in named]
    for name in unused:
        default_storage.delete(name)
    return sorted(unused)


def snapshots_with_photo(name: str) -> QuerySet[Snapshot]:
    """The saved versions that name a picture."""
    return Snapshot.objects.filter(document__contains=f'"image": "{name}"')


def removed_photos_of(treatment: Treatment) -> QuerySet[Picture]:
    """The pictures that a saved version of the treatment names, and that were removed everywhere."""
    named = Concat(Value('"image": "'), OuterRef("name"), Value('"'))
    versions = Snapshot.objects.filter(treatment=treatment, document__contains=named)
    removed = Picture.objects.exclude(removed_at=None).filter(Exists(versions))
    return removed.select_related("removed_by").order_by("-removed_at")


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
