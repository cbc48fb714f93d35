"""Photos put on a page: by the form of its change page, and without it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from treatments.models import LANGUAGES, Photo
from treatments.photos import storage
from treatments.photos.processing import make_renditions

from ..admin_forms import change, opened
from ..pages import soup, words
from .pictures import photo

PAGE = "/en/treatments/iontophoresis/"
ALT = {"en": "Two hands rest in trays of water.", "bn": "দুটি হাত পানির ট্রেতে রাখা।"}
CAPTION = {"en": "The trays at the clinic.", "bn": "ক্লিনিকের ট্রে।"}


def chosen(content: bytes, name: str = "IMG_20260309.jpg", number: int = 0) -> dict:
    """The fields of a new photo, as a browser sends them."""
    prefix = f"photo_set-{number}"
    texts = {f"{prefix}-alt_{code}": ALT[code] for code in LANGUAGES}
    texts |= {f"{prefix}-caption_{code}": CAPTION[code] for code in LANGUAGES}
    upload = SimpleUploadedFile(name, content, content_type="image/jpeg")
    return {
        "photo_set-TOTAL_FORMS": str(number + 1),
        f"{prefix}-upload": upload,
        f"{prefix}-image": "",
        f"{prefix}-position": "0",
        **texts,
    }


def save(client, treatment, **fields):
    data = opened(client, treatment) | {"_continue": "1"} | fields
    return client.post(change(treatment), data)


def with_a_photo(treatment) -> Photo:
    """A photo on a page, put there without the admin."""
    picture = storage.store_photo(make_renditions(photo(1000, 700)), now=timezone.now())
    pairs = {f"alt_{code}": ALT[code] for code in LANGUAGES}
    size = {"image": picture.name, "width": picture.width, "height": picture.height}
    return Photo.objects.create(treatment=treatment, **size, **pairs)


def errors_of(response) -> str:
    return words(soup(response).select_one("#photo_set-group .field-upload .errorlist"))


def file_of(name: str, width: int = 480, extension: str = "jpg") -> str:
    return f"/media/pictures/{name}-{width}.{extension}"
