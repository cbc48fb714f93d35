"""Pictures to upload, as phones and people's computers write them."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw

RED, BLUE, GREEN = (200, 30, 30), (30, 30, 200), (30, 160, 30)


def saved(image: Image.Image, kind: str, **options) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def two_halves(width=1600, height=1200, left=RED, right=BLUE) -> Image.Image:
    image = Image.new("RGB", (width, height), left)
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill=right)
    return image


def photo(width=1600, height=1200, **options) -> bytes:
    return saved(two_halves(width, height), "JPEG", **options)


def with_gps(orientation: int) -> bytes:
    """A photo as a phone writes it: lying on its side, with the place, the owner and the model."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRETMAKER"
    exif[0x013B] = "SECRETOWNER"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (23.0, 48.0, 37.0)
    return photo(exif=exif, comment=b"SECRETCOMMENT")


def frames(kind: str) -> bytes:
    return saved(
        two_halves(600, 400), kind, save_all=True, append_images=[Image.new("RGB", (600, 400))]
    )


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes whose header promises a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def jpeg_of_many_scans() -> bytes:
    """A small file that goes over its picture again and again, each time at full cost."""
    whole = saved(Image.new("L", (3000, 3000)), "JPEG", progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * 20_000 + b"\xff\xd9"


def heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 2000
