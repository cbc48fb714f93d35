"""Rich text: the little HTML that staff may write, made safe and put into one canonical form."""

import unicodedata
from html import escape
from html.parser import HTMLParser

import nh3

from .text import one_line

BLOCKS = ("p", "ul", "ol")
_CLEANER = nh3.Cleaner(
    tags={*BLOCKS, "li", "strong", "a", "br"},
    attributes={"a": {"href"}},
    url_schemes={"https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)


class _Blocks(HTMLParser):
    """Collects top-level blocks; loose text and inline tags between them become paragraphs."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.open: list[str] = []
        self.buffer: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS and not any(t in BLOCKS for t in self.open):
            self.flush()
        if tag == "li" and not {"ul", "ol"} & {*self.open}:  # of no list: a line of its own
            if _visible("".join(self.buffer)):
                self.buffer.append("<br>")
            return
        href = "".join(
            f' href="{escape(value)}"' for name, value in attrs if name == "href" and value
        )
        if tag == "a" and not href:
            return  # its address was not one to let through
        if tag != "br":
            self.open.append(tag)
        self.buffer.append(f"<{tag}{href}>")

    def handle_endtag(self, tag):
        if tag not in self.open:
            return
        while self.open:
            closed = self.open.pop()
            self.buffer.append(f"</{closed}>")
            if closed == tag:
                break
        if tag in BLOCKS and not any(t in BLOCKS for t in self.open):
            self.flush()

    def handle_data(self, data):
        # A stroke on nothing would make one letter of the end of a tag before it: <p≯ is <p≯.
        composed = unicodedata.normalize("NFC", escape(data, quote=False))
        self.buffer.append(composed.replace("\u0338", "&#824;"))

    def flush(self):
        html = "".join(self.buffer)
        self.buffer = []
        html = one_line(html)
        for tag in ("p", "li"):
            html = html.replace(f"<{tag}> ", f"<{tag}>").replace(f" </{tag}>", f"</{tag}>")
        if not _visible(html):
            return
        if not html.startswith(tuple(f"<{tag}>" for tag in BLOCKS)):
            html = f"<p>{html}</p>"
        self.blocks.append(html)


def _visible(html: str) -> bool:
    return bool(plain_text(html))


def blocks(html: str) -> tuple[str, ...]:
    """The top-level blocks of `html`, sanitised; `"".join` of them is the stored form."""
    parser = _Blocks()
    parser.feed(_CLEANER.clean(html))
    parser.close()
    for tag in reversed(parser.open):
        parser.buffer.append(f"</{tag}>")
    parser.flush()
    return tuple(parser.blocks)


def clean(html: str) -> str:
    """`html` with only what a patient's page may carry. Idempotent."""
    return "".join(blocks(html))


class _Text(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in (*BLOCKS, "li", "br"):
            self.parts.append("\n")

    def handle_data(self, data):
        self.parts.append(data)


def plain_text(html: str) -> str:
    """The words of rich text, a line a block, without tags."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (line.strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
