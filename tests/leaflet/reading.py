"""A leaflet, read as it is printed."""

import re

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
