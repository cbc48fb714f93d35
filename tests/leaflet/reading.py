"""A leaflet, read as it is printed."""

import re
import zlib
from collections.abc import Iterator

import pypdfium2

from treatments.language.text import normalise


def read(content: bytes) -> tuple[str, int]:
    """The text that can be selected in a PDF, and its number of pages."""
    with pypdfium2.PdfDocument(content) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
        # PDFium's own sign for a hyphen at the end of a line.
        return normalise("\n".join(pages).replace("\ufffe", "-")), len(pages)


def close_up(text: str) -> str:
    """Without white space: where a line breaks, and a reader's guess at a gap, is no word lost."""
    return re.sub(r"\s", "", normalise(text))


def replacements(content: bytes) -> int:
    """How often a PDF says in ActualText what its glyphs do not: many readers ignore it."""
    return sum(stream.count(b"/ActualText") for stream in _streams(content))


def _streams(content: bytes) -> Iterator[bytes]:
    for start in re.finditer(rb"stream\r?\n", content):
        try:
            yield zlib.decompressobj().decompress(content[start.end() :])
        except zlib.error:  # the word within something else
            continue
