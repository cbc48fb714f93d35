"""What stands in a Word file: headings, paragraphs, lists, rows of tables, and what is not taken."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

import regex
from django.utils.translation import gettext_lazy as _
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ..document.content import Pair
from ..language.text import (
    comparison_key,
    has_words,
    normalise,
    one_line,
    replace_unreadable,
    words,
)
from .bijoy import is_bijoy_font, looks_like_bijoy
from .blocks import (
    BANGLA,
    BIJOY,
    BOLD_LEVEL,
    ENTRY,
    HEADING,
    LATIN,
    MOST_BLOCKS,
    MOST_LETTERS,
    ROW,
    TEXT,
    Block,
    LeftOut,
    Reading,
    language_of,
    letters_of,
)
from .headings import section_of
from .package import BROKEN, WordFileError, open_package
from .styles import Styles

# What does not come along, and what it is called on the page that says so.
NOT_TAKEN = {
    "picture": _("Pictures; add them on the page itself"),
    "struck": _("Struck-out words"),
    "deleted": _("Words deleted while changes were tracked"),
    "hidden": _("Hidden words"),
    "box": _("Text boxes"),
    "note": _("Footnotes and endnotes"),
    "comment": _("Comments"),
    "margin": _("Headers and footers"),
    "contents": _("Table of contents"),
    "formula": _("Formulas"),
    "sign": _("Signs that phones cannot show"),
    "row": _("Numbers of table rows"),
    "column": _("Headings of table columns"),
    "link": _("Where links lead; their words come along"),
}
TO_LOOK_AT = {
    "raised": _("Raised or lowered signs: look whether they still say what is meant"),
    "mixed": _("English and Bangla in one text: look where it belongs"),
}
KINDS_LEFT_OUT = frozenset((*NOT_TAKEN, *TO_LOOK_AT))

NOTHING = _("No text was found in this file. A photo or a scan of a page cannot be read.")
TOO_LONG = _(
    "This file is too long for the page of one treatment: more than %(most)d paragraphs. Save the part "
    "about this treatment as a file of its own, and choose that."
)

MOST_RUNS = 20_000
_LONGEST_BOLD_HEADING = 90  # letters
_BULLETS = "·•∙●○◦▪■□▫◆◇❖➢➤►▶✓✔→*–—-\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_FAKE_ENTRY = regex.compile(
    rf"\s*(?:[{regex.escape(_BULLETS)}](?=[\s\p{{L}}])(?<![-–—*](?=\S))"
    r"|[o§](?=\t|\s{2})|\(?\p{N}{1,2}[.)।](?=\s)|\(?[a-zক-ঙ][.)](?=\t|\s{2}))\s*"
)
# Between a text in one language and the same in the other.
_BETWEEN = regex.compile(r"[/|\t]")
_BETWEEN_HEADINGS = regex.compile(r"[/|\t(:–—-]")
_LANGUAGE_NAMES = {"english", "bangla", "bengali", "বাংলা", "ইংরেজি", "ইংরেজী"}

_RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_ORDINALS = {"st", "nd", "rd", "th"}

_W = {
    name: qn(f"w:{name}")
    for name in (
        "p", "tbl", "tr", "tc", "r", "t", "tab", "ptab", "br", "cr", "sym", "ruby", "del", "delText",
        "moveFrom", "hyperlink", "noBreakHyphen", "drawing", "pict", "object", "txbxContent",
    )
}  # fmt: skip
_THROUGH = {
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "bdo", "dir")
}  # fmt: skip
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULAS = {
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}"
    for name in ("oMath", "oMathPara")
}
# The end of a relation's name → what stands in the part it leads to.
_OTHER_PARTS = {
    "footnotes": "note", "endnotes": "note", "comments": "comment", "header": "margin", "footer": "margin",
}  # fmt: skip


def read_word_file(data: bytes, name: str) -> Reading:
    """Everything that the Word file says. Raises WordFileError with what to tell staff."""
    document = open_package(data)
    try:
        reader = _Reader(Styles(document))
        reader.read(document.element.body)
        reader.read_other_parts(document.part)
    except WordFileError:
        raise
    except Exception as error:  # what no Word wrote fails in more ways than can be listed
        raise WordFileError(BROKEN) from error
    if not reader.blocks:
        raise WordFileError(NOTHING)
    file_name = one_line(replace_unreadable(name))
    return Reading(file_name, tuple(reader.blocks), tuple(reader.left_out))


class _Reader:
    def __init__(self, styles: Styles):
        self.styles = styles
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.language = "en"  # of what was read last: of numbers alone too
        self._letters = self._runs_read = self._paragraphs = 0

    def read(self, container) -> None:
        for child in container:
            if child.tag == _W["p"]:
                self._take(self._paragraph(child))
            elif child.tag == _W["tbl"]:
                self._take(self._table(child))
            elif child.tag in _THROUGH:
                self.read(child)

    def _take(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._letters += len(block.words.en) + len(block.words.bn)
            self.blocks.append(block)
            if len(self.blocks) > MOST_BLOCKS or self._letters > MOST_LETTERS:
                raise WordFileError(TOO_LONG % {"most": MOST_BLOCKS})

    def _leave_out(self, kind: str, text: str = "") -> None:
        text = one_line(replace_unreadable(text))
        self._letters += len(text)
        if kind != "picture" and not has_words(text) and kind != "sign":
            return
        self.left_out.append(LeftOut(kind, text))
        if len(self.left_out) > MOST_BLOCKS or self._letters > MOST_LETTERS:
            raise WordFileError(TOO_LONG % {"most": MOST_BLOCKS})

    # Paragraphs

    def _paragraph(self, paragraph) -> list[Block]:
        self._paragraphs += 1
        if self._paragraphs > 2 * MOST_BLOCKS:  # many are empty
            raise WordFileError(TOO_LONG % {"most": MOST_BLOCKS})
        if self.styles.is_contents(paragraph):
            self._leave_out("contents", _all_words(paragraph))
            return []
        spans = list(self._spans(paragraph))
        text = "".join(span for span, _bold, _bijoy in spans)
        if not has_words(text):
            return []
        if any(bijoy for _span, _bold, bijoy in spans) or looks_like_bijoy(text):
            return [Block(BIJOY, Pair(bn=normalise(self._readable(text))))]
        level = self._heading_level(paragraph, text, spans)
        lines = _lines(text)
        if level is not None:
            return self._headings(" ".join(lines) if _is_one_language(lines) else text, level)
        listed = self.styles.is_listed(paragraph)
        return [block for line in lines for block in self._texts(line, listed)]

    def _heading_level(self, paragraph, text: str, spans: list) -> int | None:
        level = self.styles.heading_level(paragraph)
        if level is not None:
            return level
        is_bold = all(bold for span, bold, _bijoy in spans if has_words(span))
        short = len(text) <= _LONGEST_BOLD_HEADING and not text.rstrip().endswith(
            (".", "।", ",", ";")
        )
        if is_bold and short and not self.styles.is_listed(paragraph):
            return None if _is_bullet(text) else BOLD_LEVEL
        return None

    def _headings(self, text: str, level: int) -> list[Block]:
        lines = _lines(text)
        if len(lines) > 1:
            halves = {self._language(line): self._stored(line) for line in lines}
            return [Block(HEADING, Pair(**halves), level)] if len(halves) == len(lines) else [
                block for line in lines for block in self._headings(line, level)
            ]  # fmt: skip
        pair = _halves(text, _BETWEEN_HEADINGS)
        return [Block(HEADING, self._pair(*pair) if pair else self._half(text), level)]

    def _texts(self, line: str, listed: bool) -> list[Block]:
        mark = _FAKE_ENTRY.match(line)
        text = line[mark.end() :] if mark else line
        if not has_words(text):
            return []
        if pair := _halves(text, _BETWEEN):
            return [Block(ROW, self._pair(*pair))]
        count = sorted(letters_of(text).values())
        if count[0] * 3 > count[1]:
            self._leave_out("mixed", text)
        return [Block(ENTRY if mark or listed else TEXT, self._half(text))]

    def _language(self, text: str) -> str:
        self.language = language_of(text, self.language)
        return self.language

    def _half(self, text: str) -> Pair:
        return Pair(**{self._language(text): self._stored(text)})

    def _pair(self, *halves: str) -> Pair:
        return Pair(**{self._language(half): self._stored(half) for half in halves})

    def _stored(self, text: str) -> str:
        return normalise(self._readable(text))

    def _readable(self, text: str) -> str:
        """The text without signs that only some programs know; what is around one is named."""
        shown = replace_unreadable(text)
        place = shown.find("\ufffd")
        if place < 0:
            return text
        self._leave_out("sign", shown[max(0, place - 20) : place + 20])
        return shown.replace("\ufffd", "")

    # Words of a paragraph

    def _spans(self, element) -> Iterator[tuple[str, bool, bool]]:
        """The words that are taken, with whether they are bold, and whether Bijoy's."""
        struck: list[str] = []
        before = ""
        for run in self._runs(element):
            self._runs_read += 1
            if self._runs_read > MOST_RUNS:
                raise WordFileError(TOO_LONG % {"most": MOST_BLOCKS})
            text = "".join(self._run(run))
            if not text:
                continue
            if self._has("strike", run, element) or self._has("dstrike", run, element):
                struck.append(text)
                continue
            self._name_struck(struck)
            if self._has("vanish", run, element):
                self._leave_out("hidden", text)
                continue
            text = self._raised(text, before, self.styles.raised(run, element))
            before += text
            yield text, self._has("b", run, element), self._is_bijoy(text, run, element)
        self._name_struck(struck)

    def _has(self, name: str, run, paragraph) -> bool:
        return self.styles.has(name, run, paragraph)

    def _name_struck(self, struck: list[str]) -> None:
        if struck:
            self._leave_out("struck", "".join(struck))
            struck.clear()

    def _is_bijoy(self, text: str, run, paragraph) -> bool:
        typed = has_words(text) and not letters_of(text)["bn"]
        return typed and is_bijoy_font(self.styles.font(run, paragraph))

    def _raised(self, text: str, before: str, how: str) -> str:
        if not how or text.strip() in _ORDINALS or not text.strip():
            return text
        signs = _RAISED if how == "superscript" else _LOWERED
        if all(sign in signs for sign in text.strip()):
            text = "".join(signs.get(sign, sign) for sign in text)
        self._leave_out("raised", (words(before[-40:]) or [""])[-1] + text)
        return text

    def _runs(self, element) -> Iterator:
        for child in element:
            if child.tag == _W["r"]:
                yield child
            elif child.tag in _THROUGH:
                yield from self._runs(child)
            elif child.tag == _W["hyperlink"]:
                if child.get(qn("r:id")):
                    self._leave_out("link", _all_words(child))
                yield from self._runs(child)
            elif child.tag in (_W["del"], _W["moveFrom"]):
                self._leave_out("deleted", _all_words(child))
            elif child.tag in _FORMULAS:
                self._leave_out("formula", "".join(child.itertext()))

    def _run(self, run) -> Iterator[str]:
        for child in run:
            if child.tag == _W["t"]:
                yield child.text or ""
            elif child.tag in (_W["tab"], _W["ptab"]):
                yield "\t"
            elif child.tag in (_W["br"], _W["cr"]):
                yield "\n"
            elif child.tag == _W["noBreakHyphen"]:
                yield "-"
            elif child.tag == _W["ruby"]:
                yield _all_words(child)
            elif child.tag == _W["sym"]:
                self._leave_out("sign", "□")
            elif child.tag in (_W["drawing"], _W["pict"], _W["object"], _ALTERNATIVES):
                self._drawn(child)

    def _drawn(self, element) -> None:
        boxes = list(_boxes(element))
        for box in boxes:
            self._leave_out("box", _all_words(box))
        if not boxes:
            self._leave_out("picture")

    # Tables: cells are never joined

    def _table(self, table) -> list[Block]:
        rows = [
            [self._cell(cell) for cell in _within(row, _W["tc"])]
            for row in _within(table, _W["tr"])
        ]
        rows = [self._without_number([cell for cell in row if cell]) for row in rows]
        is_paired = any(_pair_of_cells(row) for row in rows)
        return [block for row in rows for block in self._row(row, is_paired)]

    def _cell(self, cell) -> list[Block]:
        blocks: list[Block] = []
        for child in cell:
            if child.tag == _W["p"]:
                blocks += self._paragraph(child)
            elif child.tag == _W["tbl"]:
                blocks += self._table(child)
            elif child.tag in _THROUGH:
                blocks += self._cell(child)
        return blocks

    def _without_number(self, row: list[list[Block]]) -> list[list[Block]]:
        if len(row) < 2 or len(row[0]) != 1:
            return row
        first = _said(row[0][0])
        if regex.search(r"\p{L}", first):
            return row
        self._leave_out("row", first)
        return row[1:]

    def _row(self, row: list[list[Block]], is_paired: bool) -> Iterator[Block]:
        blocks = [block for cell in row for block in cell]
        if blocks and all(comparison_key(_said(block)) in _LANGUAGE_NAMES for block in blocks):
            self._leave_out("column", ", ".join(_said(block) for block in blocks))
        elif any(len(cell) > 1 and any(map(_is_heading, cell)) for cell in row):
            yield from blocks  # each cell is a text with headings of its own
        elif (
            blocks
            and all(block.kind == HEADING for block in blocks)
            and (len(row) == 1 or any(map(_is_heading, blocks)))
        ):
            yield from _joined_headings(blocks)
        elif is_paired and (two := _pair_of_cells(row) or _lone_cell(row)):
            for english, bangla in zip_longest(*two):
                yield Block(ROW, Pair(_said(english), _said(bangla)))
            yield from (block for block in blocks if block.kind == BIJOY)
        else:
            yield from map(_as_text, blocks)

    # Beside the text

    def read_other_parts(self, main) -> None:
        """Names what stands in footnotes, comments, headers and footers."""
        named: set[tuple[str, str]] = set()  # the same header can stand three times in a file
        for relation in main.rels.values():
            kind = _OTHER_PARTS.get(relation.reltype.rpartition("/")[2])
            if not kind or relation.is_external:
                continue
            for child in parse_xml(relation.target_part.blob):
                text = one_line(_all_words(child))
                if (kind, text) not in named:
                    named.add((kind, text))
                    self._leave_out(kind, text)


