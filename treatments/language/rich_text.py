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
from .text import BULLETS, STRUCK, WORD_BULLETS, lowered, normalise, one_line, raised

PARAGRAPH, ITEM, NUMBERED = "paragraph", "item", "numbered"
BLOCKS = ("p", "ul", "ol")
_LISTS = {"ul": ITEM, "ol": NUMBERED}
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
_BULLET = regex.compile(rf"[\s\xa0]*(?:[{BULLETS}o§Ø]{_GAP}|[{WORD_BULLETS}][\s\xa0]*)(?=\S)")
_NUMBERED = regex.compile(rf"[\s\xa0]*([0-9০-৯]{{1,3}})[.)।]{_GAP}(?=\S)")
CELL = " | "  # between two cells of a table


_STARTS = {"strong": "<strong>", "struck": STRUCK}
_ENDS = {"strong": "</strong>", "struck": STRUCK, "a": "</a>"}
_EDGES = frozenset(("<br>", *(f"<{end}{tag}>" for tag in (*BLOCKS, "li") for end in ("", "/"))))


@dataclass(frozen=True)
class _Mark:
    """An inline tag: "strong", "struck", "sup", "sub" or "a" of its words, or nothing."""

    says: tuple[str, ...]
    href: str = ""

    @property
    def start(self) -> str:
        link = f'<a href="{escape(self.href)}">'
        return "".join(link if said == "a" else _STARTS.get(said, "") for said in self.says)

    @property
    def end(self) -> str:
        return "".join(_ENDS.get(said, "") for said in reversed(self.says))


def _meaning(tag: str, style: str) -> tuple[str, ...]:
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
    """Collects top-level blocks; loose text and inline tags between them become paragraphs.

    Reads what the cleaner wrote, where every tag is closed. What an inline tag says is written
    around the words of each block by itself.
    """

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.buffer: list[str] = []
        self.open: list[tuple[str, bool]] = []  # blocks and entries; whether each is written
        self.marks: list[_Mark] = []  # the inline tags that are open
        self.written = 0  # how many of them the buffer has
        self.breaks = False  # whether a new line begins with the next word
        self.cells: list[int] = []  # of each table that is open: of its row, with this one
        self.numbers: list[int | None] = []  # of the lists that are open: the next, where kept
        self.fake = ""  # the list that the last block was made, "ul" or "ol"

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag in _TABLE:
            self._begin_in_table(tag)
        elif tag in _PARAGRAPHS or (tag == "br" and self._in_cell):
            self._break()
        elif tag == "br":
            self._write("<br>")
        elif tag in _INLINE:
            self._mark(_meaning(tag, values.get("style", "")))
        elif tag == "a":  # perhaps without its address, if that was not one to let through
            self._mark(("a",) if values.get("href") else (), values.get("href", ""))
        elif tag == "li":
            self._begin_entry()
        else:
            self._begin(tag, values.get("start", "").strip())

    def handle_endtag(self, tag):
        if tag == "table":
            self.cells.pop()
        if tag in ("table", "tr") or tag in _PARAGRAPHS:
            self._break()
        elif tag in _INLINE or tag == "a":
            self._close_marks(len(self.marks) - 1)
            self.marks.pop()
        elif tag in (*BLOCKS, "li"):
            self._end(tag)

    def handle_data(self, data):
        scripts = [said for mark in self.marks for said in mark.says if said in _SCRIPTS]
        if scripts:
            data = raised(data) if scripts[-1] == "sup" else lowered(data)
        if not data.isspace() and not one_line(
            data
        ):  # what nobody sees, and the gap that it leaves
            data = normalise(f"|{data}|")[1:-1]
        if not data.strip() and (
            not data or self.breaks or self._within in _LISTS
        ):  # between two lines
            self.buffer.append(data)
        else:
            self._write(_escaped(data))

    # Inline tags and line breaks

    def _mark(self, says: tuple[str, ...], href: str = "") -> None:
        said = {each for mark in self.marks for each in mark.says if each not in _SCRIPTS}
        self.marks.append(_Mark(tuple(each for each in says if each not in said), href))

    def _write(self, html: str) -> None:
        if self.breaks:
            self.buffer.append("<br>")
        self.buffer += [mark.start for mark in self.marks[self.written :]]
        self.buffer.append(html)
        self.breaks, self.written = False, len(self.marks)

    def _close_marks(self, down_to: int = 0) -> None:
        self.buffer += [mark.end for mark in reversed(self.marks[down_to : self.written])]
        self.written = min(self.written, down_to)

    def _break(self) -> None:
        """Ends a line: a paragraph, or within a block a line of it."""
        if self._in_cell:
            self.buffer.append(" ")
        elif not self._within:
            self.flush()
        else:
            there = (one for one in reversed(self.buffer) if one in _EDGES or _visible(one))
            self.breaks = next(there, "<br>") not in _EDGES

    # Blocks

    @property
    def _within(self) -> str:
        """The innermost block or entry that is written."""
        return next((tag for tag, is_written in reversed(self.open) if is_written), "")

    def _begin(self, tag: str, start: str) -> None:
        # A list that goes on from another: its numbers are written, or they would begin at 1.
        goes_on = tag == "ol" and (self._in_cell or start not in ("", "1"))
        if tag in _LISTS:
            first = int(start) if start.isascii() and start.isdigit() else 1
            self.numbers.append(first if goes_on else None)
        is_written = not (goes_on or self._in_cell or self._within == "p")
        if is_written and not self._within:
            self.flush()
        self._open(tag, is_written)

    def _begin_entry(self) -> None:
        number = self.numbers[-1] if self.numbers else None
        self._open("li", number is None and not self._in_cell and self._within in _LISTS)
        if number is not None:
            self._write(f"{number}. ")
            self.numbers[-1] = number + 1

    def _open(self, tag: str, is_written: bool) -> None:
        """Where its tag may not stand, it is lines of its own."""
        if is_written:
            self._tag(f"<{tag}>")
        else:
            self._break()
        self.open.append((tag, is_written))

    def _end(self, tag: str) -> None:
        if tag in _LISTS:
            self.numbers.pop()
        _tag, is_written = self.open.pop()
        if is_written:
            self._tag(f"</{tag}>")
        if not (is_written and self._within):
            self._break()

    def _tag(self, written: str) -> None:
        self._close_marks()
        self.buffer.append(written)
        self.breaks = False

    # Tables

    @property
    def _in_cell(self) -> bool:
        return any(self.cells)

    def _begin_in_table(self, tag: str) -> None:
        """A row is a line; a table within a cell is words of it."""
        if tag in ("td", "th"):
            if self.cells[-1]:
                self._write(CELL)
            self.cells[-1] += 1
            return
        if tag == "tr":
            self.cells[-1] = 0
        self._break()
        if tag == "table":
            self.cells.append(0)

    def flush(self):
        self._close_marks()
        html = "".join(self.buffer)
        self.buffer, self.breaks = [], False
        before = self.blocks[-1] if self.blocks else ""
        html, listed = _as_list(html, self.fake, before)
        html = one_line(html)
        if not listed:  # what nobody sees stood before the sign
            html, listed = _as_list(html, self.fake, before)
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
    parser.flush()
    return tuple(parser.blocks)


def clean(html: str) -> str:
    """`html` with only what a patient's page may carry. Idempotent."""
    return "".join(canonical_blocks(html))


# --- One paragraph or list entry by itself --------------------------------------------------------


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
