"""Removing a photo everywhere."""

from datetime import datetime

from django.db import transaction

from ..models import Act, Photo, Picture, Treatment, audit
from ..photos.storage import delete_files
from .snapshots import save_snapshot


def remove_photo(picture: Picture, *, because: str, now: datetime, by=None) -> list[Treatment]:
    """Takes a picture from every draft, live page and saved version, for good.

    Documents that were kept stay as they are, and are shown without it. Returns the treatments
    whose drafts are other than before. `because` is one of RemovedBecause.

    Raises NotDeleted where its files are still in the storage; it is removed all the same.
    """
    with transaction.atomic():
        # Whoever is just saving, restoring or publishing is waited for, or waits and then sees it.
        treatments = list(Treatment.objects.select_for_update().order_by("pk"))
        rows = Picture.objects.filter(pk=picture.pk, removed_at=None)
        removed = rows.update(removed_at=now, removed_by=by, removed_because=because)
        photos = Photo.objects.filter(image=picture.name)
        drafts = set(photos.values_list("treatment", flat=True))
        photos.delete()
        changed = [treatment for treatment in treatments if treatment.pk in drafts]
        for treatment in changed:
            save_snapshot(treatment, now=now, by=by)
        if removed:
            audit.record(Act.PHOTO_REMOVED, now=now, by=by)
    delete_files(picture)
    return changed