def _lines(text: str) -> list[str]:
    """The lines of a paragraph that are texts of their own; most paragraphs are one."""
    lines = [line for line in text.split("\n") if has_words(line)]
    listed = sum(_is_bullet(line) for line in lines)
    return lines if listed > 1 or not _is_one_language(lines) else ["\n".join(lines)]


def _is_one_language(lines: list[str]) -> bool:
    return len({language_of(line, "") for line in lines} - {""}) < 2


def _is_bullet(text: str) -> bool:
    return bool(_FAKE_ENTRY.match(text))


def _halves(text: str, between: regex.Pattern) -> tuple[str, str] | None:
    """A text in one language with the same in the other behind it."""
    english, bangla = (
        [match.start() for match in letter.finditer(text)] for letter in (LATIN, BANGLA)
    )
    first, second = sorted((english, bangla))
    if min(len(first), len(second)) < 2 or first[-1] > second[0]:
        return None
    mark = between.search(text, first[-1] + 1, second[0])
    if not mark:
        return None
    behind = text[mark.end() :]
    return text[: mark.start()], behind.rstrip(" )") if mark[0] == "(" else behind


def _all_words(element) -> str:
    """Every word beneath an element, a space where a paragraph ends."""
    parts = []
    for child in element.iter(_W["t"], _W["delText"], _W["p"], _W["tab"], _W["br"]):
        parts.append(child.text or "" if child.tag in (_W["t"], _W["delText"]) else " ")
    return "".join(parts)


