"""Rich text: the little HTML that staff may write, made safe and put into one canonical form."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter

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
        self.buffer.append(_escaped(data))

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


def _escaped(text: str) -> str:
    # A stroke on nothing would make one letter of the end of a tag before it: <p≯ is <p≯.
    composed = unicodedata.normalize("NFC", escape(text, quote=False))
    return composed.replace("\u0338", "&#824;")


def _visible(html: str) -> bool:
    return bool(plain_text(html))


def canonical_blocks(html: str) -> tuple[str, ...]:
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
    return "".join(canonical_blocks(html))


# --- One paragraph or list entry by itself --------------------------------------------------------

PARAGRAPH, ITEM, NUMBERED = "paragraph", "item", "numbered"
_LISTS = {"ul": ITEM, "ol": NUMBERED}


class _Entries(HTMLParser):
    """Collects paragraphs and the entries of lists, each as its lines without any block's tags."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.entries: list[tuple[str, list[str]]] = []
        self.lists: list[str] = []
        self.open: list[tuple[str, str]] = []  # tags within a line, as they are written

    def begin(self, kind: str) -> None:
        self.entries.append((kind, []))
        self.break_line()

    def break_line(self) -> None:
        if not self.entries:
            return
        lines = self.entries[-1][1]
        if lines:
            lines[-1] += "".join(f"</{tag}>" for tag, _written in reversed(self.open))
        lines.append("".join(written for _tag, written in self.open))

    def write(self, html: str) -> None:
        if not self.entries or not self.entries[-1][1]:
            self.begin(PARAGRAPH)
        self.entries[-1][1][-1] += html

    def handle_starttag(self, tag, attrs):
        if tag in (*BLOCKS, "li"):
            is_within = len(self.lists) > (tag == "li")
            if tag in _LISTS:
                self.lists.append(tag)
            if is_within:
                self.break_line()
            else:
                self.begin(_LISTS[self.lists[0]] if self.lists else PARAGRAPH)
            return
        written = self.get_starttag_text()
        self.write(written)
        if tag != "br":
            self.open.append((tag, written))

    def handle_endtag(self, tag):
        if tag in (*BLOCKS, "li"):
            if tag in _LISTS and self.lists:
                self.lists.pop()
            self.break_line()
        elif any(tag == opened for opened, _written in self.open):
            while self.open:
                closed, _written = self.open.pop()
                self.write(f"</{closed}>")
                if closed == tag:
                    break

    def handle_data(self, data):
        self.write(_escaped(data))


def entries(html: str) -> list[tuple[str, str]]:
    """Its paragraphs and list entries: `[(PARAGRAPH, "Words <strong>as</strong> such."), …]`.

    A list entry that holds paragraphs or a list of its own stays one entry, with a line for each.
    """
    parser = _Entries()
    parser.feed(clean(html))
    parser.close()
    found = ((kind, "<br>".join(filter(_visible, lines))) for kind, lines in parser.entries)
    return [(kind, text) for kind, text in found if text]


def clean_line(html: str) -> str:
    """`html` with only what may stand within a paragraph; a new line for each block. Idempotent."""
    return "<br>".join(text for _kind, text in entries(html))


def join_entries(listed: Iterable[tuple[str, str]]) -> str:
    """The HTML of paragraphs and list entries, as `entries` has them."""
    html = ""
    for kind, group in groupby(listed, key=itemgetter(0)):
        texts = [text for _kind, text in group]
        if kind == PARAGRAPH:
            html += "".join(f"<p>{text}</p>" for text in texts)
        else:
            tag = "ol" if kind == NUMBERED else "ul"
            html += f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>"
    return html


# --- What it says ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """Letters that look the same; a line break among them is a real one."""

    text: str
    strong: bool = False
    href: str = ""  # where a link leads


@dataclass(frozen=True)
class Block:
    """A paragraph or an entry of a list."""

    kind: str  # PARAGRAPH or ITEM
    runs: tuple[Run, ...]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, list[Run]]] = []
        self.strong, self.href = False, ""

    def handle_starttag(self, tag, attrs):
        if tag in (*BLOCKS, "li"):
            self.blocks.append((ITEM if tag == "li" else PARAGRAPH, []))
        elif tag in ("strong", "b"):
            self.strong = True
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag):
        if tag in ("strong", "b"):
            self.strong = False
        elif tag == "a":
            self.href = ""

    def handle_data(self, data):
        if not self.blocks:
            self.blocks.append((PARAGRAPH, []))
        self.blocks[-1][1].append(Run(data, self.strong, self.href))


def read_blocks(html: str) -> tuple[Block, ...]:
    """The paragraphs and list entries of rich text that say something."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(Block(kind, tuple(runs)) for kind, runs in reader.blocks if runs)


def plain_text(html: str) -> str:
    """The words of rich text, a line a block, without tags."""
    text = "\n".join("".join(run.text for run in block.runs) for block in read_blocks(html))
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
