"""Which letters the leaflet's fonts have, and what is printed in place of the others."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from struct import unpack_from
from unicodedata import normalize

import regex

from .text import replace_unreadable

FONTS = Path(__file__).resolve().parent.parent / "leaflet" / "fonts"
BOX = "□"  # for a letter that no font has; a sign that none has is left out
MOST_MARKS = 12  # on one letter; with hundreds, a held key, the type setter gives up
_PILE = regex.compile(
    rf"((?:\p{{M}}|[\u200c\u200d]|(?<=\u09cd[\u200c\u200d]?)\p{{Bengali}}){{{MOST_MARKS}}})"
    r"(?:\p{M}|[\u200c\u200d]|(?<=\u09cd[\u200c\u200d]?)\p{Bengali})+"
)
_LETTERS = regex.compile(r"[\p{L}\p{N}\ufffd]")


@lru_cache(maxsize=4096)
def replace_missing_glyphs(text: str) -> str:
    """A text as the fonts can set it. Idempotent.

    A space at either end stays: the text may be a part of a line, with bold words beside it.
    """
    line = _lacking().sub(
        lambda run: "".join(map(_in_place_of, run[0])), _PILE.sub(r"\1", replace_unreadable(text))
    )
    ends = (text[:1] + line[:1], line[-1:] + text[-1:])
    before, after = (" " if any(map(str.isspace, end)) else "" for end in ends)
    line = replace_unreadable(line)  # closes the gaps around what was left out
    return f"{before}{line}{after}" if line else before


def signs_without_glyph(text: str) -> str:
    """The letters and signs of a text that are lost on paper, each once."""
    text = replace_unreadable(text)
    signs = (sign for run in _lacking().findall(text) for sign in run)
    lost = [sign for sign in signs if _in_place_of(sign) in ("", BOX)]
    lost += [pile[0][:MOST_MARKS] for pile in _PILE.finditer(text)]
    return "".join(dict.fromkeys(lost))


@cache
def _in_place_of(sign: str) -> str:
    plainer = normalize("NFKD", sign)  # ① is 1, ﬁ is fi
    if plainer != sign and not _lacking().search(plainer):
        return plainer
    return BOX if _LETTERS.match(sign) else ""


@cache
def _lacking() -> regex.Pattern:
    """What no font has a glyph for. Joiners and line breaks need none."""
    covered = {letter for path in FONTS.glob("*.ttf") for letter in _covered(path.read_bytes())}
    names = "".join(f"\\U{letter:08x}" for letter in sorted(covered))
    return regex.compile(rf"[^{names}\n\p{{Default_Ignorable_Code_Point}}]+")


def _covered(font: bytes) -> Iterator[int]:
    """The code points in a font's table `cmap`, in its formats 4 and 12."""
    (tables,) = unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _sum, cmap, _size = unpack_from(">4s3I", font, 12 + 16 * number)
        if tag == b"cmap":
            break
    (subtables,) = unpack_from(">H", font, cmap + 2)
    for number in range(subtables):
        at = cmap + unpack_from(">I", font, cmap + 8 + 8 * number)[0]
        (form,) = unpack_from(">H", font, at)
        if form == 12:
            yield from _in_groups(font, at)
        elif form == 4:
            yield from _in_segments(font, at)


def _in_groups(font: bytes, at: int) -> Iterator[int]:
    (groups,) = unpack_from(">I", font, at + 12)
    for group in range(groups):
        first, last = unpack_from(">2I", font, at + 16 + 12 * group)
        yield from range(first, last + 1)


def _in_segments(font: bytes, at: int) -> Iterator[int]:
    (twice,) = unpack_from(">H", font, at + 6)
    for segment in range(0, twice, 2):
        (last,) = unpack_from(">H", font, at + 14 + segment)
        (first,) = unpack_from(">H", font, at + 16 + twice + segment)
        (offset,) = unpack_from(">H", font, at + 16 + 3 * twice + segment)
        for letter in range(first, min(last, 0xFFFE) + 1):
            glyph = at + 16 + 3 * twice + segment + offset + 2 * (letter - first)
            if not offset or unpack_from(">H", font, glyph)[0]:
                yield letter