def _boxes(element) -> Iterator:
    """Text boxes of a drawing, as the newest Word has them."""
    for child in element:
        if child.tag == _W["txbxContent"]:
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _within(element, tag: str) -> Iterator:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _within(child, tag)


def _said(block: Block | None) -> str:
    return block.words.en or block.words.bn if block else ""


def _is_heading(block: Block) -> bool:
    """Whether it is one also in a table, where many a cell is bold."""
    return block.kind == HEADING and (block.level < BOLD_LEVEL or bool(section_of(block.words)))


def _as_text(block: Block) -> Block:
    both = block.words.en and block.words.bn
    return replace(block, kind=ROW if both else TEXT, level=0) if block.kind == HEADING else block


def _joined_headings(blocks: list[Block]) -> list[Block]:
    english = [block for block in blocks if not block.words.bn]
    bangla = [block for block in blocks if not block.words.en]
    if len(english) == len(bangla) == 1 and len(blocks) == 2:
        return [replace(english[0], words=Pair(english[0].words.en, bangla[0].words.bn))]
    return blocks


Cells = tuple[list[Block], list[Block]]


def _pair_of_cells(row: list[list[Block]]) -> Cells | None:
    """English and Bangla of a row that has one cell of each."""
    if len(row) != 2:
        return None
    english, bangla = sorted(row, key=lambda cell: any(block.words.bn for block in cell))
    if any(block.words.bn for block in english) or any(block.words.en for block in bangla):
        return None
    return english, [block for block in bangla if block.kind != BIJOY]


def _lone_cell(row: list[list[Block]]) -> Cells | None:
    if len(row) != 1:
        return None
    (cell,) = row
    if any((block.words.en and block.words.bn) or block.kind == BIJOY for block in cell):
        return None
    return [one for one in cell if one.words.en], [one for one in cell if one.words.bn]
