"""What stands in a Word file: headings, paragraphs, lists, rows of tables, and what is not taken."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, zip_longest

import regex
from django.utils.translation import gettext_lazy as _
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ..document.content import Pair
from ..language.bijoy import looks_like_bijoy, to_unicode
from ..language.text import (
    BULLETS,
    WORD_BULLETS,
    comparison_key,
    has_words,
    lowered,
    normalise,
    one_line,
    raised,
    replace_unreadable,
    words,
)
from .blocks import (
    BANGLA,
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
from .package import BROKEN, WordFileError, open_package
from .signs import sign_of, signs_of
from .styles import Styles
from .tables import (
    END,
    Row,
    are_column_names,
    are_headings,
    are_named,
    are_of_different_things,
    as_text,
    ends_headings,
    has_letters,
    is_heading,
    is_of_different_things,
    joined_headings,
    lone_cell,
    meaning_in,
    pair_of_cells,
    text_in,
    text_of,
)

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
    "table": _("Tables whose columns or rows mean different things; type them on the page itself"),
    "alone": _("Signs that stand alone"),
    "row": _("Numbers of table rows"),
    "column": _("Headings of table columns"),
    "link": _("Where links lead; their words come along"),
}
TO_LOOK_AT = {
    "bijoy": _("Typed in Bijoy, and changed to Unicode: read each again"),
    "sign": _("Signs that only one program knows: type what each □ stands for"),
    "raised": _("Raised or lowered signs: look whether they still say what is meant"),
    "mixed": _("English and Bangla in one text: look where it belongs"),
}
_OF_TABLES = ("table", "column", "alone")
KINDS_LEFT_OUT = frozenset((*NOT_TAKEN, *TO_LOOK_AT))

NOTHING = _("No text was found in this file. A photo or a scan of a page cannot be read.")
ONLY_TABLES = _(
    "This file has only a table whose columns or rows mean different things, and which of them means "
    "what is not certain. Write it as headings with a list under each, and choose the file again."
)
TOO_LONG = _(
    "This file is too long for the page of one treatment: more than %(most)d paragraphs. Save the part "
    "about this treatment as a file of its own, and choose that."
)

MOST_RUNS = 20_000
_LONGEST_BOLD_HEADING = 90  # letters
_MARKS = f"{BULLETS}{WORD_BULLETS}→*–—-"
_FAKE_ENTRY = regex.compile(
    rf"\s*(?:[{regex.escape(_MARKS)}](?=[\s\p{{L}}])(?<![-–—*](?=\S))"
    r"|[o§](?=\t|\s{2})|\(?\p{N}{1,2}[.)।](?=\s)|\(?[a-zক-ঙ][.)](?=\t|\s{2}))\s*"
)
# Between a text in one language and the same in the other.
_BETWEEN = regex.compile(r"\s*[/|\t]+\s*")
_BETWEEN_HEADINGS = regex.compile(r"\s*[/|\t(:–—-](?:\s*[/|\t(:–—-])*\s*")
# A line, a cell of a row that is made of tabs, or one of two languages beside each other.
_PIECE = regex.compile(r"\S(?:(?!\s/\s)[^\t\n])*(?<=\S)")
_LANGUAGE_NAMES = {"english", "bangla", "bengali", "বাংলা", "ইংরেজি", "ইংরেজী"}

_SIGNS = regex.compile(r"[\p{So}\p{Extended_Pictographic}\p{Co}]")
_ORDINALS = {"st", "nd", "rd", "th"}

_W = {
    name: qn(f"w:{name}")
    for name in (
        "p", "tbl", "tr", "tc", "r", "t", "tab", "ptab", "br", "cr", "sym", "ruby", "del", "delText",
        "moveFrom", "hyperlink", "noBreakHyphen", "drawing", "pict", "object", "txbxContent", "fldChar",
    )
}  # fmt: skip
_THROUGH = {
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "bdo", "dir")
}  # fmt: skip
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES, _FALLBACK = f"{_COMPATIBILITY}AlternateContent", f"{_COMPATIBILITY}Fallback"
_EMOJI = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
_FORMULAS = {
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}"
    for name in ("oMath", "oMathPara")
}
_KNOWN = {*_W.values(), *_THROUGH, *_FORMULAS, f"{_EMOJI}symEx"}
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
        has_tables = any(one.kind == "table" for one in reader.left_out)
        raise WordFileError(ONLY_TABLES if has_tables else NOTHING)
    file_name = one_line(replace_unreadable(name))
    return Reading(file_name, tuple(reader.blocks), tuple(reader.left_out))


class _Reader:
    def __init__(self, styles: Styles):
        self.styles = styles
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.language = "en"  # of what was read last: of numbers alone too
        self._letters = self._runs_read = self._paragraphs = self._signs_alone = 0

    def read(self, body) -> None:
        for block in self._blocks(body):
            self.blocks.append(block)
            if len(self.blocks) > MOST_BLOCKS:
                raise WordFileError(TOO_LONG % {"most": MOST_BLOCKS})

    def _blocks(self, container) -> Iterator[Block]:
        """What stands in the text or in a cell; under a table, its headings hold no longer."""
        is_over = False
        for child in _within(container, _W["p"], _W["tbl"]):
            is_table, named = child.tag == _W["tbl"], len(self.left_out)
            blocks = self._table(child) if is_table else self._paragraph(child)
            if blocks:
                if is_over and blocks[0].kind != HEADING:
                    yield END
                yield from blocks
                is_over = is_table and ends_headings(blocks)
            elif is_table:
                is_over |= any(one.kind in _OF_TABLES for one in self.left_out[named:])

    def _count(self, text: str) -> str:
        """The text, if it is not too much: before anything looks for something in it."""
        self._letters += len(text)
        if self._letters > MOST_LETTERS:
            raise WordFileError(TOO_LONG % {"most": MOST_BLOCKS})
        return text

    def _leave_out(self, kind: str, text: str = "") -> None:
        text = one_line(replace_unreadable(self._count(text)))
        if kind not in ("picture", "alone") and not has_words(text):
            return
        self.left_out.append(LeftOut(kind, text))
        if len(self.left_out) > MOST_BLOCKS:
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
        text = self._in_unicode(spans)
        if not has_words(text):
            if _SIGNS.search(text):
                self._signs_alone += 1
                self._leave_out("alone", text)
            return []
        level = self._heading_level(paragraph, text, spans)
        lines = _lines(text)
        if level is not None:
            return self._headings(" ".join(lines) if _is_one_language(lines) else text, level)
        listed = self.styles.is_listed(paragraph)
        return [block for line in lines for block in self._texts(line, listed)]

    def _in_unicode(self, spans: list) -> str:
        """The words of a paragraph, those that were typed in Bijoy changed, and named."""
        return "".join(
            _PIECE.sub(
                lambda piece, known=is_bijoy: self._changed(piece[0], known),
                "".join(text for text, _bold, _bijoy in run),
            )
            for is_bijoy, run in groupby(spans, lambda span: span[2])
        )

    def _changed(self, piece: str, is_bijoy: bool) -> str:
        mark = _FAKE_ENTRY.match(piece)
        start = mark.end() if mark else 0
        text = piece[start:]
        if not LATIN.search(text) or not (is_bijoy or looks_like_bijoy(text)):
            return piece
        changed = to_unicode(text)
        self._leave_out("bijoy", f"{text} → {changed}")
        return f"{piece[:start]}{changed}"

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
        """The text with a box for each sign that only some programs know; then it is named."""
        shown = replace_unreadable(text)
        if "\ufffd" not in shown:
            return text
        shown = shown.replace("\ufffd", "□")
        self._leave_out("sign", shown)
        return shown

    # Words of a paragraph

    def _spans(self, element) -> Iterator[tuple[str, bool, bool]]:
        """The words that are taken, with whether they are bold, and in a font of Bijoy."""
        struck: list[str] = []
        before = ""
        for run in self._runs(element):
            self._runs_read += 1
            if self._runs_read > MOST_RUNS:
                raise WordFileError(TOO_LONG % {"most": MOST_BLOCKS})
            text = self._count("".join(self._run(run, self.styles.font(run, element))))
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
            is_bijoy = self.styles.is_in_bijoy(run, element) and not BANGLA.search(text)
            yield text, self._has("b", run, element), is_bijoy
        self._name_struck(struck)

    def _has(self, name: str, run, paragraph) -> bool:
        return self.styles.has(name, run, paragraph)

    def _name_struck(self, struck: list[str]) -> None:
        if struck:
            self._leave_out("struck", "".join(struck))
            struck.clear()

    def _raised(self, text: str, before: str, how: str) -> str:
        if not how or text.strip() in _ORDINALS or not text.strip():
            return text
        text = raised(text) if how == "superscript" else lowered(text)
        self._leave_out("raised", (words(before[-40:]) or [""])[-1] + text)
        return text

    def _runs(self, element) -> Iterator:
        for child in _opened(element):
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

    def _run(self, run, font: str) -> Iterator[str]:
        for child in _opened(run):
            if child.tag == _W["t"]:
                yield signs_of(font, child.text or "")
            elif child.tag in (_W["tab"], _W["ptab"]):
                yield "\t"
            elif child.tag in (_W["br"], _W["cr"]):
                yield "\n"
            elif child.tag == _W["noBreakHyphen"]:
                yield "-"
            elif child.tag == _W["ruby"]:
                yield _all_words(child)
            elif child.tag == _W["sym"]:
                yield sign_of(child.get(qn("w:font")) or "", child.get(qn("w:char")) or "")
            elif child.tag == f"{_EMOJI}symEx":
                yield sign_of("", child.get(f"{_EMOJI}char") or "")
            elif child.tag == _W["fldChar"]:
                yield _chosen(child)
            elif child.tag in (_W["drawing"], _W["pict"], _W["object"]):
                self._drawn(child)

    def _drawn(self, element) -> None:
        boxes = list(_boxes(element))
        for box in boxes:
            self._leave_out("box", _all_words(box))
        if not boxes:
            self._leave_out("picture")

    # Tables: cells are never joined

    def _table(self, table) -> list[Block]:
        rows = [self._cells(row) for row in _within(table, _W["tr"])]
        rows = [row for row in rows if any(row.values())]
        has_signs = not all(all(row.values()) for row in rows)
        if not has_signs and not are_of_different_things(rows):
            return self._rows(rows)
        made = None if has_signs else self._in_columns(rows) or self._in_rows(rows)
        if not made:
            for row in rows:
                self._leave_out("table", " | ".join(map(text_in, row.values())))
        return made or []

    def _cells(self, row) -> Row:
        """The cells in which something stands; those with nothing but signs hold no block."""
        cells: Row = {}
        column = _number_of(row, "trPr", "gridBefore")
        for cell in _within(row, _W["tc"]):
            width = _number_of(cell, "tcPr", "gridSpan") or 1
            signs = self._signs_alone
            blocks = list(self._blocks(cell))
            if blocks or self._signs_alone > signs:
                cells[column, width] = blocks
            column += width
        return cells

    def _rows(self, table: list[Row]) -> list[Block]:
        rows = [self._without_number(list(row.values())) for row in table]
        is_paired = any(pair_of_cells(row) for row in rows)
        return [block for row in rows for block in self._row(row, is_paired)]

    def _in_columns(self, rows: list[Row]) -> list[Block] | None:
        """Each column under its own heading; None where the headings do not say which is which."""
        start = next((at for at, row in enumerate(rows) if is_of_different_things(row)), 0)
        heads, body = dict(rows[start]), rows[start + 1 :]
        numbers = {
            place: heads.pop(place)
            for place in rows[start]
            if not meaning_in(heads[place])
            and not any(has_letters(row[place]) for row in body if place in row)
        }
        if not are_headings(heads) or any(map(is_of_different_things, body)):
            return None
        for place, name in numbers.items():
            self._leave_out("column", text_in(name))
            for row in body:
                self._leave_out("row", text_in(row.pop(place, [])))
        blocks = self._rows(rows[:start])
        for place, (head,) in heads.items():
            cells = [row.pop(place, []) for row in body]
            texts = [as_text(block) for cell in cells for block in cell if block != END]
            if texts:
                blocks += [replace(head, kind=HEADING, level=BOLD_LEVEL), *texts]
            else:
                self._leave_out("column", text_of(head))
        beside = self._rows([row for row in body if row])  # in cells over several columns
        return [*blocks, END, *beside] if beside else blocks

    def _in_rows(self, rows: list[Row]) -> list[Block] | None:
        """Each row under the cell that says what the others in it are; None where not all do."""
        names = rows[:1] if are_column_names(rows[0], rows[1:]) else []
        rows = rows[len(names) :]
        places = {place for row in rows for place in row if meaning_in(row[place])}
        if not all(are_named(row, places) for row in rows):
            return None
        for row in names:
            self._leave_out("column", ", ".join(map(text_in, row.values())))
        blocks: list[Block] = []
        above: list[Block] = []
        for row in rows:
            heads = [
                replace(row.pop(place)[0], kind=HEADING, level=BOLD_LEVEL)
                for place in sorted(places)
            ]
            if heads != above:
                blocks += joined_headings(heads)
            above = heads
            beside = {place: [as_text(block) for block in cell] for place, cell in row.items()}
            blocks += self._rows([beside])
        return blocks

    def _without_number(self, row: list[list[Block]]) -> list[list[Block]]:
        if len(row) < 2 or len(row[0]) != 1:
            return row
        first = text_of(row[0][0])
        if regex.search(r"\p{L}", first):
            return row
        self._leave_out("row", first)
        return row[1:]

    def _row(self, row: list[list[Block]], is_paired: bool) -> Iterator[Block]:
        blocks = [block for cell in row for block in cell]
        if blocks and all(comparison_key(text_of(block)) in _LANGUAGE_NAMES for block in blocks):
            self._leave_out("column", ", ".join(text_of(block) for block in blocks))
        elif any(len(cell) > 1 and any(map(is_heading, cell)) for cell in row):
            yield from blocks  # each cell is a text with headings of its own
        elif (
            blocks
            and all(block.kind == HEADING for block in blocks)
            and (len(row) == 1 or any(map(is_heading, blocks)))
        ):
            yield from joined_headings(blocks)
        elif is_paired and (two := pair_of_cells(row) or lone_cell(row)):
            for english, bangla in zip_longest(*two):
                yield Block(ROW, Pair(text_of(english), text_of(bangla)))
        else:
            yield from map(as_text, blocks)

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


def _opened(element) -> Iterator:
    """What stands in an element; of alternatives, the first one that can be read."""
    for child in element:
        if child.tag == _ALTERNATIVES:
            branches = [list(_opened(branch)) for branch in child]
            yield from next((each for each in branches if _is_known(each)), ())
        else:
            yield child


def _is_known(branch: list) -> bool:
    return any(child.tag in _KNOWN for child in branch)


def _chosen(field) -> str:
    """What is chosen in a form's list or ticked in its box; "" for any other field."""
    entries = field.findall(f".//{qn('w:ddList')}/{qn('w:listEntry')}")
    number = _value(field, "result") or _value(field, "default") or "0"
    if number.isascii() and number.isdigit() and int(number) < len(entries):
        return entries[int(number)].get(qn("w:val")) or ""
    if field.find(f".//{qn('w:checkBox')}") is not None:
        ticked = field.find(f".//{qn('w:checked')}")
        said = _value(field, "default") if ticked is None else ticked.get(qn("w:val")) or "1"
        return "☒" if said in ("1", "true", "on") else "☐"
    return ""


