"""Rich text: the little HTML that staff may write, made safe and put into one canonical form."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter

import nh3
import regex

from .digits import ascii_digits
from .text import STRUCK, lowered, one_line, raised

BLOCKS = ("p", "ul", "ol")
# Others' blocks: each is a paragraph here.
_PARAGRAPHS = frozenset(
    ("div", "section", "article", "blockquote", "pre", "dt", "dd", "figure", "figcaption")
) | {f"h{level}" for level in range(1, 7)}
_TABLE = frozenset(("table", "tr", "td", "th"))
_STRIKES, _SCRIPTS = frozenset(("s", "strike", "del")), frozenset(("sup", "sub"))
_INLINE = frozenset(("b", "strong", "span", "font", "ins", "u", "i", "em")) | _STRIKES | _SCRIPTS
_CLEANER = nh3.Cleaner(
    tags={*BLOCKS, "li", "a", "br", *_PARAGRAPHS, *_TABLE, *_INLINE},
    attributes={"a": {"href"}, "ol": {"start"}, **{tag: {"style"} for tag in _INLINE}},
    url_schemes={"https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)

# What a pasted style says of its words.
_BOLD = regex.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b", regex.IGNORECASE)
_LIGHT = regex.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-5]00)\b", regex.IGNORECASE)
_LINE_THROUGH = regex.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", regex.IGNORECASE)
_ALIGN = regex.compile(r"vertical-align\s*:\s*(super|sub)\b", regex.IGNORECASE)

# A list as Word copies it: paragraphs that begin with a sign, or a number, and a gap.
_GAP = r"(?:[ \t\n]*[\xa0\t][\s\xa0]*)"
_BULLET = regex.compile(
    rf"[\s\xa0]*(?:[·•▪◦‣●○■□➢o§Ø]{_GAP}|[\uf0b7\uf0a7\uf0d8\uf0fc][\s\xa0]*)(?=\S)"
)
_NUMBERED = regex.compile(rf"[\s\xa0]*([0-9০-৯]{{1,3}})[.)।]{_GAP}(?=\S)")
CELL = " | "  # between two cells of a table


def _meaning(tag: str, style: str) -> tuple[str, ...]:
    """What an inline tag says of its words: "strong", "struck", "sup" or "sub"."""
    bold = (tag in ("b", "strong") and not _LIGHT.search(style)) or _BOLD.search(style)
    struck = tag in _STRIKES or _LINE_THROUGH.search(style)
    align = _ALIGN.search(style)
    script = (
        tag
        if tag in _SCRIPTS
        else {"super": "sup", "sub": "sub"}[align[1].lower()]
        if align
        else ""
    )
    return (
        *(("strong",) if bold else ()),
        *(("struck",) if struck else ()),
        *filter(None, [script]),
    )


class _Blocks(HTMLParser):
    """Collects top-level blocks; loose text and inline tags between them become paragraphs."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.open: list[str] = []
        self.buffer: list[str] = []
        self.inline: list[tuple[str, tuple[str, ...]]] = []  # what is open, and what it says
        self.cells = 0  # of the row of a table that is open, with this one
        self.numbers: list[int | None] = []  # of the lists that are open: the next, where kept
        self.fake = ""  # the list that the last block was made, "ul" or "ol"

    @property
    def _in_block(self) -> bool:
        return any(tag in BLOCKS for tag in self.open)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag in _TABLE:
            return self._table(tag)
        if self.cells and tag in (*BLOCKS, *_PARAGRAPHS, "li", "br"):
            return self.buffer.append(" ")
        if tag in _PARAGRAPHS:
            return self._break()
        if tag in _INLINE:
            return self._open_inline(tag, values.get("style", ""))
        if tag == "ol" and values.get("start", "1").strip() not in ("", "1"):
            return self._numbered_list(values["start"])
        if tag in BLOCKS and not self._in_block:
            self.flush()
        if tag in ("ul", "ol"):
            self.numbers.append(None)
        if tag == "li" and self.numbers and self.numbers[-1] is not None:
            self._break()
            self.buffer.append(f"{self.numbers[-1]}. ")
            self.numbers[-1] += 1
            return None
        if tag == "li" and not {"ul", "ol"} & {*self.open}:  # of no list: a line of its own
            if _visible("".join(self.buffer)):
                self.buffer.append("<br>")
            return None
        href = f' href="{escape(values["href"])}"' if values.get("href") else ""
        if tag == "a" and not href:
            return None  # its address was not one to let through
        if tag != "br":
            self.open.append(tag)
        self.buffer.append(f"<{tag}{href}>")

    def _break(self) -> None:
        """Ends a line: a paragraph, or within a block a line of it."""
        if not self._in_block:
            self.flush()
        elif _visible("".join(self.buffer)) and not self.buffer[-1].endswith(
            ("<br>", "<li>", "<p>")
        ):
            self.buffer.append("<br>")

    def _table(self, tag: str) -> None:
        if tag in ("td", "th"):
            if self.cells:
                self.buffer.append(CELL)
            self.cells += 1
        else:
            self.cells = 0
            self._break()

    def _numbered_list(self, start: str) -> None:
        """A list that goes on from another: its numbers are written, or they would begin at 1."""
        start = start.strip()
        self.numbers.append(int(start) if start.isascii() and start.isdigit() else 1)
        self._break()

    def _open_inline(self, tag: str, style: str) -> None:
        said = _meaning(tag, style)
        self.inline.append((tag, said))
        if "strong" in said:
            self.open.append("strong")
            self.buffer.append("<strong>")
        if "struck" in said:
            self.buffer.append(STRUCK)

    def handle_endtag(self, tag):
        if tag in _TABLE:
            if tag not in ("td", "th"):
                self.cells = 0
                self._break()
        elif tag in _PARAGRAPHS:
            if not self.cells:
                self._break()
        elif tag in _INLINE:
            self._close_inline(tag)
        else:
            if tag in ("ul", "ol") and self.numbers and self.numbers.pop() is not None:
                return self._break()
            self._close(tag)
        return None

    def _close_inline(self, tag: str) -> None:
        while any(opened == tag for opened, _said in self.inline):
            opened, said = self.inline.pop()
            if "struck" in said:
                self.buffer.append(STRUCK)
            if "strong" in said:
                self._close("strong")
            if opened == tag:
                break

    def _close(self, tag: str) -> None:
        if tag not in self.open:
            return
        while self.open:
            closed = self.open.pop()
            self.buffer.append(f"</{closed}>")
            if closed == tag:
                break
        if tag in BLOCKS and not self._in_block:
            self.flush()

    def handle_data(self, data):
        scripts = [kind for _tag, said in self.inline for kind in said if kind in _SCRIPTS]
        if scripts:
            data = raised(data) if scripts[-1] == "sup" else lowered(data)
        self.buffer.append(_escaped(data))

    def flush(self):
        html = "".join(self.buffer)
        self.buffer = []
        html, listed = _as_list(html, self.fake, self.blocks[-1] if self.blocks else "")
        html = one_line(html)
        for tag in ("p", "li"):
            html = html.replace(f"<{tag}> ", f"<{tag}>").replace(f" </{tag}>", f"</{tag}>")
        if not _visible(html):
            return
        if not html.startswith(tuple(f"<{tag}>" for tag in BLOCKS)):
            html = f"<p>{html}</p>"
        if listed and listed == self.fake:
            self.blocks[-1] = self.blocks[-1].removesuffix(f"</{listed}>") + html[len("<ul>") :]
        else:
            self.blocks.append(html)
        self.fake = listed


def _as_list(html: str, fake: str, before: str) -> tuple[str, str]:
    """A paragraph that Word made look like an entry of a list, as one, and of which kind of list."""
    inner = html.strip().removeprefix("<p>").removesuffix("</p>")
    if bullet := _BULLET.match(inner):
        return f"<ul><li>{inner[bullet.end() :]}</li></ul>", "ul"
    if numbered := _NUMBERED.match(inner):
        number, rest = int(ascii_digits(numbered[1])), inner[numbered.end() :]
        if number == (before.count("<li>") + 1 if fake == "ol" else 1):
            return f"<ol><li>{rest}</li></ol>", "ol"
    return html, ""


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
    for tag, _said in reversed(tuple(parser.inline)):
        parser._close_inline(tag)
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
