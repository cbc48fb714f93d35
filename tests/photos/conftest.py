"""Photos have a folder of their own in each test."""

import pytest
from django.utils import timezone

from treatments.models import Photo, Treatment
from treatments.publishing.snapshots import save_snapshot

from .pictures import photo
from .uploading import put


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """The folder of the pictures, each test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "pictures"


@pytest.fixture
def bare(site) -> Treatment:
    """A draft without a word in it: a small change page."""
    bare = Treatment.objects.create(slug="bare")
    save_snapshot(bare, now=timezone.now())
    return bare


@pytest.fixture
def small(staff, bare) -> Photo:
    """The photo of a draft that has nothing else."""
    assert put(staff, bare, photo(600, 400)).status_code == 302
    return bare.photo_set.get()
