"""Warnings name their source, none rests on a withdrawn one, and options are compared alike."""

from dataclasses import replace

import pytest

from treatments.checks import ADVICE, ASK, BLOCKING, Subject, findings
from treatments.checks.origins import OptionsCompared, SafetyNamesItsOrigin, SourcesHold
from treatments.document.content import Document, DocumentItem, Pair, in_language
from treatments.document.json_form import parse
from treatments.document.sections import SECTIONS

from ..conftest import FIXTURES

SAFETY = [section.key for section in SECTIONS if section.safety]
OPTIONS = ("this-treatment", "tablets", "no-treatment")


def source(uid: str, standing: str | None = None) -> DocumentItem:
    values = {"kind": "guide", "standing": standing, "citation": f"Guide {uid}", "url": None}
    return DocumentItem(uid, False, values, {"note": Pair()})


def with_origins(origins: dict[str, str | None], *sources: DocumentItem) -> Document:
    """The clinic's page; each safety text has the origin of its section."""
    document = parse((FIXTURES / "iontophoresis.json").read_text("utf-8"))
    sections = dict(document.sections) | {"evidence": (), "other_options": ()}
    for key in SAFETY:
        sections[key] = tuple(
            replace(item, values={**item.values, "origin": origins.get(key)})
            for item in document.items(key)
        )
    return replace(document, sections=sections | {"sources": sources})


def found(check, document: Document):
    english, bangla = (in_language(document, code) for code in ("en", "bn"))
    return list(check.find(Subject("iontophoresis", english, bangla)))


def test_a_page_of_before_is_advised_and_not_stopped():
    told = found(SafetyNamesItsOrigin(), with_origins({}))
    assert {finding.level for finding in told} == {ADVICE}
    assert sorted(finding.section for finding in told) == sorted(
        key for key in SAFETY if with_origins({}).items(key)
    )


@pytest.mark.parametrize("forgotten", SAFETY)
def test_where_origins_are_known_each_warning_needs_its_own(forgotten):
    document = with_origins(dict.fromkeys(SAFETY, "guide") | {forgotten: None}, source("guide"))
    told = found(SafetyNamesItsOrigin(), document)
    assert {finding.level for finding in told} <= {BLOCKING}
    assert [finding.item for finding in told] == [item.uid for item in document.items(forgotten)]
    assert not found(
        SafetyNamesItsOrigin(), with_origins(dict.fromkeys(SAFETY, "guide"), source("guide"))
    )


def test_what_rests_on_a_withdrawn_source_is_named():
    origins = dict.fromkeys(SAFETY, "good") | {"help_signs": "bad"}
    document = with_origins(origins, source("good"), source("bad", "withdrawn"))
    told = found(SourcesHold(), document)
    assert [(finding.level, finding.item) for finding in told] == [
        (ASK, item.uid) for item in document.items("help_signs")
    ]
    assert not found(SourcesHold(), with_origins(origins, source("good"), source("bad")))


def compared(**harm: str) -> Document:
    document = with_origins({})
    options = tuple(
        DocumentItem(
            uid, False, {"kind": None, "origin": None},
            {name: Pair("Words of it.", "এর কথা।") for name in ("name", "text", "works", "time")}
            | {"harm": Pair(harm.get(uid.replace("-", "_"), "Dry skin."), "ত্বক শুকনো।")}
            | {"not_for": Pair()},
        )
        for uid in OPTIONS
    )  # fmt: skip
    return replace(document, sections={**document.sections, "other_options": options})


def test_an_option_without_an_answer_stops_and_a_long_one_is_advised_against():
    assert not found(OptionsCompared(), compared())
    (missing,) = found(OptionsCompared(), compared(tablets=""))
    assert (missing.level, missing.item, missing.field) == (BLOCKING, "tablets", "harm")
    (long,) = found(OptionsCompared(), compared(no_treatment="It can do harm. " * 20))
    assert (long.level, long.item, long.language) == (ADVICE, "no-treatment", "en")


def test_options_that_are_only_named_need_no_more():
    document = parse((FIXTURES / "iontophoresis.json").read_text("utf-8"))
    options = tuple(
        replace(
            item, pairs=item.pairs | dict.fromkeys(("works", "harm", "time", "not_for"), Pair())
        )
        for item in document.items("other_options")
    )
    bare = replace(document, sections={**document.sections, "other_options": options})
    assert not found(OptionsCompared(), bare)
    assert not [
        finding
        for finding in findings(Subject("x", in_language(bare, "en"), None))
        if finding.check == "options"
    ]
