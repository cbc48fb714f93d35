"""The checks on treatments that they were not made on: 160 pairs, 723 single changes, two pages; and
9,371 pairs with 10,713 changes of what a skin clinic does. Their figures and prices are made up, for tests
only."""

import json
import lzma
from dataclasses import replace
from functools import cache

import pytest

from treatments.checks import ASK, BLOCKING, Subject, findings
from treatments.document.content import in_language
from treatments.document.json_form import parse
from treatments.document.places import Place
from treatments.document.plan import Plan
from treatments.language.text import normalise

from ..conftest import ROOT
from .editing import with_text
from .shipped import terms
from .small import RIGHT

SIGN = Place("help_signs", "pain", "text")


# Of a hundred right pairs how many may be refused and asked about, and of a hundred changes how many
# are refused at least, and refused or asked about.
BOUNDS = {"other": (2, 25, 55, 80), "skin": (0.5, 10, 85, 95)}


@cache
def data(kind: str) -> dict:
    file = ROOT / f"tests/data/{kind}_treatments.json.xz"
    return json.loads(lzma.decompress(file.read_bytes()))


def levels(english: str, bangla: str) -> set[str]:
    """What the checks say of two texts, on a page without a plan."""
    editions = [
        with_text(replace(edition, plan=Plan()), SIGN, normalise(text))
        for edition, text in ((RIGHT.english, english), (RIGHT.bangla, bangla))
    ]
    found = findings(replace(RIGHT, english=editions[0], bangla=editions[1], terms=terms()))
    return {one.level for one in found if one.place.whole_item == SIGN.whole_item}


@pytest.mark.parametrize("kind", BOUNDS)
def test_right_pairs_are_not_refused_and_seldom_asked_about(kind):
    refused, asked, *_ = BOUNDS[kind]
    said = [levels(pair["en"], pair["bn"]) for pair in data(kind)["pairs"]]
    assert sum(BLOCKING in each for each in said) <= len(said) * refused / 100
    assert sum(ASK in each for each in said) <= len(said) * asked / 100


@pytest.mark.parametrize("kind", BOUNDS)
def test_most_dangerous_changes_are_seen(kind):
    *_, refused, stopped = BOUNDS[kind]
    changes = [change for pair in data(kind)["pairs"] for change in pair["broken"]]
    changes = changes[:: 1 + len(changes) // 1_000]
    said = [levels(english, bangla) for _kind, english, bangla in changes]
    assert sum(BLOCKING in each for each in said) >= len(said) * refused / 100
    assert sum(bool(each & {BLOCKING, ASK}) for each in said) >= len(said) * stopped / 100


@pytest.mark.parametrize("name", ["cryotherapy-warts", "chemical-peel"])
def test_a_whole_right_page_is_not_refused(name):
    document = parse(json.dumps(data("other")["pages"][name]))
    english, bangla = (in_language(document, code) for code in ("en", "bn"))
    found = findings(Subject(name, english, bangla, terms(), frozenset({name})))
    assert [str(one) for one in found if one.level == BLOCKING] == []
    asked = {one.place for one in found if one.level == ASK}
    assert len(asked) <= 25
