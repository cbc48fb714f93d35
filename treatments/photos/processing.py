"""An uploaded picture → the files that a page shows. Bytes in, bytes out.

What else stood in the upload (where and when it was taken, by whom, with what) is in none of them:
they are drawn afresh from its pixels.
"""

import hashlib
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext
from PIL import Image, ImageCms

from ..language.active import in_active_digits

WIDTHS = (480, 960, 1440)  # pixels; a photo is never drawn wider than it came
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_RATIO = 4  # of the longer side to the shorter
MAX_SCANS = (
    50  # of a progressive JPEG; cameras write about ten, and each costs as much as the first
)

# Extension → Pillow's format and options. Chosen for about 2 s in all on one slow core.
FORMATS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "avif": ("AVIF", {"quality": 50, "speed": 9, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 72, "method": 4}),
    "jpg": ("JPEG", {"quality": 76, "optimize": True, "progressive": True}),
}
# Part of every name: a photo drawn by other rules must not pass for the one in readers' caches.
RECIPE = repr((1, WIDTHS, sorted(FORMATS.items()))).encode()

_one_at_a_time = threading.Lock()  # a large photo takes a few hundred megabytes while it is read


class PhotoRefused(ValueError):
    """Not a photo that can be shown; the message says why and what to do, for staff."""


@dataclass(frozen=True)
class Renditions:
    """A photo as it will be shown."""

    name: str  # 16 hexadecimal digits, the same for the same pixels
    width: int  # of the widest file, in pixels
    height: int
    files: Mapping[str, bytes]  # by file name, NAME-WIDTH.EXTENSION


def file_name(name: str, width: int, extension: str) -> str:
    return f"{name}-{width}.{extension}"


def rendition_widths(width: int) -> list[int]:
    """The widths that a photo whose widest file is `width` wide comes in."""
    return [each for each in WIDTHS if each <= width]