def _value(field, name: str) -> str:
    found = field.find(f".//{qn(f'w:{name}')}")
    return "" if found is None else found.get(qn("w:val")) or ""


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
    marks = [
        mark
        for mark in between.finditer(text, first[-1] + 1, second[0])
        if not _is_in_number(text, mark)
    ]
    spaced = [mark for mark in marks if regex.search(r"\s", mark[0])]
    if len(spaced or marks) != 1:
        return None
    (mark,) = spaced or marks
    behind = text[mark.end() :]
    return text[: mark.start()], behind.rstrip(" )") if "(" in mark[0] else behind


def _is_in_number(text: str, mark: regex.Match) -> bool:
    """Whether it stands between two digits of one script, as in 140/90."""
    beside = text[mark.start() - 1 : mark.start()] + text[mark.end() : mark.end() + 1]
    return bool(regex.fullmatch(r"[0-9]{2}|[০-৯]{2}", beside))


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


def _within(element, *tags: str) -> Iterator:
    for child in _opened(element):
        if child.tag in tags:
            yield child
        elif child.tag in _THROUGH:
            yield from _within(child, *tags)


def _number_of(element, properties: str, name: str) -> int:
    found = element.find(f"{qn(f'w:{properties}')}/{qn(f'w:{name}')}")
    said = "" if found is None else found.get(qn("w:val")) or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
