"""What the rows of a table say of each other: pairs of both languages, headings of columns or rows."""

from dataclasses import replace

import regex

from ..document.content import Pair
from ..language.text import words
from ..models import LANGUAGES
from .blocks import BOLD_LEVEL, HEADING, ROW, TEXT, Block
from .headings import meaning_of, section_of, turns_round

# Sections of which one is the opposite of another, or of something in it.
_WEIGHTY = {
    "contraindications",
    "help_signs",
    "aftercare",
    "side_effects",
    "who_it_helps",
    "benefits",
}


# A cell's first column and its width → what stands in it; empty cells are left out.
Row = dict[tuple[int, int], list[Block]]
Meaning = tuple[str, str]  # as `headings.meaning_of`
END = Block(HEADING, Pair(), 1)  # of what the headings above it say
_LONGEST_NAME = 5  # words of a column's name
_LETTER = regex.compile(r"\p{L}")


def has_letters(cell: list[Block]) -> bool:
    return bool(_LETTER.search(text_in(cell)))


def text_of(block: Block | None) -> str:
    return block.words.en or block.words.bn if block else ""


def text_in(cell: list[Block]) -> str:
    texts = (text for block in cell for text in (block.words.en, block.words.bn))
    return " ".join(filter(None, texts))


def ends_headings(blocks: list[Block]) -> bool:
    """Whether a table has headings, none of which speaks of what stands below it."""
    return any(block.kind == HEADING for block in blocks) and blocks[-1].kind != HEADING


def meaning_in(cell: list[Block], *, whole: bool = True) -> Meaning | None:
    """What a cell says of others, where one must not be taken for the other."""
    if len(cell) != 1:
        return None
    named = meaning_of(cell[0].words, whole=whole)
    return named if named[1] or named[0] in _WEIGHTY else None


def is_of_different_things(row: Row) -> bool:
    """Whether a cell speaks of others, and more than its translation stands beside it."""
    return bool(_languages_twice(row)) and any(
        meaning_in(cell, whole=cell[0].kind != HEADING) for cell in row.values()
    )


def are_of_different_things(rows: list[Row]) -> bool:
    return any(map(is_of_different_things, rows)) or (len(rows) > 1 and _are_opposites(rows[0]))


def _are_opposites(row: Row) -> bool:
    """Whether short texts at the head of a table seem to say and to deny something."""
    texts = [words(text_in(cell)) for cell in row.values() if len(cell) == 1]
    is_short = len(texts) == len(row) and all(len(text) <= _LONGEST_NAME for text in texts)
    denied = {turns_round(cell[0].words) for cell in row.values()}
    return bool(_languages_twice(row)) and is_short and len(denied) == 2


def _languages_twice(row: Row) -> list[str]:
    """The languages that more than one cell is in."""
    return [
        code
        for code in LANGUAGES
        if sum(any(block.words[code] for block in cell) for cell in row.values()) > 1
    ]


def are_headings(row: Row) -> bool:
    """Whether the cells of a row are headings of columns, none of which can be another's."""
    if not all(meaning_in(cell) for cell in row.values()) or not _languages_twice(row):
        return False
    for code in LANGUAGES:
        named = [meaning_in(cell) for cell in row.values() if cell[0].words[code]]
        if len({*named}) < len(named):
            return False
    return True


def are_named(row: Row, places: set[tuple[int, int]]) -> bool:
    """Whether a row's cells at these places all say one thing, and others are beside them."""
    named = {meaning_in(row[place]) if place in row else None for place in places}
    return len(named) == 1 and None not in named and bool({*row} - places)


def are_column_names(row: Row, below: list[Row]) -> bool:
    """Whether the first row names columns, and what the rows below say is of another section."""
    if not all(len(cell) == 1 and cell[0].kind == HEADING for cell in row.values()):
        return False
    own, others = (
        {
            named[0]
            for cells in rows
            for cell in cells.values()
            if (named := meaning_in(cell, whole=False))
        }
        for rows in ([row], below)
    )
    return not own or (len(others) == 1 and own.isdisjoint(others))


def is_heading(block: Block) -> bool:
    """Whether it is one also in a table, where many a cell is bold."""
    return block.kind == HEADING and (block.level < BOLD_LEVEL or bool(section_of(block.words)))


def as_text(block: Block) -> Block:
    both = block.words.en and block.words.bn
    return replace(block, kind=ROW if both else TEXT, level=0) if block.kind == HEADING else block


def joined_headings(blocks: list[Block]) -> list[Block]:
    english = [block for block in blocks if not block.words.bn]
    bangla = [block for block in blocks if not block.words.en]
    if len(english) == len(bangla) == 1 and len(blocks) == 2:
        return [replace(english[0], words=Pair(english[0].words.en, bangla[0].words.bn))]
    return blocks


Cells = tuple[list[Block], list[Block]]


def pair_of_cells(row: list[list[Block]]) -> Cells | None:
    """English and Bangla of a row that has one cell of each."""
    if len(row) != 2:
        return None
    english, bangla = sorted(row, key=lambda cell: any(block.words.bn for block in cell))
    if any(block.words.bn for block in english) or any(block.words.en for block in bangla):
        return None
    return english, bangla


def lone_cell(row: list[list[Block]]) -> Cells | None:
    if len(row) != 1:
        return None
    (cell,) = row
    if any(block.words.en and block.words.bn for block in cell):
        return None
    return [one for one in cell if one.words.en], [one for one in cell if one.words.bn]
