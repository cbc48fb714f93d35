"""Publishes a page with a photo on it, or removes a photo everywhere, as staff would.

    python - publish < photo.py        prints the photo's name
    python - remove NAME < photo.py

To be run where manage.py is.
"""

import os
import sys
from io import BytesIO

import django

sys.path.insert(0, os.getcwd())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iontoinfo.settings")
django.setup()

from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402

from treatments.models import LANGUAGES, Photo, Picture, Treatment  # noqa: E402
from treatments.photos.processing import make_renditions  # noqa: E402
from treatments.photos.storage import store_photo  # noqa: E402
from treatments.publishing.comparison import compare  # noqa: E402
from treatments.publishing.confirmations import record  # noqa: E402
from treatments.publishing.photos import remove_photo  # noqa: E402
from treatments.publishing.publish import publish  # noqa: E402
from treatments.publishing.snapshots import newest_snapshot, save_snapshot  # noqa: E402

now = timezone.now()
if sys.argv[1] == "publish":
    file = BytesIO()
    Image.new("RGB", (600, 400), (30, 160, 30)).save(file, "JPEG")
    picture = store_photo(make_renditions(file.getvalue()), now=now)
    treatment = Treatment.objects.get(slug="iontophoresis")
    alt = {"alt_en": "A green picture.", "alt_bn": "একটি সবুজ ছবি।"}
    size = {"width": picture.width, "height": picture.height}
    Photo.objects.create(treatment=treatment, image=picture.name, **size, **alt)
    save_snapshot(treatment, now=now)
    snapshot = newest_snapshot(treatment)
    record(treatment, compare(snapshot, LANGUAGES, at=now).open, now=now)
    publish(snapshot, LANGUAGES, now=now)
    print(picture.name)
else:
    remove_photo(Picture.objects.get(name=sys.argv[2]), because="consent", now=now)