def make_renditions(data: bytes) -> Renditions:
    """Raises PhotoRefused for anything that is not one whole still photo of a usable size."""
    if len(data) > MAX_BYTES:
        raise PhotoRefused(
            gettext("This file is larger than %(most)s MB. Choose a smaller copy of the photo.")
            % {"most": in_active_digits(MAX_BYTES // 1024 // 1024)}
        )
    kind = _kind(data)
    if kind == "JPEG" and _scans(data) > MAX_SCANS:
        raise _damaged()
    with _one_at_a_time:
        image = _opened(data, kind)
        _refuse_by_header(image, kind)
        pixels = _pixels(image)
        return _drawn(pixels)


# --- What the file is -----------------------------------------------------------------------------

_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def _kind(data: bytes) -> str:
    """Pillow's name of the format, by the first bytes; never by the file's name."""
    brand = data[8:12] if data[4:8] == b"ftyp" else b""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if brand in (b"avif", b"avis"):
        return "AVIF"
    if data.startswith(b"GIF8"):
        raise PhotoRefused(
            gettext("This is a GIF, a picture that may move. Choose a JPEG, PNG or WebP photo.")
        )
    if brand in _HEIC:
        raise PhotoRefused(
            gettext(
                "This is an HEIC photo, which cannot be read here. Save it as JPEG and choose that."
            )
        )
    if _SVG.search(data[:4096]):
        raise PhotoRefused(
            gettext("This is a drawing (SVG), not a photo. Choose a JPEG, PNG or WebP photo.")
        )
    raise PhotoRefused(
        gettext(
            "This is not a photo, whatever the file is called. Choose a JPEG, PNG or WebP photo."
        )
    )


_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # but for those inside a scan
_START_OF_SCAN, _END = 0xDA, 0xD9


def _scans(data: bytes) -> int:
    """How often a JPEG goes over its picture; what follows its end, a short film say, is not it."""
    scans, at = 0, 2
    while image_format := _MARKER.search(data, at):
        marker, at = data[image_format.end() - 1], image_format.end()
        if marker == _END:
            break
        scans += marker == _START_OF_SCAN
        at += int.from_bytes(data[at : at + 2], "big")
    return scans


def _damaged() -> PhotoRefused:
    return PhotoRefused(
        gettext(
            "This photo is damaged or incomplete. Copy it again from the phone or camera, and "
            "choose that copy."
        )
    )


def _too_many_pixels() -> PhotoRefused:
    return PhotoRefused(
        gettext(
            "This picture has more than %(most)s million pixels. Choose a smaller copy of the photo."
        )
        % {"most": in_active_digits(MAX_PIXELS // 1_000_000)}
    )


def _opened(data: bytes, kind: str) -> Image.Image:
    """The picture with only its header read."""
    try:
        return Image.open(BytesIO(data), formats=[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # what a decoder raises over a broken file is not written down
        raise _damaged() from error


def _refuse_by_header(image: Image.Image, kind: str) -> None:
    # A JPEG may hold a second picture for other screens: the first one is the photo.
    if kind != "JPEG" and getattr(image, "n_frames", 1) > 1:
        raise PhotoRefused(gettext("This picture moves. Choose a photo that stands still."))
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    width, height = image.size if _turn(image) not in _ON_ITS_SIDE else image.size[::-1]
    if width < WIDTHS[0]:
        raise PhotoRefused(
            gettext(
                "This picture is too small: %(width)s pixels wide. It needs at least %(least)s."
            )
            % {"width": in_active_digits(width), "least": in_active_digits(WIDTHS[0])}
        )
    if max(width, height) > MAX_RATIO * min(width, height):
        raise PhotoRefused(
            gettext(
                "This picture is too long and narrow for the page. Cut it to the part that matters."
            )
        )


# --- Its pixels -----------------------------------------------------------------------------------


def _pixels(image: Image.Image) -> Image.Image:
    """Upright, RGB in sRGB, opaque, at most the greatest width; nothing else of the file."""
    profile, turn = image.info.get("icc_profile"), _turn(image)
    try:
        image.draft(None, _enough_of(image))
        image.load()
        image = _in_srgb(_opaque(_smaller(image)), profile)
    except Exception as error:
        raise _damaged() from error
    if turn is not None:
        image = image.transpose(turn)
    return _resized(image, rendition_widths(image.width)[-1])


# EXIF's orientation → what turns the picture upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_ITS_SIDE = {_TURNS[number] for number in (5, 6, 7, 8)}


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(0x0112))
    except Exception:  # broken EXIF beside a whole picture
        return None


def _enough_of(image: Image.Image) -> tuple[int, int]:
    """The least size that a JPEG may be decoded at, whichever way up it is."""
    shorter = min(image.size)
    scale = min(1, WIDTHS[-1] / shorter)
    return round(image.width * scale), round(image.height * scale)


def _smaller(image: Image.Image) -> Image.Image:
    """Quickly, to somewhat more than is wanted, so that what follows costs little."""
    factor = min(image.size) // (2 * WIDTHS[-1])
    if (
        factor < 2
        or image.mode not in ("L", "LA", "RGB", "RGBA", "CMYK")
        or "transparency" in image.info  # one colour that means it, lost by mixing
    ):
        return image
    return image.reduce(factor)


def _opaque(image: Image.Image) -> Image.Image:
    """As L, RGB or CMYK: on white where it was transparent."""
    if image.mode.startswith("I"):  # 16 bits a pixel, which Pillow would cut off, not scale
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        image.info.pop("transparency", None)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        on_white = Image.new("RGB", image.size, "white")
        on_white.paste(image, mask=image.getchannel("A"))
        return on_white
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as the file's own profile means them; without one they are sRGB already."""
    if profile:
        try:
            return ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that does not fit the picture: phones write such
    return image.convert("RGB")


def _resized(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


# --- Its files ------------------------------------------------------------------------------------


def _drawn(pixels: Image.Image) -> Renditions:
    content = RECIPE + repr(pixels.size).encode() + pixels.tobytes()
    name = hashlib.sha256(content).hexdigest()[:16]
    files = {}
    for width in rendition_widths(pixels.width):
        smaller = _resized(pixels, width)
        smaller.info = {}
        for extension in FORMATS:
            files[file_name(name, width, extension)] = _encoded(smaller, extension)
    return Renditions(name, pixels.width, pixels.height, files)


def _encoded(image: Image.Image, extension: str) -> bytes:
    format_name, options = FORMATS[extension]
    buffer = BytesIO()
    image.save(buffer, format_name, **options)
    return buffer.getvalue()
