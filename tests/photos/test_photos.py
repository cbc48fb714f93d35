"""What is made of a photo, and which files are refused."""

import re
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageDraw

from treatments.photos.processing import MAX_BYTES, PhotoRefused, make_renditions

from .pictures import (
    BLUE,
    GREEN,
    RED,
    frames,
    heic,
    jpeg_of_many_scans,
    photo,
    png_that_claims,
    saved,
    two_halves,
    with_gps,
)

FORMATS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}


def opened(made, width: int, extension: str) -> Image.Image:
    image = Image.open(BytesIO(made.files[f"{made.name}-{width}.{extension}"]))
    image.load()
    return image


def near(pixel, colour, by=14) -> bool:
    return all(abs(one - other) <= by for one, other in zip(pixel, colour, strict=True))


# --- What is made of a photo ----------------------------------------------------------------------


def test_a_photo_comes_in_three_widths_and_three_forms():
    made = make_renditions(photo(4000, 3000))
    assert (made.width, made.height) == (1440, 1080)
    assert set(made.files) == {
        f"{made.name}-{width}.{extension}" for width in (480, 960, 1440) for extension in FORMATS
    }
    for width in (480, 960, 1440):
        for extension, kind in FORMATS.items():
            image = opened(made, width, extension)
            assert (image.format, image.size) == (kind, (width, width * 3 // 4))
            assert near(image.getpixel((width // 8, 50)), RED)
            assert near(image.getpixel((width - width // 8, 50)), BLUE)


@pytest.mark.parametrize(
    ("came", "widths"),
    [(480, {480}), (959, {480}), (960, {480, 960}), (1439, {480, 960}), (1440, {480, 960, 1440})],
)
def test_a_photo_is_never_drawn_wider_than_it_came(came, widths):
    made = make_renditions(photo(came, 600))
    assert {int(re.search(r"-(\d+)\.", name)[1]) for name in made.files} == widths
    assert made.width == max(widths)


def test_nothing_that_stood_in_the_file_beside_the_picture_is_left():
    data = with_gps(orientation=6)
    assert b"SECRET" in data
    made = make_renditions(data)
    for name, content in made.files.items():
        image = Image.open(BytesIO(content))
        assert not dict(image.getexif()), name
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info), name
        for trace in (b"SECRET", b"Exif", b"GPS"):
            assert trace not in content, name


# EXIF's orientation → where the red half of the picture then stands.
UPRIGHT = {
    1: "left",
    2: "right",
    3: "right",
    4: "left",
    5: "top",
    6: "top",
    7: "bottom",
    8: "bottom",
}


@pytest.mark.parametrize(("orientation", "side"), UPRIGHT.items())
def test_a_photo_stands_upright(orientation, side):
    made = make_renditions(with_gps(orientation))
    image = opened(made, 960, "jpg")
    width, height = image.size
    assert (width < height) == (side in ("top", "bottom"))
    places = {
        "left": (20, height // 2),
        "right": (width - 20, height // 2),
        "top": (width // 2, 20),
        "bottom": (width // 2, height - 20),
    }
    assert near(image.getpixel(places[side]), RED)
    (other,) = (
        {"left", "right"} - {side} if side in ("left", "right") else {"top", "bottom"} - {side}
    )
    assert near(image.getpixel(places[other]), BLUE)


def test_a_photo_on_its_side_is_measured_as_it_will_stand():
    made = make_renditions(photo(4000, 3000, exif=_turned(6)))
    assert (made.width, made.height) == (1440, 1920)
    with pytest.raises(PhotoRefused, match="too small: 400 pixels wide"):
        make_renditions(photo(600, 400, exif=_turned(6)))


def _turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def test_broken_exif_costs_nobody_the_photo():
    made = make_renditions(photo(800, 600, exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 40))
    assert (made.width, made.height) == (480, 360)


def test_the_same_photo_has_the_same_name_whatever_else_the_file_says():
    plain, tagged, other = photo(), with_gps(1), photo(1600, 1201)
    assert plain != tagged
    assert (
        make_renditions(plain).name == make_renditions(plain).name == make_renditions(tagged).name
    )
    assert make_renditions(plain).name != make_renditions(other).name


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (saved(Image.new("CMYK", (600, 400), (0, 255, 255, 0)), "JPEG"), (255, 0, 0)),
        (saved(Image.new("L", (600, 400), 90), "JPEG"), (90, 90, 90)),
        (saved(Image.frombytes("I;16", (600, 400), b"\x40\x9c" * 240_000), "PNG"), (156, 156, 156)),
        (saved(Image.new("RGBA", (600, 400), (200, 0, 0, 0)), "PNG"), (255, 255, 255)),
        (saved(Image.new("RGBA", (600, 400), (200, 0, 0, 255)), "PNG"), (200, 0, 0)),
        (saved(Image.new("LA", (600, 400), (0, 0)), "PNG"), (255, 255, 255)),
        (saved(Image.new("RGB", (600, 400), GREEN), "PNG", transparency=GREEN), (255, 255, 255)),
        (saved(Image.new("RGB", (600, 400), GREEN).convert("P"), "PNG"), GREEN),
        (saved(Image.new("1", (600, 400), 1), "PNG"), (255, 255, 255)),
        (saved(Image.new("RGBA", (600, 400), (0, 0, 200, 0)), "WEBP", lossless=True), (255,) * 3),
        (saved(Image.new("RGB", (600, 400), GREEN), "WEBP"), GREEN),
        (saved(Image.new("RGB", (600, 400), GREEN), "AVIF"), GREEN),
    ],
    ids=["cmyk", "grey", "16-bit", "transparent", "opaque", "grey-alpha", "colour-key", "palette",
         "one-bit", "webp-alpha", "webp", "avif"],
)  # fmt: skip
def test_every_kind_of_photo_keeps_its_colours(data, colour):
    image = opened(make_renditions(data), 480, "jpg")
    assert image.mode == "RGB"
    assert near(image.getpixel((240, 160)), colour)


def test_a_large_transparent_picture_stands_on_white():
    image = Image.new("RGBA", (6000, 4000), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 3000, 4000), fill=(*RED, 255))
    small = opened(make_renditions(saved(image, "PNG", compress_level=1)), 480, "jpg")
    assert near(small.getpixel((100, 100)), RED)
    assert near(small.getpixel((400, 100)), (255, 255, 255))


def test_colours_of_another_profile_are_turned_into_those_of_every_screen():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (lab, srgb, b"not a profile"):
        image = opened(make_renditions(photo(800, 600, icc_profile=profile)), 480, "jpg")
        assert "icc_profile" not in image.info
    assert near(image.getpixel((60, 50)), RED)


def test_a_phones_photo_with_a_second_picture_in_it_is_a_photo():
    data = saved(two_halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (640, 480))])
    image = opened(make_renditions(data), 960, "webp")
    assert image.size == (960, 720)
    assert near(image.getpixel((50, 50)), RED)


def test_a_progressive_photo_with_a_film_after_its_end_is_a_photo():
    film = b"\0\0\0\x18ftypmp42" + b"\xff\xda\0\x08" * 500
    made = make_renditions(photo(progressive=True) + film)
    assert made.name == make_renditions(photo(progressive=True)).name


# --- What is refused ------------------------------------------------------------------------------


REFUSED = {
    "too many bytes": (b"\xff\xd8\xff" + b"\0" * MAX_BYTES, "larger than 15 MB"),
    "bomb": (png_that_claims(30_000, 30_000), "more than 50 million pixels"),
    "middling bomb": (png_that_claims(10_000, 5_001), "more than 50 million pixels"),
    "bomb of scans": (jpeg_of_many_scans(), "damaged or incomplete"),
    "header only": (png_that_claims(1_000, 1_000), "damaged or incomplete"),
    "half a JPEG": (photo()[: len(photo()) // 2], "damaged or incomplete"),
    "JPEG but for its end": (photo()[:-8], "damaged or incomplete"),
    "JPEG's first bytes": (photo()[:40], "damaged or incomplete"),
    "half a PNG": (saved(two_halves(), "PNG")[:1000], "damaged or incomplete"),
    "half a WebP": (saved(two_halves(), "WEBP")[:900], "damaged or incomplete"),
    "half an AVIF": (saved(two_halves(), "AVIF")[:500], "damaged or incomplete"),
    "moving GIF": (frames("GIF"), "This is a GIF"),
    "still GIF": (saved(two_halves(), "GIF"), "This is a GIF"),
    "moving PNG": (frames("PNG"), "This picture moves"),
    "moving WebP": (frames("WEBP"), "This picture moves"),
    "moving AVIF": (frames("AVIF"), "This picture moves"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "SVG after a comment": (b"\xef\xbb\xbf<!-- x -->\n<SVG onload='x()'>", "SVG"),
    "HEIC": (heic(), "HEIC"),
    "text": (b"just a letter " * 99, "This is not a photo"),
    "TIFF": (saved(two_halves(), "TIFF"), "This is not a photo"),
    "BMP": (saved(two_halves(), "BMP"), "This is not a photo"),
    "nearly nothing": (b"\xff", "This is not a photo"),
    "1 x 1": (saved(Image.new("RGB", (1, 1)), "PNG"), "too small: 1 pixels wide"),
    "479 wide": (photo(479, 600), "too small: 479 pixels wide"),
    "a strip": (photo(480, 1921), "too long and narrow"),
    "a wide strip": (photo(2500, 600), "too long and narrow"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_says_why_a_file_is_refused(name):
    data, said = REFUSED[name]
    with pytest.raises(PhotoRefused, match=re.escape(said)):
        make_renditions(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_damaged_file_is_a_photo_or_refused_and_never_a_failure(kind):
    whole = saved(two_halves(600, 400), kind)
    for number in range(60):
        at = number * len(whole) // 60
        damaged = whole[:at] + bytes([whole[at] ^ 0xFF, 0x00]) + whole[at + 2 :]
        try:
            make_renditions(damaged)
        except PhotoRefused as refusal:
            assert str(refusal)
