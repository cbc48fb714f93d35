"""The words that checks know, as tables: a tab between cells, spaces between words of a cell."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from ...language.text import normalise


def table(name: str) -> Iterator[list[str]]:
    """The rows of a table, below the line that names its columns, in the stored form; a line with #
    is a remark.

    Empty cells at the end of a line may be left out.
    """
    lines = Path(__file__).with_name(f"{name}.tsv").read_text("utf-8").splitlines()
    rows = (
        [normalise(cell) for cell in line.split("\t")]
        for line in lines
        if line and not line.startswith("#")
    )
    width = len(next(rows))
    return (row + [""] * (width - len(row)) for row in rows)


def spaced(cell: str) -> list[str]:
    """The words of a cell, in the stored form; _ stands for a space within a word."""
    return [word.replace("_", " ") for word in normalise(cell).split()]


def listed(cell: str) -> tuple[str, ...]:
    """The forms in a cell, which commas part."""
    return tuple(form.strip() for form in cell.split(",") if form.strip())


def numbers(kind: str, language: str) -> dict[str, Decimal]:
    """The words of a language for numbers of a kind, each with its value."""
    return {
        word: Decimal(value)
        for row_kind, value, english, bangla in table("numbers")
        if row_kind == kind
        for word in spaced({"en": english, "bn": bangla}[language])
    }
