"""What was read from a Word file, as it travels between the two pages that ask about it."""

import json
from dataclasses import dataclass, field
from functools import cached_property

import regex

from ..document.content import Pair
from ..language.text import normalise, read_json
from ..models.written import unreadable_reason

HEADING, TEXT, ENTRY, ROW = "heading", "text", "entry", "row"
KINDS = (HEADING, TEXT, ENTRY, ROW)
BOLD_LEVEL = 9  # of a heading that is only a bold line: below all that Word knows as headings

MOST_BLOCKS = 2_000
MOST_LETTERS = 300_000

BANGLA = regex.compile(r"[\p{Bengali}]")
LATIN = regex.compile(r"[\p{Latin}]")


def letters_of(text: str) -> dict[str, int]:
    """How many letters of each language's script a text has."""
    return {"en": len(LATIN.findall(text)), "bn": len(BANGLA.findall(text))}


def language_of(text: str, otherwise: str) -> str:
    """The language most of its letters are of; `otherwise` where it has none of either."""
    count = letters_of(text)
    if count["en"] == count["bn"]:
        return otherwise
    return "en" if count["en"] > count["bn"] else "bn"


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an entry of a list, or what stands beside each other in a table.

    `level` is a heading's: 0 the title, 1 the highest. A heading without words ends what is above.
    """

    kind: str
    words: Pair
    level: int = 0


@dataclass(frozen=True)
class LeftOut:
    """Something of the file that does not come along, or not as it looked there."""

    kind: str
    words: str = ""  # what it says; a picture says nothing


@dataclass(frozen=True)
class Reading:
    name: str  # of the file
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = field(default=())

    @cached_property
    def json(self) -> str:
        plain = {
            "name": self.name,
            "blocks": [[one.kind, one.words.en, one.words.bn, one.level] for one in self.blocks],
            "left_out": [[one.kind, one.words] for one in self.left_out],
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def reading_from_json(text: str, kinds_left_out: frozenset[str]) -> Reading:
    """Reads what `Reading.json` wrote and a browser sent back.

    Raises ValueError for anything else: another shape, unknown kinds, texts that are not in their
    stored form, more than a file may hold.
    """
    plain = read_json(text)
    if not isinstance(plain, dict) or plain.keys() != {"name", "blocks", "left_out"}:
        raise ValueError("not what was read from a file")
    blocks, left_out = plain["blocks"], plain["left_out"]
    if not isinstance(blocks, list) or not isinstance(left_out, list):
        raise ValueError("lists are wanted")
    if max(len(blocks), len(left_out)) > MOST_BLOCKS or len(text) > 4 * MOST_LETTERS:
        raise ValueError("more than a file may hold")
    return Reading(
        _words(plain["name"]),
        tuple(_block(entry) for entry in blocks),
        tuple(_left_out(entry, kinds_left_out) for entry in left_out),
    )


def _block(entry: object) -> Block:
    if not isinstance(entry, list) or len(entry) != 4:
        raise ValueError("a block has four parts")
    kind, english, bangla, level = entry
    if kind not in KINDS or type(level) is not int or not 0 <= level <= BOLD_LEVEL:
        raise ValueError("an unknown kind of block")
    return Block(kind, Pair(_words(english), _words(bangla)), level)


def _left_out(entry: object, kinds: frozenset[str]) -> LeftOut:
    if not isinstance(entry, list) or len(entry) != 2:
        raise ValueError("what was left out has two parts")
    kind, words = map(_words, entry)
    if kind not in kinds:
        raise ValueError("an unknown kind of what was left out")
    return LeftOut(kind, words)


def _words(value: object) -> str:
    if not isinstance(value, str) or normalise(value) != value or unreadable_reason(value):
        raise ValueError("a text in its stored form is wanted")
    return value
