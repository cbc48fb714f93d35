"""Text in tokens, and what the readers of both languages have in common."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from ...language.digits import ascii_digits
from ...language.text import ADDRESS, ZWJ, ZWNJ, normalise
from .quantity import TIME, UNITS, Quantity

SHARED = frozenset({*TIME, "percent"})

_LETTER = rf"\p{{L}}\p{{M}}{ZWNJ}{ZWJ}"
_TOKEN = regex.compile(
    r"(?P<number>(?:[0-9০-৯]{1,3}(?:,[0-9০-৯]{2,3})*,[0-9০-৯]{3}(?![0-9০-৯])|[0-9০-৯]+)"
    r"(?:\.[0-9০-৯]+)?)"
    rf"|(?P<word>[\p{{L}}][{_LETTER}'’]*)|(?P<mark>°\s?[cC]\b|\S)",
    regex.VERSION1,
)


@dataclass(frozen=True, slots=True)
class Token:
    text: str  # lower case, digits ASCII, apostrophes gone
    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Found:
    """A number on its way to a Quantity; positions are token indices."""

    value: Decimal
    begin: int
    end: int
    worded: bool = False
    loose: bool = False
    unit: str = ""
    whole: Decimal | None = None  # of a share read in one piece: a third, এক-তৃতীয়াংশ


def tokens_of(text: str) -> list[Token]:
    text = ADDRESS.sub(lambda match: " " * len(match[0]), text)
    return [
        Token(
            ascii_digits(match[0]).replace("'", "").replace("’", "").lower(),
            match.lastgroup or "",
            match.start(),
            match.end(),
        )
        for match in _TOKEN.finditer(text)
    ]


class Reader:
    """Finds the quantities of one text. Subclasses know a language's words."""

    RANGE = frozenset("–—-")
    LINKS: regex.Pattern  # what may stand between numbers that share a unit
    STOP = frozenset(".;:!?।()\n")

    def __init__(self, text: str):
        self.text = text
        self.tokens = tokens_of(text)

    def at(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def is_number(self, index: int) -> bool:
        return 0 <= index < len(self.tokens) and self.tokens[index].kind == "number"

    def read(self) -> Iterator[Quantity]:
        raise NotImplementedError

    def quantities(self) -> tuple[Quantity, ...]:
        """All of them. One unit may stand for several numbers: "92.9 and 38.5 percent"."""
        candidates = list(self.read())
        for index in range(len(candidates) - 2, -1, -1):
            one, next_one = candidates[index], candidates[index + 1]
            between = self.text[max(one.starts) + len(one.text) : min(next_one.starts)]
            if one.unit == "" and next_one.unit in SHARED and self.LINKS.fullmatch(between):
                candidates[index] = replace(one, unit=next_one.unit)
        return tuple(candidates)

    def digits(self, index: int) -> Found | None:
        if not self.is_number(index):
            return None
        return Found(Decimal(self.at(index).replace(",", "")), index, index + 1)

    def quantity(
        self, kind: str, parts: list[Found], unit: str, per: str = "", loose: bool = False
    ) -> Quantity:
        begin, end = min(part.begin for part in parts), max(part.end for part in parts)
        start, stop = self.tokens[begin].start, self.tokens[end - 1].end
        return Quantity(
            values=tuple(part.value for part in parts),
            kind=kind,
            unit=unit,
            per=per,
            worded=any(part.worded for part in parts),
            loose=loose or all(part.loose for part in parts),
            starts=tuple(self.tokens[part.begin].start for part in parts),
            text=self.text[start:stop],
        )


def lexicon(language: int) -> dict[str, str]:
    return {
        normalise(word): unit for unit, words in UNITS.items() for word in words[language].split()
    }


def listed(words: str, separator: str | None = None) -> list[str]:
    """The words of a table."""
    return words.split(separator)
