"""One language of a document → a leaflet: PDF, A4, one sheet where its words fit, else two.

Made when it is first asked for and kept in a folder by a digest of everything it shows.
"""

import hashlib
import logging
import re
from bisect import bisect_left
from functools import cache, partial
from pathlib import Path

import regex
import typst

from ..language.glyphs import FONTS
from ..page_cache.invalidation import write_atomically
from .content import Leaflet, map_texts

RESOURCES = Path(__file__).resolve().parent
ONE_SHEET, TWO_SHEETS = 2, 4  # pages, printed on both sides
SIZES = (12, 11.5, 11, 10.5, 10, 9.5, 9)  # points
SIZE_OTHERWISE = 10  # on more sheets: nothing is cut, and nothing is too small to read
KEPT = 60  # files

log = logging.getLogger(__name__)


class NotMade(Exception):
    """The leaflet could not be made; the cause is chained."""


def key_of(leaflet: Leaflet) -> str:
    """A digest of what is shown and of the template: the name of its file, and its ETag."""
    return hashlib.sha256(_template_digest() + leaflet.json.encode()).hexdigest()[:40]


@cache
def _template_digest() -> bytes:
    digest = hashlib.sha256(repr((SIZES, SIZE_OTHERWISE, typst.__version__)).encode())
    for path in (RESOURCES / "leaflet.typ", *sorted(FONTS.glob("*.ttf"))):
        digest.update(path.read_bytes())
    return digest.digest()


def pdf(leaflet: Leaflet) -> bytes:
    """Raises NotMade."""
    try:
        try:
            return _fitted(leaflet, ["1.7", "ua-1"])
        except Exception:
            # Rather a leaflet without its signs, and less for screen readers, than none.
            log.exception("A leaflet is set once more, with plain letters only")
            plain = map_texts(leaflet.content, partial(_NOT_PLAIN.sub, ""))
            return _fitted(Leaflet(plain, leaflet.published_at), ["1.7"])
    except Exception as error:  # whatever goes wrong in the type setter, the page must stand
        raise NotMade from error


_NOT_PLAIN = regex.compile(
    r"[^\p{Latin}\p{Bengali}\p{N}\n !\"#%&'()*+,./:;=?@_–—’“”।-]|(?<!\p{L}\p{M}*)\p{M}"
)


def _fitted(leaflet: Leaflet, standards: list[str]) -> bytes:
    """On one sheet if any size allows it, else on two; there in the largest type that fits."""
    typeset = cache(partial(_typeset, leaflet, standards=standards))

    def fits(sheets: int, size: float) -> bool:
        return typeset(size)[1] <= sheets

    largest, *smaller = SIZES
    for sheets in (ONE_SHEET, TWO_SHEETS):
        if fits(sheets, SIZES[-1]):
            if fits(sheets, largest):
                return typeset(largest)[0]
            return typeset(smaller[bisect_left(smaller, True, key=partial(fits, sheets))])[0]
    return typeset(SIZE_OTHERWISE)[0]


_PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b")


def _typeset(leaflet: Leaflet, size: float, standards: list[str]) -> tuple[bytes, int]:
    try:
        made = typst.compile(
            RESOURCES / "leaflet.typ",
            root=RESOURCES,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": leaflet.json, "size": str(size)},
            pdf_standards=standards,
            timestamp=leaflet.published_at.replace(microsecond=0),
        )
    except (Exception, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # its panic is no Exception, and would end the whole process
        raise RuntimeError("the type setter gave up") from error
    return made, len(_PAGE_OBJECT.findall(made))


def read_or_make(leaflet: Leaflet, folder: Path) -> bytes:
    """The PDF, kept for the next reader where the disk allows it. Raises NotMade."""
    path = folder / f"{key_of(leaflet)}.pdf"
    try:
        return path.read_bytes()
    except OSError:
        made = pdf(leaflet)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, made)
        _throw_away_the_oldest(folder)
    except OSError:
        pass  # a full disk: made again the next time
    return made


def file_size(key: str, folder: Path) -> int | None:
    """How many bytes a leaflet's PDF has; None where it has not been made yet."""
    try:
        return (folder / f"{key}.pdf").stat().st_size
    except OSError:
        return None


def _throw_away_the_oldest(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)


# --- Rich text ----------------------------------------------------------------------------------
