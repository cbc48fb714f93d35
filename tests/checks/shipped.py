"""The shipped content as subjects of the checks, without a database."""

import json
from functools import cache
from pathlib import Path

from treatments.checks import GlossaryTerm, Subject
from treatments.document.content import Document, Edition, in_language
from treatments.document.json_form import parse

FIXTURES = Path(__file__).parents[2] / "fixtures"


@cache
def terms() -> tuple[GlossaryTerm, ...]:
    rows = json.loads((FIXTURES / "site" / "glossary.json").read_text(encoding="utf-8"))
    return tuple(
        GlossaryTerm(
            row["english"],
            tuple(row["bangla"]),
            tuple(row["avoid"]),
            (row["explanation"]["en"], row["explanation"]["bn"]),
        )
        for row in rows
    )


@cache
def documents() -> dict[str, Document]:
    return {
        path.stem: parse(path.read_text(encoding="utf-8"))
        for path in sorted(FIXTURES.glob("*.json"))
    }


def subject(slug: str, english: Edition | None, bangla: Edition | None) -> Subject:
    return Subject(slug, english, bangla, terms(), frozenset(documents()))


@cache
def shipped(slug: str) -> Subject:
    document = documents()[slug]
    return subject(slug, in_language(document, "en"), in_language(document, "bn"))
