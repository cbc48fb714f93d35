"""Photos have a folder of their own in each test."""

import pytest

from treatments.models import Photo, Treatment

from .pictures import photo
from .uploading import chosen, save


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """The folder of the pictures, each test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "pictures"


@pytest.fixture
def bare(site) -> Treatment:
    """A draft without a word in it: a small change page."""
    return Treatment.objects.create(slug="bare")


@pytest.fixture
def small(staff, bare) -> Photo:
    """The photo of a draft that has nothing else."""
    assert save(staff, bare, **chosen(photo(600, 400))).status_code == 302
    return bare.photo_set.get()
