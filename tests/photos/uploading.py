"""Photos put on a page: on its change page, and without it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from treatments.models import LANGUAGES, Photo
from treatments.photos import storage
from treatments.photos.processing import make_renditions

from ..pages import soup, words
from ..sheet import NEW, saved
from .pictures import photo

PAGE = "/en/treatments/iontophoresis/"
ALT = {"en": "Two hands rest in trays of water.", "bn": "দুটি হাত পানির ট্রেতে রাখা।"}
CAPTION = {"en": "The trays at the clinic.", "bn": "ক্লিনিকের ট্রে।"}


def chosen(content: bytes, name: str = "IMG_20260309.jpg") -> dict:
    """What is put into the form of a photo: a file and its words."""
    texts = {f"alt_{code}": ALT[code] for code in LANGUAGES}
    texts |= {f"caption_{code}": CAPTION[code] for code in LANGUAGES}
    return texts | {"upload": SimpleUploadedFile(name, content, content_type="image/jpeg")}


def put(client, treatment, content: bytes, name: str = "IMG_20260309.jpg"):
    """Adds a photo on the change page."""
    return saved(client, treatment, "photos", NEW, **chosen(content, name))


def replaced(client, treatment, photo: Photo, content: bytes):
    """Chooses another file for a photo that is there."""
    upload = SimpleUploadedFile("other.png", content)
    return saved(client, treatment, "photos", photo.uid, upload=upload)


def with_a_photo(treatment) -> Photo:
    """A photo on a page, put there without the admin."""
    picture = storage.store_photo(make_renditions(photo(1000, 700)), now=timezone.now())
    pairs = {f"alt_{code}": ALT[code] for code in LANGUAGES}
    size = {"image": picture.name, "width": picture.width, "height": picture.height}
    return Photo.objects.create(treatment=treatment, **size, **pairs)


def errors_of(response) -> str:
    field = soup(response).find("input", attrs={"name": "upload"})
    return words(field.find_parent(class_="field-of").select_one(".errorlist"))


def file_of(name: str, width: int = 480, extension: str = "jpg") -> str:
    return f"/media/pictures/{name}-{width}.{extension}"
