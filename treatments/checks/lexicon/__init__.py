"""The words that checks know, as tables: a tab between cells, spaces between words of a cell."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from ...language.text import normalise


def table(name: str, columns: int = 0) -> Iterator[list[str]]:
    """The rows of a table, below the line that names its columns; a line with # is a remark.

    Rows have at least `columns` cells, the last ones empty where they are not written.
    """
    lines = Path(__file__).with_name(f"{name}.tsv").read_text("utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    rows = (row + [""] * (columns - len(row)) for row in cells)
    next(rows)
    return rows


def listed(cell: str) -> tuple[str, ...]:
    """The forms in a cell, which commas part."""
    return tuple(form.strip() for form in cell.split(",") if form.strip())


def numbers(kind: str, language: str) -> dict[str, Decimal]:
    """The words of a language for numbers of a kind, each with its value."""
    column = {"en": 2, "bn": 3}[language]
    return {
        normalise(word): Decimal(row[1])
        for row in table("numbers")
        if row[0] == kind
        for word in (row[column].split() if len(row) > column else ())
    }
